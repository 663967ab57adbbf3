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
import org.superpose.runner.experiment.statistics.InfluenceFigures;
import org.superpose.runner.experiment.statistics.ReadoutMargins;
import org.superpose.runner.experiment.statistics.RowNoise;
import org.superpose.runner.experiment.statistics.SpuriousRows;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;

/**
 * The phase change (theory, section 4): outputs, width and noise stay, the influence d grows because m = 2 m' / d
 * inputs are left, and the rows that fire by chance grow as d^2 until, beyond d = m'^(1/4), they swamp the output
 * channels.
 */
@Reference(
        value = {"Phase change", "Theorem 4.1", "Definition: feature influence"},
        standing = Standing.ATTESTED)
public final class PhaseChangeExperiment implements Experiment {
    private static final Parameter<Integer> OUTPUTS = ProblemParameters.OUTPUTS.withDefault(256);
    private static final NumberList INFLUENCES = NumberList.declare(
            "influences", "1,2,4,8,16", "d, the influence of every input; there are 2 m' / d of them");
    private static final Parameter<Integer> WIDTH = SweepParameters.width("n, the same for all", 640);
    private static final Parameter<Integer> TRIES = SweepParameters.tries(4);
    private static final Parameter<Integer> SAMPLES = SweepParameters.samples(500);

    @Override
    public String id() {
        return "phase-change";
    }

    @Override
    public String title() {
        return "Output channels as the influence crosses m'^(1/4): spurious rows swamp them and success ends";
    }

    @Override
    public String question() {
        return "Does success end where the influence of the inputs crosses m'^(1/4)?";
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(OUTPUTS, INFLUENCES.parameter(), WIDTH, TRIES, SAMPLES);
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.INFLUENCE, ReportPlot.SPURIOUS_ROWS, ReportPlot.COST);
    }

    @Override
    public List<String> columns() {
        return List.of(
                InfluenceFigures.INFLUENCE,
                InfluenceFigures.LIMIT,
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                Measurement.WIDTH,
                RowNoise.NOISE,
                SpuriousRows.ROWS,
                SpuriousRows.STANDARD_ERROR,
                SpuriousRows.PREDICTED,
                SpuriousRows.PREDICTED_WITH_NOISE,
                ReadoutMargins.LEAST_ON,
                ReadoutMargins.LARGEST_OFF,
                ReadoutMargins.WRONG_SHARE,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        int outputs = parameters.get(OUTPUTS);
        SampledTries tries =
                new SampledTries("linear-output-channels", parameters.get(TRIES), parameters.get(SAMPLES), seed);
        List<WorkUnit> units = new ArrayList<>();
        for (int influence : INFLUENCES.of(parameters)) {
            Assignments assignments = Assignments.NONE
                    .with(ProblemParameters.INPUTS, (int) Math.ceil(2.0 * outputs / influence))
                    .with(OUTPUTS, outputs)
                    .with(WIDTH, parameters.get(WIDTH));
            units.addAll(tries.at("influence " + influence, assignments, new InfluenceFigures()));
        }
        return units;
    }
}
