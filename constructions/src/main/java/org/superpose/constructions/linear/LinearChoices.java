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
 * @param cleanedBefore whether a ReLU of its own cleans the inputs before the one that computes AND
 */
record LinearChoices(
        int width,
        int codeWeight,
        int channelWeight,
        int outputCodeWeight,
        boolean leastSquares,
        boolean cleanedBefore) {
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

    private static final String BEFORE_AND = "before-and";
    private static final String WITH_AND = "with-and";

    static final Parameter<String> CLEANING = Parameter.choice(
                    "cleaning",
                    List.of(WITH_AND, BEFORE_AND),
                    "where noise is cut off: by the ReLU that computes AND (with-and), or by one more matrix with a ReLU "
                            + "of its own before it (before-and)")
            .chosen("as with-and");

    static final List<Parameter<?>> WITHOUT_CHANNELS =
            List.of(ConstructionParameters.WIDTH, CODE_WEIGHT, OUTPUT_CODE_WEIGHT, DECOMPRESSION);
    static final List<Parameter<?>> PARAMETERS = List.of(
            ConstructionParameters.WIDTH, CODE_WEIGHT, CHANNEL_WEIGHT, OUTPUT_CODE_WEIGHT, DECOMPRESSION, CLEANING);

    /** @throws org.superpose.core.InvalidInputException if the width is too small for a weight */
    LinearChoices {
        Blocks.requireWidth(width, "code-weight", codeWeight);
        Blocks.requireWidth(width, "channel-weight", channelWeight);
        Blocks.requireWidth(width, "output-code-weight", outputCodeWeight);
    }

    private static boolean isCleanedBefore(ParameterValues parameters) {
        return parameters.asMap().containsKey(CLEANING.name())
                && parameters.get(CLEANING).equals(BEFORE_AND);
    }

    static LinearChoices of(ParameterValues parameters, int inputs, int outputs) {
        return of(parameters, true, isCleanedBefore(parameters), inputs, outputs);
    }

    /** For a construction that has no channels and declares no weight of them. */
    static LinearChoices withoutChannels(ParameterValues parameters, int inputs, int outputs) {
        return of(parameters, false, false, inputs, outputs);
    }

    /** For a construction that declares channels, but leaves no choice of cleaning. */
    static LinearChoices withoutCleaning(ParameterValues parameters, int inputs, int outputs) {
        return of(parameters, true, false, inputs, outputs);
    }

    private static LinearChoices of(
            ParameterValues parameters, boolean channels, boolean cleanedBefore, int inputs, int outputs) {
        int width = parameters.get(ConstructionParameters.WIDTH);
        Optional<Integer> channelWeight = channels ? parameters.find(CHANNEL_WEIGHT) : Optional.empty();
        return new LinearChoices(
                width,
                parameters.find(CODE_WEIGHT).orElse(CodeDrawing.weight(2.5, inputs, width)),
                channelWeight.orElse(CodeDrawing.weight(2, outputs, width)),
                parameters.find(OUTPUT_CODE_WEIGHT).orElse(CodeDrawing.weight(2, outputs, width)),
                parameters.get(DECOMPRESSION).equals("least-squares"),
                cleanedBefore);
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

    /**
     * For the provenance, in the order of declaration.
     *
     * @param declared the parameters of the construction
     */
    Map<String, Object> asMap(List<Parameter<?>> declared) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(ConstructionParameters.WIDTH.name(), width);
        map.put(CODE_WEIGHT.name(), codeWeight);
        map.put(CHANNEL_WEIGHT.name(), channelWeight);
        map.put(OUTPUT_CODE_WEIGHT.name(), outputCodeWeight);
        map.put(DECOMPRESSION.name(), leastSquares ? "least-squares" : "matched");
        if (cleanedBefore) {
            // Other networks keep the digests that they had before there was a choice.
            map.put(CLEANING.name(), BEFORE_AND);
        }
        map.keySet().retainAll(declared.stream().map(Parameter::name).toList());
        return map;
    }
}
