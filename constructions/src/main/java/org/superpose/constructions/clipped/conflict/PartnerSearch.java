package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;

/**
 * Finds for each feature the later ones that s hidden rows contain together with it, by counting along the lists of the
 * features that each row contains (theory, section 7.2). Immutable.
 *
 * <p>Features are counted in ranges, all features of a chunk against one range before the next, so that the counters
 * and the parts of the lists that are in use stay in the cache.
 */
final class PartnerSearch {
    /** Features that are counted at a time; their counters fit the second-level cache. */
    private static final int RANGE = 1 << 15;

    /** The features of a chunk, a divisor of {@link #RANGE}. */
    static final int CHUNK = 256;

    private static final int MOST_COUNTED = Character.MAX_VALUE;

    private final FiringSets sets;
    private final int features;
    private final int threshold;
    private final int range;
    private final int ranges;
    /** For each hidden row the features that it contains, ascending, without the beginning of their range. */
    private final char[][] members;
    /** Where the members of each range begin, row after row; one more entry for the end. */
    private final int[] starts;

    /**
     * @param rows the number of hidden rows
     * @param threshold s, at least 1
     */
    PartnerSearch(FiringSets sets, int rows, int features, int threshold) {
        this(sets, rows, features, threshold, RANGE);
    }

    /** @param range how many features are counted at a time, a multiple of the chunk, at most 65536 */
    PartnerSearch(FiringSets sets, int rows, int features, int threshold, int range) {
        this.sets = sets;
        this.features = features;
        this.threshold = threshold;
        this.range = range;
        this.ranges = (features + range - 1) / range;
        this.members = new char[rows][];
        this.starts = new int[Math.multiplyExact(rows, ranges + 1)];
        int[] buffer = new int[features];
        for (int row = 0; row < rows; row++) {
            int count = sets.features(row, buffer);
            members[row] = new char[count];
            for (int t = 0; t < count; t++) {
                members[row][t] = (char) (buffer[t] % range);
                starts[row * (ranges + 1) + buffer[t] / range + 1] = t + 1;
            }
            for (int r = 1; r <= ranges; r++) {
                int at = row * (ranges + 1) + r;
                starts[at] = Math.max(starts[at], starts[at - 1]);
            }
        }
    }

    /** The number of chunks. */
    int chunks() {
        return (features + CHUNK - 1) / CHUNK;
    }

    /** A search with buffers of its own, for one thread. */
    final class Scan {
        private final char[] counts = new char[Math.min(features, range)];
        /** Counts up to this one belong to earlier features, so that the counters need not be cleared for each. */
        private int base;

        private final int[][] rows = new int[CHUNK][];
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
            for (int feature = first; feature < last; feature++) {
                rows[feature - first] = sets.rows(feature);
            }
            foundCount = 0;
            for (int r = first / range; r < ranges; r++) {
                for (int feature = first; feature < last; feature++) {
                    int[] ofFeature = rows[feature - first];
                    if (ofFeature.length >= threshold) {
                        count(feature, feature - first, ofFeature, r);
                    }
                }
            }
            Arrays.sort(found, 0, foundCount);
            return foundCount;
        }

        /** The feature of the {@code t}-th pair less the first of the chunk; pairs are in the order of these. */
        int feature(int t) {
            return (int) (found[t] >>> 48);
        }

        /**
         * The later feature of the {@code t}-th pair; those of one feature are in the order of the s-th row that they
         * have in common with it, then ascending.
         */
        int partner(int t) {
            return (int) found[t];
        }

        private void count(int feature, int local, int[] ofFeature, int r) {
            if (base + ofFeature.length > MOST_COUNTED) {
                Arrays.fill(counts, (char) 0);
                base = 0;
            }
            int enough = base + threshold;
            for (int rank = 0; rank < ofFeature.length; rank++) {
                int row = ofFeature[rank];
                char[] ofRow = members[row];
                int from = starts[row * (ranges + 1) + r];
                int to = starts[row * (ranges + 1) + r + 1];
                if (feature / range == r) {
                    from = Arrays.binarySearch(ofRow, from, to, (char) (feature % range)) + 1;
                }
                for (int t = from; t < to; t++) {
                    int member = ofRow[t];
                    int count = Math.max(counts[member], base) + 1;
                    counts[member] = (char) count;
                    if (count == enough) {
                        add((long) local << 48 | (long) rank << 32 | r * range + member);
                    }
                }
            }
            base += ofFeature.length;
        }

        private void add(long pair) {
            if (foundCount == found.length) {
                found = Arrays.copyOf(found, 2 * foundCount);
            }
            found[foundCount++] = pair;
        }
    }
}
