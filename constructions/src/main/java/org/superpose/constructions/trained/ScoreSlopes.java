package org.superpose.constructions.trained;

import java.util.Arrays;

/**
 * The slopes of the squared hinge loss of one output in its scores: the few features whose scores it moves, the reads
 * of the gate first, and how much. Mutable.
 */
final class ScoreSlopes {
    /** The weight of a gate's reads in the loss, where they stand against hundreds or thousands of others. */
    private static final float READ_WEIGHT = 16;

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

    /**
     * Takes over the slopes of one output.
     *
     * @param reads the features that its gate reads
     * @param score that of every feature; those of the reads are set to 0
     * @param margin how far below the threshold, in parts of it, a gate that is off is to stay
     * @param emphasis what the loss is multiplied by
     */
    void collect(GateTargets target, int[] reads, float[] score, float margin, float emphasis) {
        clear();
        float[] own = new float[reads.length];
        for (int t = 0; t < own.length; t++) {
            own[t] = score[reads[t]];
            score[reads[t]] = 0;
        }
        float[] beyond = target.beyond(own, margin);
        for (int t = 0; t < own.length; t++) {
            if (beyond[t] != 0) {
                add(reads[t], emphasis * (READ_WEIGHT * beyond[t]));
            }
        }
        float most = (1 - margin) * target.most();
        float least = -target.least();
        for (int j = 0; j < score.length; j++) {
            // Few scores are out of bounds, so that it pays to look before anything is added.
            float value = score[j];
            if (value > most || value < least) {
                add(j, emphasis * (value > most ? value - most : value - least));
            }
        }
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
