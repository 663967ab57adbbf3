package org.superpose.bounds;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.superpose.core.InvalidInputException;
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
public record CodeCollision(FeatureSet first, FeatureSet second) {
    /** The most inputs that are compared with one another: half a gigabyte of hashes. */
    public static final long MAX_INPUTS = 1L << 26;

    private static final int CANDIDATES = 64;
    private static final Seed HASH = new Seed(0x5eed).child("code-collision");

    /**
     * A collision, or empty if every input of the domain has a y_0 of its own. The answer is exact: a hash that is linear in y_0 finds
     * candidates, inputs with different hashes differ in y_0, and candidates are compared entry by entry.
     *
     * @param codes E, one code per feature of the domain
     * @throws InvalidInputException if the domain has more than {@link #MAX_INPUTS} inputs
     * @throws IllegalArgumentException if the codes do not fit the domain
     */
    public static Optional<CodeCollision> find(Codes codes, InputDomain domain) {
        if (codes.features() != domain.features()) {
            throw new IllegalArgumentException(
                    codes.features() + " codes do not fit a domain of " + domain.features() + " features");
        }
        BigInteger size = domain.size();
        if (size.compareTo(BigInteger.valueOf(MAX_INPUTS)) > 0) {
            throw new InvalidInputException("a domain of " + domain + " has " + size
                    + " inputs: whether all of them are told apart can be measured for at most " + MAX_INPUTS);
        }
        Hashes hashes = new Hashes(codes, domain);
        long[] sorted = new long[size.intValueExact()];
        hashes.forEach(new LongConsumer() {
            private int filled;

            @Override
            public void accept(long hash) {
                sorted[filled++] = hash;
            }
        });
        Arrays.sort(sorted);
        return firstAmong(sorted, codes, hashes);
    }

    private static Optional<CodeCollision> firstAmong(long[] sorted, Codes codes, Hashes hashes) {
        int position = 1;
        while (position < sorted.length) {
            Map<Long, List<FeatureSet>> candidates = new HashMap<>();
            for (; position < sorted.length && candidates.size() < CANDIDATES; position++) {
                if (sorted[position] == sorted[position - 1]) {
                    candidates.put(sorted[position], new ArrayList<>());
                }
            }
            if (!candidates.isEmpty()) {
                Optional<CodeCollision> collision = hashes.compare(candidates, codes);
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

    /** The hash of y_0, for every input in turn: the sum over its neurons of a random number per neuron, modulo 2^64. */
    private static final class Hashes {
        private final InputDomain domain;
        private final long[] hashOfCode;
        private final int[] active;

        Hashes(Codes codes, InputDomain domain) {
            this.domain = domain;
            this.active = new int[domain.maxActive()];
            RandomGenerator random = HASH.generator();
            long[] hashOfNeuron = random.longs(codes.neurons()).toArray();
            this.hashOfCode = new long[codes.features()];
            for (int j = 0; j < hashOfCode.length; j++) {
                for (int t = 0; t < codes.weight(j); t++) {
                    hashOfCode[j] += hashOfNeuron[codes.neuron(j, t)];
                }
            }
        }

        /** Hands over the hash of every input; while it does, {@link #active} holds the input. */
        void forEach(LongConsumer visitor) {
            extend(0, 0, visitor);
        }

        private int size;

        private void extend(int count, long hash, LongConsumer visitor) {
            size = count;
            visitor.accept(hash);
            if (count == active.length) {
                return;
            }
            for (int next = count == 0 ? 0 : active[count - 1] + 1; next < hashOfCode.length; next++) {
                if (domain.fits(active, count, next)) {
                    active[count] = next;
                    extend(count + 1, hash + hashOfCode[next], visitor);
                }
            }
        }

        /** Looks for two inputs with one of the given hashes and the same y_0. */
        Optional<CodeCollision> compare(Map<Long, List<FeatureSet>> candidates, Codes codes) {
            CodeCollision[] found = new CodeCollision[1];
            forEach(hash -> {
                if (found[0] == null && candidates.containsKey(hash)) {
                    FeatureSet input = FeatureSet.ofSorted(active, size);
                    List<FeatureSet> earlier = candidates.get(hash);
                    int[] sum = sum(codes, input);
                    earlier.stream()
                            .filter(other -> Arrays.equals(sum(codes, other), sum))
                            .findFirst()
                            .ifPresent(other -> found[0] = new CodeCollision(other, input));
                    earlier.add(input);
                }
            });
            return Optional.ofNullable(found[0]);
        }
    }
}
