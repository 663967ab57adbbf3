package org.superpose.core.feature;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * The inputs on which a network has to be right: every set of at most v of the m features (theory, section 1), at least
 * u of them where there is a lower bound, and, where the domain is <em>grouped</em>, with at most one active feature in
 * each group. Immutable.
 *
 * <p>Word bigrams are the example of a grouped domain: one group of first words, one of second words, v = 2.
 */
@Reference(value = "Definition: activity bound", standing = Standing.RECONSTRUCTED)
public final class InputDomain implements Iterable<FeatureSet> {
    private final int features;
    private final int minActive;
    private final int maxActive;
    /** The group of each feature, or null where every feature is a group of its own. */
    private final int @Nullable [] groups;

    private final int groupCount;

    private InputDomain(int features, int minActive, int maxActive, int @Nullable [] groups, int groupCount) {
        this.features = features;
        this.minActive = minActive;
        this.maxActive = maxActive;
        this.groups = groups;
        this.groupCount = groupCount;
    }

    /**
     * All sets of at most {@code maxActive} of {@code features} features, the empty set among them.
     *
     * @throws IllegalArgumentException if there is no feature or maxActive is not in 1..features
     */
    public static InputDomain sparse(int features, int maxActive) {
        requireRange(features, maxActive, features);
        return new InputDomain(features, 0, maxActive, null, features);
    }

    /**
     * All sets of at most {@code maxActive} features with at most one of each group.
     *
     * @param groups the group of each feature, numbered from 0 without a gap; its length is the number of features
     * @throws IllegalArgumentException if a group is negative or empty, or maxActive is not in 1..number of groups
     */
    public static InputDomain grouped(int[] groups, int maxActive) {
        int groupCount = Arrays.stream(groups).max().orElse(-1) + 1;
        if (IntStream.of(groups).anyMatch(group -> group < 0)
                || IntStream.of(groups).distinct().count() != groupCount) {
            throw new IllegalArgumentException("groups must be numbered from 0 without a gap");
        }
        requireRange(groups.length, maxActive, groupCount);
        return new InputDomain(groups.length, 0, maxActive, groups.clone(), groupCount);
    }

    private static void requireRange(int features, int maxActive, int largest) {
        if (features < 1) {
            throw new IllegalArgumentException("a domain needs at least one feature, not " + features);
        }
        if (maxActive < 1 || maxActive > largest) {
            throw new IllegalArgumentException("max-active " + maxActive + " is not in 1.." + largest);
        }
    }

    /**
     * The same features and groups with another activity bound v.
     *
     * @throws IllegalArgumentException if it is not in 1..number of groups, or below {@link #minActive}
     */
    public InputDomain withMaxActive(int newMaxActive) {
        requireRange(features, newMaxActive, groupCount);
        return new InputDomain(features, requireAtMost(minActive, newMaxActive), newMaxActive, groups, groupCount);
    }

    /**
     * The same features and groups with another lower bound u on the number of active features.
     *
     * @throws IllegalArgumentException if it is not in 0..v
     */
    public InputDomain withMinActive(int newMinActive) {
        return new InputDomain(features, requireAtMost(newMinActive, maxActive), maxActive, groups, groupCount);
    }

    private static int requireAtMost(int minActive, int maxActive) {
        if (minActive < 0 || minActive > maxActive) {
            throw new IllegalArgumentException("min-active " + minActive + " is not in 0.." + maxActive);
        }
        return minActive;
    }

    /** m, the number of input features. */
    public int features() {
        return features;
    }

    /** u, the smallest number of active features; 0 unless it was set. */
    public int minActive() {
        return minActive;
    }

    /** v, the largest number of active features. */
    public int maxActive() {
        return maxActive;
    }

    /** True if at most one feature of each group may be active. */
    public boolean isGrouped() {
        return groups != null;
    }

    /** The group of a feature; every feature is a group of its own where the domain is not grouped. */
    public int groupOf(int feature) {
        return groups == null ? feature : groups[feature];
    }

    /** The number of groups; that of the features where the domain is not grouped. */
    public int groupCount() {
        return groupCount;
    }

    /** True if two different features may be active at the same time, as far as groups are concerned. */
    public boolean allowsTogether(int first, int second) {
        return groups == null ? first != second : groups[first] != groups[second];
    }

