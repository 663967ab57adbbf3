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
 * A network that was found to compute more outputs than it has neurons in any layer, and was verified on every allowed
 * input: all that it takes to draw the instance and build the network again.
 *
 * @param label the influence profile or the kind of map, the number of outputs, and {@code ls} where codes are read by
 *     least squares
 * @param problem id of the problem
 * @param construction id of the construction
 * @param seed of instance and network
 * @param assignments the parameters of both
 */
record RecordedNetwork(String label, String problem, String construction, Seed seed, Assignments assignments)
        implements WorkUnit {
    /** The column with the name of the network. */
    static final String RECORDED = "recorded";

    private static final String VERIFIER = "exhaustive";

    /** @param parameters {@code NAME=VALUE}, separated by spaces */
    static RecordedNetwork of(String label, String problem, String construction, long seed, String parameters) {
        return new RecordedNetwork(
                label, problem, construction, new Seed(seed), Assignments.parse(List.of(parameters.split(" "))));
    }

    /** The same with another seed: another instance of the same kind, and another network. */
    RecordedNetwork shifted(long by) {
        return new RecordedNetwork(label, problem, construction, new Seed(seed.value() + by), assignments);
    }

    @Override
    public Needs needs() {
        return Needs.ofNetwork(assignments);
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        return List.of(workbench
                .buildAndVerify(NetworkRecipe.of(problem, construction, assignments, seed), VERIFIER, budget)
                .measurement()
                .with(RECORDED, label));
    }
}
