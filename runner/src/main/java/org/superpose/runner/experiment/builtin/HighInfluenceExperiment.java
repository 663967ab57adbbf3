package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * High influence: universal AND (every pair of inputs) by input channels, where an input has m - 1 outputs; the
 * smallest verified width.
 */
@Reference(value = "Input channels", standing = Standing.RECONSTRUCTED)
public final class HighInfluenceExperiment implements Experiment {
    private static final NumberList INPUTS =
            NumberList.declare("inputs", "16,32,48", "m of each row; the outputs are all m (m - 1) / 2 pairs");
    private static final NameList CONSTRUCTIONS = NameList.declare(
            "constructions", "linear-high-influence-and,clipped-and", "the constructions that are compared");
    private static final Parameter<Integer> TRIES = SweepParameters.tries(1);
    private static final Parameter<Double> RESOLUTION = SweepParameters.resolution(0.05);

    @Override
    public String id() {
        return "high-influence";
    }

    @Override
    public String title() {
        return "All pairs of m inputs by input channels: the smallest verified width for growing m";
    }

    @Override
    public String question() {
        return "How wide must a network of input channels be that computes all pairs of m inputs?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.WIDTH, ReportPlot.LIMIT_RATIO, ReportPlot.SUCCESS);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(INPUTS.parameter(), CONSTRUCTIONS.parameter(), TRIES, RESOLUTION);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.CONSTRUCTION,
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                SmallestWidth.ONE_BIT_LIMIT,
                Measurement.WIDTH_LIMIT,
                Measurement.WIDTH,
                Measurement.LIMIT_RATIO,
                Measurement.KAPPA,
                Measurement.SUPERPOSITION_RATIO,
                Measurement.SUCCESS_RATE,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<WorkUnit> units = new ArrayList<>();
        for (String construction : CONSTRUCTIONS.of(parameters)) {
            for (int inputs : INPUTS.of(parameters)) {
                Assignments assignments = Assignments.NONE
                        .with(ProblemParameters.INPUTS, inputs)
                        .with(ProblemParameters.INFLUENCE, "complete");
                units.add(new SmallestWidth(
                        construction + ", m = " + inputs,
                        NetworkRecipe.split("two-and", construction, assignments, seed.child(inputs)),
                        parameters.get(TRIES),
                        parameters.get(RESOLUTION),
                        SmallestWidth.Tolerance.NONE));
            }
        }
        return units;
    }
}
