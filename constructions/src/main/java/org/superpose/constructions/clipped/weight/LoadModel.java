package org.superpose.constructions.clipped.weight;

import org.superpose.constructions.clipped.channel.ChannelAllocation;
import org.superpose.constructions.code.LowOverlapCodes;

/**
 * Expected errors of a two-matrix clipped network before any resampling, from the loads of theory, section 5: rows and
 * entries are taken as independent, with the densities that {@link ChannelAllocation} reaches.
 *
 * @param width n
 * @param inputs m
 * @param outputs m'
 * @param fanIn r
 * @param maxActive v
 * @param clean whether each stray output row counts as an error, because another block follows
 */
public record LoadModel(int width, int inputs, int outputs, int fanIn, int maxActive, boolean clean)
        implements ClippedWeights.CostModel {
    /** The part of the load of random channels that allocation leaves in W_0, measured for 1024 to 65536 outputs. */
    private static final double FIRST_LOAD = 0.47;

    /** The same for W_1. */
    private static final double SECOND_LOAD = 0.75;

    /** The most shared neurons that are summed over. */
    private static final int MOST_SHARED = 12;

    /** The most rows that fire by chance that are summed over. */
    private static final int MOST_ROWS = 40;

    @Override
    public boolean hasChannels() {
        return true;
    }

    @Override
    public double expectedErrors(ClippedWeights weights) {
        int k = weights.code();
        int s = weights.channel();
        int o = weights.outputCode();
        double n = width;
        if (s > width
                || !ClippedWeights.CostModel.hasRoom(width, k, inputs)
                || !ClippedWeights.CostModel.hasRoom(width, o, outputs)) {
            return Double.POSITIVE_INFINITY;
        }
        int extra = Math.max(0, maxActive - fanIn);
        double firstDensity = 1 - StrictMath.exp(-FIRST_LOAD * fanIn * outputs * s * k / (n * n));
        double secondDensity = 1 - StrictMath.exp(-SECOND_LOAD * outputs * s * o / (n * n));
        // Where influence is high, partners share rows: two partners of many features meet in about s rows.
        double member = StrictMath.pow(firstDensity, k)
                + Math.min((double) fanIn * outputs * s / (n * inputs), Math.sqrt(s / n));
        // The chance that any other row fires.
        double random = Math.min(
                1,
                Chance.atLeast((fanIn + extra) * k, firstDensity, fanIn * k)
                        + Chance.binomial(fanIn + extra, fanIn) * StrictMath.pow(member, fanIn));
        double others = n * random;
        if (others > MOST_ROWS / 2.0) {
            return Double.POSITIVE_INFINITY; // far too full, and beyond the sums below
        }

        double[][] on = Chance.allRead(s, clean ? 1 : o, secondDensity, MOST_ROWS + s);
        double victims = clean ? width : outputs;
        double[] chance = Chance.poisson(others, MOST_ROWS);
        double nearMisses = 0;
        double besideTrue = 0;
        double anywhere = 0;
        // The rows of a gate's channel fire though one feature of the gate is missing. The extra + 1 others make up for
        // it the more easily, the more neurons they share with the codes that the gate reads, which all rows contain.
        int substitutes = extra + 1;
        int mostShared = Math.min(
                Math.min(k - 1, MOST_SHARED), substitutes * fanIn * LowOverlapCodes.expectedOverlap(inputs, width, k));
        for (int shared = 0; shared <= mostShared; shared++) {
            double sharing = Chance.exactly(substitutes * k, Math.min(1, fanIn * k / n), shared);
            double replaced = Math.min(
                    1, Chance.atLeast(substitutes * k - shared, firstDensity, k - shared) + substitutes * member);
            for (int fired = 0; fired <= s; fired++) {
                double firing = sharing * Chance.exactly(s, replaced, fired);
                for (int u = 0; u <= MOST_ROWS; u++) {
                    nearMisses += firing * chance[u] * on[u][s - fired];
                }
            }
        }
        for (int u = 0; u <= MOST_ROWS; u++) {
            besideTrue += chance[u] * on[s + u][s];
            anywhere += chance[u] * on[u][s];
        }
        return outputs * (double) fanIn * Chance.binomial(inputs, extra + 1) * nearMisses
                + outputs * victims * Chance.binomial(inputs, extra) * besideTrue
                + victims * Chance.binomial(inputs, fanIn + extra) * anywhere
                + covered(k);
    }

    /** Features whose codes the codes of a gate cover, which nothing can mend, unless overlaps can be bounded. */
    private double covered(int k) {
        boolean bounded = fanIn * LowOverlapCodes.expectedOverlap(inputs, width, k) < k;
        return bounded ? 0 : 10.0 * outputs * inputs * StrictMath.pow(Math.min(1, (double) fanIn * k / width), k);
    }
}
