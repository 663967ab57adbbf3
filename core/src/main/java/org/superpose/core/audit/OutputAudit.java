package org.superpose.core.audit;

import java.util.Optional;
import java.util.OptionalDouble;
import org.superpose.core.feature.FeatureSet;

/**
 * What an audit found of one output.
 *
 * @param on the output is on iff its value is at least this
 * @param off the output is off iff its value is at most this, or, where it equals {@code on}, below it
 * @param errors inputs on which it is wrong whatever the order of summation
 * @param undecided inputs on which that lies within rounding
 * @param leastOn its smallest value on inputs on which it should be on, if there are any
 * @param mostOff its largest value on inputs on which it should be off, if there are any
 */
public record OutputAudit(
        double on, double off, long errors, long undecided, Optional<Extreme> leastOn, Optional<Extreme> mostOff) {

    /**
     * How far the output is from being wrong, negative where it is: the smallest of value - {@code on} where it should
     * be on and {@code off} - value where it should be off. Empty if no input was audited.
     */
    public OptionalDouble worstMargin() {
        if (leastOn.isEmpty() && mostOff.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Math.min(onMargin(), offMargin()));
    }

    private double onMargin() {
        return leastOn.map(least -> least.value() - on).orElse(Double.POSITIVE_INFINITY);
    }

    private double offMargin() {
        return mostOff.map(most -> off - most.value()).orElse(Double.POSITIVE_INFINITY);
    }

    /** The input that has the worst margin. */
    public Optional<FeatureSet> worstInput() {
        if (leastOn.isPresent()
                && (onMargin() < offMargin()
                        || onMargin() == offMargin()
                                && Extreme.isBefore(
                                        leastOn.get().input(), mostOff.get().input()))) {
            return leastOn.map(Extreme::input);
        }
        return mostOff.map(Extreme::input);
    }

    /** Whether one threshold tells all inputs on which it should be on from all others. */
    public boolean isSeparable() {
        return leastOn.isEmpty()
                || mostOff.isEmpty()
                || leastOn.get().value() > mostOff.get().value();
    }

    /**
     * The threshold with the largest margin on both sides, where one separates: half way between the two extremes.
     * Empty where none does, or where the output never changes, so that every threshold beyond its values does.
     */
    public OptionalDouble separatingThreshold() {
        return leastOn.isPresent() && mostOff.isPresent() && isSeparable()
                ? OptionalDouble.of((leastOn.get().value() + mostOff.get().value()) / 2)
                : OptionalDouble.empty();
    }

    /** What two audits of different inputs found together. */
    OutputAudit and(OutputAudit other) {
        return new OutputAudit(
                on,
                off,
                errors + other.errors,
                undecided + other.undecided,
                Extreme.smaller(leastOn, other.leastOn),
                Extreme.larger(mostOff, other.mostOff));
    }
}
