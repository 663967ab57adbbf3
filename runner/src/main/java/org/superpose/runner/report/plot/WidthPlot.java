package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Band;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.report.analysis.Families;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.report.analysis.ScalingLaw;
import org.superpose.runner.report.analysis.SmallestWidths;
import org.superpose.runner.workbench.Measurement;

/** Smallest verified width against m', with the fitted law and the lower bound. */
public final class WidthPlot implements PlotKind {
    private static final int CURVE_POINTS = 60;

    @Override
    public ReportPlot kind() {
        return ReportPlot.WIDTH;
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        List<Point> points = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<Band> bands = new ArrayList<>();
        Families.of(rows).forEach((name, family) -> {
            SmallestWidths smallest = SmallestWidths.among(family);
            for (ReportRow row : smallest.rows()) {
                points.add(new Point(
                        name,
                        SmallestWidths.outputs(row),
                        SmallestWidths.width(row),
                        row.index(),
                        "n = " + row.text(Measurement.WIDTH) + " at m' = " + row.text(Measurement.OUTPUTS)));
            }
            smallest.law(true)
                    .or(() -> smallest.law(false))
                    .ifPresent(law -> addCurve(name, law, smallest.rows(), lines, bands));
        });
        if (points.isEmpty()) {
            return Optional.empty();
        }
        lines.addAll(bounds(rows));
        return Optional.of(new Plot(
                kind().id(),
                "Width against outputs",
                "The smallest verified width n for m' outputs, both axes logarithmic. Solid lines are the fitted law"
                        + " n = a m'^b (log m')^c where m' of three or more sizes were measured, from four points on"
                        + " with its 95 % confidence band; dashed lines are the lower bound at one bit per weight.",
                Axis.of("m', outputs", Scale.LOG2),
                Axis.of("n, neurons in the widest layer", Scale.LOG2),
                points,
                lines,
                bands));
    }

    private static void addCurve(
            String name, ScalingLaw law, List<ReportRow> smallest, List<Line> lines, List<Band> bands) {
        double least = SmallestWidths.outputs(smallest.get(0));
        double most = SmallestWidths.outputs(smallest.get(smallest.size() - 1));
        double[] x = new double[CURVE_POINTS];
        double[] y = new double[CURVE_POINTS];
        for (int s = 0; s < CURVE_POINTS; s++) {
            x[s] = least * Math.pow(most / least, s / (CURVE_POINTS - 1.0));
            y[s] = law.width(x[s]);
        }
        lines.add(new Line(name, false, x, y));
        List<ScalingLaw.Interval> intervals =
                Arrays.stream(x).mapToObj(law::at).flatMap(Optional::stream).toList();
        if (!intervals.isEmpty()) {
            bands.add(new Band(
                    name,
                    x,
                    intervals.stream().mapToDouble(ScalingLaw.Interval::low).toArray(),
                    intervals.stream().mapToDouble(ScalingLaw.Interval::high).toArray()));
        }
    }

    /** The lowest limit for each m', by problem and number of matrices. */
    private static List<Line> bounds(List<ReportRow> rows) {
        List<Line> lines = new ArrayList<>();
        List<ReportRow> limited = rows.stream()
                .filter(row -> row.positive(Measurement.OUTPUTS).isPresent()
                        && oneBitLimit(row).isPresent())
                .toList();
        Families.of(limited, Measurement.LAYERS, Measurement.PROBLEM).forEach((named, family) -> {
            String matrices = family.get(0).text(Measurement.LAYERS);
            String name = named.substring(matrices.length() + 2) + ", " + matrices;
            TreeMap<Double, Double> lowest = new TreeMap<>();
            family.forEach(row ->
                    lowest.merge(SmallestWidths.outputs(row), oneBitLimit(row).getAsDouble(), Math::min));
            if (lowest.size() > 1) {
                lines.add(Line.through(
                        "lower bound: " + name + (matrices.equals("1") ? " matrix" : " matrices"), true, lowest));
            }
        });
        return lines;
    }

    /**
     * sqrt(log|F| / L), the limit at one bit per weight (theory, section 3): the width limit of a row is the limit at
     * the bits that its own network stores, which differ from construction to construction. Bit efficiency times bits
     * is log|F|.
     */
    private static OptionalDouble oneBitLimit(ReportRow row) {
        OptionalDouble efficiency = row.positive(Measurement.BIT_EFFICIENCY);
        OptionalDouble bits = row.positive(Measurement.WEIGHT_BITS);
        OptionalDouble matrices = row.positive(Measurement.LAYERS);
        return efficiency.isPresent() && bits.isPresent() && matrices.isPresent()
                ? OptionalDouble.of(Math.sqrt(efficiency.getAsDouble() * bits.getAsDouble() / matrices.getAsDouble()))
                : OptionalDouble.empty();
    }
}
