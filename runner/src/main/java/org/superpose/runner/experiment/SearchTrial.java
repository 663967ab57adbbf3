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
 * One trial of a width search: draw an instance, build one network of one width, verify it. Always one row, also where
 * the width is too small to build anything.
 *
 * @param label a few words for progress
 * @param recipe of the network
 * @param verifier id of the verifier
 */
public record SearchTrial(String label, NetworkRecipe recipe, String verifier) implements WorkUnit {

    @Override
    public Needs needs() {
        return Needs.ofNetwork(recipe.assignments());
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        try {
            return List.of(workbench.buildAndVerify(recipe, verifier, budget).measurement());
        } catch (WidthTooSmallException tooSmall) {
            return List.of(NetworkMetrics.ofTooSmall(recipe, workbench.instance(recipe)));
        }
    }

    /** Its row if the network was verified. */
    public Optional<Measurement> attempt(Workbench workbench, VerificationBudget budget) {
        return run(workbench, budget).stream().filter(Measurement::isVerified).findFirst();
    }
}
