package org.superpose.problems;

/**
 * One non-negative number per subset of the inputs, to tell read sets apart.
 *
 * <p>Where the indices fit 63 bits together the number is exact. Beyond that it is a hash: two different sets may then,
 * with probability about 2^-63, be taken for one, which only costs the generators a redraw.
 */
final class SubsetKeys {
    private final int bits;
    private final boolean exact;

    SubsetKeys(int inputs, int fanIn) {
        this.bits = Integer.SIZE - Integer.numberOfLeadingZeros(inputs - 1);
        this.exact = bits * fanIn < Long.SIZE;
    }

    /** The key of the ascending subset {@code members[from .. from + size)}. */
    long of(int[] members, int from, int size) {
        long key = 0;
        for (int t = from; t < from + size; t++) {
            key = exact ? key << bits | members[t] : mix(key + members[t] + 1);
        }
        return key & Long.MAX_VALUE;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 32) * 0xd6e8feb86659fd93L;
        z = (z ^ z >>> 32) * 0xd6e8feb86659fd93L;
        return z ^ z >>> 32;
    }
}
