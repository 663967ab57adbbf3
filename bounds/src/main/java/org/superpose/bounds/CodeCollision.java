package org.superpose.bounds;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.random.Seed;

/**
 * Two inputs that the codes cannot tell apart: they have the same y_0 = E x.
 *
 * @param first an input
 * @param second another one with the same sum of codes
 */
@Reference(value = "Representing and computing", standing = Standing.ATTESTED)
public record CodeCollision(FeatureSet first, FeatureSet second) {
    /** The most inputs that are compared with one another: half a gigabyte of hashes. */
    public static final long MAX_INPUTS = 1L << 26;

    /** Hashes that occur twice and are looked into together. */
    private static final int CANDIDATES = 64;

    private static final Seed HASH = new Seed(0x5eed).child("code-collision");

    /**
     * A collision, or empty if every input of the domain has a y_0 of its own. The answer is exact: a hash that is
     * linear in y_0 finds candidates, inputs with different hashes differ in y_0, and candidates are compared entry by
     * entry.
     *
     * @param codes E, one code per feature of the domain
     * @throws InvalidInputException if the domain has more than {@link #MAX_INPUTS} inputs
     * @throws IllegalArgumentException if the codes do not fit the domain
     */
    public static Optional<CodeCollision> find(Codes codes, InputDomain domain) {
        return find(codes, domain, HASH.generator().longs(codes.neurons()).toArray());
    }

    /** The same with a given hash; a bad one makes more candidates to compare, but no other answer. */
    static Optional<CodeCollision> find(Codes codes, InputDomain domain, long[] hashOfNeuron) {
        if (codes.features() != domain.features()) {
            throw new IllegalArgumentException(
                    codes.features() + " codes do not fit a domain of " + domain.features() + " features");
        }
        BigInteger size = domain.size();
        if (size.compareTo(BigInteger.valueOf(MAX_INPUTS)) > 0) {
            throw new InvalidInputException("a domain of " + domain + " has " + size
                    + " inputs: whether all of them are told apart can be measured for at most " + MAX_INPUTS);
        }
        Hashes hashes = new Hashes(codes, domain, hashOfNeuron);
        long[] sorted = new long[size.intValueExact()];
        int[] filled = new int[1];
        hashes.forEach(hash -> {
            sorted[filled[0]++] = hash;
            return true;
        });
        Arrays.parallelSort(sorted);
        return firstAmong(sorted, codes, hashes);
    }

    private static Optional<CodeCollision> firstAmong(long[] sorted, Codes codes, Hashes hashes) {
        int position = 1;
        while (position < sorted.length) {
            long[] candidates = new long[CANDIDATES];
            int count = 0;
            for (; position < sorted.length && count < CANDIDATES; position++) {
                if (sorted[position] == sorted[position - 1]
                        && (count == 0 || candidates[count - 1] != sorted[position])) {
                    candidates[count++] = sorted[position];
                }
            }
            if (count > 0) {
                Optional<CodeCollision> collision = hashes.compare(Arrays.copyOf(candidates, count), codes);
                if (collision.isPresent()) {
                    return collision;
                }
            }
        }
        return Optional.empty();
    }

    /** y_0, by definition. */
    private static int[] sum(Codes codes, FeatureSet active) {
        int[] sum = new int[codes.neurons()];
        for (int feature : active.toArray()) {
            for (int neuron : codes.code(feature)) {
                sum[neuron]++;
            }
        }
        return sum;
    }

    /**
     * The hash of y_0, for every input in turn: the sum over its neurons of a random number per neuron, modulo 2^64.
     */
    private static final class Hashes {
        private final InputDomain domain;
        private final long[] hashOfCode;
        private final int[] active;
        private int size;

        Hashes(Codes codes, InputDomain domain, long[] hashOfNeuron) {
            this.domain = domain;
            this.active = new int[domain.maxActive()];
            this.hashOfCode = new long[codes.features()];
            for (int j = 0; j < hashOfCode.length; j++) {
                for (int t = 0; t < codes.weight(j); t++) {
                    hashOfCode[j] += hashOfNeuron[codes.neuron(j, t)];
                }
            }
        }

        /**
         * Hands over the hash of every input in turn, until the visitor returns false; while it does, the first
         * {@link #size} entries of {@link #active} are the input.
         */
        void forEach(LongPredicate visitor) {
            extend(0, 0, visitor);
        }

        private boolean extend(int count, long hash, LongPredicate visitor) {
            size = count;
            if (!visitor.test(hash)) {
                return false;
            }
            int from = count == 0 ? 0 : active[count - 1] + 1;
            for (int next = from; count < active.length && next < hashOfCode.length; next++) {
                if (domain.fits(active, count, next)) {
                    active[count] = next;
                    if (!extend(count + 1, hash + hashOfCode[next], visitor)) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** Looks for two inputs with one of the given hashes, in ascending order, and the same y_0. */
        Optional<CodeCollision> compare(long[] candidates, Codes codes) {
            Map<Long, List<FeatureSet>> earlier = new HashMap<>();
            CodeCollision[] found = new CodeCollision[1];
            forEach(hash -> {
                if (Arrays.binarySearch(candidates, hash) >= 0) {
                    FeatureSet input = FeatureSet.ofSorted(active, size);
                    List<FeatureSet> alike = earlier.computeIfAbsent(hash, unseen -> new ArrayList<>());
                    int[] sum = sum(codes, input);
                    alike.stream()
                            .filter(other -> Arrays.equals(sum(codes, other), sum))
                            .findFirst()
                            .ifPresent(other -> found[0] = new CodeCollision(other, input));
                    alike.add(input);
                }
                return found[0] == null;
            });
            return Optional.ofNullable(found[0]);
        }
    }
}
