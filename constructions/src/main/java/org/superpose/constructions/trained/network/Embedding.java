package org.superpose.constructions.trained.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.trained.FloatRows;
import org.superpose.core.network.Codes;
import org.superpose.core.network.IntegerMatrix;

/**
 * How features reach the first trained matrix: feature j as a fixed vector of n_0 numbers that knows nothing of the
 * map. Either a code, a random vector of signs, or a unit vector, so that the first matrix has a trained column for
 * every feature.
 *
 * @param codes the codes of the network: those of the features, or the identity
 * @param signs the n_0 signs of each feature, or empty where codes are all there is
 */
record Embedding(Codes codes, Optional<byte[][]> signs) {
    /** Features by their codes. */
    static Embedding ofCodes(Codes codes) {
        return new Embedding(codes, Optional.empty());
    }

    /** Every feature as a vector of random signs. */
    static Embedding ofSigns(int features, int width, RandomGenerator random) {
        byte[][] signs = new byte[features][width];
        for (byte[] own : signs) {
            for (int c = 0; c < width; c++) {
                own[c] = (byte) (random.nextBoolean() ? 1 : -1);
            }
        }
        return new Embedding(Codes.identity(features), Optional.of(signs));
    }

    /** m, the number of features. */
    int features() {
        return codes.features();
    }

    /** n_0, the length of the vectors. */
    int width() {
        return signs.map(all -> all[0].length).orElse(codes.neurons());
    }

    /** The squared length of a vector, that of the first one. */
    int squaredLength() {
        return signs.map(all -> all[0].length).orElse(codes.weight(0));
    }

    /**
     * W E, a column for each feature.
     *
     * @param matrix W by columns, n_0 x n
     * @param sums is given the columns
     */
    void multiply(float[] matrix, float[][] sums) {
        IntStream.range(0, sums.length).parallel().forEach(j -> {
            float[] own = sums[j];
            int n = own.length;
            Arrays.fill(own, 0);
            if (signs.isPresent()) {
                byte[] f = signs.get()[j];
                int c = 0;
                for (; c + 4 <= f.length; c += 4) {
                    FloatRows.addFour(matrix, c * n, n, f[c], f[c + 1], f[c + 2], f[c + 3], own);
                }
                for (; c < f.length; c++) {
                    FloatRows.addScaled(matrix, c * n, f[c], own, 0, n);
                }
            } else {
                for (int t = 0; t < codes.weight(j); t++) {
                    FloatRows.addScaled(matrix, codes.neuron(j, t) * n, 1, own, 0, n);
                }
            }
        });
    }

    /**
     * The gradient of W from that of W E.
     *
     * @param gradients of the columns of W E, n entries each
     * @param into by columns, n_0 x n; overwritten
     */
    void collect(float[][] gradients, float[] into) {
        int n = gradients[0].length;
        Codes.Inverse users = signs.isPresent() ? null : codes.inverse();
        IntStream.range(0, width()).parallel().forEach(c -> {
            float[] sum = new float[n];
            if (users == null) {
                byte[][] all = signs.get();
                int j = 0;
                for (; j + 4 <= gradients.length; j += 4) {
                    addFour(gradients, j, all[j][c], all[j + 1][c], all[j + 2][c], all[j + 3][c], sum);
                }
                for (; j < gradients.length; j++) {
                    FloatRows.addScaled(gradients[j], 0, all[j][c], sum, 0, n);
                }
            } else {
                for (int t = 0; t < users.load(c); t++) {
                    FloatRows.addScaled(gradients[users.feature(c, t)], 0, 1, sum, 0, n);
                }
            }
            System.arraycopy(sum, 0, into, c * n, n);
        });
    }

    private static void addFour(float[][] all, int j, float f0, float f1, float f2, float f3, float[] into) {
        float[] a = all[j];
        float[] b = all[j + 1];
        float[] c = all[j + 2];
        float[] d = all[j + 3];
        for (int e = 0; e < into.length; e++) {
            into[e] = into[e] + f0 * a[e] + f1 * b[e] + f2 * c[e] + f3 * d[e];
        }
    }

    /** The matrix of signs as a layer reads it, n_0 x m; empty where codes are all there is. */
    Optional<IntegerMatrix> matrix() {
        return signs.map(all -> {
            short[] values = new short[Math.multiplyExact(all.length, width())];
            for (int j = 0; j < all.length; j++) {
                for (int c = 0; c < width(); c++) {
                    values[c * all.length + j] = all[j][c];
                }
            }
            return new IntegerMatrix(width(), all.length, values);
        });
    }
}
