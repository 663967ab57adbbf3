package org.superpose.runner.frontier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;

/**
 * How the best verified widths of regular two-and with m = m' and v = 2 grow, beside the information limit at one bit a
 * weight, Willshaw's limit, and the linear construction of the paper.
 */
@Reference(value = "Metrics", standing = Standing.OURS)
final class WidthLaw {
    private static final String CLIPPED = "clipped-and";
    private static final String LINEAR = "linear-two-and";

    /** Rows that set nothing but these are regular ones. */
    private static final Set<String> PLAIN = Set.of("inputs", "outputs");

    private final List<Certificate> clipped = new ArrayList<>();
    private final List<Certificate> linear = new ArrayList<>();
    private final SimpleRegression fit = new SimpleRegression();

    WidthLaw(Map<FrontierRow, List<Certificate>> certificates) {
        certificates.forEach((row, own) -> {
            if (row.problem().equals("two-and")
                    && PLAIN.containsAll(row.instance().keySet())) {
                (row.construction().equals(LINEAR) ? linear : clipped).add(FrontierPage.best(own));
            }
        });
        clipped.removeIf(each -> !each.construction().equals(CLIPPED));
        clipped.sort(Comparator.comparingInt(Certificate::outputs));
        linear.sort(Comparator.comparingInt(Certificate::outputs));
        for (Certificate each : clipped) {
            fit.addData(log2(each.outputs()), each.limitRatio());
        }
    }

    /** Whether there are enough sizes for a law. */
    boolean isKnown() {
        return clipped.size() > 2;
    }

    /** The table and what it says, in Markdown. */
    String text() {
        StringBuilder text = new StringBuilder("""
                | m = m' | limit | Willshaw | best n | n/limit | bits of the map a weight | m'/n | linear construction |
                |---|---|---|---|---|---|---|---|
                """);
        for (Certificate each : clipped) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %.0f | %.0f | **%,d** | %.2f | %.2f | %.1f | %s |%n",
                    each.outputs(),
                    each.widthLimit(),
                    willshaw(each),
                    each.width(),
                    each.limitRatio(),
                    1 / (each.limitRatio() * each.limitRatio()),
                    (double) each.outputs() / each.width(),
                    linear.stream()
                            .filter(other -> other.outputs() == each.outputs())
                            .map(other -> String.format(Locale.ROOT, "%,d", other.width()))
                            .findFirst()
                            .orElse("-")));
        }
        double slope = fit.getSlope();
        double interval = fit.getSlopeConfidenceInterval();
        text.append(String.format(
                Locale.ROOT,
                """

                A line through n/limit over log2 m' has the slope %+.3f a doubling (95 %% interval +-%.3f), from %.2f at
                2^%.0f to %.2f at 2^%.0f: %s.
                """,
                slope,
                interval,
                fit.predict(first()),
                first(),
                fit.predict(last()),
                last(),
                meaning(slope, interval)));
        return text.toString();
    }

    private static String meaning(double slope, double interval) {
        if (Math.abs(slope) <= interval) {
            return "at these sizes no trend can be told from a constant";
        }
        return slope < 0
                ? "the larger the dictionary, the nearer the networks come to the limit"
                : "the ratio grows, at least as far as these widths were searched";
    }

    /** n over m', with the two limits and the fit. */
    Plot plot() {
        List<Point> points = new ArrayList<>();
        for (Certificate each : clipped) {
            points.add(point("clipped-and, verified", each));
        }
        for (Certificate each : linear) {
            points.add(point("linear construction, verified", each));
        }
        return new Plot(
                "how-good",
                "How good can it be? Regular two-and, m = m', v = 2",
                "The smallest verified widths, beside what matrices of one bit a weight could hold at best.",
                Axis.of("m', the number of features and of ANDs", Scale.LOG2),
                Axis.of("n, the width", Scale.LOG2),
                points,
                List.of(
                        line(
                                "clipped-and, verified",
                                false,
                                each -> each.widthLimit() * fit.predict(log2(each.outputs()))),
                        line("Willshaw's limit: ln 2 bits a weight", true, WidthLaw::willshaw),
                        line("information limit: one bit a weight", true, Certificate::widthLimit)),
                List.of());
    }

    private static Point point(String series, Certificate each) {
        return new Point(series, each.outputs(), each.width(), -1, "n = " + each.width());
    }

    private Line line(String series, boolean dashed, ToDoubleFunction<Certificate> width) {
        return new Line(
                series,
                dashed,
                clipped.stream().mapToDouble(Certificate::outputs).toArray(),
                clipped.stream().mapToDouble(width).toArray());
    }

    /** The width at which both matrices hold ln 2 bits an entry (theory, section 5). */
    private static double willshaw(Certificate each) {
        return each.widthLimit() / Math.sqrt(Math.log(2));
    }

    private double first() {
        return log2(clipped.get(0).outputs());
    }

    private double last() {
        return log2(clipped.get(clipped.size() - 1).outputs());
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
