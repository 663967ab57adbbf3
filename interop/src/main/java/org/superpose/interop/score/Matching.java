package org.superpose.interop.score;

import java.util.Arrays;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.kernel.RowPanels;

/**
 * Latents held against features by the absolute cosine of their vectors.
 *
 * @param mcc the mean of the cosines of the pairs of an optimal assignment
 * @param featureOf for each latent the feature it is assigned to, or -1
 * @param cosines for each latent the cosine with that feature
 * @param bestFeature for each latent the feature of the largest cosine, assigned to it or not
 * @param uniqueness the number of different best features, divided by that of the latents
 */
record Matching(double mcc, int[] featureOf, float[] cosines, int[] bestFeature, double uniqueness) {
    private static final int BLOCK = 256;

    /**
     * Matches.
     *
     * @param latents the vectors of latents, as many numbers as a feature has
     * @param features those of features
     */
    static Matching of(float[][] latents, float[][] features) {
        float[][] cosines = cosines(latents, features);
        int[] best = new int[latents.length];
        boolean[] seen = new boolean[features.length];
        int different = 0;
        for (int k = 0; k < latents.length; k++) {
            for (int f = 1; f < features.length; f++) {
                best[k] = cosines[k][f] > cosines[k][best[k]] ? f : best[k];
            }
            different += seen[best[k]] ? 0 : 1;
            seen[best[k]] = true;
        }
        int[] featureOf = new int[latents.length];
        Arrays.fill(featureOf, -1);
        if (latents.length <= features.length) {
            System.arraycopy(Assignment.largest(cosines), 0, featureOf, 0, latents.length);
        } else {
            int[] latentOf = Assignment.largest(transposed(cosines));
            for (int f = 0; f < latentOf.length; f++) {
                featureOf[latentOf[f]] = f;
            }
        }
        float[] matched = new float[latents.length];
        double sum = 0;
        for (int k = 0; k < latents.length; k++) {
            if (featureOf[k] >= 0) {
                matched[k] = cosines[k][featureOf[k]];
                sum += matched[k];
            }
        }
        return new Matching(
                sum / Math.min(latents.length, features.length),
                featureOf,
                matched,
                best,
                (double) different / latents.length);
    }

    private static float[][] transposed(float[][] matrix) {
        float[][] result = new float[matrix[0].length][matrix.length];
        for (int r = 0; r < matrix.length; r++) {
            for (int c = 0; c < result.length; c++) {
                result[c][r] = matrix[r][c];
            }
        }
        return result;
    }

    /** The absolute cosines, latents x features; of a zero vector 0. */
    static float[][] cosines(float[][] latents, float[][] features) {
        int size = features[0].length;
        RowPanels panels = RowPanels.of(features.length, size, f -> normalized(features[f]));
        Kernel kernel = Kernels.best();
        float[] bias = new float[features.length];
        float[][] cosines = new float[latents.length][];
        for (int from = 0; from < latents.length; from += BLOCK) {
            int count = Math.min(BLOCK, latents.length - from);
            float[] x = new float[count * size];
            for (int k = 0; k < count; k++) {
                System.arraycopy(normalized(latents[from + k]), 0, x, k * size, size);
            }
            float[] products = new float[count * features.length];
            kernel.matrixBlock(panels, bias, x, 0, count, products);
            for (int k = 0; k < count; k++) {
                float[] row = Arrays.copyOfRange(products, k * features.length, (k + 1) * features.length);
                for (int f = 0; f < row.length; f++) {
                    row[f] = Math.min(1, Math.abs(row[f]));
                }
                cosines[from + k] = row;
            }
        }
        return cosines;
    }

    private static float[] normalized(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += (double) value * value;
        }
        float[] unit = new float[vector.length];
        if (square > 0) {
            double norm = Math.sqrt(square);
            for (int c = 0; c < unit.length; c++) {
                unit[c] = (float) (vector[c] / norm);
            }
        }
        return unit;
    }
}
