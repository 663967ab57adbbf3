package org.superpose.runner.channel;

/**
 * How well channels were recovered, where it is known what the network should compute. Shares are from 0 to 1, and
 * not-a-number where there is nothing to divide by.
 *
 * @param outputs with a known truth that were looked at
 * @param truths sets of inputs that switch one of them
 * @param found channels that were found on these outputs
 * @param exact channels whose inputs are such a set
 * @param featurePrecision share of the inputs found that an output's sets have
 * @param featureRecall share of the inputs of an output's sets that were found
 * @param baselineFeaturePrecision the same in the random baseline
 * @param baselineExact share of the random baseline's sets that switch their output
 * @param rowPrecision share of the rows found as witnesses for that the set shares when the network is run with single
 *     rows patched, over exact channels
 * @param rowRecall share of those rows that were found
 */
public record ChannelScore(
        int outputs,
        int truths,
        int found,
        int exact,
        double featurePrecision,
        double featureRecall,
        double baselineFeaturePrecision,
        double baselineExact,
        double rowPrecision,
        double rowRecall) {
    /** The share of the channels found that are right. */
    public double precision() {
        return exact / (double) found;
    }

    /** The share of the true sets that were found. */
    public double recall() {
        return exact / (double) truths;
    }
}
