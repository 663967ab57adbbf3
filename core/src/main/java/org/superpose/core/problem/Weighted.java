package org.superpose.core.problem;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A linear threshold function: on iff the weights of the active features add up to at least the threshold. */
public final class Weighted implements GateFunction {
    /** The largest sum of absolute weights, and the largest absolute threshold: sums stay within an int. */
    private static final long LARGEST = 1 << 30;

    private static final Pattern NAME = Pattern.compile("weighted\\((-?\\d{1,10}(?:,-?\\d{1,10})*);(-?\\d{1,10})\\)");

    private final int threshold;
    private final int[] weights;

    private Weighted(int threshold, int[] weights) {
        this.threshold = threshold;
        this.weights = weights;
    }

    /** @throws IllegalArgumentException if there is no weight, or the numbers are beyond 2^30 in all */
    static Weighted of(int threshold, int... weights) {
        long total = IntStream.of(weights)
                .mapToLong(weight -> Math.abs((long) weight))
                .sum();
        if (weights.length == 0) {
            throw new IllegalArgumentException("a weighted function needs at least one weight");
        }
        if (total > LARGEST || Math.abs((long) threshold) > LARGEST) {
            throw new IllegalArgumentException("the weights add up to " + total
                    + " in absolute value, the threshold is " + threshold + ": neither may be beyond " + LARGEST);
        }
        return new Weighted(threshold, weights.clone());
    }

    static Optional<GateFunction> named(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            int[] weights = Arrays.stream(matcher.group(1).split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            return Optional.of(of(Integer.parseInt(matcher.group(2)), weights));
        } catch (IllegalArgumentException tooLarge) {
            return Optional.empty();
        }
    }

    /** The least sum at which the gate is on. */
    public int threshold() {
        return threshold;
    }

    /** The weight of the feature at a position. */
    public int weight(int position) {
        return weights[position];
    }

    /** The number of weights. */
    public int fanIn() {
        return weights.length;
    }

    @Override
    public int step(int position) {
        return weights[position];
    }

    @Override
    public boolean isOn(int sum, int fanIn) {
        return sum >= threshold;
    }

    @Override
    public boolean fits(int fanIn) {
        return fanIn == weights.length;
    }

    @Override
    public String name() {
        return IntStream.of(weights)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "weighted(", ";" + threshold + ")"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Weighted that && threshold == that.threshold && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * threshold + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return name();
    }
}
