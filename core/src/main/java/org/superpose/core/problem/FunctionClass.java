package org.superpose.core.problem;

import java.math.BigInteger;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * The set of functions that a problem instance was drawn from, as far as counting goes: each of p labelled picks is one
 * of N choices, no two the same, so |F| = N (N - 1) ... (N - p + 1). Where the picks depend on each other in further
 * ways, it is less by a factor that is bounded from above: |F| is at least this number / 2^bound bits.
 *
 * <p>A pick is an output, or several: a half adder is a pair of inputs, with two outputs. A permutation of m features
 * is N = m, p = m: m!. Two-and is N = C(m, 2), k-and N = C(m, r) (theory, section 3).
 *
 * <p>Functions count as different only where they differ on an input of the instance's domain.
 *
 * @param description the class in words, for reports: {@code all two-and functions}
 * @param choices N, at least the number of picks; none has more
 * @param outputs m', at least 1
 * @param outputsPerPick how many outputs are picked together, a divisor of {@code outputs}
 * @param boundBits by how many bits, at least 0 and rounded up, log|F| is less than that of distinct picks, because of
 *     what they have to share: so many negated literals in all, for instance
 */
@Reference(
        value = {"Corollary 3.2.1", "Corollary 3.2.2"},
        standing = Standing.ATTESTED)
@Reference(value = "Lower bound: multiple inputs", standing = Standing.RECONSTRUCTED)
public record FunctionClass(String description, BigInteger choices, int outputs, int outputsPerPick, int boundBits) {
    /** @throws IllegalArgumentException if a number is out of range, or there are fewer choices than picks */
    public FunctionClass {
        if (outputs < 1 || outputsPerPick < 1 || outputs % outputsPerPick != 0) {
            throw new IllegalArgumentException(outputs + " outputs cannot be picked " + outputsPerPick + " at a time");
        }
        if (choices.compareTo(BigInteger.valueOf(outputs / outputsPerPick)) < 0) {
            throw new IllegalArgumentException(
                    outputs / outputsPerPick + " outputs cannot make distinct choices among " + choices);
        }
        if (boundBits < 0) {
            throw new IllegalArgumentException("bound bits " + boundBits + " must be at least 0");
        }
    }

    /** A class of which every output makes a choice of its own. */
    public FunctionClass(String description, BigInteger choices, int outputs) {
        this(description, choices, outputs, 1, 0);
    }

    /** p, the number of picks. */
    public int picks() {
        return outputs / outputsPerPick;
    }

    /** All permutations of {@code features} features. */
    public static FunctionClass permutations(int features) {
        return new FunctionClass("all permutations", BigInteger.valueOf(features), features);
    }

    /** All ways to give each of the outputs a {@code fanIn}-subset of the inputs, no two the same. */
    public static FunctionClass distinctSubsets(int inputs, int fanIn, int outputs) {
        String name = fanIn == 2 ? "all two-and functions" : "all k-and functions of fan-in " + fanIn;
        return new FunctionClass(name, binomial(inputs, fanIn), outputs);
    }

    /** The exact binomial coefficient C(n, k). */
    public static BigInteger binomial(int n, int k) {
        if (k < 0 || k > n) {
            return BigInteger.ZERO;
        }
        BigInteger value = BigInteger.ONE;
        for (int t = 1; t <= k; t++) {
            value = value.multiply(BigInteger.valueOf(n - k + (long) t)).divide(BigInteger.valueOf(t));
        }
        return value;
    }
}
