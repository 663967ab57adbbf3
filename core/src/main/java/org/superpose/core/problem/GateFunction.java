package org.superpose.core.problem;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The symmetric Boolean function that the gates of one layer compute: whether a gate is on depends only on how many of
 * the features it reads are active. A gate none of whose features is active is off.
 */
public sealed interface GateFunction {
    /**
     * On iff every feature that the gate reads is active. With one feature it copies: a permutation is a layer of
     * these.
     */
    GateFunction AND = new And();

    /** On iff an odd number of the features is active: XOR. */
    GateFunction PARITY = new Parity();

    /** On iff at least {@code threshold} of the features are active: OR is 1, majority of three is 2. */
    static GateFunction atLeast(int threshold) {
        return new AtLeast(threshold);
    }

    /**
     * Whether a gate is on.
     *
     * @param active the number of its features that are active, 1..fanIn
     * @param fanIn the number of features it reads
     */
    boolean isOn(int active, int fanIn);

    /** The name in files: {@code and}, {@code parity}, {@code at-least(2)}. */
    String name();

    /** The function of a name, or empty if there is none. */
    static Optional<GateFunction> named(String name) {
        if (name.equals(AND.name())) {
            return Optional.of(AND);
        }
        if (name.equals(PARITY.name())) {
            return Optional.of(PARITY);
        }
        Matcher atLeast = AtLeast.NAME.matcher(name);
        return atLeast.matches() ? Optional.of(atLeast(Integer.parseInt(atLeast.group(1)))) : Optional.empty();
    }

    /** Conjunction. */
    record And() implements GateFunction {
        @Override
        public boolean isOn(int active, int fanIn) {
            return active == fanIn;
        }

        @Override
        public String name() {
            return "and";
        }
    }

    /** Exclusive or. */
    record Parity() implements GateFunction {
        @Override
        public boolean isOn(int active, int fanIn) {
            return active % 2 == 1;
        }

        @Override
        public String name() {
            return "parity";
        }
    }

    /** A threshold gate. */
    record AtLeast(int threshold) implements GateFunction {
        private static final Pattern NAME = Pattern.compile("at-least\\(([1-9]\\d{0,3})\\)");

        /** @throws IllegalArgumentException if the threshold is not in 1..9999 */
        public AtLeast {
            if (threshold < 1 || threshold > 9999) {
                throw new IllegalArgumentException("threshold " + threshold + " is not in 1..9999");
            }
        }

        @Override
        public boolean isOn(int active, int fanIn) {
            return active >= threshold;
        }

        @Override
        public String name() {
            return "at-least(" + threshold + ")";
        }
    }
}
