package org.superpose.runner.experiment;

import java.util.List;
import java.util.Optional;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkMetrics;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * One trial of a width search. Always one row, also where the width is too small to build anything.
 *
 * @param network to be built and verified
 */
public record SearchTrial(NetworkUnit network) implements WorkUnit {

    @Override
    public String label() {
        return network.label();
    }

    @Override
    public Needs needs() {
        return network.needs();
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        try {
            return network.run(workbench, budget);
        } catch (WidthTooSmallException tooSmall) {
            NetworkRecipe recipe = network.recipe();
            return List.of(NetworkMetrics.ofTooSmall(recipe, workbench.instance(recipe))
                    .madeWith(workbench.plugins(recipe)));
        }
    }

    /** The row if the network was verified. */
    public Optional<Measurement> attempt(Workbench workbench, VerificationBudget budget) {
        return run(workbench, budget).stream().filter(Measurement::isVerified).findFirst();
    }
}
