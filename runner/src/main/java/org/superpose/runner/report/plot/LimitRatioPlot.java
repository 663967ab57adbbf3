package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Mark;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.workbench.Measurement;

/** How many times the lower bound each verified network is wide, by construction. */
final class LimitRatioPlot implements PlotKind {
    @Override
    public ReportPlot kind() {
        return ReportPlot.LIMIT_RATIO;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        List<ReportRow> rated = rows.stream()
                .filter(row -> row.isVerified()
                        && row.positive(Measurement.LIMIT_RATIO).isPresent()
                        && !row.text(Measurement.CONSTRUCTION).isEmpty())
                .toList();
        if (rated.isEmpty()) {
            return Optional.empty();
        }
        List<String> constructions = List.copyOf(new TreeSet<>(
                rated.stream().map(row -> row.text(Measurement.CONSTRUCTION)).toList()));
        List<Point> points = new ArrayList<>();
        for (ReportRow row : rated) {
            points.add(new Point(
                    row.text(Measurement.PROBLEM),
                    constructions.indexOf(row.text(Measurement.CONSTRUCTION)),
                    row.number(Measurement.LIMIT_RATIO).getAsDouble(),
                    row.index(),
                    "n = " + row.text(Measurement.WIDTH) + " at m' = " + row.text(Measurement.OUTPUTS)));
        }
        return Optional.of(new Plot(
                kind().id(),
                "Limit ratio by construction",
                "n divided by the lower bound on n, for every verified network; the dashed line at 1 is the limit.",
                Axis.ofCategories("construction", constructions),
                Axis.of("n / limit", Scale.LOG10),
                points,
                List.of(),
                List.of(),
                List.of(new Mark("the limit", false, 1))));
    }
}
