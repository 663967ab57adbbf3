package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;

/**
 * Finds for each feature the later ones that s hidden rows contain together with it, by counting along the lists of the
 * features that each row contains (theory, section 7.2). Immutable.
 *
 * <p>The lists are cut into ranges of features, and the parts of one range lie together: they, and a byte for each
 * feature of the range, stay in the cache while all features of a chunk are counted against them.
 */
final class PairCounts {
    /** The features of a chunk, a divisor of the range. */
    static final int CHUNK = 256;

    /** Features that are counted at a time; their counters fit the first-level cache. */
    private static final int RANGE = 1 << 15;

    private static final int MOST_COUNTED = 0xff;

    private final FiringLists lists;
    private final int features;
    private final int hidden;
    private final int threshold;
    private final int range;
    private final int ranges;
    /** The features of each row without the beginning of their range, range after range and in it row after row. */
    private final char[] members;
    /** Where the members of a row begin in those of a range, at range * (hidden + 1) + row. */
    private final int[] starts;

    /** @param threshold s, from 1 to 255 */
    PairCounts(FiringLists lists, int hidden, int features, int threshold) {
        this(lists, hidden, features, threshold, RANGE);
    }

    /** @param range how many features are counted at a time, a multiple of the chunk, at most 65536 */
    PairCounts(FiringLists lists, int hidden, int features, int threshold, int range) {
        this.lists = lists;
        this.features = features;
        this.hidden = hidden;
        this.threshold = threshold;
        this.range = range;
        this.ranges = (features + range - 1) / range;
        this.starts = new int[Math.multiplyExact(ranges, hidden + 1)];
        int count = 0;
        for (int row = 0; row < hidden; row++) {
            int[] ofRow = lists.features(row);
            for (int t = lists.featuresFrom(row); t < lists.featuresTo(row); t++) {
                starts[ofRow[t] / range * (hidden + 1) + row]++;
                count++;
            }
        }
        int start = 0;
        for (int t = 0; t < starts.length; t++) {
            int length = starts[t];
            starts[t] = start;
            start += length;
        }
        this.members = new char[count];
        int[] next = starts.clone();
        for (int row = 0; row < hidden; row++) {
            int[] ofRow = lists.features(row);
            for (int t = lists.featuresFrom(row); t < lists.featuresTo(row); t++) {
                members[next[ofRow[t] / range * (hidden + 1) + row]++] = (char) (ofRow[t] % range);
            }
        }
    }

    /** The number of chunks. */
    int chunks() {
        return (features + CHUNK - 1) / CHUNK;
    }

    /** A search with buffers of its own, for one thread. */
    final class Scan {
        private final byte[] counts = new byte[Math.min(features, range)];
        /** Counts up to this one belong to earlier features, so that the counters need not be cleared for each. */
        private int base;

        private long[] found = new long[1024];
        private int foundCount;

        /**
         * Finds the partners of all features of a chunk.
         *
         * @return how many pairs were found
         */
        int find(int chunk) {
            int first = chunk * CHUNK;
            int last = Math.min(features, first + CHUNK);
            foundCount = 0;
            for (int r = first / range; r < ranges; r++) {
                clear(); // what was counted is about another range
                for (int feature = first; feature < last; feature++) {
                    if (lists.rowsTo(feature) - lists.rowsFrom(feature) >= threshold) {
                        count(feature, feature - first, r);
                    }
                }
            }
            Arrays.sort(found, 0, foundCount);
            return foundCount;
        }

        /** The feature of the {@code t}-th pair less the first of the chunk; pairs are in ascending order. */
        int feature(int t) {
            return (int) (found[t] >>> Integer.SIZE);
        }

        /** The later feature of the {@code t}-th pair. */
        int partner(int t) {
            return (int) found[t];
        }

        private void clear() {
            Arrays.fill(counts, (byte) 0);
            base = 0;
        }

        private void count(int feature, int local, int r) {
            char[] ofFeature = lists.rows(feature);
            int end = lists.rowsTo(feature);
            // Counts are compared with s, so they need not be right beyond what a byte holds.
            int most = Math.min(end - lists.rowsFrom(feature), MOST_COUNTED);
            if (base + most > MOST_COUNTED) {
                clear();
            }
            int enough = base + threshold;
            boolean isOwn = feature / range == r;
            for (int t = lists.rowsFrom(feature); t < end; t++) {
                int at = r * (hidden + 1) + ofFeature[t];
                int from = starts[at];
                int to = starts[at + 1];
                if (isOwn) {
                    from = Arrays.binarySearch(members, from, to, (char) (feature % range)) + 1;
                }
                for (int u = from; u < to; u++) {
                    int member = members[u];
                    int count = Math.max(counts[member] & MOST_COUNTED, base) + 1;
                    if (count > MOST_COUNTED) {
                        continue;
                    }
                    counts[member] = (byte) count;
                    if (count == enough) {
                        add((long) local << Integer.SIZE | r * range + member);
                    }
                }
            }
            base += most;
        }

        private void add(long pair) {
            if (foundCount == found.length) {
                found = Arrays.copyOf(found, 2 * foundCount);
            }
            found[foundCount++] = pair;
        }
    }
}
