package org.superpose.constructions.code;

import java.util.random.RandomGenerator;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.Codes;
import org.superpose.core.random.Seed;

/**
 * How the codes of many features are drawn: from a seed alone, never from the gates (theory, section 1). Every code
 * takes one row of each of k equal blocks.
 */
public enum CodeDrawing {
    /** Every row uniform in its block, independent of all others. */
    UNIFORM(1),
    /** Every row the least loaded of a few random candidates in its block (theory, section 5). */
    BALANCED(BalancedAllocation.DEFAULT_CANDIDATES);

    /** The smallest weight that is chosen: below it, codes or channels that share a third of their rows are common. */
    private static final int LEAST = 12;

    private final int candidates;

    CodeDrawing(int candidates) {
        this.candidates = candidates;
    }

    /**
     * A weight where none was given: factor x log2(features), but at least {@value #LEAST} rows, and never more than a
     * 24th of the width.
     */
    public static int weight(double factor, int features, int width) {
        int wanted = (int) Math.round(factor * Math.log(Math.max(2, features)) / Math.log(2));
        return Math.max(1, Math.min(Math.max(LEAST, wanted), width / 24));
    }

    /**
     * Draws the codes of all features.
     *
     * @param features m, at least 1
     * @param weight k, 1..neurons
     * @param neurons n
     * @param seed the only source of randomness
     * @throws InvalidInputException if weight is not in 1..neurons, or all codes together have 2^31 entries or more
     */
    public Codes draw(int features, int weight, int neurons, Seed seed) {
        if ((long) features * weight > Integer.MAX_VALUE) {
            throw new InvalidInputException(features + " codes of weight " + weight
                    + " are too many: features times code-weight must be below 2^31");
        }
        Blocks blocks = new Blocks(neurons, weight);
        BalancedAllocation allocation = new BalancedAllocation(neurons, candidates);
        RandomGenerator random = seed.generator();
        int[] members = new int[features * weight];
        // Codes drawn one after the other avoid each other's rows; in random order that
        // falls on no features in particular.
        for (int j : RandomOrder.of(features, random)) {
            allocation.draw(blocks, random, members, j * weight);
        }
        return Codes.ofWeight(neurons, weight, members);
    }
}
