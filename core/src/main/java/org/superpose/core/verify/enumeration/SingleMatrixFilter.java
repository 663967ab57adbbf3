package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import java.util.Optional;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.arithmetic.ExactModel;

/**
 * Judges all candidates for the last active feature at once, for networks with a single matrix whose outputs are on iff
 * every row of a code is: clipped permutations and networks with dedicated neurons. The candidates that turn an output
 * on are the intersection of one level set for each of its rows; they must be those that turn the gate on.
 */
final class SingleMatrixFilter {
    /** The widest range of sums of a neuron. */
    private static final int MAX_RANGE = 512;
    /** In the place of a sum: none is large enough. */
    private static final int NEVER = 1 << 30;

    private final ExactModel model;
    private final Gates gates;
    private final LevelSets levels;
    /** For each output, row by row of its code, the least sum of the first layer that turns the row on. */
    private final int[][] turningPoints;

    private SingleMatrixFilter(ExactModel model, Gates gates, LevelSets levels, int[][] turningPoints) {
        this.model = model;
        this.gates = gates;
        this.levels = levels;
        this.turningPoints = turningPoints;
    }

    /**
     * The filter, or empty if the network does not have the form, a row is not monotone, or the bit sets take too much
     * memory.
     */
    static Optional<SingleMatrixFilter> of(ExactModel model, ProblemInstance instance, long maxWords) {
        Decoder decoder = model.decoder();
        if (model.secondMatrix() != model.stages().size() || instance.isLayered() || !decoder.isByRow()) {
            return Optional.empty();
        }
        int maxActive = instance.maxActive();
        int[][] extremes = LevelSets.extremes(model);
        int[] lowestLevel = new int[model.first().rows()];
        Arrays.fill(lowestLevel, NEVER);
        int[][] turningPoints = new int[decoder.outputs()][];
        Codes codes = decoder.codes();
        for (int i = 0; i < turningPoints.length; i++) {
            turningPoints[i] = new int[codes.weight(i)];
            for (int t = 0; t < turningPoints[i].length; t++) {
                int f = codes.neuron(i, t);
                int bias = model.first().bias()[f];
                long lowest = bias + (long) maxActive * Math.min(0, extremes[0][f]);
                long highest = bias + (long) maxActive * Math.max(0, extremes[1][f]);
                if (highest - lowest >= MAX_RANGE) {
                    return Optional.empty();
                }
                int point = turningPoint(model, f, (int) lowest, (int) highest, decoder.threshold(i));
                if (point == Integer.MIN_VALUE) {
                    return Optional.empty();
                }
                turningPoints[i][t] = point;
                if (point != NEVER) {
                    int highestBefore = bias + (maxActive - 1) * extremes[1][f];
                    lowestLevel[f] = Math.min(lowestLevel[f], Math.max(extremes[0][f] + 1, point - highestBefore));
                }
            }
        }
        return LevelSets.of(model, extremes[0], extremes[1], lowestLevel, maxWords)
                .map(levels -> new SingleMatrixFilter(model, instance.gates(), levels, turningPoints));
    }

    /**
     * The least sum that turns a row on, {@link #NEVER} if there is none, Integer.MIN_VALUE if a larger one turns it
     * off again.
     */
    private static int turningPoint(ExactModel model, int neuron, int lowest, int highest, float threshold) {
        int point = NEVER;
        for (int z = lowest; z <= highest; z++) {
            boolean on = model.valueAfterDiagonals(neuron, z) >= threshold;
            if (on && point == NEVER) {
                point = z;
            } else if (!on && point != NEVER) {
                return Integer.MIN_VALUE;
            }
        }
        return point;
    }

    /** Buffers of one thread. */
    final class Scan {
        private final int[] starts = new int
                [Arrays.stream(turningPoints)
                        .mapToInt(rows -> rows.length)
                        .max()
                        .orElse(0)];
        private final long[] got = new long[Kernel.paddedWords(gates.inputs())];

        /**
         * Finds the candidates for which some output is wrong.
         *
         * @param active the features before the last, and how often each gate reads one of them
         * @param sums of the first layer for these
         * @param candidates a bit set; only the words from..to-1 are not zero
         * @param wrong the words from..to-1 are overwritten
         */
        void wrong(ActiveGates active, int[] sums, long[] candidates, int from, int to, long[] wrong) {
            Arrays.fill(wrong, from, to, 0);
            for (int i = 0; i < turningPoints.length; i++) {
                int sum = active.sum(i);
                boolean expected = gates.isOn(i, sum);
                boolean symmetric = gates.function(i).isSymmetric();
                boolean readersFlip = !symmetric || gates.isOn(i, sum + 1) != expected;
                int sets = gather(i, sums);
                boolean any =
                        sets == 0 || sets > 0 && model.kernel().intersect(levels.sets(), starts, sets, from, to, got);
                if (!any && !expected && !readersFlip) {
                    continue; // off for every candidate, as it should be
                }
                if (!any || sets == 0) {
                    Arrays.fill(got, from, to, any ? -1L : 0L);
                }
                if (expected) {
                    for (int w = from; w < to; w++) {
                        got[w] = ~got[w];
                    }
                }
                if (readersFlip) {
                    for (int s = 0; s < gates.fanIn(i); s++) {
                        if (symmetric || gates.isOn(i, sum + gates.function(i).step(s)) != expected) {
                            flip(gates.read(i, s), from, to);
                        }
                    }
                }
                for (int w = from; w < to; w++) {
                    wrong[w] |= got[w] & candidates[w];
                }
            }
        }

        /** The level sets whose intersection turns an output on: 0 if every candidate does, -1 if none. */
        private int gather(int output, int[] sums) {
            Codes codes = model.decoder().codes();
            int[] points = turningPoints[output];
            int sets = 0;
            for (int t = 0; t < points.length; t++) {
                int f = codes.neuron(output, t);
                int level = points[t] - sums[f];
                if (level > levels.most(f)) {
                    return -1;
                }
                if (level > levels.least(f)) {
                    starts[sets++] = levels.start(f, level);
                }
            }
            return sets;
        }

        /** A read of the gate that joins changes it; those that are active already are no candidates. */
        private void flip(int feature, int from, int to) {
            int w = feature / Long.SIZE;
            if (from <= w && w < to) {
                got[w] ^= 1L << feature;
            }
        }
    }
}
