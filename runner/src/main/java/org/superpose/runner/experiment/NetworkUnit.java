package org.superpose.runner.experiment;

import java.util.List;
import java.util.Map;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkMetrics;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * The common unit of work: draw one instance, build one network, verify it, measure statistics on it. One row, also
 * where building takes longer than the budget allows.
 *
 * @param label a few words for progress
 * @param recipe of the network
 * @param verifier id of the verifier
 * @param statistics what is measured besides the verdict
 */
public record NetworkUnit(String label, NetworkRecipe recipe, String verifier, List<NetworkStatistic> statistics)
        implements WorkUnit {
    public NetworkUnit {
        statistics = List.copyOf(statistics);
    }

    /** Without statistics. */
    public NetworkUnit(String label, NetworkRecipe recipe, String verifier) {
        this(label, recipe, verifier, List.of());
    }

    @Override
    public Needs needs() {
        return Needs.ofNetwork(recipe.assignments());
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        Workbench.Outcome outcome;
        try {
            outcome = workbench.buildAndVerify(recipe, verifier, budget);
        } catch (OutOfTimeException notBuilt) {
            if (budget.cancellation().isRequested()) {
                throw notBuilt;
            }
            return List.of(NetworkMetrics.ofOutOfTime(recipe, workbench.instance(recipe))
                    .madeWith(workbench.plugins(recipe)));
        }
        Measurement row = outcome.measurement();
        for (NetworkStatistic statistic : statistics) {
            for (Map.Entry<String, Object> field :
                    statistic.measure(outcome.built()).entrySet()) {
                row = row.with(field.getKey(), field.getValue());
            }
        }
        return List.of(row);
    }
}
