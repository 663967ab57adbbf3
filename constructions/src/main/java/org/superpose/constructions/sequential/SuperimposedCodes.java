package org.superpose.constructions.sequential;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.superpose.constructions.code.PolynomialCodes;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.Codes;

/**
 * Codes that no union of v others covers (superimposed codes, Kautz and Singleton 1964): a feature is a polynomial of
 * degree below t over the field of a prime q, and its neurons are the values at k = v (t - 1) + 1 places, one in each
 * of k blocks of q neurons. Two polynomials agree in t - 1 places at most, so v others that are active leave one neuron
 * at least of a feature off that is not.
 *
 * <p>Of the q^t polynomials the features are random ones. The gates are never seen. With few features the identity
 * takes fewer neurons.
 *
 * @param features how many codes there are
 * @param weight k, 1 for the identity
 * @param field q, or the number of features for the identity
 * @param coefficients t
 */
@Reference(value = "Gates in turn", standing = Standing.OURS)
record SuperimposedCodes(int features, int weight, int field, int coefficients) {
    /** The largest t that is tried. */
    private static final int MOST_COEFFICIENTS = 16;

    /**
     * The codes of fewest neurons.
     *
     * @param active v, how many features are active at most, maybe none
     */
    static SuperimposedCodes of(int features, int active) {
        SuperimposedCodes best = new SuperimposedCodes(features, 1, features, 1);
        for (int coefficients = 2; coefficients <= MOST_COEFFICIENTS; coefficients++) {
            int weight = Math.max(1, active) * (coefficients - 1) + 1;
            int field = PolynomialCodes.primeFrom(Math.max(weight, root(features, coefficients)));
            if ((long) weight * field < best.neurons()) {
                best = new SuperimposedCodes(features, weight, field, coefficients);
            }
        }
        return best;
    }

    /** The smallest number whose power is at least so large. */
    private static int root(int value, int power) {
        int root = 1;
        while (isPowerBelow(root, power, value)) {
            root++;
        }
        return root;
    }

    private static boolean isPowerBelow(int base, int power, int value) {
        long product = 1;
        for (int t = 0; t < power && product < value; t++) {
            product *= base;
        }
        return product < value;
    }

    boolean isIdentity() {
        return weight == 1;
    }

    int neurons() {
        return weight * field;
    }

    Codes draw(RandomGenerator random) {
        if (isIdentity()) {
            return Codes.identity(features);
        }
        Set<Long> taken = new HashSet<>();
        int[] polynomial = new int[coefficients];
        int[] members = new int[features * weight];
        for (int j = 0; j < features; j++) {
            do {
                for (int t = 0; t < coefficients; t++) {
                    polynomial[t] = random.nextInt(field);
                }
            } while (!taken.add(name(polynomial)));
            for (int x = 0; x < weight; x++) {
                members[j * weight + x] = x * field + value(polynomial, x);
            }
        }
        return Codes.ofWeight(neurons(), weight, members);
    }

    private long name(int[] polynomial) {
        long name = 0;
        for (int coefficient : polynomial) {
            name = name * field + coefficient;
        }
        return name;
    }

    private int value(int[] polynomial, int x) {
        long value = 0;
        for (int coefficient : polynomial) {
            value = (value * x + coefficient) % field;
        }
        return (int) value;
    }
}
