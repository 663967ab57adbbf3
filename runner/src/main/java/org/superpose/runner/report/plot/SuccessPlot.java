package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
import org.superpose.runner.report.analysis.Families;
import org.superpose.runner.report.analysis.MeasuredNetwork;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.workbench.Measurement;

/** The fraction of seeds that were verified, against the width, with 95 % Clopper-Pearson intervals. */
public final class SuccessPlot implements PlotKind {
    /** The number of curves beyond which only those with the most tries are shown: more cannot be told apart. */
    private static final int MOST_CURVES = 8;

    private static final int LEAST_WIDTHS = 3;

    @Override
    public ReportPlot kind() {
        return ReportPlot.SUCCESS;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        Map<String, TreeMap<Double, Tries>> curves = new LinkedHashMap<>();
        List<ReportRow> judged = MeasuredNetwork.once(rows).stream()
                .filter(row -> !row.text(Measurement.VERDICT).isEmpty()
                        && row.positive(Measurement.WIDTH).isPresent())
                .toList();
        Families.of(judged).forEach((family, members) -> {
            for (ReportRow row : members) {
                String name = family + ", m' = " + row.text(Measurement.OUTPUTS);
                curves.computeIfAbsent(name, key -> new TreeMap<>())
                        .computeIfAbsent(row.number(Measurement.WIDTH).getAsDouble(), key -> new Tries())
                        .add(row);
            }
        });
        // A rate says something when there were several tries, and a curve when there were several widths.
        curves.values()
                .removeIf(curve ->
                        curve.size() < LEAST_WIDTHS || curve.values().stream().noneMatch(count -> count.tries() > 1));
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        List<String> shown = curves.keySet().stream()
                .sorted(Comparator.comparingInt((String name) -> -tries(curves.get(name))))
                .limit(MOST_CURVES)
                .toList();
        List<Point> points = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        curves.forEach((name, curve) -> {
            if (shown.contains(name)) {
                TreeMap<Double, Double> rates = new TreeMap<>();
                curve.forEach((width, count) -> {
                    points.add(count.point(name, width, "n = " + width.longValue()));
                    rates.put(width, count.rate());
                });
                lines.add(Line.through(name, false, rates));
            }
        });
        String left = curves.size() > MOST_CURVES
                ? " Shown are the " + MOST_CURVES + " of " + curves.size() + " settings with the most tries."
                : "";
        return Optional.of(new Plot(
                kind().id(),
                "Success rate against width",
                "The fraction of seeds with which a network of width n was verified; bars are 95 % Clopper-Pearson"
                        + " intervals." + left,
                Axis.of("n, neurons in the widest layer", scale(points)),
                Axis.of("verified", Scale.FRACTION),
                points,
                lines,
                List.of()));
    }

    /** Curves of m' far apart are all steep at once only on a logarithmic scale. */
    private static Scale scale(List<Point> points) {
        double least = points.stream().mapToDouble(Point::x).min().orElseThrow();
        double most = points.stream().mapToDouble(Point::x).max().orElseThrow();
        return most > 4 * least ? Scale.LOG2 : Scale.LINEAR;
    }

    private static int tries(TreeMap<Double, Tries> curve) {
        return curve.values().stream().mapToInt(count -> count.tries()).sum();
    }
}
