package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.superpose.bounds.ReadingBound;
import org.superpose.bounds.ReadingBound.Criterion;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.workbench.BoundsCurve;

/**
 * The bounds of a problem against m' on two logarithmic axes: neurons to compute, to read, to represent, and without
 * superposition. What it takes to read is published by others, who are named.
 */
public final class BoundsPlot {
    private final List<BoundsCurve.Point> sizes;
    private final List<Point> points = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    private BoundsPlot(List<BoundsCurve.Point> sizes) {
        this.sizes = sizes;
    }

    /**
     * Describes the plot.
     *
     * @param title what is plotted
     * @param sizes at least two, ascending in m'
     */
    public static Plot of(String title, List<BoundsCurve.Point> sizes) {
        BoundsPlot plot = new BoundsPlot(sizes);
        plot.add("least width to compute", BoundsCurve.Point::computing);
        plot.add(
                "kappa = 1: sqrt(m' log m')",
                size -> Math.sqrt(size.outputs() * Math.log(size.outputs()) / Math.log(2)));
        plot.add(
                "reading all ANDs, one threshold each: Li et al. 2026",
                reading(bound -> bound.conjunctions(Criterion.RELIABLE_BEST)));
        plot.add("linear access, up to a constant: arXiv 2602.11246", reading(ReadingBound::linearAccess));
        plot.add("least width to represent", BoundsCurve.Point::representing);
        plot.add("one neuron per output: no superposition", BoundsCurve.Point::outputs);
        return new Plot(
                "bounds",
                title,
                "",
                Axis.of("m', output features", Scale.LOG2),
                Axis.of("n, neurons", Scale.LOG2),
                plot.points,
                plot.lines,
                List.of());
    }

    private static ToDoubleFunction<BoundsCurve.Point> reading(ToDoubleFunction<ReadingBound> dimensions) {
        return size -> size.reading().map(dimensions::applyAsDouble).orElse(0.0);
    }

    private void add(String name, ToDoubleFunction<BoundsCurve.Point> width) {
        TreeMap<Double, Double> widths = new TreeMap<>();
        for (BoundsCurve.Point size : sizes) {
            double value = width.applyAsDouble(size);
            if (value > 0) { // a logarithmic axis has no zero
                widths.put((double) size.outputs(), value);
                points.add(new Point(name, size.outputs(), value, -1, ""));
            }
        }
        if (!widths.isEmpty()) {
            lines.add(Line.through(name, false, widths));
        }
    }
}
