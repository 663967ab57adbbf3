package org.superpose.constructions.linear;

import java.util.Arrays;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.verify.Deadline;

/**
 * Products C D with the decompression matrix of least interference: among all D with (D E)[j, j] = 1 the one whose
 * other entries have the smallest squares.
 *
 * <p>Row j of D is proportional to e_j^T G^-1 with the centred codes e_j and their Gram matrix G, n x n, so that no
 * m-sized dense object is needed here either. Against plain decompression the variance 1 / n of the other entries falls
 * to about (1 - n / m) / n, and to 0 for m below n: much where n is not far below m, nothing in the asymptotics. Costs
 * n^3.
 */
@Reference(value = "Least-squares decompression", standing = Standing.OURS)
final class LeastSquaresDecompression {
    /** The ridge as a part of the mean eigenvalue, which keeps G regular where there are fewer features than rows. */
    private static final double RIDGE = 1e-3;

    private final Codes codes;
    private final Deadline deadline;
    private final int n;
    private final double[][] inverse;
    private final double[] rowSums;

    private LeastSquaresDecompression(Codes codes, Deadline deadline) {
        this.codes = codes;
        this.deadline = deadline;
        this.n = codes.neurons();
        this.inverse = gram(codes);
        invert(inverse);
        this.rowSums = Arrays.stream(inverse)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
    }

    /**
     * W = C D.
     *
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before
     */
    static DenseMatrix routed(Routing routing, Codes codes, Deadline deadline) {
        return new LeastSquaresDecompression(codes, deadline).routed(routing);
    }

    private DenseMatrix routed(Routing routing) {
        int rows = routing.rows();
        int[] loads = codes.loads();
        double[] gains = new double[codes.features()];
        double[] shifts = new double[codes.features()];
        for (int j = 0; j < gains.length; j++) {
            deadline.check();
            balance(j, loads, gains, shifts);
        }
        float[] values = new float[Math.multiplyExact(rows, n)];
        double[] mixture = new double[n];
        double[] sum = new double[n];
        for (int e = 0; e < rows; e++) {
            deadline.check();
            Arrays.fill(mixture, 0);
            double shift = 0;
            for (int t = 0; t < routing.load(e); t++) {
                int j = routing.feature(e, t);
                double gain = routing.weight(e, t) * gains[j];
                for (int c = 0; c < codes.weight(j); c++) {
                    mixture[codes.neuron(j, c)] += gain;
                }
                double mean = gain * codes.weight(j) / n;
                for (int c = 0; c < n; c++) {
                    mixture[c] -= mean;
                }
                shift += routing.weight(e, t) * shifts[j];
            }
            Arrays.fill(sum, -shift);
            for (int c = 0; c < n; c++) {
                add(inverse[c], mixture[c], sum);
            }
            for (int c = 0; c < n; c++) {
                values[e * n + c] = (float) sum[c];
            }
        }
        return new DenseMatrix(rows, n, values);
    }

    /** Gain and constant with which row j of D gives 1 for its own code and 0 on average for the others. */
    private void balance(int j, int[] loads, double[] gains, double[] shifts) {
        int k = codes.weight(j);
        double[] row = new double[n];
        for (int c = 0; c < k; c++) {
            add(inverse[codes.neuron(j, c)], 1, row);
        }
        add(rowSums, -(double) k / n, row);
        double own = 0;
        for (int c = 0; c < k; c++) {
            own += row[codes.neuron(j, c)];
        }
        double all = 0;
        long entries = 0;
        for (int c = 0; c < n; c++) {
            all += row[c] * loads[c];
            entries += loads[c];
        }
        long otherEntries = entries - k;
        // (row - u) gives own - u k for the own code and all - own - u (other entries) for the others together.
        double u = otherEntries == 0 ? 0 : (all - own) / otherEntries;
        double scale = own - u * k;
        gains[j] = 1 / scale;
        shifts[j] = u / scale;
    }

    /** The Gram matrix of the rows of the centred codes, with the ridge on its diagonal. */
    private static double[][] gram(Codes codes) {
        int n = codes.neurons();
        double[][] gram = new double[n][n];
        double[] weighted = new double[n];
        double squares = 0;
        for (int j = 0; j < codes.features(); j++) {
            int[] code = codes.code(j);
            double p = (double) code.length / n;
            squares += p * p;
            for (int e : code) {
                weighted[e] += p;
                for (int f : code) {
                    gram[e][f]++;
                }
            }
        }
        double trace = 0;
        for (int e = 0; e < n; e++) {
            for (int f = 0; f < n; f++) {
                gram[e][f] += squares - weighted[e] - weighted[f];
            }
            trace += gram[e][e];
        }
        for (int e = 0; e < n; e++) {
            gram[e][e] += RIDGE * trace / n + Double.MIN_NORMAL;
        }
        return gram;
    }

    /** Gauss-Jordan in place; a positive definite matrix needs no pivoting. */
    private void invert(double[][] matrix) {
        for (int pivot = 0; pivot < n; pivot++) {
            deadline.check();
            double[] pivotRow = matrix[pivot];
            double factor = 1 / pivotRow[pivot];
            pivotRow[pivot] = 1;
            for (int c = 0; c < n; c++) {
                pivotRow[c] *= factor;
            }
            for (int r = 0; r < n; r++) {
                if (r != pivot) {
                    double[] row = matrix[r];
                    double multiple = -row[pivot];
                    row[pivot] = 0;
                    add(pivotRow, multiple, row);
                }
            }
        }
    }

    private static void add(double[] row, double factor, double[] to) {
        if (factor != 0) {
            for (int c = 0; c < to.length; c++) {
                to[c] += factor * row[c];
            }
        }
    }
}
