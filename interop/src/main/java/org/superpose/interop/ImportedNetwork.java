package org.superpose.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.ArrayInput;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.file.GateFunctionArrays;
import org.superpose.core.file.NetworkDescription;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.interop.foreign.CountedClass;
import org.superpose.interop.tensor.NameArrays;
import org.superpose.interop.tensor.RecognisedMatrix;
import org.superpose.interop.tensor.TensorSource;

/** One import: takes the arrays of an open file apart and puts the model together. */
final class ImportedNetwork {
    private static final String IMPORTED = "imported";
    private static final List<String> OWN_PREFIXES = List.of("layers.", "encoder.", "decoder.", "gates.", "domain.");

    /** Not arrays of numbers where the format keeps texts in arrays. */
    private static final List<String> TEXTS =
            List.of(ExportedArrays.INPUT_NAMES, ExportedArrays.OUTPUT_NAMES, ExportedArrays.METADATA);

    private final TensorSource source;
    private final Optional<GateFunction> given;
    private final Set<String> used = new LinkedHashSet<>();
    private boolean givenIsNeeded;

    /** @param given what the gates compute where the file does not say it */
    ImportedNetwork(TensorSource source, Optional<GateFunction> given) {
        this.source = source;
        this.given = given;
    }

    BuiltNetwork read() throws IOException {
        Optional<NetworkDescription> description = description();
        List<Layer> layers = layers();
        Codes encoder = codes(ExportedArrays.ENCODER_CODES, layers.get(0).columns());
        Decoder decoder = decoder(layers.get(layers.size() - 1).rows());
        InputDomain domain = domain(encoder.features());
        ProblemInstance instance = instance(description, domain, decoder.outputs());
        requireNothingUnused();
        if (description.isPresent()) {
            Optional<BuiltNetwork> original = untouched(description.get(), instance, encoder, layers, decoder);
            if (original.isPresent()) {
                return original.get();
            }
        }
        return new BuiltNetwork(
                instance,
                new SuperposedNetwork(encoder, layers, decoder, domain, false, provenance(description)),
                description.map(NetworkDescription::plugins).orElse(PluginFiles.NONE));
    }

    private Optional<NetworkDescription> description() throws IOException {
        Optional<String> json = source.text(ExportedArrays.METADATA);
        return json.isPresent()
                ? Optional.of(NetworkDescription.parse(ExportedArrays.METADATA, json.get()))
                : Optional.empty();
    }

