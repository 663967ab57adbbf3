package org.superpose.core.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conjunction or disjunction of literals: {@code a AND b AND NOT c}. The sum is the number of active positive
 * features less that of active negated ones; a conjunction of p positive and q negated literals is on iff the sum is p,
 * a disjunction iff it is more than -q.
 */
public final class Literals implements GateFunction {
    private static final Pattern NAME = Pattern.compile("literals\\((and|or),([+-]+)\\)");

    /** How literals are joined. */
    public enum Connective {
        /** All of them. */
        AND,
        /** At least one of them. */
        OR
    }

    private final Connective connective;
    private final boolean[] positive;
    private final int positives;

    private Literals(Connective connective, boolean[] positive) {
        this.connective = connective;
        this.positive = positive;
        int count = 0;
        for (boolean each : positive) {
            count += each ? 1 : 0;
        }
        this.positives = count;
    }

    /** @throws IllegalArgumentException if there is no literal */
    static Literals of(Connective connective, boolean... positive) {
        if (positive.length == 0) {
            throw new IllegalArgumentException("a function of literals needs at least one literal");
        }
        return new Literals(connective, positive.clone());
    }

    static Optional<GateFunction> named(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean[] positive = new boolean[matcher.group(2).length()];
        for (int t = 0; t < positive.length; t++) {
            positive[t] = matcher.group(2).charAt(t) == '+';
        }
        return Optional.of(of(Connective.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), positive));
    }

    /** How the literals are joined. */
    public Connective connective() {
        return connective;
    }

    /** Whether the feature at a position is positive, not negated. */
    public boolean isPositive(int position) {
        return positive[position];
    }

    /** The number of literals. */
    public int fanIn() {
        return positive.length;
    }

    @Override
    public int step(int position) {
        return positive[position] ? 1 : -1;
    }

    @Override
    public boolean isOn(int sum, int fanIn) {
        return connective == Connective.AND ? sum == positives : sum > positives - positive.length;
    }

    @Override
    public boolean fits(int fanIn) {
        return fanIn == positive.length;
    }

    @Override
    public String name() {
        StringBuilder name = new StringBuilder("literals(")
                .append(connective.name().toLowerCase(Locale.ROOT))
                .append(',');
        for (boolean each : positive) {
            name.append(each ? '+' : '-');
        }
        return name.append(')').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Literals that
                && connective == that.connective
                && Arrays.equals(positive, that.positive);
    }

    @Override
    public int hashCode() {
        return 31 * connective.ordinal() + Arrays.hashCode(positive);
    }

    @Override
    public String toString() {
        return name();
    }
}
