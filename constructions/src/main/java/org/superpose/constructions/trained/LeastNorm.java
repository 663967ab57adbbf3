package org.superpose.constructions.trained;

import java.util.Optional;

/**
 * The shortest vector x with a_q x >= b_q for all q, by Hildreth's method: projections on one half-space after another
 * (Hildreth, A quadratic programming procedure, 1957). For a few dozen unknowns.
 */
final class LeastNorm {
    private static final int MOST_ROUNDS = 5000;
    /** What a constraint may be short by at the end. */
    private static final double TOLERANCE = 1e-4;

    private LeastNorm() {}

    /**
     * @param normals a_q, none of them 0
     * @param bounds b_q
     * @param unknowns the length of each a_q
     * @return x, or empty if none was found: there may be none
     */
    static Optional<double[]> solve(double[][] normals, double[] bounds, int unknowns) {
        double[] multipliers = new double[bounds.length];
        double[] x = new double[unknowns];
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double worst = 0;
            for (int q = 0; q < bounds.length; q++) {
                double missing = bounds[q] - product(normals[q], x);
                worst = Math.max(worst, missing);
                double step = Math.max(-multipliers[q], missing / product(normals[q], normals[q]));
                multipliers[q] += step;
                for (int t = 0; t < unknowns; t++) {
                    x[t] += step * normals[q][t];
                }
            }
            if (worst < TOLERANCE) {
                return Optional.of(x);
            }
        }
        return Optional.empty();
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int t = 0; t < left.length; t++) {
            sum += left[t] * right[t];
        }
        return sum;
    }
}
