package org.superpose.constructions.code;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * Random codes with balanced allocation and small overlaps (theory, section 5): one neuron in each of k equal blocks of
 * neurons, the least loaded of a few random candidates, and no two codes sharing more neurons than need be.
 *
 * <p>The bound on overlaps is the smallest that the neurons have room for. It matters: if r times the overlap is below
 * k, no code is covered by r others, and a feature whose code were covered by the codes that a gate reads could not be
 * kept apart from them by any channel.
 *
 * <p>Codes see nothing but their random stream and the codes drawn before them, never the gates.
 *
 * @param weight k, the number of neurons of each code
 * @param candidates random neurons of which the least loaded joins a code; 1 for no balancing
 * @param weightName what the weight is called in messages
 */
@Reference(value = "Balanced allocation", standing = Standing.OURS)
public record LowOverlapCodes(int weight, int candidates, String weightName) {
    /** Restarts of one code after which the overlap is held to be too small for the neurons. */
    private static final int RESTARTS = 200;

    /** Random neurons that are looked at for each candidate before a code is begun anew. */
    private static final int LOOKS = 16;

    /** The part of all codes of a bounded overlap that random drawing finds. */
    private static final double FILLING = 0.6;

    /** The largest table of shared subsets: beyond it, small overlaps are not worth the memory. */
    private static final long MAX_SUBSETS = 1L << 24;

    /** The most subsets of one code: beyond it, small overlaps are not worth the time. */
    private static final long MAX_SUBSETS_OF_A_CODE = 1L << 12;

    /**
     * Draws one code per feature.
     *
     * @param neurons n
     * @throws InvalidInputException if the neurons are fewer than the weight, or make too few codes for the features
     */
    public Codes draw(int features, int neurons, RandomGenerator random) {
        return draw(features, neurons, Optional.empty(), random);
    }

    /**
     * Draws one code per feature, such that features that one gate reads have disjoint codes: in the union of the codes
     * of the active features, which one block of a chain hands to the next, a shared neuron would count once only.
     *
     * @param neurons n
     * @param readers the gates that read the features
     * @throws InvalidInputException if the neurons are too few
     */
    public Codes drawApart(Gates readers, int neurons, RandomGenerator random) {
        return draw(readers.inputs(), neurons, Optional.of(readers), random);
    }

    private Codes draw(int features, int neurons, Optional<Gates> readers, RandomGenerator random) {
        Blocks.requireWidth(neurons, weightName, weight);
        for (int overlap = expectedOverlap(features, neurons, weight); overlap < weight; overlap++) {
            Optional<Codes> codes = draw(features, neurons, overlap, readers, random);
            if (codes.isPresent()) {
                return codes.get();
            }
        }
        throw new WidthTooSmallException("width " + neurons + " with " + weightName + " " + weight
                + " does not make enough codes for " + features
                + " features to have one each. Maybe take a larger width or "
                + weightName);
    }

    /** The most neurons that two codes share, unless too few codes of that overlap are found. */
    public static int expectedOverlap(int features, int neurons, int weight) {
        double block = Math.floor((double) neurons / weight);
        int overlap = Math.min(1, weight - 1);
        while (overlap < weight - 1
                && (features > FILLING * StrictMath.pow(block, overlap + 1.0)
                        || subsets(weight, overlap + 1) > Math.min(MAX_SUBSETS_OF_A_CODE, MAX_SUBSETS / features))) {
            overlap++;
        }
        return overlap;
    }

    /** C(k, size), roughly where it is beyond 2^53. */
    private static double subsets(int weight, int size) {
        double value = 1;
        for (int t = 1; t <= size; t++) {
            value = value * (weight - size + t) / t;
        }
        return value;
    }

    private Optional<Codes> draw(
            int features, int neurons, int overlap, Optional<Gates> readers, RandomGenerator random) {
        int[] members = new int[Math.multiplyExact(features, weight)];
        int[] loads = new int[neurons];
        Blocks blocks = new Blocks(neurons, weight);
        int[] code = new int[weight];
        SharedSubsets shared = new SharedSubsets(features, overlap + 1);
        boolean[] drawn = new boolean[features];
        boolean[] taken = new boolean[neurons];
        for (int j : order(features, readers)) {
            Arrays.fill(taken, false);
            readers.ifPresent(gates -> markPartners(gates, j, drawn, members, taken));
            int restarts = 0;
            while (!drawCode(code, blocks, loads, taken, shared, random)) {
                if (++restarts == RESTARTS) {
                    return Optional.empty();
                }
            }
            drawn[j] = true;
            shared.addAllOf(code);
            System.arraycopy(code, 0, members, j * weight, weight);
            for (int neuron : code) {
                loads[neuron]++;
            }
        }
        return Optional.of(Codes.ofWeight(neurons, weight, members));
    }

