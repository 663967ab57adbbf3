package org.superpose.bounds;

import java.math.BigInteger;

/**
 * Logarithms, base 2, of numbers of functions: too large to write down, and too delicate for a difference of two
 * log-gammas, which loses all digits when the choices are many more than the outputs.
 *
 * <p>All results are within 1e-12 of the exact value, relatively, and take the same short time whatever the size.
 * {@link StrictMath} keeps them the same on every machine.
 */
final class LogCounts {
    private static final double LN2 = StrictMath.log(2);
    /** The number from which on three terms of the Euler-Maclaurin series leave an error below 1e-14. */
    private static final int SERIES_FROM = 64;

    /** Leading bits of a number that its logarithm is taken of. */
    private static final int MANTISSA = 62;

    private LogCounts() {}

    /**
     * log2 of a number of any size.
     *
     * @param value at least 1
     * @throws IllegalArgumentException if it is smaller
     */
    static double log2(BigInteger value) {
        return ln(value) / LN2;
    }

    private static double ln(BigInteger value) {
        if (value.signum() < 1) {
            throw new IllegalArgumentException("there is no logarithm of " + value);
        }
        int shift = Math.max(0, value.bitLength() - MANTISSA);
        return StrictMath.log(value.shiftRight(shift).doubleValue()) + shift * LN2;
    }

    /**
     * log2 of N (N-1) ... (N-count+1): the ways to give {@code count} labelled outputs distinct choices.
     *
     * <p>The sum of ln j from a + 1 to N, with a = N - count, is by the midpoint form of Euler and Maclaurin the
     * integral of ln x from l = a + 1/2 to u = N + 1/2, less (1/u - 1/l) / 24, plus 7 (1/u^3 - 1/l^3) / 2880, less 31
     * (1/u^5 - 1/l^5) / 40320. The integral is written as count (ln u + h(t)) with t = count / u and h(t) = -1 - ((1 -
     * t) / t) ln(1 - t), which lies between -1 and 0: nothing cancels.
     *
     * @param choices N
     * @param count 0..N
     * @throws IllegalArgumentException if the count is out of range
     */
    static double fallingFactorial(BigInteger choices, long count) {
        BigInteger left = choices.subtract(BigInteger.valueOf(count));
        if (count < 0 || left.signum() < 0) {
            throw new IllegalArgumentException(count + " distinct choices cannot be made among " + choices);
        }
        double start = 0;
        long counted = count;
        if (left.compareTo(BigInteger.valueOf(SERIES_FROM)) < 0) {
            int from = left.intValueExact();
            int to = (int) Math.min(SERIES_FROM, from + count);
            for (int j = from + 1; j <= to; j++) {
                start += StrictMath.log(j);
            }
            counted = count - (to - from);
            left = BigInteger.valueOf(to);
        }
        return counted == 0 ? start / LN2 : (start + series(choices, left, counted)) / LN2;
    }

    /**
     * The sum of ln j over {@code left} < j <= {@code choices}, {@code count} terms, all above {@link #SERIES_FROM}.
     */
    private static double series(BigInteger choices, BigInteger left, long count) {
        double upper = choices.doubleValue() + 0.5; // infinite for a giant, whose reciprocal then is rightly zero
        double lower = left.doubleValue() + 0.5;
        double lnUpper = ln(choices) + StrictMath.log1p(0.5 / choices.doubleValue());
        double t = count / upper;
        double h;
        if (t < 1e-8) {
            h = -t / 2;
        } else if (t < 0.5) {
            h = -1 - (1 - t) / t * StrictMath.log1p(-t);
        } else {
            h = -1 + lower / count * StrictMath.log(upper / lower);
        }
        double u = 1 / upper;
        double l = 1 / lower;
        double correction = -(u - l) / 24
                + 7.0 / 2880 * (u * u * u - l * l * l)
                - 31.0 / 40320 * (u * u * u * u * u - l * l * l * l * l);
        return count * (lnUpper + h) + correction;
    }

    /**
     * log2 of the binomial coefficient C(n, k).
     *
     * @param k 0..n
     * @throws IllegalArgumentException if it is out of range
     */
    static double binomial(long n, long k) {
        if (k < 0 || k > n) {
            throw new IllegalArgumentException("C(" + n + ", " + k + ") has no logarithm");
        }
        long smaller = Math.min(k, n - k);
        return fallingFactorial(BigInteger.valueOf(n), smaller)
                - fallingFactorial(BigInteger.valueOf(smaller), smaller);
    }
}
