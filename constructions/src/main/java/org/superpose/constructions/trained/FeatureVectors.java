package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Features as vectors of n numbers, the columns of E, and the scores of all features in a direction of that space.
 *
 * <p>Every sum has a fixed order, so that it is the same bits on every machine and with any number of threads. Mutable:
 * {@link #refresh} takes over changed vectors.
 */
final class FeatureVectors {
    private final int features;
    private final int width;
    /** The vectors one after the other, m x n. */
    private final float[] vectors;
    /** The same by entries, n x m. */
    private final float[] entries;

    /** @param vectors m x n; kept, not copied */
    FeatureVectors(int features, int width, float[] vectors) {
        this.features = features;
        this.width = width;
        this.vectors = vectors;
        this.entries = new float[vectors.length];
        refresh();
    }

    /** Vectors of length 1 whose entries are random signs times 1/sqrt(n). */
    static FeatureVectors ofSigns(int features, int width, RandomGenerator random) {
        float size = (float) (1 / Math.sqrt(width));
        float[] vectors = new float[Math.multiplyExact(features, width)];
        for (int x = 0; x < vectors.length; x++) {
            vectors[x] = random.nextBoolean() ? size : -size;
        }
        return new FeatureVectors(features, width, vectors);
    }

    /** m. */
    int features() {
        return features;
    }

    /** n. */
    int width() {
        return width;
    }

    /** The vectors, m x n, not copied: whoever changes them calls {@link #refresh}. */
    float[] vectors() {
        return vectors;
    }

    /** Takes over what was written into the vectors. */
    void refresh() {
        for (int j = 0; j < features; j++) {
            for (int k = 0; k < width; k++) {
                entries[k * features + j] = vectors[j * width + k];
            }
        }
    }

    /**
     * The score of every feature: the inner product of its vector with a direction.
     *
     * @param directions the direction is its n entries from {@code start}
     * @param scores is given m numbers
     */
    void scores(float[] directions, int start, float[] scores) {
        Arrays.fill(scores, 0);
        int k = 0;
        for (; k + 4 <= width; k += 4) {
            int f = start + k;
            FloatRows.addFour(
                    entries,
                    k * features,
                    features,
                    directions[f],
                    directions[f + 1],
                    directions[f + 2],
                    directions[f + 3],
                    scores);
        }
        for (; k < width; k++) {
            FloatRows.addScaled(entries, k * features, directions[start + k], scores, 0, features);
        }
    }

    /** Adds the vector of a feature, times a factor, to n entries of {@code into} from {@code start}. */
    void addTo(float[] into, int start, int feature, float factor) {
        FloatRows.addScaled(vectors, feature * width, factor, into, start, width);
    }
}
