package org.superpose.core.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * Puts an instance and its network together from a description and arrays. Memory is reserved by the sizes of arrays
 * that are there; what the description says is only compared with them.
 */
final class NetworkAssembly {
    private final NetworkDescription description;
    private final ArraySource arrays;

    NetworkAssembly(NetworkDescription description, ArraySource arrays) {
        this.description = description;
        this.arrays = arrays;
    }

    /** Where arrays come from. */
    interface ArraySource {
        /** @throws FileFormatException if there is no such array */
        ArrayInput open(String name) throws IOException;
    }

    /**
     * @throws FileFormatException if an array is missing or does not fit the description
     * @throws IllegalArgumentException if the arrays break a rule of the model
     */
    BuiltNetwork assemble(FeatureNames inputNames, FeatureNames outputNames) throws IOException {
        SuperposedNetwork network = network();
        requireFeatures(description.problemDomain().features(), network.inputs(), "the problem's domain");
        List<Gates> gates = gates(network.inputs());
        InputDomain domain = domain(NetworkArrays.PROBLEM_GROUPS, description.problemDomain());
        ProblemInstance instance = new ProblemInstance(
                description.problem(),
                description.parameters(),
                description.problemSeed(),
                gates,
                domain,
                description.functionClass(),
                inputNames,
                outputNames);
        return new BuiltNetwork(instance, network, description.plugins());
    }

    private SuperposedNetwork network() throws IOException {
        Codes encoder = codes(NetworkArrays.ENCODER, description.encoder());
        requireFeatures(description.networkDomain().features(), encoder.features(), "the network's domain");
        InputDomain domain = domain(NetworkArrays.NETWORK_GROUPS, description.networkDomain());
        List<Layer> layers = new ArrayList<>();
        for (int t = 0; t < description.layers().size(); t++) {
            NetworkDescription.LayerPart part = description.layers().get(t);
            WeightMatrix weights = weights(NetworkArrays.weight(t), part);
            float[] bias = floats(NetworkArrays.bias(t), part.rows());
            layers.add(new Layer(weights, bias, part.activation(), part.skip()));
        }
        Codes outputs = codes(NetworkArrays.DECODER, description.decoder());
        float[] thresholds = floats(NetworkArrays.THRESHOLD, outputs.features());
        float[] offThresholds =
                description.twoSided() ? floats(NetworkArrays.OFF_THRESHOLD, outputs.features()) : thresholds;
        Decoder decoder = new Decoder(outputs, description.decoderKind(), thresholds, offThresholds);
        SuperposedNetwork network =
                new SuperposedNetwork(encoder, layers, decoder, domain, description.clean(), description.provenance());
        if (description.width() != network.width()) {
            throw new FileFormatException(
                    "the network is described as of width " + description.width() + ", but has " + network.width());
        }
        if (!description.embeddingWidth().equals(network.embeddingWidth())) {
            throw new FileFormatException("the network is described as of embedding width "
                    + widthOrNone(description.embeddingWidth()) + ", but has " + widthOrNone(network.embeddingWidth()));
        }
        return network;
    }

    private static String widthOrNone(OptionalInt width) {
        return width.isPresent() ? Integer.toString(width.getAsInt()) : "none";
    }

    private static void requireFeatures(int described, int present, String what) throws FileFormatException {
        if (described != present) {
            throw new FileFormatException(
                    what + " has " + described + " features, but there are " + present + " input codes");
        }
    }

    private List<Gates> gates(int features) throws IOException {
        List<Gates> layers = new ArrayList<>();
        int inputs = features;
        for (int t = 0; t < description.gates().size(); t++) {
            NetworkDescription.GatesPart part = description.gates().get(t);
            int[] offsets = ints(NetworkArrays.gateOffsets(t));
            if (part.inputs() != inputs || part.outputs() != offsets.length - 1) {
                throw new FileFormatException("gate layer " + t + " is described as " + part.inputs() + " inputs and "
                        + part.outputs() + " outputs, but has " + inputs + " and " + (offsets.length - 1));
            }
            layers.add(gates(t, part, inputs, offsets));
            inputs = part.outputs();
        }
        return layers;
    }

    private Gates gates(int t, NetworkDescription.GatesPart part, int inputs, int[] offsets) throws IOException {
        int[] reads = ints(NetworkArrays.gateInputs(t));
        if (part.function().isPresent()) {
            return Gates.of(inputs, part.function().get(), offsets, reads);
        }
        GateFunctionArrays functions = new GateFunctionArrays(
                ints(NetworkArrays.gateFunctions(t)),
                ints(NetworkArrays.functionOffsets(t)),
                ints(NetworkArrays.functionData(t)));
        return Gates.of(inputs, functions.functions(), functions.functionOf(), offsets, reads);
    }

    private InputDomain domain(String groups, NetworkDescription.DomainPart part) throws IOException {
        InputDomain domain = part.grouped()
                ? InputDomain.grouped(
                        read(groups, ElementType.INT32, part.features()).ints(), part.maxActive())
                : InputDomain.sparse(part.features(), part.maxActive());
        return domain.withMinActive(part.minActive());
    }

    private Codes codes(String name, NetworkDescription.CodesPart part) throws IOException {
        Codes codes = part.isUniform()
                ? Codes.ofWeight(
                        part.neurons(),
                        part.maxWeight(),
                        read(name, ElementType.INT32, part.features(), part.maxWeight())
                                .ints())
                : Codes.of(part.neurons(), ints(NetworkArrays.offsets(name)), ints(NetworkArrays.members(name)));
        if (codes.features() != part.features()) {
            throw new FileFormatException(
                    name + " is described as " + part.features() + " codes, but has " + codes.features());
        }
        return codes;
    }

    private WeightMatrix weights(String name, NetworkDescription.LayerPart part) throws IOException {
        int rows = part.rows();
        int columns = part.columns();
        return switch (part.kind()) {
            case "bit" -> new BitMatrix(rows, columns, packed(name, rows, columns), part.clearValue(), part.setValue());
            case "integer" ->
                new IntegerMatrix(
                        rows,
                        columns,
                        read(name, ElementType.INT16, rows, columns).shorts());
            case "diagonal" -> diagonal(name, rows, columns);
            default ->
                new DenseMatrix(
                        rows,
                        columns,
                        read(name, ElementType.FLOAT32, rows, columns).floats());
        };
    }

    private WeightMatrix diagonal(String name, int rows, int columns) throws IOException {
        if (rows != columns) {
            throw new FileFormatException(name + " is diagonal, but described as " + rows + " x " + columns);
        }
        return new DiagonalMatrix(floats(name, rows));
    }

    private long[] packed(String name, int rows, int columns) throws IOException {
        int bytesPerRow = (int) ((columns + 7L) / 8);
        return read(name, ElementType.UINT8, rows, bytesPerRow).bitRows();
    }

    private float[] floats(String name, int length) throws IOException {
        return read(name, ElementType.FLOAT32, length).floats();
    }

    private int[] ints(String name) throws IOException {
        try (ArrayInput array = arrays.open(name)) {
            if (array.shape().rank() != 1) {
                throw new FileFormatException(
                        "array " + name + " is " + array.shape() + ", but must have one dimension");
            }
            return array.ints();
        }
    }

    private ArrayInput read(String name, ElementType type, int... dimensions) throws IOException {
        ArrayInput array = arrays.open(name);
        ArrayShape expected = ArrayShape.of(type, dimensions);
        if (!array.shape().equals(expected)) {
            throw new FileFormatException("array " + name + " is " + array.shape() + ", but must be " + expected);
        }
        return array;
    }
}
