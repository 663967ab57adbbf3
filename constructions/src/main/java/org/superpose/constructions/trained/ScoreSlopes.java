package org.superpose.constructions.trained;

import java.util.Arrays;

/** The few features whose scores a loss moves for one output, and how much. Mutable. */
final class ScoreSlopes {
    private int[] features = new int[16];
    private float[] slopes = new float[16];
    private int count;

    void clear() {
        count = 0;
    }

    void add(int feature, float slope) {
        if (count == features.length) {
            features = Arrays.copyOf(features, 2 * count);
            slopes = Arrays.copyOf(slopes, 2 * count);
        }
        features[count] = feature;
        slopes[count++] = slope;
    }

    int count() {
        return count;
    }

    int feature(int t) {
        return features[t];
    }

    float slope(int t) {
        return slopes[t];
    }
}
