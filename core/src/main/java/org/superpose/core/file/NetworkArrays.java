package org.superpose.core.file;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** The arrays of a network file, in their order; {@link NetworkAssembly} is the way back. */
final class NetworkArrays {
    static final String PROBLEM_GROUPS = "problem.domain.groups";
    static final String NETWORK_GROUPS = "domain.groups";
    static final String ENCODER = "encoder.codes";
    static final String DECODER = "decoder.codes";
    static final String THRESHOLD = "decoder.threshold";
    static final String OFF_THRESHOLD = "decoder.off_threshold";

    private NetworkArrays() {}

    static List<NamedArray> of(BuiltNetwork built) {
        List<NamedArray> arrays = of(built.instance());
        arrays.addAll(of(built.network()));
        return arrays;
    }

    static List<NamedArray> of(ProblemInstance instance) {
        List<NamedArray> arrays = new ArrayList<>();
        addGroups(arrays, PROBLEM_GROUPS, instance.domain());
        for (int t = 0; t < instance.layers().size(); t++) {
            Gates gates = instance.layers().get(t);
            arrays.add(NamedArray.ints(gateOffsets(t), gates.offsets()));
            arrays.add(NamedArray.ints(gateInputs(t), gates.reads()));
            if (!NetworkDescription.namesFunction(gates)) {
                arrays.addAll(functions(t, gates));
            }
        }
        return arrays;
    }

    static List<NamedArray> of(SuperposedNetwork network) {
        List<NamedArray> arrays = new ArrayList<>();
        addGroups(arrays, NETWORK_GROUPS, network.domain());
        addCodes(arrays, ENCODER, network.inputCodes());
        for (int t = 0; t < network.layers().size(); t++) {
            Layer layer = network.layers().get(t);
            arrays.add(weights(weight(t), layer.weights()));
            arrays.add(NamedArray.floats(bias(t), layer.bias()));
        }
        addCodes(arrays, DECODER, network.decoder().codes());
        arrays.add(NamedArray.floats(THRESHOLD, network.decoder().thresholds()));
        if (network.decoder().isTwoSided()) {
            arrays.add(NamedArray.floats(OFF_THRESHOLD, network.decoder().offThresholds()));
        }
        return arrays;
    }

    /** The gate functions of a layer, which exports have of every layer. */
    static List<NamedArray> functions(int layer, Gates gates) {
        GateFunctionArrays functions = GateFunctionArrays.of(gates);
        return List.of(
                NamedArray.ints(gateFunctions(layer), functions.functionOf()),
                NamedArray.ints(functionOffsets(layer), functions.offsets()),
                NamedArray.ints(functionData(layer), functions.data()));
    }

    static String gateFunctions(int layer) {
        return "gates." + layer + ".functions";
    }

    static String functionOffsets(int layer) {
        return "gates." + layer + ".function_offsets";
    }

    static String functionData(int layer) {
        return "gates." + layer + ".function_data";
    }

    static String gateOffsets(int layer) {
        return "gates." + layer + ".offsets";
    }

    static String gateInputs(int layer) {
        return "gates." + layer + ".inputs";
    }

    static String weight(int layer) {
        return "layers." + layer + ".weight";
    }

    static String bias(int layer) {
        return "layers." + layer + ".bias";
    }

    /** Codes of unequal weight are kept in compressed sparse row form under two names of their own. */
    static String offsets(String codes) {
        return codes + ".offsets";
    }

    static String members(String codes) {
        return codes + ".members";
    }

    private static void addGroups(List<NamedArray> arrays, String name, InputDomain domain) {
        if (domain.isGrouped()) {
            int[] groups = new int[domain.features()];
            for (int j = 0; j < groups.length; j++) {
                groups[j] = domain.groupOf(j);
            }
            arrays.add(NamedArray.ints(name, groups));
        }
    }

    private static void addCodes(List<NamedArray> arrays, String name, Codes codes) {
        if (codes.minWeight() == codes.maxWeight()) {
            arrays.add(NamedArray.ints(name, codes.members(), codes.features(), codes.maxWeight()));
        } else {
            arrays.add(NamedArray.ints(offsets(name), codes.offsets()));
            arrays.add(NamedArray.ints(members(name), codes.members()));
        }
    }

    private static NamedArray weights(String name, WeightMatrix matrix) {
        if (matrix instanceof BitMatrix bits) {
            return NamedArray.packedBits(name, bits);
        }
        if (matrix instanceof IntegerMatrix integers) {
            return NamedArray.integers(name, integers);
        }
        if (matrix instanceof DiagonalMatrix diagonal) {
            return NamedArray.diagonal(name, diagonal);
        }
        return NamedArray.dense(name, (DenseMatrix) matrix);
    }
}
