package org.superpose.core.problem;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function of the number of active features alone; the sum is that number. */
public sealed interface SymmetricFunction extends GateFunction {
    /** The largest parameter of a symmetric function. */
    int LARGEST = 9999;

    @Override
    default int step(int position) {
        return 1;
    }

    @Override
    default boolean fits(int fanIn) {
        return fanIn >= 1;
    }

    /** The symmetric function of a name, or empty if there is none. */
    static Optional<GateFunction> named(String name) {
        if (name.equals(AND.name())) {
            return Optional.of(AND);
        }
        if (name.equals(PARITY.name())) {
            return Optional.of(PARITY);
        }
        Matcher atLeast = AtLeast.NAME.matcher(name);
        if (atLeast.matches()) {
            return Optional.of(new AtLeast(Integer.parseInt(atLeast.group(1))));
        }
        Matcher exactly = Exactly.NAME.matcher(name);
        return exactly.matches() ? Optional.of(new Exactly(Integer.parseInt(exactly.group(1)))) : Optional.empty();
    }

    /** Conjunction. */
    record And() implements SymmetricFunction {
        @Override
        public boolean isOn(int sum, int fanIn) {
            return sum == fanIn;
        }

        @Override
        public String name() {
            return "and";
        }
    }

    /** Exclusive or. */
    record Parity() implements SymmetricFunction {
        @Override
        public boolean isOn(int sum, int fanIn) {
            return sum % 2 == 1;
        }

        @Override
        public String name() {
            return "parity";
        }
    }

    /** A threshold on the number of active features. */
    record AtLeast(int threshold) implements SymmetricFunction {
        private static final Pattern NAME = Pattern.compile("at-least\\(([1-9]\\d{0,3})\\)");

        /** @throws IllegalArgumentException if the threshold is not in 1..9999 */
        public AtLeast {
            if (threshold < 1 || threshold > LARGEST) {
                throw new IllegalArgumentException("threshold " + threshold + " is not in 1.." + LARGEST);
            }
        }

        @Override
        public boolean isOn(int sum, int fanIn) {
            return sum >= threshold;
        }

        @Override
        public String name() {
            return "at-least(" + threshold + ")";
        }
    }

    /** One number of active features. */
    record Exactly(int count) implements SymmetricFunction {
        private static final Pattern NAME = Pattern.compile("exactly\\((0|[1-9]\\d{0,3})\\)");

        /** @throws IllegalArgumentException if the count is not in 0..9999 */
        public Exactly {
            if (count < 0 || count > LARGEST) {
                throw new IllegalArgumentException("count " + count + " is not in 0.." + LARGEST);
            }
        }

        @Override
        public boolean isOn(int sum, int fanIn) {
            return sum == count;
        }

        @Override
        public String name() {
            return "exactly(" + count + ")";
        }
    }
}
