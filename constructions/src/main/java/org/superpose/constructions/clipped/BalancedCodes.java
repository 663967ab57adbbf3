package org.superpose.constructions.clipped;

import java.util.random.RandomGenerator;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.Codes;

/**
 * Random codes with balanced allocation and bounded overlap (theory, section 5): one neuron in each of k equal blocks of neurons,
 * the least loaded of a few random candidates.
 *
 * <p>No two codes share more than {@code overlap} neurons, as far as the number of neurons allows. With r overlap < k no code is covered
 * by r others; a feature whose code were covered by the codes that a gate reads could not be kept apart from them by any channel.
 *
 * <p>Codes see nothing but their random stream and the codes drawn before them, never the gates.
 *
 * @param weight k, the number of neurons of each code
 * @param overlap the number of neurons that two codes may share, 0..k-1; with k-1 codes are distinct and no more
 * @param candidates random neurons looked at for each neuron of a code; 1 for no balancing
 * @param weightName what the weight is called in messages
 */
record BalancedCodes(int weight, int overlap, int candidates, String weightName) {
    /** So often a code is drawn anew before one is accepted that overlaps too much. */
    private static final int TRIES = 1000;

    /** A table of shared subsets beyond this size costs more memory than the bounded overlap is worth: then codes are distinct only. */
    private static final long MAX_SUBSETS = 1L << 25;

    /**
     * Draws one code per feature.
     *
     * @param neurons n
     * @throws InvalidInputException if the neurons are fewer than the weight, or make fewer codes than there are features
     */
    Codes draw(int features, int neurons, RandomGenerator random) {
        requireEnoughCodes(features, neurons);
        int[] members = new int[Math.multiplyExact(features, weight)];
        int[] loads = new int[neurons];
        int[] code = new int[weight];
        SubsetTable seen = new SubsetTable(features);
        for (int j = 0; j < features; j++) {
            int tries = 0;
            do {
                for (int block = 0; block < weight; block++) {
                    int from = blockStart(block, neurons);
                    int to = blockStart(block + 1, neurons);
                    code[block] = leastLoaded(loads, from, to, random);
                }
            } while (seen.containsAnyOf(code) && ++tries < TRIES);
            seen.addAllOf(code);
            System.arraycopy(code, 0, members, j * weight, weight);
            for (int neuron : code) {
                loads[neuron]++;
            }
        }
        return Codes.ofWeight(neurons, weight, members);
    }

    private void requireEnoughCodes(int features, int neurons) {
        if (neurons < weight) {
            throw new InvalidInputException("width " + neurons + " is too small for " + weightName + " " + weight
                    + ": width must be at least " + weightName);
        }
        double codes = 1;
        for (int block = 0; block < weight; block++) {
            codes *= blockStart(block + 1, neurons) - blockStart(block, neurons);
        }
        if (codes < features) {
            throw new InvalidInputException("width " + neurons + " with " + weightName + " " + weight + " makes only "
                    + (long) codes + " codes, but " + features
                    + " features need one each. Maybe take a larger width or " + weightName);
        }
    }

    private int leastLoaded(int[] loads, int from, int to, RandomGenerator random) {
        int chosen = random.nextInt(from, to);
        for (int t = 1; t < candidates; t++) {
            int candidate = random.nextInt(from, to);
            if (loads[candidate] < loads[chosen]) {
                chosen = candidate;
            }
        }
        return chosen;
    }

    private int blockStart(int block, int neurons) {
        return (int) ((long) block * neurons / weight);
    }

    /** 64-bit fingerprints of all subsets of overlap + 1 neurons of the codes so far: two codes that share one overlap too much. */
    private final class SubsetTable {
        private final int[] positions;
        private final long[] table;

        SubsetTable(int features) {
            double subsets = features * binomial(weight, overlap + 1);
            int size = subsets <= MAX_SUBSETS ? overlap + 1 : weight;
            long entries = subsets <= MAX_SUBSETS ? (long) subsets : features;
            this.positions = new int[size];
            this.table = new long[(int) (Long.highestOneBit(Math.max(8, entries)) << 2)];
        }

        private static double binomial(int n, int k) {
            double value = 1;
            for (int t = 1; t <= k; t++) {
                value = value * (n - k + t) / t;
            }
            return Math.rint(value);
        }

        boolean containsAnyOf(int[] code) {
            firstSubset();
            do {
                if (table[place(code)] != 0) {
                    return true;
                }
            } while (nextSubset());
            return false;
        }

        void addAllOf(int[] code) {
            firstSubset();
            do {
                table[place(code)] = fingerprint(code);
            } while (nextSubset());
        }

        private void firstSubset() {
            for (int t = 0; t < positions.length; t++) {
                positions[t] = t;
            }
        }

        private boolean nextSubset() {
            int t = positions.length - 1;
            while (t >= 0 && positions[t] == weight - positions.length + t) {
                t--;
            }
            if (t < 0) {
                return false;
            }
            positions[t]++;
            for (int u = t + 1; u < positions.length; u++) {
                positions[u] = positions[u - 1] + 1;
            }
            return true;
        }

        /** Where the fingerprint of the present subset is, or the empty place where it belongs. */
        private int place(int[] code) {
            long fingerprint = fingerprint(code);
            int place = (int) (fingerprint >>> 24) & (table.length - 1);
            while (table[place] != 0 && table[place] != fingerprint) {
                place = (place + 1) & (table.length - 1);
            }
            return place;
        }

        private long fingerprint(int[] code) {
            long fingerprint = 1;
            for (int position : positions) {
                fingerprint = (fingerprint ^ code[position]) * 0x9e3779b97f4a7c15L;
                fingerprint ^= fingerprint >>> 29;
            }
            return fingerprint | 1; // 0 marks an empty place
        }
    }
}
