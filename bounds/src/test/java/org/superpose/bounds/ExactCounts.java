package org.superpose.bounds;

import java.math.BigInteger;

/** The counts themselves, multiplied out. */
final class ExactCounts {
    private ExactCounts() {}

    static BigInteger fallingFactorial(BigInteger choices, int count) {
        return product(choices.subtract(BigInteger.valueOf(count)).add(BigInteger.ONE), count);
    }

    /** from (from + 1) ... (from + count - 1), split into halves so that factors are of equal size. */
    private static BigInteger product(BigInteger from, int count) {
        if (count == 0) {
            return BigInteger.ONE;
        }
        if (count == 1) {
            return from;
        }
        int half = count / 2;
        return product(from, half).multiply(product(from.add(BigInteger.valueOf(half)), count - half));
    }

    /** log2 from the number of bits and a 53-bit mantissa; shares no code with {@link LogCounts} on purpose. */
    static double log2(BigInteger value) {
        int exponent = Math.max(0, value.bitLength() - 53);
        return Math.log(value.shiftRight(exponent).doubleValue()) / Math.log(2) + exponent;
    }
}
