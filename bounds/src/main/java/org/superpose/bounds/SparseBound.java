package org.superpose.bounds;

import java.util.OptionalLong;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * How few weights of networks of one shape may be left nonzero by pruning. Where the zeros are says something too: a
 * network of N places for weights, at most z of them nonzero, is one of sum over i up to z of C(N, i) 2^(b i), with b
 * bits for the value of a nonzero weight. By the argument of Theorem 3.1 the logarithm of that number is at least
 * log|𝓕| for a class of functions all of which have such a network: about log C(N, z) + z b, and never less.
 *
 * <p>That sparsifying has a limit is in the abstract of a later version of the paper; the exact form is ours to prove,
 * as above.
 *
 * @param places N, the places of weights, at least 1: L n^2 for L matrices of n x n
 * @param valueBits b, the bits of the value of a nonzero weight, finite and at least 0: 0 where all nonzero weights are
 *     equal
 */
@Reference(value = "Sparsifying and distilling", standing = Standing.RECONSTRUCTED)
public record SparseBound(long places, double valueBits) {
    /** Terms that are smaller than this part of the largest one change no digit of the sum. */
    private static final double NEGLIGIBLE = 0x1p-80;

    /** @throws InvalidInputException if a number is out of range */
    public SparseBound {
        if (places < 1) {
            throw new InvalidInputException("places " + places + " must be at least 1");
        }
        if (!(valueBits >= 0) || !Double.isFinite(valueBits)) {
            throw new InvalidInputException("bits of a nonzero weight " + valueBits + " must be finite and at least 0");
        }
    }

    /** The bound for L matrices of n x n. */
    public static SparseBound ofSquares(long width, int matrices, double valueBits) {
        if (width < 1) {
            throw new InvalidInputException("width " + width + " must be at least 1");
        }
        return new SparseBound(Math.multiplyExact(Math.multiplyExact(width, width), matrices), valueBits);
    }

    /**
     * The logarithm of the number of networks with at most so many nonzero weights.
     *
     * @param nonzero z, 0..N
     * @throws InvalidInputException if it is out of range
     */
    public double bits(long nonzero) {
        if (nonzero < 0 || nonzero > places) {
            throw new InvalidInputException("nonzero weights " + nonzero + " must be 0 to " + places);
        }
        double values = StrictMath.pow(2, valueBits);
        long peak = Math.min(nonzero, (long) Math.floor((places + 1.0) / (1 + 1 / values)));
        double sum = 1;
        double term = 1;
        for (long i = peak; i > 0 && term > NEGLIGIBLE; i--) {
            term *= i / ((places - i + 1) * values);
            sum += term;
        }
        term = 1;
        for (long i = peak; i < nonzero && term > NEGLIGIBLE; i++) {
            term *= (places - i) * values / (i + 1);
            sum += term;
        }
        return LogCounts.binomial(places, peak) + peak * valueBits + StrictMath.log(sum) / StrictMath.log(2);
    }

    /**
     * The fewest nonzero weights whose networks have so many bits; empty if all N weights have fewer.
     *
     * @param needed log|𝓕|, or what is left of it where errors are allowed
     */
    public OptionalLong leastNonzero(double needed) {
        if (bits(places) < needed) {
            return OptionalLong.empty();
        }
        long low = -1;
        long high = places;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (bits(middle) >= needed) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalLong.of(high);
    }
}
