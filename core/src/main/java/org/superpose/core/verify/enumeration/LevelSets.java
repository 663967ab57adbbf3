package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import java.util.Optional;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.verify.arithmetic.ExactModel;

/**
 * What single features add to the sums of the first layer, as bit sets over the features: for each neuron e and level l
 * the features j with (W_0 E(j))_e >= l. With them one operation on a word handles 64 candidates for the last active
 * feature.
 */
final class LevelSets {
    private final int words;
    private final int[] least;
    private final int[] most;
    private final int[] lowestLevel;
    private final int[] starts;
    private final long[] sets;

    private LevelSets(int words, int[] least, int[] most, int[] lowestLevel, int[] starts, long[] sets) {
        this.words = words;
        this.least = least;
        this.most = most;
        this.lowestLevel = lowestLevel;
        this.starts = starts;
        this.sets = sets;
    }

    /**
     * The least and the most that a single feature adds to each neuron of the first layer: [0] the least, [1] the most.
     */
    static int[][] extremes(ExactModel model) {
        int neurons = model.first().rows();
        int[] least = new int[neurons];
        int[] most = new int[neurons];
        Arrays.fill(least, Integer.MAX_VALUE);
        Arrays.fill(most, Integer.MIN_VALUE);
        int[] column = new int[neurons];
        for (int j = 0; j < model.features(); j++) {
            Arrays.fill(column, 0);
            model.addFeature(j, column);
            for (int e = 0; e < neurons; e++) {
                least[e] = Math.min(least[e], column[e]);
                most[e] = Math.max(most[e], column[e]);
            }
        }
        return new int[][] {least, most};
    }

    /**
     * The sets of the levels lowestLevel[e]..most[e] of each neuron.
     *
     * @param lowestLevel above the least that a feature adds; above {@code most} for a neuron without sets
     * @param maxWords the most memory to spend; empty if that is not enough
     */
    static Optional<LevelSets> of(ExactModel model, int[] least, int[] most, int[] lowestLevel, long maxWords) {
        int features = model.features();
        int words = Kernel.paddedWords(features);
        int[] starts = new int[least.length];
        long needed = 0;
        for (int e = 0; e < least.length; e++) {
            starts[e] = (int) needed;
            needed += Math.max(0L, (long) most[e] - lowestLevel[e] + 1) * words;
            if (needed > Math.min(maxWords, Integer.MAX_VALUE - 16)) {
                return Optional.empty();
            }
        }
        long[] sets = new long[(int) needed];
        int[] column = new int[least.length];
        for (int j = 0; j < features; j++) {
            Arrays.fill(column, 0);
            model.addFeature(j, column);
            for (int e = 0; e < column.length; e++) {
                for (int level = lowestLevel[e]; level <= column[e]; level++) {
                    sets[starts[e] + (level - lowestLevel[e]) * words + j / Long.SIZE] |= 1L << j;
                }
            }
        }
        return Optional.of(new LevelSets(words, least, most, lowestLevel, starts, sets));
    }

    /** The words of all sets. */
    long[] sets() {
        return sets;
    }

    /** Where the set of a level begins, lowestLevel <= level <= most. */
    int start(int neuron, int level) {
        return starts[neuron] + (level - lowestLevel[neuron]) * words;
    }

    int lowestLevel(int neuron) {
        return lowestLevel[neuron];
    }

    /** The least that a single feature adds to a neuron. */
    int least(int neuron) {
        return least[neuron];
    }

    /** The most that a single feature adds to a neuron. */
    int most(int neuron) {
        return most[neuron];
    }
}
