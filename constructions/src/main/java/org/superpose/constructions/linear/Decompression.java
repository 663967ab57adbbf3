package org.superpose.constructions.linear;

import java.util.Arrays;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;

/**
 * Products C D of a 0/1 routing matrix with the decompression matrix of a code, without ever making D.
 *
 * <p>D[j, c] = (E[c, j] - p) / (k (1 - p)), where p k is the mean number of rows that two codes share: then (D E)[j, j]
 * = 1, and off the diagonal the entries have mean 0 and variance about 1 / n. A row of C with R ones therefore sees
 * noise of variance about v R / n. For codes drawn independently p is k / n; balanced codes share fewer rows, and with
 * k / n every row would be biased by its load.
 */
@Reference(value = "Inference matrix", standing = Standing.ATTESTED)
@Reference(value = "Decompression", standing = Standing.RECONSTRUCTED)
final class Decompression {
    private Decompression() {}

    /**
     * W = C D: row e is (sum of the codes of its R features - R p) / (k (1 - p)).
     *
     * @param routing C
     * @param codes the codes to decompress
     */
    static DenseMatrix routed(Routing routing, Codes codes) {
        int rows = routing.rows();
        int n = codes.neurons();
        double shared = meanSharedPart(codes);
        float[] values = new float[Math.multiplyExact(rows, n)];
        double[] sum = new double[n];
        for (int e = 0; e < rows; e++) {
            Arrays.fill(sum, 0);
            double mean = 0;
            for (int t = 0; t < routing.load(e); t++) {
                int j = routing.feature(e, t);
                double gain = routing.weight(e, t) / (codes.weight(j) * (1 - shared));
                for (int c = 0; c < codes.weight(j); c++) {
                    sum[codes.neuron(j, c)] += gain;
                }
                mean += gain * shared;
            }
            for (int c = 0; c < n; c++) {
                values[e * n + c] = (float) (sum[c] - mean);
            }
        }
        return new DenseMatrix(rows, n, values);
    }

    /**
     * p: the mean number of rows that two codes share, as a part of their mean weight. Codes that are all alike cannot
     * be told apart; they are not corrected.
     */
    static double meanSharedPart(Codes codes) {
        double m = codes.features();
        double entries = 0;
        double ordered = 0;
        for (int load : codes.loads()) {
            entries += load;
            ordered += (double) load * (load - 1);
        }
        double part = m == 1 ? 0 : ordered / ((m - 1) * entries);
        return part > 1 - 1e-9 ? 0 : part;
    }
}
