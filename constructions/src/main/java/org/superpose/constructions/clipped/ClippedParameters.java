package org.superpose.constructions.clipped;

import java.util.List;
import org.superpose.constructions.clipped.conflict.Effort;
import org.superpose.constructions.clipped.weight.ClippedWeights;
import org.superpose.constructions.code.LowOverlapCodes;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.verify.Deadline;

/** Declarations of the parameters of the clipped constructions. */
final class ClippedParameters {
    static final Parameter<Integer> CODE_WEIGHT =
            ConstructionParameters.CODE_WEIGHT.chosen("from the width, the numbers of features and the fan-in");

    static final Parameter<Integer> CHANNEL_WEIGHT =
            ConstructionParameters.CHANNEL_WEIGHT.chosen("from the width, the numbers of features and the fan-in");

    static final Parameter<Integer> OUTPUT_CODE_WEIGHT =
            ConstructionParameters.OUTPUT_CODE_WEIGHT.chosen("from the width and the numbers of features");

    static final Parameter<Integer> CANDIDATES = Parameter.whole(
                    "candidates", 1, 64, "random neurons of which the least loaded joins a code; 1 for no balancing")
            .withDefault(4);

    static final Parameter<Integer> PASSES = Parameter.whole(
                    "placement-passes",
                    0,
                    1000,
                    "how often all channels are placed anew while inputs are wrong, each beside the others as they are")
            .withDefault(16);

    static final Parameter<Integer> ROUNDS = Parameter.whole(
                    "resampling-rounds",
                    0,
                    1_000_000,
                    "rounds of local search that move channels while inputs are wrong; 0 for the first draw")
            .withDefault(200);

    static final Parameter<Integer> SWEEPS = Parameter.whole(
                    "annealing-sweeps",
                    0,
                    1_000_000,
                    "sweeps of simulated annealing over all channels where the local search leaves inputs wrong, for the"
                            + " smallest widths")
            .chosen("as 0, none");

    static final Parameter<String> SATURATE = Parameter.choice(
                    "saturate",
                    List.of("auto", "always"),
                    "diagonal layers that cut states to 0 and 1: where they are needed, or after every matrix")
            .withDefault("auto");

    private ClippedParameters() {}

    /** The weights that are given. */
    static ClippedWeights.Wish wish(ParameterValues values) {
        return new ClippedWeights.Wish(
                values.find(CODE_WEIGHT), values.find(CHANNEL_WEIGHT), values.find(OUTPUT_CODE_WEIGHT));
    }

    /** How the codes of inputs are drawn. */
    static LowOverlapCodes inputCodes(ParameterValues values, ClippedWeights weights) {
        return new LowOverlapCodes(weights.code(), values.get(CANDIDATES), CODE_WEIGHT.name());
    }

    /** How the codes of outputs are drawn. */
    static LowOverlapCodes outputCodes(ParameterValues values, ClippedWeights weights) {
        return new LowOverlapCodes(weights.outputCode(), values.get(CANDIDATES), OUTPUT_CODE_WEIGHT.name());
    }

    /** Whether a saturation follows every matrix. */
    static boolean saturatesAlways(ParameterValues values) {
        return values.get(SATURATE).equals("always");
    }

    /** The work that is allowed. */
    static Effort effort(ParameterValues values, Deadline deadline) {
        // Read only where it is given: what is not asked for is not recorded, so that earlier networks keep digests.
        int sweeps = values.asMap().containsKey(SWEEPS.name()) ? values.get(SWEEPS) : 0;
        return new Effort(values.get(PASSES), values.get(ROUNDS), sweeps, deadline);
    }
}
