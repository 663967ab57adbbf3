package org.superpose.core.verify.run;

import java.math.BigInteger;
import java.util.Arrays;
import org.superpose.core.feature.InputDomain;

/**
 * How many inputs of a domain have a given lowest feature, exactly: C(m - 1 - a, u - 1) + ... + C(m - 1 - a, v - 1), or
 * with groups the elementary symmetric polynomials of what is left of each group behind a.
 */
public final class UnitSizes {
    private UnitSizes() {}

    /** For each feature a the number of inputs whose lowest active feature is a. */
    public static BigInteger[] of(InputDomain domain) {
        int degree = domain.maxActive() - 1;
        int fewest = Math.max(0, domain.minActive() - 1);
        long[] left = new long[domain.groupCount()];
        // The polynomial of all features behind a: the product over groups g of (1 + left[g] x), up to the degree.
        BigInteger[] behind = new BigInteger[degree + 1];
        Arrays.fill(behind, BigInteger.ZERO);
        behind[0] = BigInteger.ONE;
        BigInteger[] sizes = new BigInteger[domain.features()];
        for (int a = domain.features() - 1; a >= 0; a--) {
            int group = domain.groupOf(a);
            divide(behind, left[group]);
            sizes[a] = Arrays.stream(behind, fewest, degree + 1).reduce(BigInteger.ZERO, BigInteger::add);
            left[group]++;
            multiply(behind, left[group]);
        }
        return sizes;
    }

    private static void multiply(BigInteger[] polynomial, long slope) {
        for (int t = polynomial.length - 1; t >= 1; t--) {
            polynomial[t] = polynomial[t].add(polynomial[t - 1].multiply(BigInteger.valueOf(slope)));
        }
    }

    private static void divide(BigInteger[] polynomial, long slope) {
        for (int t = 1; t < polynomial.length; t++) {
            polynomial[t] = polynomial[t].subtract(polynomial[t - 1].multiply(BigInteger.valueOf(slope)));
        }
    }
}
