package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;

/**
 * Finds the pairs of features that have exactly so many hidden rows in common, among some features with some of their
 * rows, by counting along lists of the features of each row. Mutable, with buffers; for one thread.
 */
final class ExactPairs {
    private final int hidden;
    private int[] features = new int[64];
    private int count;
    /** The rows of each feature, one after another. */
    private int[] rows = new int[1024];
    /** Where the rows of each feature end. */
    private int[] ends = new int[64];

    private final int[] starts;
    private int[] members = new int[0];
    private int[] common = new int[0];
    private int[] found = new int[64];

    /** Takes the pairs that are found. */
    @FunctionalInterface
    interface Found {
        /** @return whether more are wanted */
        boolean pair(int first, int second);
    }

    ExactPairs(int hidden) {
        this.hidden = hidden;
        this.starts = new int[hidden + 2];
    }

    /** Forgets all features. */
    void clear() {
        count = 0;
    }

    /**
     * Adds a feature, above all before.
     *
     * @param size how many rows it has; {@link #row} has to follow for each
     */
    void feature(int feature, int size) {
        if (count == features.length) {
            features = Arrays.copyOf(features, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        int before = count == 0 ? 0 : ends[count - 1];
        if (rows.length < before + size) {
            rows = Arrays.copyOf(rows, Math.max(2 * rows.length, before + size));
        }
        features[count] = feature;
        ends[count++] = before;
    }

    /** Adds a row to the latest feature. */
    void row(int row) {
        rows[ends[count - 1]++] = row;
    }

    /** Finds all pairs with so many common rows, in ascending order. */
    void find(int exactly, Found receiver) {
        index();
        if (common.length < count) {
            common = new int[Math.max(count, 2 * common.length)];
            found = new int[common.length];
        }
        for (int t = 0; t < count; t++) {
            int touched = 0;
            for (int at = t == 0 ? 0 : ends[t - 1]; at < ends[t]; at++) {
                int from = starts[rows[at]];
                for (int m = starts[rows[at] + 1] - 1; m >= from && members[m] > t; m--) {
                    if (common[members[m]]++ == 0) {
                        found[touched++] = members[m];
                    }
                }
            }
            int kept = 0;
            for (int u = 0; u < touched; u++) {
                if (common[found[u]] == exactly) {
                    int partner = found[u];
                    common[partner] = 0;
                    found[kept++] = partner;
                } else {
                    common[found[u]] = 0;
                }
            }
            Arrays.sort(found, 0, kept);
            for (int u = 0; u < kept; u++) {
                if (!receiver.pair(features[t], features[found[u]])) {
                    return;
                }
            }
        }
    }

    /** Lists for each row the features that have it, by their position. */
    private void index() {
        int total = count == 0 ? 0 : ends[count - 1];
        if (members.length < total) {
            members = new int[Math.max(total, 2 * members.length)];
        }
        Arrays.fill(starts, 0);
        for (int at = 0; at < total; at++) {
            starts[rows[at] + 2]++;
        }
        for (int row = 2; row <= hidden + 1; row++) {
            starts[row] += starts[row - 1];
        }
        for (int t = 0, at = 0; t < count; t++) {
            for (; at < ends[t]; at++) {
                members[starts[rows[at] + 1]++] = t;
            }
        }
    }
}
