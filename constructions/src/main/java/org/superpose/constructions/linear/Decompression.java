package org.superpose.constructions.linear;

import java.util.function.IntUnaryOperator;
import org.superpose.core.Reference;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;

/**
 * Products C D of a 0/1 routing matrix with the decompression matrix of a code, without ever making D.
 *
 * <p>D[j, c] = (E[c, j] - p) / (k (1 - p)) with p = k / n: then (D E)[j, j] = 1, and off the diagonal the entries have mean 0 and variance
 * about 1 / n. A row of C with R ones therefore sees noise of variance about v R / n.
 */
@Reference("Section 4")
final class Decompression {
    private Decompression() {}

    /**
     * W = C D: row e is (sum of the codes of its R features - R p) / (k (1 - p)).
     *
     * @param rows the number of rows of C
     * @param load R of each row
     * @param feature the t-th feature of a row
     * @param codes the codes to decompress, all of one weight
     */
    static DenseMatrix routed(int rows, IntUnaryOperator load, RowFeature feature, Codes codes) {
        int n = codes.neurons();
        float[] values = new float[Math.multiplyExact(rows, n)];
        double[] sum = new double[n];
        for (int e = 0; e < rows; e++) {
            java.util.Arrays.fill(sum, 0);
            double mean = 0;
            int count = load.applyAsInt(e);
            for (int t = 0; t < count; t++) {
                int j = feature.of(e, t);
                int k = codes.weight(j);
                double gain = gain(k, n);
                for (int c = 0; c < k; c++) {
                    sum[codes.neuron(j, c)] += gain;
                }
                mean += offset(k, n);
            }
            for (int c = 0; c < n; c++) {
                values[e * n + c] = (float) (sum[c] - mean);
            }
        }
        return new DenseMatrix(rows, n, values);
    }

    /** What D has where the code has a 1, apart from the offset: 1 / (k (1 - p)). A code of all rows can only be averaged. */
    static double gain(int weight, int rows) {
        return weight == rows ? 1.0 / weight : 1 / (weight * (1 - (double) weight / rows));
    }

    /** What D subtracts everywhere: p / (k (1 - p)). */
    static double offset(int weight, int rows) {
        return weight == rows ? 0 : 1 / (rows * (1 - (double) weight / rows));
    }

    /** The t-th feature that a row adds up. */
    @FunctionalInterface
    interface RowFeature {
        int of(int row, int t);
    }
}
