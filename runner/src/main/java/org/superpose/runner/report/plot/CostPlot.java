package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.workbench.Measurement;

/** Seconds against inputs covered, by method of verification. */
final class CostPlot implements PlotKind {
    @Override
    public ReportPlot kind() {
        return ReportPlot.COST;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        List<Point> points = new ArrayList<>();
        for (ReportRow row : rows) {
            if (!row.text(Measurement.METHOD).isEmpty()
                    && row.positive(Measurement.INPUTS_COVERED).isPresent()
                    && row.positive(Measurement.SECONDS).isPresent()) {
                points.add(new Point(
                        row.text(Measurement.METHOD),
                        row.number(Measurement.INPUTS_COVERED).getAsDouble(),
                        row.number(Measurement.SECONDS).getAsDouble(),
                        row.index(),
                        row.text(Measurement.INPUTS_COVERED) + " inputs, n = " + row.text(Measurement.WIDTH)));
            }
        }
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot(
                        kind().id(),
                        "Cost of verification",
                        "Seconds to build and verify a network against the inputs that the verdict covers, by method.",
                        Axis.of("inputs covered", Scale.LOG10),
                        Axis.of("seconds", Scale.LOG10),
                        points,
                        List.of(),
                        List.of()));
    }
}
