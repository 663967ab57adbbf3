package org.superpose.benchmarks;

import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;

/** The time to verify against m', both logarithmic, with the fitted power law. */
final class ScalingPlot {
    private ScalingPlot() {}

    static Plot of(List<Scaling.Row> rows, SimpleRegression fit) {
        List<Point> measured = rows.stream()
                .map(row -> new Point("measured", row.outputs(), row.verifySeconds(), -1, ""))
                .toList();
        double[] outputs = rows.stream().mapToDouble(Scaling.Row::outputs).toArray();
        double[] fitted = rows.stream()
                .mapToDouble(row -> Math.exp(fit.predict(Math.log(row.outputs()))))
                .toArray();
        return new Plot(
                "scaling",
                "Pairwise verification of all inputs, two-and regular, m = m'",
                "",
                Axis.of("m'", Scale.LOG2),
                Axis.of("seconds, " + Scaling.THREADS + " threads", Scale.LOG10),
                measured,
                List.of(new Line(String.format(Locale.ROOT, "fit: m'^%.2f", fit.getSlope()), false, outputs, fitted)),
                List.of());
    }
}
