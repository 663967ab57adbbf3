package org.superpose.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.superpose.runner.report.Plot.Axis;
import org.superpose.runner.report.Plot.Point;
import org.superpose.runner.report.Plot.Scale;
import org.superpose.runner.workbench.Measurement;

/** Rows that fire though no output wants them, against the influence of inputs, or m' where no influence was measured. */
final class SpuriousRowsPlot implements PlotKind {
    private static final String SPURIOUS_ROWS = "spurious_rows";
    private static final String MAX_INFLUENCE = "max_influence";

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        List<ReportRow> counted = rows.stream()
                .filter(row -> row.number(SPURIOUS_ROWS).isPresent())
                .toList();
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        boolean byInfluence =
                counted.stream().allMatch(row -> row.positive(MAX_INFLUENCE).isPresent());
        String field = byInfluence ? MAX_INFLUENCE : Measurement.OUTPUTS;
        List<Point> points = new ArrayList<>();
        Families.of(counted).forEach((name, family) -> {
            for (ReportRow row : family) {
                OptionalDouble x = row.positive(field);
                if (x.isPresent()) {
                    points.add(new Point(
                            name,
                            x.getAsDouble(),
                            row.number(SPURIOUS_ROWS).getAsDouble(),
                            row.index(),
                            row.text(SPURIOUS_ROWS) + " spurious rows at n = " + row.text(Measurement.WIDTH)));
                }
            }
        });
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot(
                        "spurious-rows",
                        "Spurious rows",
                        "Hidden rows that fire on an input though no output wants them: two inputs of different outputs"
                                + " meet in a row by chance (theory, section 4).",
                        Axis.of(byInfluence ? "d, largest feature influence" : "m', outputs", Scale.LOG2),
                        Axis.of("spurious rows", Scale.LINEAR),
                        points,
                        List.of(),
                        List.of()));
    }
}
