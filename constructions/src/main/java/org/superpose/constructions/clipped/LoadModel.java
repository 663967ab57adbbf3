package org.superpose.constructions.clipped;

/**
 * Expected errors of a two-matrix clipped network before any resampling, from the loads of theory, section 5: rows and entries are taken
 * as independent, with the densities that {@link ChannelAllocation} reaches.
 *
 * @param width n
 * @param inputs m
 * @param outputs m'
 * @param fanIn r
 * @param maxActive v
 */
record LoadModel(int width, int inputs, int outputs, int fanIn, int maxActive) implements ClippedWeights.CostModel {
    /** How much of the load of random channels is left after allocation, for W_0 and W_1; measured for 1024 to 65536 outputs. */
    private static final double FIRST_LOAD = 0.47;

    private static final double SECOND_LOAD = 0.75;

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
        double firstDensity = 1 - Math.exp(-FIRST_LOAD * fanIn * outputs * s * k / (n * n));
        double secondDensity = 1 - Math.exp(-SECOND_LOAD * outputs * s * o / (n * n));
        // Where influence is high, partners share rows: two features that both are partners of many meet in about s
        // rows.
        double member =
                Math.pow(firstDensity, k) + Math.min((double) fanIn * outputs * s / (n * inputs), Math.sqrt(s / n));
        // A row of a gate's channel fires though one feature of the gate is missing: extra + 1 others make up for it.
        double replaced = Math.min(1, Chance.atLeast((extra + 1) * k, firstDensity, k) + (extra + 1) * member);
        // Any other row fires.
        double random = Math.min(
                1,
                Chance.atLeast((fanIn + extra) * k, firstDensity, fanIn * k)
                        + Chance.binomial(fanIn + extra, fanIn) * Math.pow(member, fanIn));
        double others = n * random;
        if (others > MOST_ROWS / 2.0) {
            return Double.POSITIVE_INFINITY; // far too full, and beyond the sums below
        }

        double nearMisses = outputs
                * fanIn
                * Chance.binomial(inputs, extra + 1)
                * onWithPart(s, o, replaced, others, secondDensity);
        double besideTrue =
                outputs * (double) outputs * Chance.binomial(inputs, extra) * onWith(s, s, o, others, secondDensity);
        double anywhere = Chance.binomial(inputs, fanIn + extra) * outputs * onWith(0, s, o, others, secondDensity);
        return nearMisses + besideTrue + anywhere + covered(k);
    }

    private double codes(int weight) {
        return Math.pow(Math.floor((double) width / weight), weight);
    }

    /** P(an output is on) if each row of its own channel fires with a probability, and others by chance. */
    private static double onWithPart(int s, int o, double own, double others, double density) {
        double sum = 0;
        for (int fired = 0; fired <= s; fired++) {
            double chance = Chance.exactly(s, own, fired);
            for (int u = 0; u <= MOST_ROWS; u++) {
                sum += chance * Chance.poisson(others, u) * Math.pow(Chance.atLeast(u, density, s - fired), o);
            }
        }
        return sum;
    }

    /** P(an output is on) if a number of rows fires for sure, none of them its own, and others by chance. */
    private static double onWith(int sure, int s, int o, double others, double density) {
        double sum = 0;
        for (int u = 0; u <= MOST_ROWS; u++) {
            sum += Chance.poisson(others, u) * Math.pow(Chance.atLeast(sure + u, density, s), o);
        }
        return sum;
    }

    /** Features whose codes the codes of a gate cover, which nothing can mend, unless overlaps can be bounded. */
    private double covered(int k) {
        int overlap = (k - 1) / fanIn;
        boolean bounded = overlap >= 1 && inputs < 0.3 * Math.pow(Math.floor((double) width / k), overlap + 1.0);
        return bounded ? 0 : 10.0 * outputs * inputs * Math.pow(Math.min(1, (double) fanIn * k / width), k);
    }
}
