package org.superpose.interop.foreign;

import org.superpose.core.InvalidInputException;

/**
 * When an output is on and when it is off: on iff its logit is at least {@code on}; off iff it is at most {@code off},
 * or, with one threshold, below it.
 *
 * @param on finite
 * @param off finite, at most {@code on}; equal to it where there is one threshold
 */
public record Thresholds(float on, float off) {
    /** What logits are compared with where nothing is said: on iff at least 0. */
    public static final Thresholds ZERO = new Thresholds(0, 0);

    /** @throws InvalidInputException if a threshold is not finite, or they overlap */
    public Thresholds {
        if (!Float.isFinite(on) || !Float.isFinite(off)) {
            throw new InvalidInputException("the thresholds " + on + " and " + off + " must be finite");
        }
        if (off > on) {
            throw new InvalidInputException("an output cannot be on from " + on + " and off up to " + off
                    + ": the thresholds overlap, off must be at most on");
        }
    }

    @Override
    public String toString() {
        return on == off ? "on iff >= " + on : "on iff >= " + on + ", off iff <= " + off;
    }
}
