package org.superpose.core.verify.monotone;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a neuron is worth, exactly, on every input with at most v active features: a constant and a whole multiple of
 * each of some indicators.
 *
 * @param terms the multiples, none of them 0
 */
record MonotoneSum(int constant, Map<Indicator, Integer> terms) {
    static final MonotoneSum ZERO = new MonotoneSum(0, Map.of());

    static MonotoneSum of(Indicator indicator) {
        return new MonotoneSum(0, Map.of(indicator, 1));
    }

    /** Adds up weighted sums. */
    static final class Builder {
        private int constant;
        private final Map<Indicator, Integer> terms = new LinkedHashMap<>();

        Builder(int constant) {
            this.constant = constant;
        }

        /** @throws ArithmeticException if a multiple is no int */
        Builder add(int weight, MonotoneSum sum) {
            constant = Math.addExact(constant, Math.multiplyExact(weight, sum.constant));
            sum.terms.forEach((indicator, multiple) -> add(Math.multiplyExact(weight, multiple), indicator));
            return this;
        }

        /** @throws ArithmeticException if a multiple is no int */
        Builder add(int multiple, Indicator indicator) {
            terms.merge(indicator, multiple, Math::addExact);
            return this;
        }

        MonotoneSum sum() {
            terms.values().removeIf(multiple -> multiple == 0);
            return new MonotoneSum(constant, terms);
        }
    }

    /** No value is below this. */
    long least() {
        return constant
                + terms.values().stream()
                        .mapToLong(multiple -> Math.min(0, multiple))
                        .sum();
    }

    /** No value is above this. */
    long most() {
        return constant
                + terms.values().stream()
                        .mapToLong(multiple -> Math.max(0, multiple))
                        .sum();
    }

    /** Whether it rises with every indicator. */
    boolean rises() {
        return terms.values().stream().allMatch(multiple -> multiple > 0);
    }

    /** Whether it falls with every indicator. */
    boolean falls() {
        return terms.values().stream().allMatch(multiple -> multiple < 0);
    }

    /** The same with all signs turned. */
    MonotoneSum negated() {
        return new Builder(0).add(-1, this).sum();
    }
}
