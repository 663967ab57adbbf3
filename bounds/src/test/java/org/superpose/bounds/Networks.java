package org.superpose.bounds;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** Small instances and networks for tests. */
final class Networks {
    private Networks() {}

    static ProblemInstance permutationInstance(int features) {
        return ProblemInstance.of(
                "permutation",
                ParameterValues.NONE,
                1,
                Gates.conjunctions(features, 1, IntStream.range(0, features).toArray()),
                InputDomain.sparse(features, 1),
                FunctionClass.permutations(features));
    }

    /** The first pairs (0, 1), (0, 2), ... */
    static ProblemInstance pairsInstance(int inputs, int outputs, int maxActive) {
        int[] reads = new int[2 * outputs];
        for (int i = 0; i < outputs; i++) {
            reads[2 * i + 1] = i + 1;
        }
        return ProblemInstance.of(
                "two-and",
                ParameterValues.NONE,
                1,
                Gates.conjunctions(inputs, 2, reads),
                InputDomain.sparse(inputs, maxActive),
                FunctionClass.distinctSubsets(inputs, 2, outputs));
    }

    /** All pairs of three inputs. */
    static ProblemInstance triangleInstance() {
        return ProblemInstance.of(
                "two-and",
                ParameterValues.NONE,
                1,
                Gates.conjunctions(3, 2, new int[] {0, 1, 0, 2, 1, 2}),
                InputDomain.sparse(3, 2),
                FunctionClass.distinctSubsets(3, 2, 3));
    }

    /** Two permutations, one after the other. */
    static ProblemInstance chainInstance(int features) {
        ProblemInstance one = permutationInstance(features);
        return new ProblemInstance(
                "layered",
                one.parameters(),
                one.seed(),
                List.of(one.gates(), one.gates()),
                one.domain(),
                one.functionClass(),
                one.inputNames(),
                one.outputNames());
    }

    /** A chain of square matrices of one size, with one neuron per input and output. */
    static SuperposedNetwork chain(WeightMatrix... matrices) {
        int size = matrices[0].columns();
        return new SuperposedNetwork(
                Codes.identity(size),
                List.of(matrices).stream()
                        .map(weights -> Layer.withBias(weights, 0))
                        .toList(),
                Decoder.withThreshold(Codes.identity(matrices[matrices.length - 1].rows()), Decoder.Kind.EVERY_ROW, 1),
                InputDomain.sparse(size, 1),
                true,
                new Provenance("test", Map.of(), 1, Map.of()));
    }
}
