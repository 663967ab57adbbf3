package org.superpose.core.audit;

import java.util.Arrays;

/**
 * How many inputs have which margin: four bins for each power of two, from 2^-20 to 2^20 of either sign. Immutable.
 *
 * <p>Bins grow with the margin, so that one histogram shows margins of 0.001 and of 1000, and histograms of parts add
 * up.
 */
public final class MarginHistogram {
    private static final int LEAST_EXPONENT = -20;
    private static final int EXPONENTS = 41;
    private static final int STEPS = 4;
    /** Bins of one sign; behind them, in the middle, is the bin of what is nearer to zero than all of them. */
    private static final int SIDE = EXPONENTS * STEPS;

    /** The number of bins: those of wrong margins, farthest first, the one around zero, those of right margins. */
    public static final int BINS = 2 * SIDE + 1;

    /** Of no input: where margins were not counted. */
    public static final MarginHistogram NONE = new MarginHistogram(new long[BINS]);

    private final long[] counts;

    /**
     * @param counts one for each bin
     * @throws IllegalArgumentException if the number of bins is another, or a count is negative
     */
    public MarginHistogram(long[] counts) {
        if (counts.length != BINS || Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("a histogram of margins has " + BINS + " counts, none negative");
        }
        this.counts = counts.clone();
    }

    /** Whether any margin was counted. */
    public boolean isCounted() {
        return !equals(NONE);
    }

    /** The bin of a margin; what is no number counts as the one around zero. */
    public static int bin(double margin) {
        double size = Math.abs(margin);
        int exponent = Math.getExponent(size);
        if (!(size > 0) || exponent < LEAST_EXPONENT) {
            return SIDE;
        }
        int place = SIDE - 1;
        if (exponent < LEAST_EXPONENT + EXPONENTS) {
            int step = (int) ((size / Math.scalb(1.0, exponent) - 1) * STEPS);
            place = (exponent - LEAST_EXPONENT) * STEPS + step;
        }
        return margin > 0 ? SIDE + 1 + place : SIDE - 1 - place;
    }

    /** The smallest margin of a bin; negative infinity for the first. */
    public static double lowest(int bin) {
        if (bin == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return bin > SIDE ? edge(bin - SIDE - 1) : -edge(SIDE - bin);
    }

    /** The largest margin of a bin; infinity for the last. */
    public static double highest(int bin) {
        return -lowest(BINS - 1 - bin);
    }

    private static double edge(int place) {
        return Math.scalb(1 + (place % STEPS) / (double) STEPS, LEAST_EXPONENT + place / STEPS);
    }

    /** The number of inputs in a bin. */
    public long count(int bin) {
        return counts[bin];
    }

    /** A fresh copy of all counts. */
    public long[] counts() {
        return counts.clone();
    }

    MarginHistogram and(MarginHistogram other) {
        long[] sums = counts.clone();
        for (int bin = 0; bin < BINS; bin++) {
            sums[bin] += other.counts[bin];
        }
        return new MarginHistogram(sums);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MarginHistogram that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }
}
