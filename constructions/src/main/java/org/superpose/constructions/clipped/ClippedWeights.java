package org.superpose.constructions.clipped;

import java.util.Optional;

/**
 * The three weights of a clipped network.
 *
 * @param code k, the number of neurons in the code of an input
 * @param channel s, the number of hidden rows in the channel of an output; 0 where there are no channels
 * @param outputCode k_out, the number of neurons in the code of an output
 */
record ClippedWeights(int code, int channel, int outputCode) {
    /** Below three the models of chance are too rough: a single shared neuron or row decides. */
    private static final int SMALLEST = 3;

    private static final int LARGEST = 10;

    /**
     * Weights that were given; the others are to be chosen.
     *
     * @param code k, if given
     * @param channel s, if given
     * @param outputCode k_out, if given
     */
    record Wish(Optional<Integer> code, Optional<Integer> channel, Optional<Integer> outputCode) {}

    /**
     * The weights for which a cost model expects the fewest wrong outputs over all inputs; among equally good ones the smallest.
     *
     * <p>They depend on the shape of the instance only, never on its gates, because the input codes depend on them.
     */
    static ClippedWeights choose(CostModel model, Wish wish) {
        ClippedWeights best = null;
        double least = Double.POSITIVE_INFINITY;
        int fewestChannelRows = wish.channel.orElse(model.hasChannels() ? SMALLEST : 0);
        int mostChannelRows = wish.channel.orElse(model.hasChannels() ? LARGEST : 0);
        for (int k = wish.code.orElse(SMALLEST); k <= wish.code.orElse(LARGEST); k++) {
            for (int s = fewestChannelRows; s <= mostChannelRows; s++) {
                for (int o = wish.outputCode.orElse(SMALLEST); o <= wish.outputCode.orElse(LARGEST); o++) {
                    ClippedWeights weights = new ClippedWeights(k, s, o);
                    double cost = StrictMath.log(Math.max(GOOD_ENOUGH, model.expectedErrors(weights)))
                            + SLIMNESS * (k + s + o);
                    if (best == null || cost < least) {
                        least = cost;
                        best = weights;
                    }
                }
            }
        }
        return best;
    }

    /** Below this expectation smaller weights, which cost less time, are preferred. */
    private static final double GOOD_ENOUGH = 1e-3;

    private static final double SLIMNESS = 0.01;

    /** What a choice of weights is judged by. */
    interface CostModel {
        /** Whether there is a hidden layer with channels. */
        boolean hasChannels();

        /** The expected number of wrong (input, output) pairs over all inputs, infinite if the weights do not fit the width. */
        double expectedErrors(ClippedWeights weights);
    }
}
