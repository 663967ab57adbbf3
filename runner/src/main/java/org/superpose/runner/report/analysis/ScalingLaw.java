package org.superpose.runner.report.analysis;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * The law n = a m'^b (log m')^c that fits measured widths best, by least squares on logarithms; log is base 2.
 *
 * <p>The theory says b = c = 1/2 (section 1). Over a short range of m' the two exponents can stand for each other,
 * which wide intervals show; with c taken to be 1/2 the exponent b is known much better.
 *
 * @param a factor
 * @param b exponent of m'
 * @param c exponent of log m'
 * @param cFitted whether c was fitted
 * @param rSquared the part of the variation of log n that the law explains, 0..1
 * @param points how many widths were fitted
 * @param deviation the standard deviation of log n (natural) around the law
 * @param quantile of Student's distribution that belongs to 95 % intervals
 * @param covariance of the coefficients, divided by the square of the deviation: of (log a, b) or (log a, b, c)
 */
public record ScalingLaw(
        double a,
        double b,
        double c,
        boolean cFitted,
        double rSquared,
        int points,
        double deviation,
        double quantile,
        double[][] covariance) {

    /** A measured width. */
    public record Sample(double outputs, double width) {}

    /** An interval at 95 % confidence. */
    public record Interval(double low, double high) {}

    /** The fewest points with intervals: through three they span so many orders of magnitude that they say nothing. */
    private static final int POINTS_FOR_INTERVALS = 4;

    private static final double CONFIDENCE = 0.95;
    private static final double THEORY_EXPONENT = 0.5;

    /**
     * Fits the law.
     *
     * @param samples widths at m' of at least 2
     * @param fitsC whether to fit c, or to take it from the theory
     * @return empty if there are fewer than three different m', or than five if c is to be fitted
     */
    public static Optional<ScalingLaw> fit(List<Sample> samples, boolean fitsC) {
        long sizes = samples.stream().mapToDouble(Sample::outputs).distinct().count();
        int coefficients = fitsC ? 3 : 2;
        if (sizes < (fitsC ? 5 : 3)) {
            return Optional.empty();
        }
        double[] logWidths = new double[samples.size()];
        double[][] regressors = new double[samples.size()][];
        for (int s = 0; s < logWidths.length; s++) {
            double[] full = regressors(samples.get(s).outputs());
            logWidths[s] = Math.log(samples.get(s).width()) - (fitsC ? 0 : THEORY_EXPONENT * full[1]);
            regressors[s] = fitsC ? full : new double[] {full[0]};
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.newSampleData(logWidths, regressors);
        try {
            double[] found = regression.estimateRegressionParameters();
            int freedom = samples.size() - coefficients;
            return Optional.of(new ScalingLaw(
                    Math.exp(found[0]),
                    found[1],
                    fitsC ? found[2] : THEORY_EXPONENT,
                    fitsC,
                    rSquared(samples, found, fitsC),
                    samples.size(),
                    regression.estimateRegressionStandardError(),
                    new TDistribution(freedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2),
                    regression.estimateRegressionParametersVariance()));
        } catch (SingularMatrixException indistinguishable) {
            return Optional.empty();
        }
    }

    /** log m' and log log m', natural logarithms around the base-2 one of the law. */
    private static double[] regressors(double outputs) {
        return new double[] {Math.log(outputs), Math.log(Math.log(outputs) / Math.log(2))};
    }

    private static double rSquared(List<Sample> samples, double[] found, boolean fitsC) {
        double mean =
                samples.stream().mapToDouble(s -> Math.log(s.width())).average().orElseThrow();
        double residual = 0;
        double total = 0;
        for (Sample sample : samples) {
            double[] x = regressors(sample.outputs());
            double fitted = found[0] + found[1] * x[0] + (fitsC ? found[2] : THEORY_EXPONENT) * x[1];
            residual += Math.pow(Math.log(sample.width()) - fitted, 2);
            total += Math.pow(Math.log(sample.width()) - mean, 2);
        }
        return total == 0 ? 1 : Math.max(0, 1 - residual / total);
    }

    /** The width that the law gives. */
    public double width(double outputs) {
        double[] x = regressors(outputs);
        return a * Math.exp(b * x[0] + c * x[1]);
    }

    /** Whether there are enough points for intervals, at least four. */
    public boolean hasIntervals() {
        return points >= POINTS_FOR_INTERVALS;
    }

    /** The confidence interval of the law itself (not of single widths) at an m'; empty below four points. */
    public Optional<Interval> at(double outputs) {
        if (!hasIntervals()) {
            return Optional.empty();
        }
        double[] x = regressors(outputs);
        double[] all = cFitted ? new double[] {1, x[0], x[1]} : new double[] {1, x[0]};
        double variance = 0;
        for (int s = 0; s < all.length; s++) {
            for (int t = 0; t < all.length; t++) {
                variance += all[s] * covariance[s][t] * all[t];
            }
        }
        double spread = Math.exp(quantile * deviation * Math.sqrt(Math.max(0, variance)));
        return Optional.of(new Interval(width(outputs) / spread, width(outputs) * spread));
    }

    /** Empty below four points. */
    public Optional<Interval> intervalOfA() {
        if (!hasIntervals()) {
            return Optional.empty();
        }
        double spread = halfWidth(0);
        return Optional.of(new Interval(a * Math.exp(-spread), a * Math.exp(spread)));
    }

    /** Empty below four points. */
    public Optional<Interval> intervalOfB() {
        return hasIntervals() ? Optional.of(new Interval(b - halfWidth(1), b + halfWidth(1))) : Optional.empty();
    }

    /** Empty if c was not fitted. */
    public Optional<Interval> intervalOfC() {
        return cFitted ? Optional.of(new Interval(c - halfWidth(2), c + halfWidth(2))) : Optional.empty();
    }

    private double halfWidth(int coefficient) {
        return quantile * deviation * Math.sqrt(covariance[coefficient][coefficient]);
    }
}
