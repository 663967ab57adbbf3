package org.superpose.constructions.linear;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.constructions.code.Blocks;
import org.superpose.constructions.code.CodeDrawing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.verify.Deadline;

/**
 * Width and weights of a linear construction, with the automatic choices made.
 *
 * <p>In W = C D the noise hardly depends on the weights: it is v R / n for any k much smaller than n, and averaging
 * over s rows undoes the s in R. What depends on them are the tails: two codes of weight k that happen to share t rows
 * leak t / k of each other's signal, so weights must be large enough that no pair shares a large part, of the order of
 * log m'. Channels of many rows leave the single hidden row less headroom. The factors are the best of a grid at m = m'
 * = 64 and 1024.
 *
 * @param width n
 * @param codeWeight k
 * @param channelWeight s
 * @param outputCodeWeight k_out
 * @param leastSquares whether codes are read with the least interference instead of by the matched formula
 */
record LinearChoices(int width, int codeWeight, int channelWeight, int outputCodeWeight, boolean leastSquares) {
    static final Parameter<Integer> CODE_WEIGHT =
            ConstructionParameters.CODE_WEIGHT.chosen("as 5/2 log2 m, at least 12");
    static final Parameter<Integer> CHANNEL_WEIGHT =
            ConstructionParameters.CHANNEL_WEIGHT.chosen("as 2 log2 m', at least 12");
    static final Parameter<Integer> OUTPUT_CODE_WEIGHT =
            ConstructionParameters.OUTPUT_CODE_WEIGHT.chosen("as 2 log2 m', at least 12");

    static final Parameter<String> DECOMPRESSION = Parameter.choice(
                    "decompression",
                    List.of("matched", "least-squares"),
                    "how codes are read: by the codes themselves, centred (matched), or with the least interference (costs n^3)")
            .withDefault("matched");

    static final List<Parameter<?>> WITHOUT_CHANNELS =
            List.of(ConstructionParameters.WIDTH, CODE_WEIGHT, OUTPUT_CODE_WEIGHT, DECOMPRESSION);
    static final List<Parameter<?>> PARAMETERS =
            List.of(ConstructionParameters.WIDTH, CODE_WEIGHT, CHANNEL_WEIGHT, OUTPUT_CODE_WEIGHT, DECOMPRESSION);

    /** @throws org.superpose.core.InvalidInputException if the width is too small for a weight */
    LinearChoices {
        Blocks.requireWidth(width, "code-weight", codeWeight);
        Blocks.requireWidth(width, "channel-weight", channelWeight);
        Blocks.requireWidth(width, "output-code-weight", outputCodeWeight);
    }

    static LinearChoices of(ParameterValues parameters, int inputs, int outputs) {
        return of(parameters, parameters.find(CHANNEL_WEIGHT), inputs, outputs);
    }

    /** For a construction that has no channels and declares no weight of them. */
    static LinearChoices withoutChannels(ParameterValues parameters, int inputs, int outputs) {
        return of(parameters, Optional.empty(), inputs, outputs);
    }

    private static LinearChoices of(
            ParameterValues parameters, Optional<Integer> channelWeight, int inputs, int outputs) {
        int width = parameters.get(ConstructionParameters.WIDTH);
        return new LinearChoices(
                width,
                parameters.find(CODE_WEIGHT).orElse(CodeDrawing.weight(2.5, inputs, width)),
                channelWeight.orElse(CodeDrawing.weight(2, outputs, width)),
                parameters.find(OUTPUT_CODE_WEIGHT).orElse(CodeDrawing.weight(2, outputs, width)),
                parameters.get(DECOMPRESSION).equals("least-squares"));
    }

    /**
     * C D for the codes that are read.
     *
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before
     */
    DenseMatrix decompressed(Routing routing, Codes codes, Deadline deadline) {
        return leastSquares
                ? LeastSquaresDecompression.routed(routing, codes, deadline)
                : Decompression.routed(routing, codes);
    }

    /** For the provenance, in the order of declaration. */
    Map<String, Object> asMap(boolean withChannels) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(ConstructionParameters.WIDTH.name(), width);
        map.put(CODE_WEIGHT.name(), codeWeight);
        if (withChannels) {
            map.put(CHANNEL_WEIGHT.name(), channelWeight);
        }
        map.put(OUTPUT_CODE_WEIGHT.name(), outputCodeWeight);
        map.put(DECOMPRESSION.name(), leastSquares ? "least-squares" : "matched");
        return map;
    }
}
