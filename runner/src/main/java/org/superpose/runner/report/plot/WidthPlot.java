package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * Through fewer points the band is so wide that it hides the rest of the plot; the table of fits has the intervals
     * all the same.
     */
    private static final int POINTS_FOR_BAND = 4;

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
            List<ReportRow> smallest = SmallestWidths.among(family);
            for (ReportRow row : smallest) {
                points.add(new Point(
                        name,
                        row.number(Measurement.OUTPUTS).getAsDouble(),
                        row.number(Measurement.WIDTH).getAsDouble(),
                        row.index(),
                        "n = " + row.text(Measurement.WIDTH) + " at m' = " + row.text(Measurement.OUTPUTS)));
            }
            laws(smallest, true, false).stream()
                    .findFirst()
                    .ifPresent(law -> addCurve(name, law, smallest, lines, bands));
        });
        if (points.isEmpty()) {
            return Optional.empty();
        }
        lines.addAll(bounds(rows));
        return Optional.of(new Plot(
                kind().id(),
                "Width against outputs",
                "The smallest verified width n for m' outputs, both axes logarithmic. Solid lines are the fitted law"
                        + " n = a m'^b (log m')^c where m' of three or more sizes were measured, from four on with its 95 %"
                        + " confidence band; dashed lines are the lower bound at one bit per weight.",
                Axis.of("m', outputs", Scale.LOG2),
                Axis.of("n, neurons in the widest layer", Scale.LOG2),
                points,
                lines,
                bands));
    }

    /** The laws that a family allows: with c from the theory, and with c fitted. */
    private static List<ScalingLaw> laws(List<ReportRow> smallest, boolean... fitsC) {
        List<ScalingLaw.Sample> samples = smallest.stream()
                .map(row -> new ScalingLaw.Sample(
                        row.number(Measurement.OUTPUTS).getAsDouble(),
                        row.number(Measurement.WIDTH).getAsDouble()))
                .toList();
        List<ScalingLaw> laws = new ArrayList<>();
        for (boolean fitted : fitsC) {
            ScalingLaw.fit(samples, fitted).ifPresent(laws::add);
        }
        return laws;
    }

    private static void addCurve(
            String name, ScalingLaw law, List<ReportRow> smallest, List<Line> lines, List<Band> bands) {
        double least = smallest.get(0).number(Measurement.OUTPUTS).getAsDouble();
        double most =
                smallest.get(smallest.size() - 1).number(Measurement.OUTPUTS).getAsDouble();
        double[] x = new double[CURVE_POINTS];
        double[] y = new double[CURVE_POINTS];
        double[] low = new double[CURVE_POINTS];
        double[] high = new double[CURVE_POINTS];
        for (int s = 0; s < CURVE_POINTS; s++) {
            x[s] = least * Math.pow(most / least, s / (CURVE_POINTS - 1.0));
            y[s] = law.width(x[s]);
            low[s] = law.at(x[s]).low();
            high[s] = law.at(x[s]).high();
        }
        lines.add(new Line(name, false, x, y));
        if (smallest.size() >= POINTS_FOR_BAND) {
            bands.add(new Band(name, x, low, high));
        }
    }

    /** The lowest limit for each m', by problem and number of matrices. */
    private static List<Line> bounds(List<ReportRow> rows) {
        List<Line> lines = new ArrayList<>();
        List<ReportRow> limited = rows.stream()
                .filter(row -> row.positive(Measurement.OUTPUTS).isPresent()
                        && oneBitLimit(row).isPresent())
                .toList();
        Families.of(limited, Measurement.PROBLEM, Measurement.LAYERS).forEach((name, family) -> {
            TreeMap<Double, Double> lowest = new TreeMap<>();
            family.forEach(row -> lowest.merge(
                    row.number(Measurement.OUTPUTS).getAsDouble(),
                    oneBitLimit(row).getAsDouble(),
                    Math::min));
            if (lowest.size() > 1) {
                lines.add(new Line(
                        "lower bound: " + name + (name.endsWith(", 1") ? " matrix" : " matrices"),
                        true,
                        lowest.keySet().stream().mapToDouble(v -> v).toArray(),
                        lowest.values().stream().mapToDouble(v -> v).toArray()));
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

    /** The laws of all families that have some. */
    public static Map<String, List<ScalingLaw>> laws(List<ReportRow> rows) {
        Map<String, List<ScalingLaw>> laws = new LinkedHashMap<>();
        Families.of(rows).forEach((name, family) -> {
            List<ScalingLaw> own = laws(SmallestWidths.among(family), false, true);
            if (!own.isEmpty()) {
                laws.put(name, own);
            }
        });
        return laws;
    }
}
