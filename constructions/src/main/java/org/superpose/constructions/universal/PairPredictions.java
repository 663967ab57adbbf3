package org.superpose.constructions.universal;

import java.util.Map;

/**
 * What is expected of the readouts of a universal AND network when all v features that may be active are: mean and
 * standard deviation by the number of inputs of the pair that are active, as facts of the build that experiments hold
 * measurements against.
 *
 * <p>A readout is the sum over the neurons of a pair's code, less v for each of them that holds v - y, over the code's
 * weight times the scale.
 */
final class PairPredictions {
    private final Map<String, Object> facts;

    /**
     * @param facts where the predictions go
     * @param scale the expected sum for an active pair, less the bias, over the weight of its code: 1, or c(v)
     */
    PairPredictions(Map<String, Object> facts, double scale) {
        this.facts = facts;
        facts.put("readout-scale", scale);
    }

    /** The second half of the neurons, from this one on, holds v - y. */
    void reflectedFrom(int neuron) {
        facts.put("reflected-from", neuron);
    }

    /** The standard deviation for an active pair as the authors state it, to leading order. */
    void quotedVariance(double variance) {
        facts.put("readout-deviation", Math.sqrt(variance));
    }

    /**
     * The exact mean and variance over the draw of the layer.
     *
     * @param ofPair how many of the inputs of the pair are active, 0 to 2
     */
    void expect(int ofPair, double mean, double variance) {
        facts.put("readout-mean-" + ofPair, mean);
        facts.put("readout-deviation-" + ofPair, Math.sqrt(variance));
    }
}
