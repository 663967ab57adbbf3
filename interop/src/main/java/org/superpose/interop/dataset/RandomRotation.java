package org.superpose.interop.dataset;

import java.util.random.RandomGenerator;
import org.superpose.core.random.Seed;
import org.superpose.interop.truth.StateRun;

/**
 * A random orthogonal matrix, uniform up to signs: a normal matrix made orthogonal row by row (Gram-Schmidt, twice, so
 * that rounding does not add up). The same bits on every machine.
 */
final class RandomRotation {
    private final float[][] rows;
    private final float[][] columns;

    RandomRotation(int size, Seed seed) {
        RandomGenerator random = seed.generator();
        double[][] basis = new double[size][size];
        for (int r = 0; r < size; r++) {
            double[] vector = basis[r];
            for (int c = 0; c < size; c++) {
                vector[c] = Gaussian.draw(random);
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int s = 0; s < r; s++) {
                    subtractProjection(vector, basis[s]);
                }
            }
            double norm = Math.sqrt(dot(vector, vector));
            for (int c = 0; c < size; c++) {
                vector[c] /= norm;
            }
        }
        this.rows = new float[size][size];
        this.columns = new float[size][size];
        for (int r = 0; r < size; r++) {
            for (int c = 0; c < size; c++) {
                rows[r][c] = (float) basis[r][c];
                columns[c][r] = (float) basis[r][c];
            }
        }
    }

    private static void subtractProjection(double[] vector, double[] unit) {
        double along = dot(vector, unit);
        for (int c = 0; c < vector.length; c++) {
            vector[c] -= along * unit[c];
        }
    }

    private static double dot(double[] a, double[] b) {
        double[] sums = new double[4]; // four sums at a time, in an order of their own
        int full = a.length & -4;
        for (int c = 0; c < full; c += 4) {
            sums[0] += a[c] * b[c];
            sums[1] += a[c + 1] * b[c + 1];
            sums[2] += a[c + 2] * b[c + 2];
            sums[3] += a[c + 3] * b[c + 3];
        }
        for (int c = full; c < a.length; c++) {
            sums[0] += a[c] * b[c];
        }
        return sums[0] + sums[1] + (sums[2] + sums[3]);
    }

    /** R x, a fresh array. */
    float[] apply(float[] x) {
        float[] y = new float[x.length];
        for (int c = 0; c < x.length; c++) {
            if (x[c] != 0) {
                StateRun.addScaled(columns[c], x[c], y);
            }
        }
        return y;
    }

    /** R, row by row; a live array. */
    float[][] rows() {
        return rows;
    }
}
