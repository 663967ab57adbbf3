package org.superpose.core.audit;

import java.util.Comparator;
import java.util.Optional;
import org.superpose.core.feature.FeatureSet;

/**
 * The smallest or largest value that was seen, with the first input in enumeration order that gave it.
 *
 * @param value of a logit, or of what a decoder reads in its place
 * @param input where it was seen
 */
public record Extreme(double value, FeatureSet input) {
    /** The order of the enumeration. */
    static final Comparator<FeatureSet> ORDER = (one, other) -> one.equals(other) ? 0 : isBefore(one, other) ? -1 : 1;

    /** The smaller of two, of equal ones the one that comes first. */
    static Optional<Extreme> smaller(Optional<Extreme> first, Optional<Extreme> second) {
        return chosen(first, second, -1);
    }

    /** The larger of two, of equal ones the one that comes first. */
    static Optional<Extreme> larger(Optional<Extreme> first, Optional<Extreme> second) {
        return chosen(first, second, 1);
    }

    private static Optional<Extreme> chosen(Optional<Extreme> first, Optional<Extreme> second, int sign) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isPresent() ? first : second;
        }
        int order = sign * Double.compare(second.get().value, first.get().value);
        return order > 0 || order == 0 && isBefore(second.get().input, first.get().input) ? second : first;
    }

    /** Whether an input comes before another one in the order of the enumeration: prefixes first. */
    static boolean isBefore(FeatureSet one, FeatureSet other) {
        for (int s = 0; s < Math.min(one.size(), other.size()); s++) {
            if (one.get(s) != other.get(s)) {
                return one.get(s) < other.get(s);
            }
        }
        return one.size() < other.size();
    }
}
