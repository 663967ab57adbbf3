package org.superpose.constructions.clipped.weight;

import org.superpose.constructions.clipped.channel.PlaneChannels;

/**
 * Expected errors of {@link PlaneChannels} before any resampling: the rows of a pair's own lines fire, and a few where
 * a line happens to contain the code of an input that is not on it.
 *
 * @param width n
 * @param inputs m
 * @param outputs m'
 */
public record PlaneModel(int width, int inputs, int outputs) implements ClippedWeights.CostModel {
    /** The most rows that fire by chance that are summed over. */
    private static final int MOST_ROWS = 20;

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
        double lines = PlaneChannels.lines(inputs);
        if (lines * s > n || (double) inputs * k > n || !ClippedWeights.CostModel.hasRoom(width, o, outputs)) {
            return Double.POSITIVE_INFINITY;
        }
        double onLine = inputs / Math.sqrt(lines);
        double contained = StrictMath.pow(1 - StrictMath.exp(-onLine * k / n), k);
        double[] others = Chance.poisson(2 * s * onLine * contained, MOST_ROWS);
        double[][] read = Chance.allRead(s, o, 1 - StrictMath.exp(-outputs / lines * o / n), s + MOST_ROWS);
        double errors = 0;
        for (int other = 0; other <= MOST_ROWS; other++) {
            errors += others[other] * read[s + other][s];
        }
        return errors * outputs * outputs;
    }
}
