package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.experiment.statistics.ReadoutMargins;
import org.superpose.runner.experiment.statistics.RowNoise;
import org.superpose.runner.experiment.statistics.SpuriousRows;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;

/**
 * Theorem 4.1, Low-Influence-AND: at what width output channels start to work, with the noise and the spurious rows
 * that decide it beside their predictions.
 */
@Reference(value = "Theorem 4.1", standing = Standing.ATTESTED)
@Reference(value = "Decompression", standing = Standing.RECONSTRUCTED)
public final class TheoremFourOneExperiment implements Experiment {
    private static final Parameter<Integer> INPUTS = ProblemParameters.INPUTS.withDefault(256);
    private static final Parameter<Integer> OUTPUTS = ProblemParameters.OUTPUTS.withDefault(256);
    private static final NumberList WIDTHS = NumberList.declare("widths", "200,300,400,500,600", "n, the widths tried");
    private static final Parameter<Integer> TRIES = SweepParameters.tries(3);
    private static final Parameter<Integer> SAMPLES = SweepParameters.samples(2000);

    @Override
    public String id() {
        return "theorem-4-1";
    }

    @Override
    public String title() {
        return "Low-Influence-AND: success against the width, noise and spurious rows beside their predictions";
    }

    @Override
    public String question() {
        return "From which width on does Low-Influence-AND succeed, and do noise and spurious rows follow their predictions?";
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(INPUTS, OUTPUTS, WIDTHS.parameter(), TRIES, SAMPLES);
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.SUCCESS, ReportPlot.SPURIOUS_ROWS, ReportPlot.COST);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                Measurement.WIDTH,
                Measurement.KAPPA,
                RowNoise.NOISE,
                RowNoise.PREDICTED,
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
        SampledTries tries =
                new SampledTries("linear-low-influence-and", parameters.get(TRIES), parameters.get(SAMPLES), seed);
        List<WorkUnit> units = new ArrayList<>();
        for (int width : WIDTHS.of(parameters)) {
            Assignments assignments = Assignments.NONE
                    .with(INPUTS, parameters.get(INPUTS))
                    .with(OUTPUTS, parameters.get(OUTPUTS))
                    .with(ConstructionParameters.WIDTH, width);
            units.addAll(tries.at("n = " + width, assignments));
        }
        return units;
    }
}
