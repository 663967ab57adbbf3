package org.superpose.constructions.layered;

import org.superpose.constructions.code.CodeDrawing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.Codes;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;

/** The codes that the first block of a chain reads. */
final class InputCodes {
    private static final String DEDICATED = "dedicated";

    private InputCodes() {}

    /**
     * Codes of the width and weight given; identity codes where the block is {@code dedicated}, which reads no others.
     */
    static Codes draw(int inputs, ParameterValues parameters, Seed seed) {
        if (parameters.get(BlockChain.BLOCK).equals(DEDICATED)) {
            return Codes.identity(inputs);
        }
        int width = parameters.get(ConstructionParameters.WIDTH);
        int wanted = Math.max(12, (int) Math.round(2 * Math.log(inputs) / Math.log(2)));
        int weight =
                parameters.find(ConstructionParameters.CODE_WEIGHT).orElse(Math.max(1, Math.min(wanted, width / 24)));
        return CodeDrawing.BALANCED.draw(inputs, weight, width, seed.child("input-encoding"));
    }
}