    /**
     * True if an input is in the domain: few enough active features but not too few, all below m, at most one of each
     * group.
     */
    public boolean contains(FeatureSet active) {
        if (active.size() < minActive
                || active.size() > maxActive
                || (!active.isEmpty() && active.get(active.size() - 1) >= features)) {
            return false;
        }
        for (int s = 0; s < active.size(); s++) {
            for (int t = s + 1; t < active.size(); t++) {
                if (!allowsTogether(active.get(s), active.get(t))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The exact number of inputs in the domain. */
    public BigInteger size() {
        return Arrays.stream(sizesByActive()).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /**
     * The exact number of inputs with 0, 1, ..., v active features: the elementary symmetric polynomials of the group
     * sizes, and none below u.
     *
     * @return an array of length v + 1
     */
    public BigInteger[] sizesByActive() {
        BigInteger[] counts = sets();
        Arrays.fill(counts, 0, minActive, BigInteger.ZERO);
        return counts;
    }

    private BigInteger[] sets() {
        BigInteger[] counts = new BigInteger[maxActive + 1];
        Arrays.fill(counts, BigInteger.ZERO);
        counts[0] = BigInteger.ONE;
        if (groups == null) {
            for (int t = 1; t <= maxActive; t++) {
                counts[t] = counts[t - 1]
                        .multiply(BigInteger.valueOf(features - t + 1L))
                        .divide(BigInteger.valueOf(t));
            }
            return counts;
        }
        long[] groupSizes = new long[groupCount];
        for (int group : groups) {
            groupSizes[group]++;
        }
        for (long groupSize : groupSizes) {
            for (int t = maxActive; t >= 1; t--) {
                counts[t] = counts[t].add(counts[t - 1].multiply(BigInteger.valueOf(groupSize)));
            }
        }
        return counts;
    }

    /**
     * Every input, once each: a prefix before its extensions, features in ascending order. A loop over them may be left
     * at any input; those behind it are never made.
     */
    @Override
    public Iterator<FeatureSet> iterator() {
        return new Walk();
    }

    private final class Walk implements Iterator<FeatureSet> {
        private final int[] active = new int[maxActive];
        /** The number of active features of the input to come; negative behind the last one. */
        private int count;

        Walk() {
            skipSmall();
        }

        /** Goes on to the next input that has enough active features. */
        private void skipSmall() {
            while (count >= 0 && count < minActive) {
                advance();
            }
        }

        @Override
        public boolean hasNext() {
            return count >= 0;
        }

        @Override
        public FeatureSet next() {
            if (count < 0) {
                throw new NoSuchElementException("the domain has no further input");
            }
            FeatureSet input = FeatureSet.ofSorted(active, count);
            advance();
            skipSmall();
            return input;
        }

        private void advance() {
            boolean found = extend(count == 0 ? 0 : active[count - 1] + 1);
            while (!found && --count >= 0) {
                found = extend(active[count] + 1);
            }
        }

        /** Adds the first feature from here on that may be added, if there is one. */
        private boolean extend(int from) {
            for (int next = from; count < maxActive && next < features; next++) {
                if (fits(active, count, next)) {
                    active[count++] = next;
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * True if {@code next} may join the first {@code count} entries of {@code active}, as far as groups are concerned.
     */
    public boolean fits(int[] active, int count, int next) {
        for (int t = 0; t < count; t++) {
            if (!allowsTogether(active[t], next)) {
                return false;
            }
        }
        return true;
    }

    /**
     * One input with exactly {@code count} active features, uniformly at random.
     *
     * @param count 0..v; such an input exists, because v is at most the number of groups
     */
    public FeatureSet sample(int count, RandomGenerator random) {
        int[] active = new int[count];
        while (true) {
            int chosen = 0;
            while (chosen < count) {
                int candidate = random.nextInt(features);
                if (!fits(active, chosen, candidate)) {
                    break; // starting over keeps the draw uniform over unequal groups
                }
                active[chosen++] = candidate;
            }
            if (chosen == count) {
                return FeatureSet.of(active);
            }
        }
    }

    /** One input of the whole domain, uniformly at random. */
    public FeatureSet sample(RandomGenerator random) {
        BigInteger[] counts = sizesByActive();
        double left = random.nextDouble() * size().doubleValue();
        for (int t = maxActive; t > minActive; t--) {
            left -= counts[t].doubleValue();
            if (left < 0) {
                return sample(t, random);
            }
        }
        return sample(minActive, random);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputDomain that
                && features == that.features
                && minActive == that.minActive
                && maxActive == that.maxActive
                && Arrays.equals(groups, that.groups);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * features + minActive) + maxActive) + Arrays.hashCode(groups);
    }

    /**
     * For example {@code at most 2 of 4096 features} or {@code at most 2 of 2009 features, one of each of 2 groups}.
     */
    @Override
    public String toString() {
        String bounds = minActive == 0
                ? "at most " + maxActive
                : minActive == maxActive ? "exactly " + maxActive : minActive + " to " + maxActive;
        String text = bounds + " of " + features + " features";
        return groups == null ? text : text + ", one of each of " + groupCount + " groups";
    }
}
