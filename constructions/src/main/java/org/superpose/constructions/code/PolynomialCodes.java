package org.superpose.constructions.code;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.network.Codes;

/**
 * Codes of guaranteed overlap (Reed-Solomon, Kautz and Singleton): a code is a polynomial of degree below t over the
 * field of q elements, q a prime, and its neuron in block x is the polynomial's value at x; two codes share at most t -
 * 1 neurons (theory, section 5).
 *
 * <p>A block has B = n / k neurons, so only polynomials with all k values below B count. Of those, each code is the one
 * of a few random ones whose neurons are the least loaded. The gates are never seen.
 *
 * @param weight k, the number of blocks, at least 1
 */
@Reference(value = "Polynomial codes", standing = Standing.OURS)
public record PolynomialCodes(int weight) {
    /** The largest t. */
    private static final int MOST_COEFFICIENTS = 4;
    /** Random polynomials of which the least loaded becomes a code. */
    private static final int CANDIDATES = 24;
    /** Polynomials per feature that there have to be, so that drawing at random finds enough of them. */
    private static final double SPARE = 1.05;
    /** Draws after which a code is given up. */
    private static final int LOOKS = 20_000;

    /**
     * Draws one code per feature, of the smallest overlap that the neurons have room for.
     *
     * @throws WidthTooSmallException if even overlaps of 3 make too few codes
     */
    public Codes draw(int features, int neurons, RandomGenerator random) {
        int block = neurons / weight;
        int prime = primeFrom(Math.max(block, weight));
        for (int coefficients = Math.min(2, weight);
                coefficients <= Math.min(MOST_COEFFICIENTS, weight);
                coefficients++) {
            if (expected(prime, block, coefficients) < SPARE * features) {
                continue;
            }
            Optional<Codes> codes = draw(features, neurons, prime, coefficients, random);
            if (codes.isPresent()) {
                return codes.get();
            }
        }
        throw new WidthTooSmallException("width " + neurons + " has too few polynomial codes of weight " + weight
                + " for " + features + " features. Maybe take a larger width");
    }

    /** About how many polynomials keep within the blocks. */
    private double expected(int prime, int block, int coefficients) {
        double words = 1;
        for (int t = 0; t < coefficients; t++) {
            words *= prime;
        }
        for (int x = 0; x < weight; x++) {
            words *= Math.min(1, (double) block / prime);
        }
        return words;
    }

    private Optional<Codes> draw(int features, int neurons, int prime, int coefficients, RandomGenerator random) {
        int block = neurons / weight;
        int[] members = new int[Math.multiplyExact(features, weight)];
        int[] loads = new int[neurons];
        Set<Long> taken = new HashSet<>();
        int[] code = new int[weight];
        int[] best = new int[weight];
        for (int j = 0; j < features; j++) {
            long bestName = -1;
            long leastLoad = Long.MAX_VALUE;
            int found = 0;
            for (int look = 0; look < LOOKS && found < CANDIDATES; look++) {
                long name = drawPolynomial(code, prime, coefficients, random);
                if (name < 0 || !within(code, block) || taken.contains(name)) {
                    continue;
                }
                found++;
                long load = 0;
                for (int x = 0; x < weight; x++) {
                    long own = loads[x * block + code[x]];
                    load += own * own;
                }
                if (load < leastLoad) {
                    leastLoad = load;
                    bestName = name;
                    System.arraycopy(code, 0, best, 0, weight);
                }
            }
            if (bestName < 0) {
                return Optional.empty();
            }
            taken.add(bestName);
            for (int x = 0; x < weight; x++) {
                int neuron = x * block + best[x];
                members[j * weight + x] = neuron;
                loads[neuron]++;
            }
        }
        return Optional.of(Codes.ofWeight(neurons, weight, members));
    }

    /**
     * Fills in the values of a random polynomial at 0, 1, ..., k - 1, and returns the number that its coefficients
     * spell.
     */
    private long drawPolynomial(int[] values, int prime, int coefficients, RandomGenerator random) {
        Arrays.fill(values, 0);
        long name = 0;
        for (int t = 0; t < coefficients; t++) {
            int coefficient = random.nextInt(prime);
            name = name * prime + coefficient;
            for (int x = 0; x < weight; x++) {
                values[x] = (int) (((long) values[x] * x + coefficient) % prime);
            }
        }
        return name;
    }

    private static boolean within(int[] values, int block) {
        for (int value : values) {
            if (value >= block) {
                return false;
            }
        }
        return true;
    }

    /** The smallest prime that is at least so large. */
    public static int primeFrom(int least) {
        int candidate = Math.max(2, least);
        while (!isPrime(candidate)) {
            candidate++;
        }
        return candidate;
    }

    private static boolean isPrime(int number) {
        for (int d = 2; (long) d * d <= number; d++) {
            if (number % d == 0) {
                return false;
            }
        }
        return true;
    }
}
