package org.superpose.runner.experiment.builtin;

import java.util.List;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * The common unit of work: draw one instance, build one network, verify it.
 *
 * @param label a few words for progress
 * @param problem id of the problem
 * @param construction id of the construction
 * @param assignments parameters of both
 * @param seed of instance and construction
 * @param verifier id of the verifier
 */
public record BuildAndVerify(
        String label, String problem, String construction, Assignments assignments, Seed seed, String verifier)
        implements WorkUnit {

    @Override
    public Needs needs() {
        return Needs.ofNetwork(assignments);
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        return List.of(workbench
                .buildAndVerify(NetworkRecipe.of(problem, construction, assignments, seed), verifier, budget)
                .measurement());
    }
}
