package org.superpose.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * Chains of two layers of AND gates, each gate with a neuron of its own, and a saturation between them; and chains with
 * one mistake.
 */
final class Chains {
    private static final int INPUTS = 7;

    private Chains() {}

    private static ProblemInstance instance() {
        Gates first = Gates.conjunctions(INPUTS, 2, new int[] {0, 1, 1, 2, 2, 3, 4, 5, 5, 6});
        Gates second = Gates.conjunctions(first.outputs(), 2, new int[] {0, 1, 1, 2, 0, 3});
        return new ProblemInstance(
                "chain",
                ParameterValues.NONE,
                0,
                List.of(first, second),
                InputDomain.sparse(INPUTS, 4),
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    /**
     * @param layer the layer whose first gate is changed, or -1 for none
     * @param weight the number added to the weight of its first input
     * @param bias the number added to its bias
     */
    private static BuiltNetwork network(int layer, int weight, float bias) {
        ProblemInstance instance = instance();
        List<Layer> layers = new ArrayList<>();
        for (int t = 0; t < instance.layers().size(); t++) {
            Gates gates = instance.layers().get(t);
            short[] weights = new short[gates.outputs() * gates.inputs()];
            float[] biases = new float[gates.outputs()];
            for (int i = 0; i < gates.outputs(); i++) {
                for (int j : gates.reads(i)) {
                    weights[i * gates.inputs() + j] = 1;
                }
                biases[i] = -1;
            }
            if (t == layer) {
                weights[gates.read(0, 0)] += (short) weight;
                biases[0] += bias;
            }
            layers.add(new Layer(new IntegerMatrix(gates.outputs(), gates.inputs(), weights), biases));
            if (t == 0) {
                DiagonalMatrix negation = DiagonalMatrix.ofValue(gates.outputs(), -1);
                layers.add(Layer.withBias(negation, 1));
                layers.add(Layer.withBias(negation, 1));
            }
        }
        return new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        Codes.identity(INPUTS),
                        layers,
                        Decoder.withThreshold(Codes.identity(instance.outputs()), Decoder.Kind.EVERY_ROW, 1),
                        instance.domain(),
                        true,
                        new Provenance("chain", Map.of(), 0, Map.of())));
    }

    static BuiltNetwork right() {
        return network(-1, 0, 0);
    }

    static List<BuiltNetwork> wrong() {
        return List.of(
                network(0, -1, 0), // a gate does not read one of its inputs
                network(0, 1, 0), // one of its inputs is enough
                network(0, 0, 1),
                network(0, 0, -1),
                network(1, -1, 0),
                network(1, 0, 1),
                network(1, 0, -1));
    }
}
