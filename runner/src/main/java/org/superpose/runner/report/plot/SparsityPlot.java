package org.superpose.runner.report.plot;

import java.util.ArrayList;
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
import org.superpose.runner.report.analysis.ReportRow;

/** Weights that are left after pruning against the removals that were tried, beside the bound. */
final class SparsityPlot implements PlotKind {
    private static final String NETWORK = "network";
    private static final String TRIED = "removals_tried";
    private static final String NONZERO = "nonzero_weights";
    private static final String LEAST = "least_nonzero_weights";
    private static final String PLACES = "weight_places";

    @Override
    public ReportPlot kind() {
        return ReportPlot.SPARSITY;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        List<Point> points = new ArrayList<>();
        Map<String, TreeMap<Double, Double>> kept = new LinkedHashMap<>();
        Map<String, TreeMap<Double, Double>> least = new LinkedHashMap<>();
        for (ReportRow row : rows) {
            if (row.positive(NONZERO).isEmpty() || row.positive(PLACES).isEmpty()) {
                continue;
            }
            String name = row.text(NETWORK);
            double places = row.number(PLACES).getAsDouble();
            double tried = row.number(TRIED).orElse(0) / places;
            double share = row.number(NONZERO).getAsDouble() / places;
            points.add(new Point(name, tried, share, row.index(), row.text(NONZERO) + " nonzero weights"));
            kept.computeIfAbsent(name, unseen -> new TreeMap<>()).put(tried, share);
            row.positive(LEAST)
                    .ifPresent(fewest -> least.computeIfAbsent("bound for " + name, unseen -> new TreeMap<>())
                            .put(tried, fewest / places));
        }
        List<Line> lines = new ArrayList<>();
        kept.forEach((name, curve) -> lines.add(Line.through(name, false, curve)));
        least.forEach((name, curve) -> lines.add(Line.through(name, true, curve)));
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot(
                        kind().id(),
                        "Weights that pruning leaves",
                        "Nonzero weights while they are removed one by one, the smallest first, as long as the network"
                                + " stays right on every input; dashed the fewest that the places and the values of"
                                + " nonzero weights allow for almost all maps of the class.",
                        Axis.of("removals tried, as a part of all places", Scale.LINEAR),
                        Axis.of("nonzero weights, as a part of all places", Scale.LOG10),
                        points,
                        lines,
                        List.of()));
    }
}
