package org.superpose.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.GateFunctionArrays;
import org.superpose.core.file.NamedArray;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;

/**
 * The numbers of an instance and its network under the names that NPZ and safetensors files give them: one vocabulary
 * for export and import. {@code docs/python.md} describes it for readers.
 */
final class ExportedArrays {
    static final String LAYERS = "layers.";
    static final String ENCODER_CODES = "encoder.codes";
    static final String DECODER_CODES = "decoder.codes";
    static final String DECODER_THRESHOLD = "decoder.threshold";
    static final String DECODER_OFF_THRESHOLD = "decoder.off_threshold";
    static final String DECODER_KIND = "decoder.kind";
    static final String GATES = "gates.";
    static final String MIN_ACTIVE = "domain.min_active";
    static final String MAX_ACTIVE = "domain.max_active";
    static final String GROUPS = "domain.groups";

    /** The names of texts, which each format keeps in its own way. */
    static final String INPUT_NAMES = "feature_names";

    static final String OUTPUT_NAMES = "output_names";
    static final String METADATA = "metadata";

    /** The entry that fills up the rows of shorter codes. */
    static final int PADDING = -1;

    private ExportedArrays() {}

    static List<NamedArray> of(BuiltNetwork built) {
        List<NamedArray> arrays = new ArrayList<>();
        addLayers(arrays, built.network());
        arrays.add(codes(ENCODER_CODES, built.network().inputCodes()));
        Decoder decoder = built.network().decoder();
        arrays.add(codes(DECODER_CODES, decoder.codes()));
        arrays.add(NamedArray.floats(DECODER_THRESHOLD, decoder.thresholds()));
        if (decoder.isTwoSided()) {
            arrays.add(NamedArray.floats(DECODER_OFF_THRESHOLD, decoder.offThresholds()));
        }
        arrays.add(NamedArray.scalar(DECODER_KIND, kindNumber(decoder.kind())));
        addGates(arrays, built.instance().layers());
        addDomain(arrays, built.instance().domain());
        return arrays;
    }

    /** Whether an array holds the numbers of a layer, which the graph of an ONNX file has too. */
    static boolean isOfLayer(String name) {
        return name.matches("layers\\.[0-9]+\\.(weight|diagonal|bias)");
    }

    static String weight(int layer) {
        return LAYERS + layer + ".weight";
    }

    static String diagonal(int layer) {
        return LAYERS + layer + ".diagonal";
    }

    static String bias(int layer) {
        return LAYERS + layer + ".bias";
    }

    /** What becomes of a layer's sums; absent for ReLU. */
    static String activation(int layer) {
        return LAYERS + layer + ".activation";
    }

    /** The index of the state that a layer adds; absent where it adds none. */
    static String skip(int layer) {
        return LAYERS + layer + ".skip";
    }

    /** Only layered instances number their layers of gates. */
    static String gateOffsets(int layer, boolean layered) {
        return GATES + (layered ? layer + "." : "") + "offsets";
    }

    static String gateInputs(int layer, boolean layered) {
        return GATES + (layered ? layer + "." : "") + "inputs";
    }

    /** For each gate the number of its function. */
    static String gateFunctions(int layer, boolean layered) {
        return GATES + (layered ? layer + "." : "") + "functions";
    }

    /** Where each function begins. */
    static String functionOffsets(int layer, boolean layered) {
        return GATES + (layered ? layer + "." : "") + "function_offsets";
    }

    /** The functions, in the numbers of {@link GateFunctionArrays}. */
    static String functionData(int layer, boolean layered) {
        return GATES + (layered ? layer + "." : "") + "function_data";
    }

    static int kindNumber(Decoder.Kind kind) {
        return switch (kind) {
            case SUM -> 0;
            case EVERY_ROW -> 1;
            case READOUT -> 2;
        };
    }

    static int activationNumber(Activation activation) {
        return switch (activation) {
            case RELU -> 0;
            case NONE -> 1;
        };
    }

    /** The codes as rows of one length, shorter ones filled up. */
    static int[] padded(Codes codes, int padding) {
        int weight = codes.maxWeight();
        int[] rows = new int[Math.multiplyExact(codes.features(), weight)];
        Arrays.fill(rows, padding);
        for (int j = 0; j < codes.features(); j++) {
            for (int t = 0; t < codes.weight(j); t++) {
                rows[j * weight + t] = codes.neuron(j, t);
            }
        }
        return rows;
    }

    private static void addLayers(List<NamedArray> arrays, SuperposedNetwork network) {
        for (int t = 0; t < network.layers().size(); t++) {
            Layer layer = network.layers().get(t);
            arrays.add(
                    layer.weights() instanceof DiagonalMatrix diagonal
                            ? NamedArray.diagonal(diagonal(t), diagonal)
                            : NamedArray.dense(weight(t), layer.weights()));
            arrays.add(NamedArray.floats(bias(t), layer.bias()));
            if (!layer.hasRelu()) {
                arrays.add(NamedArray.scalar(activation(t), activationNumber(layer.activation())));
            }
            if (layer.skip().isPresent()) {
                arrays.add(NamedArray.scalar(skip(t), layer.skip().getAsInt()));
            }
        }
    }

    private static NamedArray codes(String name, Codes codes) {
        return NamedArray.ints(name, padded(codes, PADDING), codes.features(), codes.maxWeight());
    }

    private static void addGates(List<NamedArray> arrays, List<Gates> layers) {
        boolean layered = layers.size() > 1;
        for (int t = 0; t < layers.size(); t++) {
            arrays.add(NamedArray.ints(gateOffsets(t, layered), layers.get(t).offsets()));
            arrays.add(NamedArray.ints(gateInputs(t, layered), layers.get(t).reads()));
            GateFunctionArrays functions = GateFunctionArrays.of(layers.get(t));
            arrays.add(NamedArray.ints(gateFunctions(t, layered), functions.functionOf()));
            arrays.add(NamedArray.ints(functionOffsets(t, layered), functions.offsets()));
            arrays.add(NamedArray.ints(functionData(t, layered), functions.data()));
        }
    }

    private static void addDomain(List<NamedArray> arrays, InputDomain domain) {
        if (domain.minActive() > 0) {
            arrays.add(NamedArray.scalar(MIN_ACTIVE, domain.minActive()));
        }
        arrays.add(NamedArray.scalar(MAX_ACTIVE, domain.maxActive()));
        if (domain.isGrouped()) {
            int[] groups = new int[domain.features()];
            Arrays.setAll(groups, domain::groupOf);
            arrays.add(NamedArray.ints(GROUPS, groups));
        }
    }
}
