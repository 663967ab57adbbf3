package org.superpose.core.network;

import java.util.OptionalInt;
import org.superpose.core.feature.FeatureSet;

/**
 * What a decoder reads from the last state.
 *
 * @param on the outputs that are on
 * @param between the outputs whose logit lies between two thresholds; all others are off
 */
public record Reading(FeatureSet on, FeatureSet between) {
    /** What an output is read as. */
    public OutputState of(int output) {
        if (between.contains(output)) {
            return OutputState.BETWEEN;
        }
        return OutputState.of(on.contains(output));
    }

    /** Whether exactly these outputs are on and all others off. */
    public boolean is(FeatureSet expected) {
        return between.isEmpty() && on.equals(expected);
    }

    /**
     * The smallest output that is not as it should be, or empty if there is none.
     *
     * @param expected the outputs that should be on
     */
    public OptionalInt firstWrong(FeatureSet expected) {
        int least = Integer.MAX_VALUE;
        FeatureSet differing = on.symmetricDifference(expected);
        if (!differing.isEmpty()) {
            least = differing.get(0);
        }
        if (!between.isEmpty()) {
            least = Math.min(least, between.get(0));
        }
        return least == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(least);
    }
}
