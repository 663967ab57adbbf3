package org.superpose.constructions.sequential;

import java.util.random.RandomGenerator;
import org.superpose.constructions.code.PolynomialCodes;
import org.superpose.constructions.code.RandomOrder;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.Codes;

/**
 * Codes that no union of {@code active} others covers (superimposed codes, Kautz and Singleton 1964): lines over a
 * field of prime order q. A feature is a line y = a x + b, and its neurons are the values at k = active + 1 places x,
 * one in each of k blocks of q neurons. Two lines meet in one place at most, so others that are active share at most
 * one neuron each with a feature that is not: one of its k is off.
 *
 * <p>Of the q^2 lines the features are random ones. The gates are never seen. With few features the identity takes
 * fewer neurons.
 *
 * @param features how many codes there are
 * @param weight k, 1 for the identity
 * @param field q, or the number of features for the identity
 */
@Reference(value = "Polynomial codes", standing = Standing.OURS)
record LineCodes(int features, int weight, int field) {
    /**
     * The codes of fewest neurons.
     *
     * @param active how many features are active at most, maybe none
     */
    static LineCodes of(int features, int active) {
        int weight = Math.max(1, active) + 1;
        int field = PolynomialCodes.primeFrom(Math.max(weight, (int) Math.ceil(Math.sqrt(features))));
        return (long) weight * field < features
                ? new LineCodes(features, weight, field)
                : new LineCodes(features, 1, features);
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
        int[] lines = RandomOrder.of(field * field, random);
        int[] members = new int[features * weight];
        for (int j = 0; j < features; j++) {
            int slope = lines[j] / field;
            int intercept = lines[j] % field;
            for (int x = 0; x < weight; x++) {
                members[j * weight + x] = x * field + (int) (((long) slope * x + intercept) % field);
            }
        }
        return Codes.ofWeight(neurons(), weight, members);
    }
}
