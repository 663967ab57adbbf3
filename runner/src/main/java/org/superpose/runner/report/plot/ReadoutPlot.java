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

/** How far the readouts of inactive pairs of universal AND networks stray, against s, beside the formulas. */
final class ReadoutPlot implements PlotKind {
    private static final String OF_PAIR = "active_of_pair";
    private static final String DEVIATION = "readout_deviation";
    private static final String PREDICTED = "readout_deviation_predicted";
    private static final String QUOTED = "readout_deviation_quoted";

    @Override
    public ReportPlot kind() {
        return ReportPlot.READOUT_DEVIATION;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        List<Point> points = new ArrayList<>();
        Map<String, TreeMap<Double, Double>> exact = new TreeMap<>();
        Map<String, TreeMap<Double, Double>> leading = new TreeMap<>();
        for (ReportRow row : rows) {
            if (row.number(DEVIATION).isEmpty()
                    || row.positive(Measurement.MAX_ACTIVE).isEmpty()
                    || row.number(OF_PAIR).orElse(-1) != 0) {
                continue;
            }
            String name = row.text(Measurement.CONSTRUCTION);
            double active = row.number(Measurement.MAX_ACTIVE).getAsDouble();
            points.add(new Point(
                    name,
                    active,
                    row.number(DEVIATION).getAsDouble(),
                    row.index(),
                    "s = " + row.text(Measurement.MAX_ACTIVE) + " at n = " + row.text(Measurement.WIDTH)));
            row.number(PREDICTED)
                    .ifPresent(value ->
                            exact.computeIfAbsent(name, key -> new TreeMap<>()).put(active, value));
            row.number(QUOTED)
                    .ifPresent(value -> leading.computeIfAbsent(name, key -> new TreeMap<>())
                            .put(active, value));
        }
        if (points.isEmpty()) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        exact.forEach((name, curve) -> lines.add(Line.through(name, false, curve)));
        leading.forEach((name, curve) -> lines.add(Line.through(name + ", leading order of its authors", true, curve)));
        return Optional.of(new Plot(
                kind().id(),
                "Deviation of readouts against s",
                "The standard deviation of the readouts of pairs of which no input is active, when s features are."
                        + " Points are measured, solid lines are the exact formula over the draw of the layer (theory,"
                        + " section 5a), dashed lines the leading order that the authors give.",
                Axis.of("s, active features", Scale.COUNT),
                Axis.of("deviation of the readouts", Scale.FROM_ZERO),
                points,
                lines,
                List.of()));
    }
}
