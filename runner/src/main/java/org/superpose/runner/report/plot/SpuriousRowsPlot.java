package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
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
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.workbench.Measurement;

/**
 * Rows that fire though no output wants them, against the influence of inputs, or m' where the influence does not vary.
 */
public final class SpuriousRowsPlot implements PlotKind {
    private static final String SPURIOUS_ROWS = "spurious_rows";
    private static final String STANDARD_ERROR = "spurious_rows_error";
    private static final String PREDICTED = "spurious_rows_predicted_with_noise";
    private static final String MAX_INFLUENCE = "max_influence";
    /** Standard errors to either side that make a 95 % interval of a mean. */
    private static final double STANDARD_ERRORS = 1.96;

    @Override
    public ReportPlot kind() {
        return ReportPlot.SPURIOUS_ROWS;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        String field = varies(counted(rows, MAX_INFLUENCE)) ? MAX_INFLUENCE : Measurement.OUTPUTS;
        List<ReportRow> counted = counted(rows, field);
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        List<Point> points = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        Map<String, List<ReportRow>> families = Families.of(counted);
        families.forEach((name, family) -> {
            boolean alone = families.size() == 1;
            for (ReportRow row : family) {
                points.add(point(alone ? "measured" : name, field, row));
            }
            predictions(alone ? "predicted" : "predicted: " + name, field, family)
                    .ifPresent(lines::add);
        });
        return Optional.of(new Plot(
                kind().id(),
                "Spurious rows",
                "Hidden rows that fire on an input though no output wants them, the mean over inputs: two inputs of"
                        + " different outputs meet in a row by chance (theory, section 4). Bars are 95 % intervals of"
                        + " the mean where its"
                        + " standard error was measured; dashed is what chance and noise predict.",
                Axis.of(field.equals(MAX_INFLUENCE) ? "d, largest feature influence" : "m', outputs", Scale.LOG2),
                Axis.of("spurious rows", Scale.LINEAR),
                points,
                lines,
                List.of()));
    }

    /** The rows that have a number of spurious rows and a place on the axis. */
    private static List<ReportRow> counted(List<ReportRow> rows, String field) {
        return rows.stream()
                .filter(row -> row.number(SPURIOUS_ROWS).isPresent()
                        && row.positive(field).isPresent())
                .toList();
    }

    private static boolean varies(List<ReportRow> rows) {
        return rows.stream()
                        .mapToDouble(row -> row.number(MAX_INFLUENCE).getAsDouble())
                        .distinct()
                        .count()
                > 1;
    }

    private static Point point(String name, String field, ReportRow row) {
        double count = row.number(SPURIOUS_ROWS).getAsDouble();
        double half = STANDARD_ERRORS * row.number(STANDARD_ERROR).orElse(0);
        return new Point(
                name,
                row.number(field).getAsDouble(),
                count,
                Math.max(0, count - half),
                count + half,
                row.index(),
                row.text(SPURIOUS_ROWS) + " spurious rows at n = " + row.text(Measurement.WIDTH));
    }

    /** The mean prediction at each place. */
    private static Optional<Line> predictions(String name, String field, List<ReportRow> family) {
        TreeMap<Double, DoubleSummaryStatistics> predicted = new TreeMap<>();
        for (ReportRow row : family) {
            row.number(PREDICTED)
                    .ifPresent(value -> predicted
                            .computeIfAbsent(row.number(field).getAsDouble(), key -> new DoubleSummaryStatistics())
                            .accept(value));
        }
        TreeMap<Double, Double> means = new TreeMap<>();
        predicted.forEach((place, values) -> means.put(place, values.getAverage()));
        return means.size() < 2 ? Optional.empty() : Optional.of(Line.through(name, true, means));
    }
}
