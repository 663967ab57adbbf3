package org.superpose.constructions.code;

import java.util.random.RandomGenerator;

/**
 * Draws row sets one after another so that the rows stay evenly loaded: one row per equal block, the least loaded of a
 * few random candidates (theory, section 5, balanced allocation). With one candidate the draw is uniform.
 *
 * <p>Mutable: it keeps the load of every row.
 */
public final class BalancedAllocation {
    /** The candidates per row that constructions use: two give nearly all of the gain, and four cost no more. */
    public static final int DEFAULT_CANDIDATES = 4;

    /**
     * The fewest rows of a block per candidate: where nearly every row is a candidate, sets would follow one another in
     * a fixed pattern.
     */
    private static final int ROWS_PER_CANDIDATE = 2;

    private final int candidates;
    private final int[] loads;

    /**
     * @param neurons n, the number of rows, at least 1
     * @param candidates how many random rows of a block compete for each place, at least 1; fewer do in blocks of fewer
     *     than two rows per candidate
     */
    public BalancedAllocation(int neurons, int candidates) {
        if (candidates < 1) {
            throw new IllegalArgumentException("candidates must be at least 1, not " + candidates);
        }
        this.candidates = candidates;
        this.loads = new int[neurons];
    }

    /**
     * Draws a set of {@code weight} distinct rows and counts it as a load of one on each of them.
     *
     * @return a fresh ascending array of length {@code weight}
     * @throws org.superpose.core.InvalidInputException if weight is not in 1..n
     */
    public int[] draw(int weight, RandomGenerator random) {
        Blocks blocks = new Blocks(loads.length, weight);
        int[] rows = new int[weight];
        draw(blocks, random, rows, 0);
        return rows;
    }

    void draw(Blocks blocks, RandomGenerator random, int[] into, int at) {
        for (int b = 0; b < blocks.weight(); b++) {
            int start = blocks.start(b);
            int size = blocks.size(b);
            int best = start + random.nextInt(size);
            int competing = Math.min(candidates, size / ROWS_PER_CANDIDATE);
            for (int c = 1; c < competing; c++) {
                int candidate = start + random.nextInt(size);
                if (loads[candidate] < loads[best]) {
                    best = candidate;
                }
            }
            loads[best]++;
            into[at + b] = best;
        }
    }
}
