package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import java.util.Optional;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.verify.arithmetic.RoundedModel;

/**
 * Finds, among all candidates for the last active feature at once, those with which any neuron of the first layer may
 * fire, for networks whose float32 arithmetic rounds; all others leave the first layer silent.
 *
 * <p>What features add to a neuron is sorted into levels, each a bit set of the features above it. For a sum z of the
 * features before the last, the last one fires the neuron only if it adds more than what z lacks, so it is in the set
 * of the highest level that is not above that. Rounding is monotone: a float32 sum above a bound has an exact sum above
 * it.
 */
final class FirstLayerFilter {
    /** Levels of each neuron. */
    private static final int LEVELS = 16;

    private final RoundedModel model;
    private final Kernel kernel;
    private final int words;
    /** The least and most that a feature adds to a neuron, and the levels in equal steps between. */
    private final float[] lowest;

    private final float[] highest;
    private final long[] sets;

    private FirstLayerFilter(
            RoundedModel model, Kernel kernel, int words, float[] lowest, float[] highest, long[] sets) {
        this.model = model;
        this.kernel = kernel;
        this.words = words;
        this.lowest = lowest;
        this.highest = highest;
        this.sets = sets;
    }

    /**
     * The filter, or empty if it would take more than {@code maxWords} words or features have no precomputed columns.
     */
    static Optional<FirstLayerFilter> of(RoundedModel model, Kernel kernel, int maxActive, long maxWords) {
        int features = model.features();
        int words = Kernel.paddedWords(features);
        float[] bias = model.firstBias();
        long needed = (long) bias.length * LEVELS * words;
        if (!model.hasFeatureColumns() || needed > Math.min(maxWords, Integer.MAX_VALUE - 16)) {
            return Optional.empty();
        }
        float[] least = new float[bias.length];
        float[] most = new float[bias.length];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(most, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < features; j++) {
            float[] column = model.featureColumn(j, null);
            for (int e = 0; e < column.length; e++) {
                least[e] = Math.min(least[e], column[e]);
                most[e] = Math.max(most[e], column[e]);
            }
        }
        float[] lowest = new float[bias.length];
        for (int e = 0; e < lowest.length; e++) {
            // Features before the last lack at least this much, up to rounding; levels below would be wasted.
            double slack = 1e-3 * ((double) most[e] - least[e]);
            double leastLack = (double) model.silenceBound() - bias[e] - (maxActive - 1) * (double) most[e] - slack;
            lowest[e] = (float) Math.min(most[e], Math.max(least[e], leastLack));
        }
        long[] sets = new long[(int) needed];
        for (int j = 0; j < features; j++) {
            float[] column = model.featureColumn(j, null);
            for (int e = 0; e < column.length; e++) {
                for (int level = 0; level < LEVELS && column[e] > level(lowest[e], most[e], level); level++) {
                    sets[(e * LEVELS + level) * words + j / Long.SIZE] |= 1L << j;
                }
            }
        }
        return Optional.of(new FirstLayerFilter(model, kernel, words, lowest, most, sets));
    }

    private static float level(float lowest, float highest, int level) {
        return lowest + (highest - lowest) * level / LEVELS;
    }

    /** Buffers of one thread. */
    final class Scan {
        private final int[] open = new int[lowest.length];
        private final int[] starts = new int[lowest.length];
        private int openCount;

        /**
         * Finds the features with which the first layer may not stay silent when they come last.
         *
         * @param sums of the first layer, for the v - 1 features before the last
         * @param firing the words from..to-1 are overwritten, by a superset of these features
         */
        void firing(float[] sums, int from, int to, long[] firing) {
            openCount = kernel.collectSumsAbove(sums, highest, model.silenceBound(), open);
            for (int s = 0; s < openCount; s++) {
                int e = open[s];
                double lack = Math.nextDown((double) model.silenceBound() - sums[e]);
                int level = levelBelow(e, lack);
                if (level < 0) {
                    Arrays.fill(firing, from, to, -1L);
                    return;
                }
                starts[s] = (e * LEVELS + level) * words;
            }
            kernel.reach(sets, starts, openCount, from, to, 1, firing);
        }

        /** The highest level that is not above a value, or -1. */
        private int levelBelow(int neuron, double value) {
            float low = lowest[neuron];
            float high = highest[neuron];
            int level =
                    high > low ? (int) Math.min(LEVELS - 1, Math.max(-1, (value - low) / (high - low) * LEVELS)) : 0;
            // The division only guesses; what counts is the comparison with the level as it was built.
            while (level >= 0 && level(low, high, level) > value) {
                level--;
            }
            return level;
        }

        /** The neurons that may fire with one more feature, after {@link #firing} was asked for the same sums. */
        int collect(float[] sums, float[] column, int[] rows) {
            int count = 0;
            for (int s = 0; s < openCount; s++) {
                int e = open[s];
                if (sums[e] + column[e] > model.silenceBound()) {
                    rows[count++] = e;
                }
            }
            return count;
        }
    }
}
