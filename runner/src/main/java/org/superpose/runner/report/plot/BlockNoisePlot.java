package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.workbench.Measurement;

/** The noise of each block of a chain, against its place in the chain, one line for each depth. */
final class BlockNoisePlot implements PlotKind {
    private static final String DEPTH = "depth";
    private static final String BLOCK = "block_number";
    private static final String NOISE = "block_noise";
    private static final String PREDICTED = "block_noise_predicted";
    private static final String PREDICTION = "predicted: sqrt(v R / n)";

    @Override
    public ReportPlot kind() {
        return ReportPlot.BLOCK_NOISE;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        List<Point> points = new ArrayList<>();
        Map<Double, TreeMap<Double, Double>> chains = new TreeMap<>();
        TreeMap<Double, Double> predicted = new TreeMap<>();
        for (ReportRow row : rows) {
            if (row.number(NOISE).isEmpty()
                    || row.positive(BLOCK).isEmpty()
                    || row.positive(DEPTH).isEmpty()) {
                continue;
            }
            double block = row.number(BLOCK).getAsDouble();
            double depth = row.number(DEPTH).getAsDouble();
            double noise = row.number(NOISE).getAsDouble();
            points.add(new Point(
                    series(depth),
                    block,
                    noise,
                    row.index(),
                    "block " + row.text(BLOCK) + " of " + row.text(DEPTH) + " at n = " + row.text(Measurement.WIDTH)));
            chains.computeIfAbsent(depth, key -> new TreeMap<>()).put(block, noise);
            row.number(PREDICTED).ifPresent(value -> predicted.merge(block, value, Math::max));
        }
        if (points.isEmpty()) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        chains.forEach((depth, noises) -> lines.add(Line.through(series(depth), false, noises)));
        if (predicted.size() > 1) {
            lines.add(Line.through(PREDICTION, true, predicted));
        }
        return Optional.of(new Plot(
                kind().id(),
                "Noise of each block",
                "The spread of the sums of rows that ought to be silent, in units of one signal. Each block pushes its"
                        + " values back to {0, 1}, so the noise must not grow along the chain; dashed is what chance"
                        + " predicts for codes drawn independently.",
                Axis.of("block, 1 reads the inputs", Scale.COUNT),
                Axis.of("noise / signal", Scale.FROM_ZERO),
                points,
                lines,
                List.of()));
    }

    private static String series(double depth) {
        return depth == 1 ? "1 block" : (long) depth + " blocks";
    }
}
