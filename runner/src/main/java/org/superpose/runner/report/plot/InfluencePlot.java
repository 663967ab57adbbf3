package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Mark;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.report.analysis.Families;
import org.superpose.runner.report.analysis.MeasuredNetwork;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.workbench.Measurement;

/** The fraction of seeds that were verified, against the influence of the inputs, with marks at m'^(1/4). */
final class InfluencePlot implements PlotKind {
    private static final String MAX_INFLUENCE = "max_influence";
    private static final String WRONG_SHARE = "wrong_share";
    /** Marks beyond which their names would lie on each other. */
    private static final int MOST_MARKS = 3;

    @Override
    public ReportPlot kind() {
        return ReportPlot.INFLUENCE;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        List<ReportRow> judged = MeasuredNetwork.once(rows).stream()
                .filter(row -> !row.text(Measurement.VERDICT).isEmpty()
                        && row.positive(MAX_INFLUENCE).isPresent()
                        && row.positive(Measurement.OUTPUTS).isPresent())
                .toList();
        if (judged.stream().map(row -> row.text(MAX_INFLUENCE)).distinct().count() < 2) {
            return Optional.empty();
        }
        List<Point> points = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        TreeSet<Integer> outputs = new TreeSet<>();
        Map<String, List<ReportRow>> families = Families.of(judged);
        families.forEach((name, family) -> {
            String of = families.size() == 1 ? "" : name + ": ";
            TreeMap<Double, Tries> byInfluence = new TreeMap<>();
            for (ReportRow row : family) {
                outputs.add((int) row.number(Measurement.OUTPUTS).getAsDouble());
                byInfluence
                        .computeIfAbsent(row.number(MAX_INFLUENCE).getAsDouble(), key -> new Tries())
                        .add(row);
            }
            String verified = of + "networks verified";
            TreeMap<Double, Double> rates = new TreeMap<>();
            byInfluence.forEach((influence, tries) -> {
                points.add(tries.point(verified, influence, "influence " + influence.longValue()));
                rates.put(influence, tries.rate());
            });
            lines.add(Line.through(verified, false, rates));
            addRightInputs(of + "inputs right", family, points, lines);
        });
        return Optional.of(marked(
                new Plot(
                        kind().id(),
                        "Success against influence",
                        "The share of networks that were verified, with 95 % Clopper-Pearson intervals, and the share of sampled"
                                + " inputs on which all outputs are right, for growing influence d of the inputs. Output"
                                + " channels are for d up to m'^(1/4) (Theorem 4.1).",
                        Axis.of("d, largest feature influence", Scale.LOG2),
                        Axis.of("success", Scale.FRACTION),
                        points,
                        lines,
                        List.of()),
                outputs));
    }

    /** The share of sampled inputs that are right: a point for each network, a line through the means. */
    private static void addRightInputs(String name, List<ReportRow> family, List<Point> points, List<Line> lines) {
        TreeMap<Double, DoubleSummaryStatistics> shares = new TreeMap<>();
        for (ReportRow row : family) {
            if (row.number(WRONG_SHARE).isPresent()) {
                double influence = row.number(MAX_INFLUENCE).getAsDouble();
                double right = 1 - row.number(WRONG_SHARE).getAsDouble();
                shares.computeIfAbsent(influence, key -> new DoubleSummaryStatistics())
                        .accept(right);
                points.add(new Point(
                        name,
                        influence,
                        right,
                        row.index(),
                        "influence " + row.text(MAX_INFLUENCE) + " at n = " + row.text(Measurement.WIDTH)));
            }
        }
        TreeMap<Double, Double> means = new TreeMap<>();
        shares.forEach((influence, values) -> means.put(influence, values.getAverage()));
        if (!means.isEmpty()) {
            lines.add(Line.through(name, false, means));
        }
    }

    private static Plot marked(Plot whole, TreeSet<Integer> outputs) {
        Plot plot = whole;
        if (outputs.size() <= MOST_MARKS) {
            for (int size : outputs) {
                double limit = Math.pow(size, 0.25);
                String value = String.format(Locale.ROOT, limit == Math.rint(limit) ? "%.0f" : "%.1f", limit);
                String of = outputs.size() == 1 ? "" : ", m' = " + size;
                plot = plot.with(new Mark("m'^(1/4) = " + value + of, true, limit));
            }
        }
        return plot;
    }
}
