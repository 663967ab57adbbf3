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
    /**
     * How much of the load of random channels is left after allocation, for W_0 and W_1; measured for 1024 to 65536
     * outputs.
     */
    private static final double FIRST_LOAD = 0.47;

    private static final double SECOND_LOAD = 0.75;

    /** The number of shared neurons that is summed over. */
    private static final int MOST_SHARED = 12;

    /** The number of by-chance rows that is summed over. */
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
        if (k > width || s > width || o > width || codes(k) < 2.0 * inputs || codes(o) < 2.0 * outputs) {
            return Double.POSITIVE_INFINITY;
        }
        int extra = Math.max(0, maxActive - fanIn);
        double firstDensity = 1 - StrictMath.exp(-FIRST_LOAD * fanIn * outputs * s * k / (n * n));
        double secondDensity = 1 - StrictMath.exp(-SECOND_LOAD * outputs * s * o / (n * n));
        // Where influence is high, partners share rows: two features that both are partners of many meet in about s
        // rows.
        double member = StrictMath.pow(firstDensity, k)
                + Math.min((double) fanIn * outputs * s / (n * inputs), Math.sqrt(s / n));
        // Any other row fires.
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
        // The rows of a gate's channel fire though one feature of the gate is missing: extra + 1 others make up for it,
        // the more easily
        // the more neurons they share with the codes that the gate reads, since all these rows contain them.
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

    private double codes(int weight) {
        return StrictMath.pow(Math.floor((double) width / weight), weight);
    }

    /** Features whose codes the codes of a gate cover, which nothing can mend, unless overlaps can be bounded. */
    private double covered(int k) {
        boolean bounded = fanIn * LowOverlapCodes.expectedOverlap(inputs, width, k) < k;
        return bounded ? 0 : 10.0 * outputs * inputs * StrictMath.pow(Math.min(1, (double) fanIn * k / width), k);
    }
}
