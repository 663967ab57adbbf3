package org.superpose.testkit;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** Small networks of one layer in which every ReLU is active: each feature turns into the next one. */
final class AdditiveNetworks {
    private static final int FEATURES = 7;
    private static final int BIAS = 20;
    /** What a feature adds to its own output, and takes from its neighbour's. */
    private static final int OWN = 7;

    private AdditiveNetworks() {}

    /**
     * Right for a stray of 0 to 2 and a threshold of 4, on inputs of at most two active features.
     *
     * @param stray what one feature adds to an output that is not its own
     * @param threshold how far the threshold is above the bias
     */
    static BuiltNetwork network(int stray, int threshold) {
        int[] image = new int[FEATURES];
        short[] weights = new short[FEATURES * FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            image[i] = (i + 1) % FEATURES;
            weights[i * FEATURES + image[i]] = OWN;
            weights[i * FEATURES + i] = -2;
        }
        weights[3 * FEATURES] = (short) stray;
        ProblemInstance instance = ProblemInstance.of(
                "shift",
                ParameterValues.NONE,
                0,
                Gates.conjunctions(FEATURES, 1, image),
                InputDomain.sparse(FEATURES, 2),
                new FunctionClass("any", BigInteger.TWO.pow(FEATURES), FEATURES));
        return new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        Codes.identity(FEATURES),
                        List.of(Layer.withBias(new IntegerMatrix(FEATURES, FEATURES, weights), BIAS)),
                        Decoder.withThreshold(Codes.identity(FEATURES), Decoder.Kind.SUM, (float) BIAS + threshold),
                        instance.domain(),
                        false,
                        new Provenance("reference", Map.of(), 0, Map.of())));
    }
}
