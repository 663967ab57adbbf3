package org.superpose.runner.experiment.builtin;

import java.util.List;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * The first thing a newcomer runs: a permutation, a random regular two-and and the word bigrams of a real text, each
 * computed by a network with fewer neurons than features and verified on every allowed input.
 */
public final class QuickstartExperiment implements Experiment {
    @Override
    public String id() {
        return "quickstart";
    }

    @Override
    public String title() {
        return "A permutation, a random two-and and the word bigrams of a real text, "
                + "each verified on every allowed input";
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.PROBLEM,
                Measurement.CONSTRUCTION,
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                Measurement.MAX_ACTIVE,
                Measurement.WIDTH,
                Measurement.SUPERPOSITION_RATIO,
                Measurement.KAPPA,
                Measurement.WIDTH_LIMIT,
                Measurement.LIMIT_RATIO,
                Measurement.VERDICT,
                Measurement.METHOD,
                Measurement.INPUTS_COVERED,
                Measurement.SECONDS);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        return List.of(
                unit(
                        "permutation of 4096 features",
                        "permutation",
                        "clipped-permutation",
                        Assignments.NONE
                                .with(ProblemParameters.INPUTS, 4096)
                                .with(ProblemParameters.MAX_ACTIVE, 1)
                                .with(ConstructionParameters.WIDTH, 480),
                        seed),
                unit(
                        "4096 random ANDs of two of 4096 features",
                        "two-and",
                        "clipped-and",
                        Assignments.NONE
                                .with(ProblemParameters.INPUTS, 4096)
                                .with(ProblemParameters.OUTPUTS, 4096)
                                .with(ProblemParameters.INFLUENCE, "regular")
                                .with(ConstructionParameters.WIDTH, 420),
                        seed),
                unit(
                        "the word bigrams of the GPL",
                        "pairs-file",
                        "clipped-and",
                        Assignments.NONE
                                .with(ProblemParameters.FILE, "bundled:bigrams-gpl3")
                                .with(ConstructionParameters.WIDTH, 1000),
                        seed));
    }

    private static WorkUnit unit(
            String label, String problem, String construction, Assignments assignments, Seed seed) {
        return new NetworkUnit(label, NetworkRecipe.of(problem, construction, assignments, seed), AutoVerifier.ID);
    }
}
