package org.superpose.constructions.clipped.channel;

import java.util.Arrays;

/**
 * For each position of a bit vector, in how many of the added vectors it is set. Mutable.
 *
 * <p>The counts are kept bit-sliced, one vector for each binary digit, so that adding a vector takes a few operations a
 * word: vectors wait in pairs for a third, and the three make one of the same digit and one of the next (a carry-save
 * adder).
 */
final class BitTally {
    private final int words;
    /** Digit p of all counts. */
    private final long[][] digits;
    /** A vector of digit p that is to be added yet, where {@link #isWaiting}. */
    private final long[][] waiting;

    private final boolean[] isWaiting;
    private long[] carry;

    /**
     * @param words the length of the vectors in words of 64 positions
     * @param most no position will be counted more often
     */
    BitTally(int words, int most) {
        this.words = words;
        int planes = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, most));
        this.digits = new long[planes][words];
        this.waiting = new long[planes][words];
        this.isWaiting = new boolean[planes];
        this.carry = new long[words];
    }

    void clear() {
        for (long[] digit : digits) {
            Arrays.fill(digit, 0);
        }
        Arrays.fill(isWaiting, false);
    }

    /**
     * Adds a vector a number of times. {@link #settle} has to follow before counts are read.
     *
     * @param from where the vector begins
     * @param first its word from which on it is read, up to its end and on from its beginning, until all words of this
     *     tally are filled
     * @param length its words
     */
    void add(long[] vectors, int from, int first, int length, int times) {
        for (int plane = 0, left = times; left != 0; plane++, left >>>= 1) {
            if ((left & 1) != 0) {
                int upToEnd = Math.min(words, length - first);
                System.arraycopy(vectors, from + first, carry, 0, upToEnd);
                System.arraycopy(vectors, from, carry, upToEnd, words - upToEnd);
                addCarry(plane);
            }
        }
    }

    /** Adds {@link #carry} to a digit, and what that carries to the next ones. */
    private void addCarry(int plane) {
        for (int p = plane; p < digits.length; p++) {
            long[] free = waiting[p];
            if (!isWaiting[p]) {
                waiting[p] = carry;
                carry = free;
                isWaiting[p] = true;
                return;
            }
            isWaiting[p] = false;
            addThree(digits[p], free, carry, words);
        }
    }

    /** Three vectors of a digit into one of it, the first, and one of the next, the third. */
    private static void addThree(long[] sum, long[] second, long[] third, int words) {
        for (int w = 0; w < words; w++) {
            long half = sum[w] ^ second[w];
            long both = sum[w] & second[w];
            sum[w] = half ^ third[w];
            third[w] = both | half & third[w];
        }
    }

    /** Adds what waits. */
    void settle() {
        for (int p = 0; p < digits.length; p++) {
            if (isWaiting[p]) {
                isWaiting[p] = false;
                addTwo(digits[p], waiting[p], carry, words);
                addCarry(p + 1);
            }
        }
    }

    private static void addTwo(long[] sum, long[] second, long[] both, int words) {
        for (int w = 0; w < words; w++) {
            both[w] = sum[w] & second[w];
            sum[w] ^= second[w];
        }
    }

    /** The count of a position. */
    int get(int position) {
        int count = 0;
        for (int p = 0; p < digits.length; p++) {
            count |= (int) (digits[p][position >>> 6] >>> position & 1) << p;
        }
        return count;
    }

    /** The largest count of all positions. */
    int largest() {
        int largest = 0;
        Arrays.fill(carry, -1L);
        for (int p = digits.length - 1; p >= 0; p--) {
            long any = 0;
            for (int w = 0; w < words; w++) {
                any |= carry[w] & digits[p][w];
            }
            if (any != 0) {
                largest |= 1 << p;
                for (int w = 0; w < words; w++) {
                    carry[w] &= digits[p][w];
                }
            }
        }
        return largest;
    }

    /** The positions of a word that have a count, as bits. */
    long having(int word, int count) {
        long having = -1L;
        for (int p = 0; p < digits.length; p++) {
            having &= (count >>> p & 1) != 0 ? digits[p][word] : ~digits[p][word];
        }
        return having;
    }
}
