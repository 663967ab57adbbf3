package org.superpose.constructions.clipped.weight;

import java.util.Optional;

/**
 * The three weights of a clipped network.
 *
 * @param code k, the number of neurons in the code of an input
 * @param channel s, the number of hidden rows in the channel of an output; 0 where there are no channels
 * @param outputCode k_out, the number of neurons in the code of an output
 */
public record ClippedWeights(int code, int channel, int outputCode) {
    /** The smallest weight that is chosen: below, a single shared neuron decides, and the models are too rough. */
    private static final int SMALLEST = 3;

    /** The largest weight that is chosen. */
    private static final int LARGEST = 10;

    /** What one step away from the preferred weights costs, in natural logarithms of expected errors. */
    private static final double PER_STEP = 0.01;

    /**
     * Weights that were given; the others are to be chosen.
     *
     * @param code k, if given
     * @param channel s, if given
     * @param outputCode k_out, if given
     */
    public record Wish(Optional<Integer> code, Optional<Integer> channel, Optional<Integer> outputCode) {}

    /**
     * Which of several good choices is taken.
     *
     * @param goodEnough the expected number of wrong outputs below which a choice is good
     * @param weights among the good choices the one nearest to these is taken
     */
    public record Preference(double goodEnough, ClippedWeights weights) {
        /**
         * For one layer of gates, where the local search mends a few wrong outputs. The models know nothing of hubs,
         * which the codes must not depend on: heavy codes and small channels keep the rows few that two hubs have in
         * common, and do no harm where there are no hubs.
         */
        public static final Preference ROBUST = new Preference(1, new ClippedWeights(8, 5, 4));

        /** Small weights, which cost the least time, where no output is expected to be wrong. */
        public static final Preference SLIM = new Preference(1e-3, new ClippedWeights(SMALLEST, SMALLEST, SMALLEST));

        /**
         * For features that two matrices copy: found by trying at a few widths, where the model, made for gates, takes
         * too heavy channels.
         */
        public static final Preference COPIES = new Preference(Double.MAX_VALUE, new ClippedWeights(6, 2, 5));

        private double distance(ClippedWeights from) {
            return Math.abs(from.code - weights.code)
                    + Math.abs(from.channel - weights.channel)
                    + Math.abs(from.outputCode - weights.outputCode);
        }
    }

    /**
     * The weights for which a cost model expects the fewest wrong outputs over all inputs; among those that are good
     * enough the preferred ones.
     *
     * <p>They depend on the shape of the instance only, never on its gates, because the input codes depend on them.
     */
    public static ClippedWeights choose(CostModel model, Wish wish, Preference preference) {
        ClippedWeights best = null;
        double least = Double.POSITIVE_INFINITY;
        int fewestChannelRows =
                wish.channel.orElse(model.hasChannels() ? Math.min(SMALLEST, preference.weights.channel) : 0);
        int mostChannelRows = wish.channel.orElse(model.hasChannels() ? LARGEST : 0);
        for (int k = wish.code.orElse(SMALLEST); k <= wish.code.orElse(LARGEST); k++) {
            for (int s = fewestChannelRows; s <= mostChannelRows; s++) {
                for (int o = wish.outputCode.orElse(SMALLEST); o <= wish.outputCode.orElse(LARGEST); o++) {
                    ClippedWeights weights = new ClippedWeights(k, s, o);
                    double cost = StrictMath.log(Math.max(preference.goodEnough, model.expectedErrors(weights)))
                            + PER_STEP * preference.distance(weights);
                    if (best == null || cost < least) {
                        least = cost;
                        best = weights;
                    }
                }
            }
        }
        return best;
    }

    /** The weights that {@link #choose} takes, or empty if by the model no weights fit. */
    public static Optional<ClippedWeights> feasible(CostModel model, Wish wish, Preference preference) {
        ClippedWeights chosen = choose(model, wish, preference);
        return Double.isInfinite(model.expectedErrors(chosen)) ? Optional.empty() : Optional.of(chosen);
    }

    /** What a choice of weights is judged by. */
    public interface CostModel {
        /** Whether there is a hidden layer with channels. */
        boolean hasChannels();

        /**
         * The expected number of wrong (input, output) pairs over all inputs, infinite if the weights do not fit the
         * width.
         */
        double expectedErrors(ClippedWeights weights);

        /** Whether a width makes twice as many codes of a weight as there are features, at least. */
        static boolean hasRoom(int width, int weight, int features) {
            return weight <= width && StrictMath.pow(Math.floor((double) width / weight), weight) >= 2.0 * features;
        }
    }
}
