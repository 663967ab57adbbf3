package org.superpose.core.network;

import java.util.Arrays;
import org.superpose.core.Reference;

/**
 * How the outputs are read from the last layer: part of the claim, not of the network (theory, section 1).
 *
 * @param codes the output codes, neurons of the last layer x m' outputs
 * @param kind how the rows of a code are combined
 * @param thresholds tau_i, one positive finite number per output
 */
@Reference("Definition: decoding")
public record Decoder(Codes codes, Kind kind, float[] thresholds) {
    /** How the rows of an output's code decide. */
    public enum Kind {
        /** Output i is on iff the sum over the rows of its code is at least tau_i: a linear D. */
        SUM,
        /** Output i is on iff each row of its code is at least tau_i. */
        EVERY_ROW
    }

    /**
     * @throws IllegalArgumentException if there is not one positive finite threshold per output; a threshold of zero
     *     would turn on outputs in a silent network
     */
    public Decoder {
        if (thresholds.length != codes.features()) {
            throw new IllegalArgumentException(
                    thresholds.length + " thresholds do not fit " + codes.features() + " outputs");
        }
        for (int i = 0; i < thresholds.length; i++) {
            if (!(thresholds[i] > 0) || !Float.isFinite(thresholds[i])) {
                throw new IllegalArgumentException(
                        "the threshold of output " + i + " is " + thresholds[i] + ", not a positive finite number");
            }
        }
        thresholds = thresholds.clone();
    }

    /** A decoder with one threshold for all outputs. */
    public static Decoder withThreshold(Codes codes, Kind kind, float threshold) {
        float[] all = new float[codes.features()];
        Arrays.fill(all, threshold);
        return new Decoder(codes, kind, all);
    }

    /** m', the number of outputs. */
    public int outputs() {
        return codes.features();
    }

    /** A fresh copy of tau. */
    @Override
    public float[] thresholds() {
        return thresholds.clone();
    }

    /** Whether each row of a code decides by itself; with one row in each code a sum is that row. */
    public boolean isByRow() {
        return kind == Kind.EVERY_ROW || codes.maxWeight() == 1;
    }

    /** tau_i. */
    public float threshold(int output) {
        return thresholds[output];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decoder that
                && kind == that.kind
                && codes.equals(that.codes)
                && Arrays.equals(thresholds, that.thresholds);
    }

    @Override
    public int hashCode() {
        return 31 * codes.hashCode() + Arrays.hashCode(thresholds);
    }
}
