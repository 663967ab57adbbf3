package org.superpose.core.problem;

import java.math.BigInteger;
import org.superpose.core.Reference;

/**
 * The set of functions that a problem instance was drawn from, as far as counting goes: each of the labelled outputs
 * picks one of N choices, no two the same, so |F| = N (N - 1) ... (N - outputs + 1).
 *
 * <p>A permutation of m features is N = m, outputs = m: m!. Two-and is N = C(m, 2), k-and N = C(m, r) (theory, section
 * 3).
 *
 * @param description the class in words, for reports: {@code all two-and functions}
 * @param choices N, at least {@code outputs}
 * @param outputs m', at least 1
 */
@Reference({"Corollary 3.2.1", "Corollary 3.2.2", "Section 3, k-and"})
public record FunctionClass(String description, BigInteger choices, int outputs) {
    /** @throws IllegalArgumentException if there are no outputs, or fewer choices than outputs */
    public FunctionClass {
        if (outputs < 1 || choices.compareTo(BigInteger.valueOf(outputs)) < 0) {
            throw new IllegalArgumentException(outputs + " outputs cannot make distinct choices among " + choices);
        }
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
