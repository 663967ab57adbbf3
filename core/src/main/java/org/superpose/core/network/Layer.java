package org.superpose.core.network;

import java.util.Arrays;

/**
 * One layer: y = ReLU(W x + b).
 *
 * @param weights W, rows x columns
 * @param bias b, one finite number per row
 */
public record Layer(WeightMatrix weights, float[] bias) {
    /** @throws IllegalArgumentException if the bias does not have one finite entry per row */
    public Layer {
        if (bias.length != weights.rows()) {
            throw new IllegalArgumentException(
                    "a bias of " + bias.length + " entries does not fit " + weights.rows() + " rows");
        }
        for (int r = 0; r < bias.length; r++) {
            if (!Float.isFinite(bias[r])) {
                throw new IllegalArgumentException("bias " + r + " is " + bias[r] + ", not a finite number");
            }
        }
        bias = bias.clone();
    }

    /** A layer with the same bias in every row. */
    public static Layer withBias(WeightMatrix weights, float bias) {
        float[] all = new float[weights.rows()];
        Arrays.fill(all, bias);
        return new Layer(weights, all);
    }

    /** A fresh copy of b. */
    @Override
    public float[] bias() {
        return bias.clone();
    }

    /** b of one row. */
    public float bias(int row) {
        return bias[row];
    }

    /** The number of neurons that it writes. */
    public int rows() {
        return weights.rows();
    }

    /** The number of neurons that it reads. */
    public int columns() {
        return weights.columns();
    }

    /** True if all weights and biases are whole numbers. */
    public boolean isInteger() {
        for (float value : bias) {
            if (value != Math.rint(value)) {
                return false;
            }
        }
        return weights.isInteger();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Layer that && weights.equals(that.weights) && Arrays.equals(bias, that.bias);
    }

    @Override
    public int hashCode() {
        return 31 * weights.hashCode() + Arrays.hashCode(bias);
    }
}
