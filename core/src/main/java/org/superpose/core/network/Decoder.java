package org.superpose.core.network;

import java.util.Arrays;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * How the outputs are read from the last state: part of the claim, not of the network (theory, section 1).
 *
 * <p>A linear read-out whose numbers depend on the map is a last layer without ReLU, the m' x n matrix D with the
 * logits' offset as its bias, under a decoder of kind {@link Kind#READOUT}.
 *
 * @param codes the output codes, entries of the last state x m' outputs
 * @param kind how the rows of a code are combined
 * @param thresholds tau_i, one finite number per output; positive where codes are read
 * @param offThresholds for {@link Kind#READOUT} what the logit may be at most for output i to be off, at most tau_i.
 *     Equal to tau_i, it says nothing more than that: there is one threshold, and the output is on at it and off below.
 *     For other kinds equal to tau
 */
@Reference(value = "Definition: decoding", standing = Standing.RECONSTRUCTED)
public record Decoder(Codes codes, Kind kind, float[] thresholds, float[] offThresholds) {
    /** How an output is decided. */
    public enum Kind {
        /** Output i is on iff the sum over the rows of its code is at least tau_i: a linear D. */
        SUM,
        /** Output i is on iff each row of its code is at least tau_i. */
        EVERY_ROW,
        /**
         * Entry i of the last state is the logit of output i, which is on iff its logit is at least tau_i, off iff it
         * is below tau_i and at most the off-threshold, and else {@link OutputState#BETWEEN}. Codes are the identity.
         */
        READOUT
    }

    /**
     * @throws IllegalArgumentException if there is not one finite threshold of each kind per output; if codes are read
     *     and a threshold is not positive (zero would turn on outputs in a silent network) or off-thresholds differ; or
     *     if logits are read and the codes are not the identity or an off-threshold is above tau
     */
    public Decoder {
        requireFinite("threshold", thresholds, codes);
        requireFinite("off-threshold", offThresholds, codes);
        thresholds = positiveZeros(thresholds);
        offThresholds = positiveZeros(offThresholds);
        if (kind == Kind.READOUT) {
            requireReadout(codes, thresholds, offThresholds);
        } else {
            for (int i = 0; i < thresholds.length; i++) {
                if (!(thresholds[i] > 0)) {
                    throw new IllegalArgumentException(
                            "the threshold of output " + i + " is " + thresholds[i] + ", not a positive finite number");
                }
            }
            if (!Arrays.equals(thresholds, offThresholds)) {
                throw new IllegalArgumentException("a decoder of kind " + kind + " has one threshold for each output");
            }
        }
    }

    /**
     * A decoder with one threshold for each output.
     *
     * @throws IllegalArgumentException as the other constructor
     */
    public Decoder(Codes codes, Kind kind, float[] thresholds) {
        this(codes, kind, thresholds, thresholds);
    }

    /** A decoder with one threshold for all outputs. */
    public static Decoder withThreshold(Codes codes, Kind kind, float threshold) {
        float[] all = new float[codes.features()];
        Arrays.fill(all, threshold);
        return new Decoder(codes, kind, all);
    }

    /**
     * A linear read-out: output i is on iff entry i of the last state is at least tau_i, else off.
     *
     * @param thresholds tau, finite, of any sign
     */
    public static Decoder readout(float[] thresholds) {
        return readout(thresholds, thresholds);
    }

    /**
     * A linear read-out with two thresholds: output i is on iff entry i of the last state is at least {@code on[i]},
     * off iff it is at most {@code off[i]} and below {@code on[i]}; in between it is wrong whatever it should be.
     *
     * @param on finite, of any sign
     * @param off finite, {@code off[i] <= on[i]}
     */
    public static Decoder readout(float[] on, float[] off) {
        return new Decoder(Codes.identity(on.length), Kind.READOUT, on, off);
    }

    private static void requireFinite(String what, float[] values, Codes codes) {
        if (values.length != codes.features()) {
            throw new IllegalArgumentException(
                    values.length + " " + what + "s do not fit " + codes.features() + " outputs");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "the " + what + " of output " + i + " is " + values[i] + ", not a finite number");
            }
        }
    }

    private static void requireReadout(Codes codes, float[] on, float[] off) {
        if (!codes.isIdentity()) {
            throw new IllegalArgumentException("a read-out takes entry i of the last state for the logit of output i, "
                    + "so its codes must be the identity");
        }
        for (int i = 0; i < on.length; i++) {
            if (off[i] > on[i]) {
                throw new IllegalArgumentException("output " + i + " is on from " + on[i] + " and off up to " + off[i]
                        + ": the off-threshold must be at most the other");
            }
        }
    }

    /** Copies, with 0 for -0: to every comparison the two are one number. */
    private static float[] positiveZeros(float[] values) {
        float[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] += 0f;
        }
        return copy;
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

    /** A fresh copy of the off-thresholds. */
    @Override
    public float[] offThresholds() {
        return offThresholds.clone();
    }

    /** Whether some output has two thresholds, so that logits in between decide nothing. */
    public boolean isTwoSided() {
        return !Arrays.equals(thresholds, offThresholds);
    }

    /** Whether logits are compared, not the rows of codes. */
    public boolean isReadout() {
        return kind == Kind.READOUT;
    }

    /** Whether each row of a code decides by itself; with one row in each code a sum is that row. */
    public boolean isByRow() {
        return kind == Kind.EVERY_ROW || codes.maxWeight() == 1;
    }

    /** tau_i. */
    public float threshold(int output) {
        return thresholds[output];
    }

    /** What the logit of an output may be at most for the output to be off. */
    public float offThreshold(int output) {
        return offThresholds[output];
    }

    /** What an output is for its logit, or for the sum or the least of the rows of its code. */
    public OutputState stateOf(int output, float value) {
        if (value >= thresholds[output]) {
            return OutputState.ON;
        }
        return isSingle(output) || value <= offThresholds[output] ? OutputState.OFF : OutputState.BETWEEN;
    }

    /** Whether an output has one threshold, which decides every logit. */
    public boolean isSingle(int output) {
        return offThresholds[output] == thresholds[output];
    }

    /**
     * Whether a threshold is below the smallest normal number, but not zero, so that a runtime may take it for zero.
     */
    public boolean hasSubnormalThreshold() {
        for (int i = 0; i < thresholds.length; i++) {
            if (isSubnormal(thresholds[i]) || isSubnormal(offThresholds[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSubnormal(float value) {
        return value != 0 && Math.abs(value) < Float.MIN_NORMAL;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decoder that
                && kind == that.kind
                && codes.equals(that.codes)
                && Arrays.equals(thresholds, that.thresholds)
                && Arrays.equals(offThresholds, that.offThresholds);
    }

    @Override
    public int hashCode() {
        return 31 * codes.hashCode() + Arrays.hashCode(thresholds);
    }
}
