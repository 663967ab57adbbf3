package org.superpose.runner.experiment.builtin;

import java.util.List;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.method.BaselineScores;
import org.superpose.runner.method.MethodsUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * Sparse autoencoders and a transcoder trained on a verified network whose features are known: how much of the variance
 * they explain, and how many of the features they find.
 */
public final class MethodsExperiment implements Experiment {
    private static final Parameter<Integer> FEATURES = Parameter.whole(
                    "features", 4, ProblemParameters.MAX_FEATURES, "m = m' of the two-and")
            .withDefault(128);
    private static final Parameter<Integer> WIDTH = Parameter.whole(
                    "width", 1, ConstructionParameters.MAX_WIDTH, "n, the number of neurons")
            .withDefault(96);
    private static final Parameter<Integer> SAMPLES = Parameter.whole(
                    "samples", 16, 10_000_000, "inputs to train on, and as many to score on")
            .withDefault(6000);
    private static final Parameter<Integer> STEPS =
            Parameter.whole("training-steps", 1, 1_000_000, "steps of descent").withDefault(2000);

    @Override
    public String id() {
        return "methods";
    }

    @Override
    public String title() {
        return "Sparse autoencoders and a transcoder beside the truth: explained variance against features found";
    }

    @Override
    public String question() {
        return "Do dictionaries that explain the variance find the features that the network computes with?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.DICTIONARIES);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(FEATURES, WIDTH, SAMPLES, STEPS);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.OUTPUTS,
                Measurement.WIDTH,
                BaselineScores.METHOD,
                BaselineScores.STATE,
                "explained_variance",
                "mcc",
                "f1",
                "l0",
                "true_l0",
                "uniqueness",
                "dead",
                BaselineScores.HOP_RECALL,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        Assignments assignments = Assignments.NONE
                .with(ProblemParameters.INPUTS, parameters.get(FEATURES))
                .with(ProblemParameters.OUTPUTS, parameters.get(FEATURES))
                .with(ConstructionParameters.WIDTH, parameters.get(WIDTH));
        NetworkRecipe recipe = NetworkRecipe.split("two-and", "clipped-and", assignments, seed.child("network"));
        return List.of(new MethodsUnit(recipe, parameters.get(SAMPLES), parameters.get(STEPS), seed.child("methods")));
    }
}
