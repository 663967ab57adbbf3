package org.superpose.runner.experiment.builtin;

import java.util.List;
import java.util.Map;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.experiment.statistics.NetworkStatistic;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * Draws one instance, builds one network, verifies it and measures statistics on it: one row.
 *
 * @param label a few words for progress
 * @param problem id of the problem
 * @param construction id of the construction
 * @param assignments parameters of both
 * @param seed from which those of the instance, the network and the statistics' inputs are split
 * @param statistics what is measured besides the verdict
 */
public record MeasuredNetwork(
        String label,
        String problem,
        String construction,
        Assignments assignments,
        Seed seed,
        List<NetworkStatistic> statistics)
        implements WorkUnit {
    private static final String VERIFIER = "auto";

    public MeasuredNetwork {
        statistics = List.copyOf(statistics);
    }

    @Override
    public Needs needs() {
        return Needs.ofNetwork(assignments);
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        Workbench.Outcome outcome = workbench.buildAndVerify(
                NetworkRecipe.split(problem, construction, assignments, seed), VERIFIER, budget);
        Measurement row = outcome.measurement();
        for (NetworkStatistic statistic : statistics) {
            for (Map.Entry<String, Object> field :
                    statistic.measure(outcome.built(), seed.child("statistics")).entrySet()) {
                row = row.with(field.getKey(), field.getValue());
            }
        }
        return List.of(row);
    }
}
