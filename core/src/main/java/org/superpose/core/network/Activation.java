package org.superpose.core.network;

/** What a layer does with its sums. */
public enum Activation {
    /** The larger of the sum and zero: the rows of the layer are neurons. */
    RELU,
    /** Nothing, as in an embedding, a residual stream or a read-out: the layer is linear. */
    NONE;

    /** The value for a sum. */
    public float of(float sum) {
        return this == RELU ? Math.max(0, sum) : sum;
    }

    /** The value for a sum. */
    public double of(double sum) {
        return this == RELU ? Math.max(0, sum) : sum;
    }

    /** The value for a sum. */
    public int of(int sum) {
        return this == RELU ? Math.max(0, sum) : sum;
    }
}
