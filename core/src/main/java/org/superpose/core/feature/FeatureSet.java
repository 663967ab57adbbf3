package org.superpose.core.feature;

import java.util.Arrays;

/**
 * A sparse 0/1 feature vector: the set of active features, as distinct indices in ascending order. Immutable.
 *
 * <p>It stands for x in {0,1}^m on the input side and for F(x) in {0,1}^m' on the output side; the dimension itself is
 * known to the domain or the gates, not to the set.
 */
public final class FeatureSet {
    /** The empty set: no feature is active. */
    public static final FeatureSet EMPTY = new FeatureSet(new int[0]);

    private final int[] features;

    private FeatureSet(int[] features) {
        this.features = features;
    }

    /**
     * The set of the given features, in any order.
     *
     * @throws IllegalArgumentException if a feature is negative or occurs twice
     */
    public static FeatureSet of(int... features) {
        int[] sorted = features.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, sorted.length);
    }

    /**
     * The set of the first {@code count} entries of a buffer, which must be strictly ascending; the buffer is copied.
     *
     * @throws IllegalArgumentException if the entries are negative or not strictly ascending
     */
    public static FeatureSet ofSorted(int[] buffer, int count) {
        if (count == 0) {
            return EMPTY;
        }
        int[] copy = Arrays.copyOf(buffer, count);
        if (copy[0] < 0) {
            throw new IllegalArgumentException("feature " + copy[0] + " is negative");
        }
        for (int t = 1; t < count; t++) {
            if (copy[t] <= copy[t - 1]) {
                throw new IllegalArgumentException(
                        "features must be distinct and ascending, but " + copy[t - 1] + " is followed by " + copy[t]);
            }
        }
        return new FeatureSet(copy);
    }

    /** The number of active features. */
    public int size() {
        return features.length;
    }

    /** True if no feature is active. */
    public boolean isEmpty() {
        return features.length == 0;
    }

    /** The active feature at position {@code t} of the ascending order, {@code 0 <= t < size}. */
    public int get(int t) {
        return features[t];
    }

    /** True if a feature is active. */
    public boolean contains(int feature) {
        return Arrays.binarySearch(features, feature) >= 0;
    }

    /** The features that are active in one of the two sets, but not in both. */
    public FeatureSet symmetricDifference(FeatureSet other) {
        return merged(other, false);
    }

    /** The features that are active in at least one of the two sets. */
    public FeatureSet union(FeatureSet other) {
        return merged(other, true);
    }

    private FeatureSet merged(FeatureSet other, boolean withShared) {
        int[] either = new int[features.length + other.features.length];
        int count = 0;
        int s = 0;
        int t = 0;
        while (s < features.length || t < other.features.length) {
            int own = s < features.length ? features[s] : Integer.MAX_VALUE;
            int others = t < other.features.length ? other.features[t] : Integer.MAX_VALUE;
            if (own != others || withShared) {
                either[count++] = Math.min(own, others);
            }
            s += own <= others ? 1 : 0;
            t += others <= own ? 1 : 0;
        }
        return ofSorted(either, count);
    }

    /** A fresh ascending array of the active features. */
    public int[] toArray() {
        return features.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureSet that && Arrays.equals(features, that.features);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(features);
    }

    /** For example {@code {3, 17}}. */
    @Override
    public String toString() {
        String listed = Arrays.toString(features);
        return "{" + listed.substring(1, listed.length() - 1) + "}";
    }
}
