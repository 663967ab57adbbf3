package org.superpose.runner.experiment.builtin;

import java.util.List;
import java.util.Optional;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.experiment.statistics.WrongInputs;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * The first thing a newcomer runs: a permutation, a random regular two-and and the word bigrams of a real text, each
 * computed by a network with far fewer neurons than features and verified on every allowed input; and an audit of a
 * trained network, which counts its wrong inputs.
 */
public final class QuickstartExperiment implements Experiment {
    @Override
    public String id() {
        return "quickstart";
    }

    @Override
    public String title() {
        return "A permutation, a random two-and, the word bigrams and the word formulas of a real text, "
                + "each verified on every allowed input, and an audit of a trained network";
    }

    @Override
    public String question() {
        return "How few neurons compute thousands of features, verified on every allowed input?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.SUPERPOSITION, ReportPlot.LIMIT_RATIO, ReportPlot.COST);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.PROBLEM,
                Measurement.OUTPUTS,
                Measurement.WIDTH,
                Measurement.SUPERPOSITION_RATIO,
                Measurement.LIMIT_RATIO,
                Measurement.VERDICT,
                WrongInputs.WRONG,
                Measurement.INPUTS_COVERED);
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
                                .with(ConstructionParameters.WIDTH, 330),
                        seed),
                bigrams(seed),
                unit(
                        "1704 formulas over the words of the GPL, with neurons of their own",
                        "formulas",
                        "dedicated",
                        Assignments.NONE
                                .with(ProblemParameters.FILE, "bundled:skip-grams-gpl3")
                                .with(ProblemParameters.MAX_ACTIVE, 2),
                        seed),
                trained(seed));
    }

    @Override
    public Optional<NetworkRecipe> showpiece(Seed seed) {
        return Optional.of(bigrams(seed).recipe());
    }

    private static NetworkUnit bigrams(Seed seed) {
        return unit(
                "the word bigrams of the GPL",
                "pairs-file",
                "clipped-and",
                Assignments.NONE
                        .with(ProblemParameters.FILE, "bundled:bigrams-gpl3")
                        .with(ConstructionParameters.WIDTH, 420),
                seed);
    }

    /** One that gradient descent found: an audit goes through all inputs and counts those on which it is wrong. */
    private static WorkUnit trained(Seed seed) {
        Assignments assignments = Assignments.NONE
                .with(ProblemParameters.INPUTS, 256)
                .with(ProblemParameters.MAX_ACTIVE, 2)
                .with(ConstructionParameters.WIDTH, 100);
        return unit(
                "an audit of a trained permutation of 256 features",
                "permutation",
                "trained-permutation",
                assignments,
                seed);
    }

    private static NetworkUnit unit(
            String label, String problem, String construction, Assignments assignments, Seed seed) {
        return new NetworkUnit(
                label,
                NetworkRecipe.of(problem, construction, assignments, seed),
                AutoVerifier.ID,
                List.of(new WrongInputs()));
    }
}
