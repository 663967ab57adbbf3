package org.superpose.constructions.clipped;

import java.util.Arrays;

/** For each position of a bit vector, in how many of the added vectors it is set, up to 65535 times. Mutable. */
final class BitTally {
    /** Spreads four bits into four lanes of 16 bits, so that one addition counts four positions. */
    private static final long[] SPREAD = new long[16];

    static {
        for (int bits = 0; bits < SPREAD.length; bits++) {
            for (int lane = 0; lane < 4; lane++) {
                SPREAD[bits] |= (long) (bits >>> lane & 1) << 16 * lane;
            }
        }
    }

    private final long[] lanes;

    /**
     * @param words the length of the vectors in words of 64 positions
     */
    BitTally(int words) {
        this.lanes = new long[words * 16];
    }

    void clear() {
        Arrays.fill(lanes, 0);
    }

    /** Adds one word of a vector a number of times. */
    void add(int word, long bits, int times) {
        long left = bits;
        for (int t = word * 16; left != 0; t++) {
            lanes[t] += times * SPREAD[(int) left & 15];
            left >>>= 4;
        }
    }

    /** The count of a position. */
    int get(int position) {
        return (int) (lanes[position >>> 2] >>> 16 * (position & 3)) & 0xffff;
    }
}
