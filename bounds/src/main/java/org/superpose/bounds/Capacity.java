package org.superpose.bounds;

import java.math.BigInteger;
import java.util.function.LongPredicate;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * The largest m' whose functions all fit a number of parameter bits: {@code log|𝓕(m')| <= b L n^2}, so O(n^2 / log n)
 * (theory, section 3).
 */
@Reference(value = "Capacity", standing = Standing.ATTESTED)
public final class Capacity {
    /** The largest number that is looked for. */
    private static final long LARGEST = 1L << 60;

    private Capacity() {}

    /**
     * b L n^2, the parameter bits of L matrices of n x n parameters of b bits.
     *
     * @throws InvalidInputException if a number is not positive
     */
    public static double parameterBits(long width, double bitsPerParameter, int matrices) {
        if (width < 1) {
            throw new InvalidInputException("width " + width + " must be at least 1");
        }
        return LowerBound.bitsPerSquare(bitsPerParameter, matrices) * width * width;
    }

    /** The largest m with log m! at most the given bits, at least 1. */
    public static long permutation(double parameterBits) {
        requireBits(parameterBits);
        return largest(LARGEST, m -> LogCounts.fallingFactorial(BigInteger.valueOf(m), m) <= parameterBits);
    }

    /**
     * The largest number of outputs, each with a choice of its own among N, that fit the given bits; 0 if none does.
     */
    public static long outputs(BigInteger choices, double parameterBits) {
        requireBits(parameterBits);
        long most = choices.min(BigInteger.valueOf(LARGEST)).longValue();
        return largest(most, count -> LogCounts.fallingFactorial(choices, count) <= parameterBits);
    }

    /**
     * The capacity for the kind of problem that an instance is: for a permutation the largest m = m'; otherwise the
     * largest number of outputs over the instance's own choices, that is with m as it is; what binds the picks of its
     * class to each other is shared out among them evenly.
     *
     * @throws InvalidInputException if it is no permutation, and nothing is known of its class
     */
    public static long of(ProblemInstance instance, double parameterBits) {
        if (isPermutation(instance)) {
            return permutation(parameterBits);
        }
        return of(instance.functionClass().orElseThrow(() -> LowerBound.unknownClass(instance)), parameterBits);
    }

    /**
     * The largest number of outputs whose picks fit the given bits, each over the choices that a class has; what binds
     * its picks to each other is shared out among them evenly.
     */
    public static long of(FunctionClass functions, double parameterBits) {
        requireBits(parameterBits);
        double boundBits = (double) functions.boundBits() / functions.picks();
        long most = functions.choices().min(BigInteger.valueOf(LARGEST)).longValue();
        long picks = largest(
                most,
                count -> LogCounts.fallingFactorial(functions.choices(), count) - count * boundBits <= parameterBits);
        return Math.multiplyExact(picks, functions.outputsPerPick());
    }

    private static boolean isPermutation(ProblemInstance instance) {
        return instance.inputs() == instance.outputs()
                && instance.layers().stream().mapToInt(Gates::maxFanIn).allMatch(fanIn -> fanIn == 1);
    }

    private static void requireBits(double parameterBits) {
        if (!(parameterBits >= 0) || !Double.isFinite(parameterBits)) {
            throw new InvalidInputException("parameter bits " + parameterBits + " must be finite and at least 0");
        }
    }

    /**
     * The largest number up to {@code most} that fits, by doubling and bisection; 0 if 1 does not fit. Below a number
     * that fits, all do.
     */
    private static long largest(long most, LongPredicate fits) {
        if (most < 1 || !fits.test(1)) {
            return 0;
        }
        long low = 1;
        while (low < most && fits.test(Math.min(most, 2 * low))) {
            low = Math.min(most, 2 * low);
        }
        long high = Math.min(most, 2 * low);
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (fits.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