    private Provenance provenance(Optional<NetworkDescription> description) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("format", source.format());
        description.ifPresent(original -> {
            facts.put("original_construction", original.provenance().construction());
            facts.put("original_digest", original.digest());
        });
        return new Provenance(IMPORTED, Map.of(), 0, facts);
    }

    /** The pair that was exported, if the numbers are still those that its digest was taken of. */
    private static Optional<BuiltNetwork> untouched(
            NetworkDescription description,
            ProblemInstance instance,
            Codes encoder,
            List<Layer> layers,
            Decoder decoder) {
        if (description.layers().size() != layers.size()
                || description.networkDomain().features() != instance.inputs()) {
            return Optional.empty();
        }
        List<Layer> described = new ArrayList<>();
        for (int t = 0; t < layers.size(); t++) {
            WeightMatrix weights = RecognisedMatrix.inForm(
                    description.layers().get(t), layers.get(t).weights());
            described.add(layers.get(t).withWeights(weights));
        }
        InputDomain claimed =
                description.networkDomain().grouped() || !instance.domain().isGrouped()
                        ? instance.domain()
                        : InputDomain.sparse(instance.inputs(), instance.maxActive());
        int maxActive = Math.min(description.networkDomain().maxActive(), claimed.groupCount());
        BuiltNetwork candidate = new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        encoder,
                        described,
                        decoder,
                        claimed.withMinActive(0)
                                .withMaxActive(maxActive)
                                .withMinActive(description.networkDomain().minActive()),
                        description.clean(),
                        description.provenance()),
                description.plugins());
        return NetworkDigest.of(candidate).equals(description.digest()) ? Optional.of(candidate) : Optional.empty();
    }

    private List<Layer> layers() throws IOException {
        List<Layer> layers = new ArrayList<>();
        while (has(ExportedArrays.weight(layers.size())) || has(ExportedArrays.diagonal(layers.size()))) {
            int t = layers.size();
            if (has(ExportedArrays.weight(t)) && has(ExportedArrays.diagonal(t))) {
                throw new FileFormatException("has both " + ExportedArrays.weight(t) + " and "
                        + ExportedArrays.diagonal(t) + ", but a layer has one of them");
            }
            WeightMatrix weights = has(ExportedArrays.weight(t))
                    ? matrix(ExportedArrays.weight(t))
                    : new DiagonalMatrix(vector(ExportedArrays.diagonal(t)).floats());
            if (t > 0 && weights.columns() != layers.get(t - 1).rows()) {
                throw new FileFormatException("layer " + t + " has " + weights.columns() + " columns, but layer "
                        + (t - 1) + " has " + layers.get(t - 1).rows() + " rows");
            }
            float[] bias = floats(ExportedArrays.bias(t), weights.rows());
            layers.add(new Layer(weights, bias, activation(t), skip(t)));
        }
        if (layers.isEmpty()) {
            throw new FileFormatException("has no array " + ExportedArrays.weight(0));
        }
        return layers;
    }

    private Activation activation(int layer) throws IOException {
        String name = ExportedArrays.activation(layer);
        if (!has(name)) {
            return Activation.RELU;
        }
        int number = scalar(name);
        for (Activation activation : Activation.values()) {
            if (ExportedArrays.activationNumber(activation) == number) {
                return activation;
            }
        }
        throw new FileFormatException("array " + name + " is " + number + ", but must be 0 (ReLU) or 1 (none)");
    }

    private OptionalInt skip(int layer) throws IOException {
        String name = ExportedArrays.skip(layer);
        return has(name) ? OptionalInt.of(scalar(name)) : OptionalInt.empty();
    }

    private WeightMatrix matrix(String name) throws IOException {
        try (ArrayInput array = open(name)) {
            ArrayShape shape = array.shape();
            if (shape.rank() != 2 || shape.elements() == 0) {
                throw new FileFormatException("array " + name + " is " + shape + ", but must be [rows, columns]");
            }
            return RecognisedMatrix.of(shape.dimension(0), shape.dimension(1), array.floats());
        }
    }

    /** Rows of codes; the order of the neurons within a code does not matter. */
    private Codes codes(String name, int neurons) throws IOException {
        try (ArrayInput array = open(name)) {
            ArrayShape shape = array.shape();
            if (shape.rank() != 2 || shape.elements() == 0) {
                throw new FileFormatException("array " + name + " is " + shape + ", but must be [features, weight]");
            }
            int weight = shape.dimension(1);
            int[] rows = array.ints();
            int[] offsets = new int[shape.dimension(0) + 1];
            int filled = 0;
            for (int j = 0; j + 1 < offsets.length; j++) {
                int start = filled;
                for (int t = j * weight; t < (j + 1) * weight; t++) {
                    if (rows[t] < ExportedArrays.PADDING || rows[t] >= neurons) {
                        throw new FileFormatException(
                                "array " + name + " has neuron " + rows[t] + " in the code of feature " + j
                                        + ", which is not in 0.." + (neurons - 1) + " (or -1 to fill up)");
                    }
                    if (rows[t] != ExportedArrays.PADDING) {
                        rows[filled++] = rows[t]; // never ahead of t, so the rows can be packed in place
                    }
                }
                requireSet(name, "the code of feature " + j, "neuron", rows, start, filled);
                offsets[j + 1] = filled;
            }
            return Codes.of(neurons, offsets, Arrays.copyOf(rows, filled));
        }
    }

    /** Sorts a stretch of an array and requires that it has at least one entry and none twice. */
    private static void requireSet(String array, String what, String entry, int[] values, int from, int to)
            throws FileFormatException {
        if (from >= to) {
            throw new FileFormatException("array " + array + ": " + what + " is empty");
        }
        Arrays.sort(values, from, to);
        for (int t = from + 1; t < to; t++) {
            if (values[t] == values[t - 1]) {
                throw new FileFormatException(
                        "array " + array + ": " + what + " has " + entry + " " + values[t] + " twice");
            }
        }
    }

    private Decoder decoder(int neurons) throws IOException {
        Codes codes = codes(ExportedArrays.DECODER_CODES, neurons);
        int number = scalar(ExportedArrays.DECODER_KIND);
        for (Decoder.Kind kind : Decoder.Kind.values()) {
            if (ExportedArrays.kindNumber(kind) == number) {
                float[] thresholds = floats(ExportedArrays.DECODER_THRESHOLD, codes.features());
                float[] offThresholds = has(ExportedArrays.DECODER_OFF_THRESHOLD)
                        ? floats(ExportedArrays.DECODER_OFF_THRESHOLD, codes.features())
                        : thresholds;
                return new Decoder(codes, kind, thresholds, offThresholds);
            }
        }
        throw new FileFormatException("array " + ExportedArrays.DECODER_KIND + " is " + number
                + ", but must be 0 (sum over the rows), 1 (every row) or 2 (read-out of logits)");
    }

    private InputDomain domain(int features) throws IOException {
        int maxActive = scalar(ExportedArrays.MAX_ACTIVE);
        if (maxActive > NetworkDescription.MAX_ACTIVE) {
            throw new FileFormatException("array " + ExportedArrays.MAX_ACTIVE + " is " + maxActive
                    + ", but must be at most " + NetworkDescription.MAX_ACTIVE);
        }
        int minActive = has(ExportedArrays.MIN_ACTIVE) ? scalar(ExportedArrays.MIN_ACTIVE) : 0;
        if (!has(ExportedArrays.GROUPS)) {
            return InputDomain.sparse(features, maxActive).withMinActive(minActive);
        }
        try (ArrayInput groups = vector(ExportedArrays.GROUPS)) {
            if (groups.shape().elements() != features) {
                throw new FileFormatException("array " + ExportedArrays.GROUPS + " has "
                        + groups.shape().elements() + " entries, but there are " + features + " features");
            }
            return InputDomain.grouped(groups.ints(), maxActive).withMinActive(minActive);
        }
    }

    private ProblemInstance instance(Optional<NetworkDescription> description, InputDomain domain, int outputs)
            throws IOException {
        List<Gates> layers = gates(description, domain.features());
        Gates last = layers.get(layers.size() - 1);
        if (last.outputs() != outputs) {
            throw new FileFormatException("has " + last.outputs() + " gates, but " + outputs + " output codes");
        }
        FeatureNames inputNames = names(ExportedArrays.INPUT_NAMES, domain.features());
        FeatureNames outputNames = names(ExportedArrays.OUTPUT_NAMES, outputs);
        if (description.isPresent()) {
            NetworkDescription original = description.get();
            ProblemInstance described = new ProblemInstance(
                    original.problem(),
                    original.parameters(),
                    original.problemSeed(),
                    layers,
                    domain,
                    original.functionClass(),
                    inputNames,
                    outputNames);
            if (NetworkDigest.of(described).equals(original.problemDigest())) {
                return described;
            }
        }
        return new ProblemInstance(
                IMPORTED,
                ParameterValues.NONE,
                0,
                layers,
                domain,
                CountedClass.of(layers, domain),
                inputNames,
                outputNames);
    }

    private List<Gates> gates(Optional<NetworkDescription> description, int features) throws IOException {
        boolean layered = has(ExportedArrays.gateOffsets(0, true));
        List<Gates> layers = new ArrayList<>();
        int inputs = features;
        do {
            int t = layers.size();
            Gates gates = hasFunctions(t, layered)
                    ? gates(t, layered, inputs, functions(t, layered))
                    : gates(t, layered, inputs, GateFunctionArrays.of(unwrittenFunction(description, t)));
            layers.add(gates);
            inputs = gates.outputs();
        } while (layered && has(ExportedArrays.gateOffsets(layers.size(), true)));
        if (given.isPresent() && !givenIsNeeded) {
            throw new FileFormatException(
                    "says itself what its gates compute: --gate-function is for files that do" + " not");
        }
        return layers;
    }

    /** One of the arrays suffices to ask for all of them. */
    private boolean hasFunctions(int layer, boolean layered) {
        return has(ExportedArrays.gateFunctions(layer, layered))
                || has(ExportedArrays.functionOffsets(layer, layered))
                || has(ExportedArrays.functionData(layer, layered));
    }

    /**
     * The function of a layer that has no arrays of functions, as in files of earlier versions: the description names
     * it, or else whoever imports does. It is never guessed, because a verdict is worth nothing for gates that nobody
     * asked for.
     */
    private GateFunction unwrittenFunction(Optional<NetworkDescription> description, int layer)
            throws FileFormatException {
        Optional<GateFunction> described = description
                .map(NetworkDescription::gates)
                .filter(parts -> layer < parts.size())
                .flatMap(parts -> parts.get(layer).function());
        if (described.isPresent()) {
            return described.get();
        }
        givenIsNeeded = true;
        return given.orElseThrow(() -> new FileFormatException("does not say what its gates compute (it has neither the"
                + " arrays gates.functions, gates.function_offsets and gates.function_data nor our metadata): say it"
                + " with --gate-function, for example --gate-function and, parity or \"at-least(2)\""));
    }

    private GateFunctionArrays functions(int layer, boolean layered) throws IOException {
        return new GateFunctionArrays(
                ints(ExportedArrays.gateFunctions(layer, layered)),
                ints(ExportedArrays.functionOffsets(layer, layered)),
                ints(ExportedArrays.functionData(layer, layered)));
    }

    private Gates gates(int layer, boolean layered, int inputs, GateFunctionArrays arrays) throws IOException {
        String offsetsName = ExportedArrays.gateOffsets(layer, layered);
        String inputsName = ExportedArrays.gateInputs(layer, layered);
        int[] offsets = ints(offsetsName);
        int[] reads = ints(inputsName);
        if (offsets.length < 2 || offsets[0] != 0 || offsets[offsets.length - 1] != reads.length) {
            throw new FileFormatException("array " + offsetsName + " must run from 0 to " + reads.length
                    + ", the length of " + inputsName + ", with one entry more than there are gates");
        }
        List<GateFunction> functions = arrays.functions();
        boolean onlyOne = functions.size() == 1 && arrays.functionOf().length == 0;
        if (!onlyOne && arrays.functionOf().length != offsets.length - 1) {
            throw new FileFormatException("array " + ExportedArrays.gateFunctions(layer, layered) + " has "
                    + arrays.functionOf().length + " entries, but there are " + (offsets.length - 1) + " gates");
        }
        boolean symmetric = functions.stream().allMatch(GateFunction::isSymmetric);
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i + 1 < offsets.length; i++) {
            if (offsets[i + 1] < offsets[i] || offsets[i + 1] > reads.length) {
                throw new FileFormatException("array " + offsetsName + " does not ascend at entry " + (i + 1));
            }
            for (int t = offsets[i]; t < offsets[i + 1]; t++) {
                if (reads[t] < 0 || reads[t] >= inputs) {
                    throw new FileFormatException("array " + inputsName + ": gate " + i + " reads feature " + reads[t]
                            + ", which is not in 0.." + (inputs - 1));
                }
            }
            int index = onlyOne ? 0 : arrays.functionOf()[i];
            if (index < 0 || index >= functions.size()) {
                throw new FileFormatException("array " + ExportedArrays.gateFunctions(layer, layered) + ": gate " + i
                        + " has function " + index + ", which is not in 0.." + (functions.size() - 1));
            }
            int[] own = Arrays.copyOfRange(reads, offsets[i], offsets[i + 1]);
            if (own.length > 0 || !functions.get(index).fits(0)) {
                requireSet(inputsName, "gate " + i, "feature", reads, offsets[i], offsets[i + 1]);
            }
            if (!symmetric) {
                gates.add(Gate.of(functions.get(index), own)); // the order of reads says which is which
            }
        }
        return symmetric
                ? Gates.of(inputs, functions, onlyOne ? null : arrays.functionOf(), offsets, reads)
                : Gates.of(inputs, gates);
    }

    private FeatureNames names(String name, int features) throws IOException {
        Optional<List<String>> names = source.texts(name);
        if (names.isPresent() && names.get().size() != features) {
            throw new FileFormatException(
                    name + " has " + names.get().size() + " names, but there are " + features + " features");
        }
        return names.map(FeatureNames::new).orElse(FeatureNames.NONE);
    }

    /** What looks like a part of the network but is not understood must not be silently left out of a verification. */
    private void requireNothingUnused() throws FileFormatException {
        for (String name : source.names()) {
            if (!used.contains(name) && !isText(name) && isOwn(name)) {
                throw new FileFormatException("has an array " + name + " that no part of the network uses");
            }
        }
        for (Map.Entry<String, String> other : source.others().entrySet()) {
            if (isOwn(other.getKey())) {
                throw unusable(other.getKey(), other.getValue());
            }
        }
    }

    private static boolean isOwn(String name) {
        return OWN_PREFIXES.stream().anyMatch(name::startsWith) || isText(name);
    }

    private static boolean isText(String name) {
        return TEXTS.stream().anyMatch(text -> NameArrays.isPart(name, text));
    }

    private static FileFormatException unusable(String name, String reason) {
        return new FileFormatException("array " + name + " " + reason + ", which no part of a network can be");
    }

    /** What is somebody else's: the names of all that was not looked at. */
    List<String> ignored() {
        List<String> ignored = new ArrayList<>(source.names());
        ignored.removeAll(used);
        ignored.removeIf(ImportedNetwork::isText);
        ignored.addAll(source.others().keySet());
        return ignored;
    }

    private boolean has(String name) {
        return source.names().contains(name);
    }

    private ArrayInput open(String name) throws IOException {
        if (source.others().containsKey(name)) {
            throw unusable(name, source.others().get(name));
        }
        if (!has(name)) {
            throw new FileFormatException("has no array " + name);
        }
        used.add(name);
        return source.open(name);
    }

    private ArrayInput vector(String name) throws IOException {
        ArrayInput array = open(name);
        if (array.shape().rank() != 1) {
            array.close();
            throw new FileFormatException("array " + name + " is " + array.shape() + ", but must have one dimension");
        }
        return array;
    }

    private int[] ints(String name) throws IOException {
        try (ArrayInput array = vector(name)) {
            return array.ints();
        }
    }

    private float[] floats(String name, int length) throws IOException {
        try (ArrayInput array = vector(name)) {
            if (array.shape().elements() != length) {
                throw new FileFormatException(
                        "array " + name + " has " + array.shape().elements() + " entries, but must have " + length);
            }
            return array.floats();
        }
    }

    private int scalar(String name) throws IOException {
        try (ArrayInput array = open(name)) {
            if (array.shape().elements() != 1) {
                throw new FileFormatException(
                        "array " + name + " is " + array.shape() + ", but must be a single number");
            }
            return array.ints()[0];
        }
    }
}