    /** Hubs first: it is easier for the many partners of a hub to find room beside it than for it beside them all. */
    private static int[] order(int features, Optional<Gates> readers) {
        return readers.map(gates -> IntStream.range(0, features)
                        .boxed()
                        .sorted(Comparator.comparingInt(j -> -gates.influence(j)))
                        .mapToInt(Integer::intValue)
                        .toArray())
                .orElseGet(() -> IntStream.range(0, features).toArray());
    }

    private void markPartners(Gates gates, int feature, boolean[] drawn, int[] members, boolean[] taken) {
        for (int t = 0; t < gates.influence(feature); t++) {
            int gate = gates.reader(feature, t);
            for (int u = 0; u < gates.fanIn(gate); u++) {
                int partner = gates.read(gate, u);
                for (int w = 0; drawn[partner] && w < weight; w++) {
                    taken[members[partner * weight + w]] = true;
                }
            }
        }
    }

    private boolean drawCode(
            int[] code, Blocks blocks, int[] loads, boolean[] taken, SharedSubsets shared, RandomGenerator random) {
        for (int block = 0; block < weight; block++) {
            int chosen = -1;
            int found = 0;
            for (int look = 0; look < LOOKS * candidates && found < candidates; look++) {
                int candidate = random.nextInt(blocks.start(block), blocks.start(block + 1));
                code[block] = candidate;
                if (!taken[candidate] && !shared.containsAnyThatEndAt(code, block)) {
                    found++;
                    chosen = chosen < 0 || loads[candidate] < loads[chosen] ? candidate : chosen;
                }
            }
            if (chosen < 0) {
                return false;
            }
            code[block] = chosen;
        }
        return true;
    }

    /** Fingerprints of all subsets of a size of the codes so far: two codes that share one overlap too much. */
    private final class SharedSubsets {
        private final int size;
        private final int[] positions;
        private final int[] table;

        SharedSubsets(int features, int size) {
            this.size = size;
            this.positions = new int[size];
            long entries = (long) (features * subsets(weight, size));
            this.table = new int[(int) (Long.highestOneBit(Math.max(8, entries)) << 2)];
        }

        /** Whether an earlier code has a subset of the code's neurons of which the one of this block is the last. */
        boolean containsAnyThatEndAt(int[] code, int block) {
            if (block + 1 < size) {
                return false;
            }
            firstSubset(block);
            do {
                if (table[place(code)] != 0) {
                    return true;
                }
            } while (nextSubset(block));
            return false;
        }

        void addAllOf(int[] code) {
            for (int block = size - 1; block < weight; block++) {
                firstSubset(block);
                do {
                    table[place(code)] = fingerprint(code);
                } while (nextSubset(block));
            }
        }

        private void firstSubset(int block) {
            for (int t = 0; t < size - 1; t++) {
                positions[t] = t;
            }
            positions[size - 1] = block;
        }

        private boolean nextSubset(int block) {
            int t = size - 2;
            while (t >= 0 && positions[t] == block - (size - 1) + t) {
                t--;
            }
            if (t < 0) {
                return false;
            }
            positions[t]++;
            for (int u = t + 1; u < size - 1; u++) {
                positions[u] = positions[u - 1] + 1;
            }
            return true;
        }

        /** Where the fingerprint of the present subset is, or the empty place where it belongs. */
        private int place(int[] code) {
            int fingerprint = fingerprint(code);
            int place = (int) (hash(code) >>> 36) & (table.length - 1);
            while (table[place] != 0 && table[place] != fingerprint) {
                place = (place + 1) & (table.length - 1);
            }
            return place;
        }

        private int fingerprint(int[] code) {
            return (int) hash(code) | 1; // 0 marks an empty place
        }

        private long hash(int[] code) {
            long hash = 1;
            for (int position : positions) {
                hash = (hash ^ code[position]) * 0x9e3779b97f4a7c15L;
                hash ^= hash >>> 29;
            }
            return hash;
        }
    }
}
