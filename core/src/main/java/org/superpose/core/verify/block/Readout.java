package org.superpose.core.verify.block;

import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;

/**
 * How the value of an output is read from the last layer, and what it has to be: a neuron of its own, a sum over the
 * rows of its code, or the least of them.
 */
public final class Readout {
    private final Decoder decoder;
    private final boolean isDirect;

    /** That of a network with this decoder. */
    public Readout(Decoder decoder) {
        this.decoder = decoder;
        this.isDirect = decoder.codes().isIdentity();
    }

    /** m', the number of outputs. */
    public int outputs() {
        return decoder.outputs();
    }

    /** Whether the values are the last layer, neuron after neuron. */
    public boolean isDirect() {
        return isDirect;
    }

    /** Whether the least row decides and not the sum. */
    public boolean isLeast() {
        return decoder.kind() == Decoder.Kind.EVERY_ROW;
    }

    /** The rows of each output. */
    public Codes codes() {
        return decoder.codes();
    }

    /** The value from which on an output is on. */
    public float on(int output) {
        return decoder.threshold(output);
    }

    /** The value up to which an output is off; where it equals {@link #on}, that value itself is on. */
    public float off(int output) {
        return decoder.offThreshold(output);
    }

    /** Reads the values of all outputs of one input. */
    public void read(float[] state, int from, float[] values, int into) {
        Codes codes = decoder.codes();
        for (int i = 0; i < decoder.outputs(); i++) {
            float value = state[from + codes.neuron(i, 0)];
            for (int t = 1; t < codes.weight(i); t++) {
                float next = state[from + codes.neuron(i, t)];
                value = isLeast() ? Math.min(value, next) : value + next;
            }
            values[into + i] = value;
        }
    }

    /**
     * Whether an output is right.
     *
     * @param margin the value less {@link #on} where it should be on, {@link #off} less the value where it should be
     *     off
     */
    public boolean isRight(int output, boolean expected, double margin) {
        return margin > 0 || margin == 0 && (expected || off(output) < on(output));
    }
}
