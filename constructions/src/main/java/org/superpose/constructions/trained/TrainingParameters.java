package org.superpose.constructions.trained;

import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.Parameter;

/** Declarations of the parameters that the trained constructions share. */
final class TrainingParameters {
    static final Parameter<Integer> CODE_WEIGHT = ConstructionParameters.CODE_WEIGHT.withDefault(4);
    static final Parameter<Integer> OUTPUT_CODE_WEIGHT = ConstructionParameters.OUTPUT_CODE_WEIGHT.withDefault(4);
    static final Parameter<Integer> WEIGHT_BITS = Parameter.whole(
                    "weight-bits", 2, 12, "bits of a weight: it is at most 2^(bits - 1) - 1 in size")
            .withDefault(8);
    static final Parameter<Integer> STEPS = Parameter.whole(
            "training-steps", 0, 1_000_000, "steps of gradient descent at most; it ends when all is right");
    static final Parameter<Double> RATE =
            Parameter.real("learning-rate", 1e-6, 10, "ten times what a weight moves in a step at first");

    static final Parameter<Double> MARGIN = Parameter.real(
            "margin",
            0,
            1,
            "how far below the threshold, in parts of it, the scores of gates that are off are to stay");
    static final Parameter<Double> SLACK = Parameter.real(
            "slack",
            0,
            10,
            "how far below 0 the score of a feature that a gate does not read may fall, as a multiple of how far it may"
                    + " rise");

    private TrainingParameters() {}

    /** The largest weight of so many bits. */
    static int largestWeight(int bits) {
        return (1 << (bits - 1)) - 1;
    }
}
