package org.superpose.core.audit;

import java.util.concurrent.atomic.AtomicLongArray;
import org.superpose.core.feature.FeatureSet;

/** Marks inputs in which some features are never active, one bit for each. May be used by any number of threads. */
final class Marks {
    private static final int ARRAY_BITS = 30 + 6;

    /** The features by their places among those that may be active. */
    private final int[] places;
    /** C(n, r), by r and n. */
    private final long[][] choose;
    /** By the number of active features, in arrays of at most 2^30 words. */
    private final AtomicLongArray[][] marks;

    /**
     * @param isLeftOut features that are never active
     * @param left how many others there are
     * @param maxActive the largest number of active features
     */
    Marks(boolean[] isLeftOut, int left, int maxActive) {
        this.places = new int[isLeftOut.length];
        int place = 0;
        for (int j = 0; j < places.length; j++) {
            places[j] = isLeftOut[j] ? -1 : place++;
        }
        this.choose = new long[maxActive + 1][left + 1];
        this.marks = new AtomicLongArray[maxActive + 1][];
        for (int r = 0; r <= maxActive; r++) {
            for (int n = 0; n <= left; n++) {
                choose[r][n] = AdditiveOutput.choose(n, r);
            }
            long bits = choose[r][left];
            marks[r] = new AtomicLongArray[(int) ((bits >>> ARRAY_BITS) + 1)];
            for (int a = 0; a < marks[r].length; a++) {
                long own = Math.min(1L << ARRAY_BITS, bits - ((long) a << ARRAY_BITS));
                marks[r][a] = new AtomicLongArray((int) ((own + Long.SIZE - 1) / Long.SIZE));
            }
        }
    }

    /** How many inputs of so many active features are marked. */
    long count(int active) {
        long count = 0;
        for (AtomicLongArray array : marks[active]) {
            for (int w = 0; w < array.length(); w++) {
                count += Long.bitCount(array.getPlain(w));
            }
        }
        return count;
    }

    void mark(FeatureSet input) {
        long rank = 0;
        for (int s = 0; s < input.size(); s++) {
            rank += choose[s + 1][places[input.get(s)]];
        }
        AtomicLongArray array = marks[input.size()][(int) (rank >>> ARRAY_BITS)];
        int word = (int) ((rank & ((1L << ARRAY_BITS) - 1)) >>> 6);
        long bit = 1L << rank;
        if ((array.getPlain(word) & bit) == 0) {
            array.accumulateAndGet(word, bit, (old, more) -> old | more);
        }
    }
}
