package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.superpose.bounds.ReadingBound;
import org.superpose.bounds.ReadingBound.Criterion;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.report.analysis.Families;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.report.analysis.SmallestWidths;
import org.superpose.runner.workbench.Measurement;

/**
 * The gap between representing and computing: the width that tells inputs apart against the width that computes, and
 * between them what others have published on reading.
 */
final class RepresentationPlot implements PlotKind {
    /** The field of a measured smallest width at which random codes tell all inputs apart. */
    private static final String REPRESENT_WIDTH = "represent_width";

    @Override
    public ReportPlot kind() {
        return ReportPlot.REPRESENTATION;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        List<Point> points = new ArrayList<>();
        Families.of(rows).forEach((name, family) -> {
            for (ReportRow row : SmallestWidths.among(family).rows()) {
                row.positive(Measurement.INPUTS)
                        .ifPresent(inputs -> points.add(new Point(
                                "computing: " + name,
                                inputs,
                                SmallestWidths.width(row),
                                row.index(),
                                "n = " + row.text(Measurement.WIDTH) + " computes " + row.text(Measurement.OUTPUTS)
                                        + " outputs")));
            }
        });
        for (ReportRow row : rows) {
            if (row.positive(REPRESENT_WIDTH).isPresent()
                    && row.positive(Measurement.INPUTS).isPresent()) {
                points.add(new Point(
                        "representing, measured",
                        row.number(Measurement.INPUTS).getAsDouble(),
                        row.number(REPRESENT_WIDTH).getAsDouble(),
                        row.index(),
                        "n = " + row.text(REPRESENT_WIDTH) + " tells all inputs apart"));
            }
        }
        List<Line> bounds = bounds(rows);
        boolean hasGap = points.stream().mapToDouble(Point::x).distinct().count() > 1 && !bounds.isEmpty();
        return hasGap
                ? Optional.of(new Plot(
                        kind().id(),
                        "Representing against computing",
                        "The smallest verified width that computes, against the width that is needed merely to tell the"
                                + " inputs apart: the information bound log(inputs) / log(v + 1) (dashed), and measured"
                                + " widths where there are any. Between them reading, with a read-out that may depend on"
                                + " the features but not on the map: all ANDs of two by one threshold unit each (Li et"
                                + " al., The Ball and the Box, 2026), and every feature by a linear read-out, up to a"
                                + " constant (Garg, Kleinberg and Peng, arXiv 2602.11246).",
                        Axis.of("m, inputs", Scale.LOG2),
                        Axis.of("n, neurons", Scale.LOG2),
                        points,
                        bounds,
                        List.of()))
                : Optional.empty();
    }

    /** The information bound on representing (theory, section 1), for each m, by v. */
    private static List<Line> bounds(List<ReportRow> rows) {
        TreeMap<Double, TreeMap<Double, Double>> byActive = new TreeMap<>();
        for (ReportRow row : rows) {
            double domain = row.positive(Measurement.DOMAIN_SIZE).orElse(0);
            double active = row.positive(Measurement.MAX_ACTIVE).orElse(0);
            if (domain > 1 && active >= 1 && row.positive(Measurement.INPUTS).isPresent()) {
                byActive.computeIfAbsent(active, key -> new TreeMap<>())
                        .merge(
                                row.number(Measurement.INPUTS).getAsDouble(),
                                Math.log(domain) / Math.log(active + 1),
                                Math::min);
            }
        }
        List<Line> lines = new ArrayList<>();
        byActive.forEach((active, bound) -> {
            if (bound.size() > 1) {
                lines.add(Line.through("representing, bound at v = " + active.intValue(), true, bound));
                lines.addAll(reading(bound.keySet(), active.intValue()));
            }
        });
        return lines;
    }

    /** Curves between representing and computing, each with its source; none where fewer than two are active. */
    private static List<Line> reading(Set<Double> sizes, int active) {
        TreeMap<Double, Double> thresholds = new TreeMap<>();
        TreeMap<Double, Double> linear = new TreeMap<>();
        for (double inputs : sizes) {
            if (active >= 2 && inputs > active) {
                ReadingBound bound = new ReadingBound((long) inputs, active);
                thresholds.put(inputs, bound.conjunctions(Criterion.RELIABLE_BEST));
                linear.put(inputs, bound.linearAccess());
            }
        }
        return thresholds.size() < 2
                ? List.of()
                : List.of(
                        Line.through("reading all ANDs at v = " + active + " (Li et al. 2026)", true, thresholds),
                        Line.through("linear access at v = " + active + " (arXiv 2602.11246)", true, linear));
    }
}
