package org.superpose.core.network;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * One layer: y_{t+1} = act(W y_t + b + y_s), where act is ReLU or nothing, and y_s, the skip of a residual stream, is
 * an earlier state that is added or not there.
 *
 * @param weights W, rows x columns
 * @param bias b, one finite number per row
 * @param activation act
 * @param skip s, the index of the state that is added: 0 for y_0, at most that of the state the layer reads; a state of
 *     as many entries as the layer has rows
 */
public record Layer(WeightMatrix weights, float[] bias, Activation activation, OptionalInt skip) {
    /** @throws IllegalArgumentException if the bias does not have one finite entry per row, or the skip is negative */
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
        if (skip.isPresent() && skip.getAsInt() < 0) {
            throw new IllegalArgumentException(
                    "the skip is from state " + skip.getAsInt() + ", but states count from 0");
        }
        bias = bias.clone();
    }

    /**
     * ReLU(W x + b).
     *
     * @throws IllegalArgumentException if the bias does not have one finite entry per row
     */
    public Layer(WeightMatrix weights, float[] bias) {
        this(weights, bias, Activation.RELU, OptionalInt.empty());
    }

    /** A layer ReLU(W x + b) with the same bias in every row. */
    public static Layer withBias(WeightMatrix weights, float bias) {
        float[] all = new float[weights.rows()];
        Arrays.fill(all, bias);
        return new Layer(weights, all);
    }

    /**
     * W x + b, without ReLU.
     *
     * @throws IllegalArgumentException if the bias does not have one finite entry per row
     */
    public static Layer linear(WeightMatrix weights, float[] bias) {
        return new Layer(weights, bias, Activation.NONE, OptionalInt.empty());
    }

    /** The same layer with other weights. */
    public Layer withWeights(WeightMatrix newWeights) {
        return new Layer(newWeights, bias, activation, skip);
    }

    /** The same layer with another bias. */
    public Layer withBias(float[] newBias) {
        return new Layer(weights, newBias, activation, skip);
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

    /** The number of entries of the state that it writes. */
    public int rows() {
        return weights.rows();
    }

    /** The number of entries of the state that it reads. */
    public int columns() {
        return weights.columns();
    }

    /** Whether it ends with ReLU, so that its rows are neurons and never negative. */
    public boolean hasRelu() {
        return activation == Activation.RELU;
    }

    /** Whether it is ReLU(W x + b), as all layers of Superpose's own constructions are. */
    public boolean isPlain() {
        return hasRelu() && skip.isEmpty();
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
        return other instanceof Layer that
                && weights.equals(that.weights)
                && Arrays.equals(bias, that.bias)
                && activation == that.activation
                && skip.equals(that.skip);
    }

    @Override
    public int hashCode() {
        return 31 * weights.hashCode() + Arrays.hashCode(bias);
    }
}
