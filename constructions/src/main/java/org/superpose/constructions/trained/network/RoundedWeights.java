package org.superpose.constructions.trained.network;

import org.superpose.constructions.trained.Adam;

/**
 * Weights or biases in training: real numbers that gradient descent moves, and the multiples of a power of two next to
 * them, with which the network computes. The gradient at the rounded ones moves the real ones. Mutable.
 */
final class RoundedWeights {
    private final float[] values;
    private final float[] rounded;
    private final int largest;
    private final Adam adam;
    private int exponent;

    /**
     * @param values at first; taken over
     * @param largest the largest multiple in size
     * @param rate about how far a value moves in a step at first
     * @param steps the number of all steps
     */
    RoundedWeights(float[] values, int largest, float rate, int steps) {
        this.values = values;
        this.rounded = new float[values.length];
        this.largest = largest;
        this.adam = new Adam(values, rate, steps);
    }

    /** Chooses the power of two, next to that with which the largest value becomes the largest multiple. */
    void chooseUnit() {
        float most = Float.MIN_NORMAL;
        for (float value : values) {
            most = Math.max(most, Math.abs(value));
        }
        // 2^(e - 1/2) to 2^(e + 1/2) becomes 2^e, so that at most the part above 2^-1/2 is cut off.
        int above = Math.getExponent(most / largest);
        exponent = most / largest > Math.scalb(1.41421356f, above) ? above + 1 : above;
    }

    /** Sets the power of two that values are rounded to multiples of. */
    void setExponent(int newExponent) {
        exponent = newExponent;
    }

    int exponent() {
        return exponent;
    }

    /** Rounds; values too large for the largest multiple are cut back to it. */
    void round() {
        float unit = Math.scalb(1f, exponent);
        float perUnit = Math.scalb(1f, -exponent);
        float most = largest * unit;
        for (int x = 0; x < values.length; x++) {
            float value = Math.max(-most, Math.min(most, values[x]));
            values[x] = value;
            rounded[x] = (float) Math.rint(value * perUnit) * unit;
        }
    }

    /** One step of gradient descent. */
    void descend(float[] gradient, int step) {
        adam.descend(gradient, step);
    }

    /** The rounded values; a live array. */
    float[] rounded() {
        return rounded;
    }

    /** The multiples. */
    int[] multiples() {
        float perUnit = Math.scalb(1f, -exponent);
        int[] multiples = new int[rounded.length];
        for (int x = 0; x < multiples.length; x++) {
            multiples[x] = Math.round(rounded[x] * perUnit);
        }
        return multiples;
    }
}
