package org.superpose.core.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.ToolVersion;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.PluginFile;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.SymmetricFunction;

/**
 * Everything about an instance and its network that is not in arrays, as JSON and back: the body of a network file's
 * manifest, and the {@code metadata} of exports.
 *
 * @param digest the content digest that is claimed for the pair
 * @param problemDigest the content digest that is claimed for the instance alone
 * @param problem id of the problem
 * @param parameters the problem's parameters
 * @param problemSeed the seed of the instance
 * @param functionClass the class of functions that the instance was drawn from, where it is known
 * @param gates one for each layer of gates
 * @param problemDomain the inputs of the instance
 * @param provenance how the network was built
 * @param width n, the largest number of neurons in any layer
 * @param embeddingWidth the width of the linear encoder, where that is named apart
 * @param networkDomain the inputs that the network claims
 * @param clean whether the network claims a clean last layer
 * @param encoder the shape of the input codes
 * @param layers one for each layer
 * @param decoderKind how the decoder reads
 * @param twoSided whether a read-out has off-thresholds of their own
 * @param decoder the shape of the output codes
 * @param plugins what is recorded of the plugins that made it; the digest does not cover it
 */
public record NetworkDescription(
        String digest,
        String problemDigest,
        String problem,
        ParameterValues parameters,
        long problemSeed,
        Optional<FunctionClass> functionClass,
        List<GatesPart> gates,
        DomainPart problemDomain,
        Provenance provenance,
        int width,
        OptionalInt embeddingWidth,
        DomainPart networkDomain,
        boolean clean,
        CodesPart encoder,
        List<LayerPart> layers,
        Decoder.Kind decoderKind,
        boolean twoSided,
        CodesPart decoder,
        PluginFiles plugins) {

    /**
     * The newest version of descriptions, and of network files, that can be read. Version 1, which is written where it
     * suffices, has layers of one symmetric function and no lower bound on the number of active features; version 2,
     * which is written where that suffices, has networks without {@link SuperposedNetwork#departure}.
     */
    public static final int FORMAT_VERSION = 3;

    /** What a file says where the gates of a layer have functions of their own, in arrays. */
    private static final String PER_GATE = "per-gate";

    /** The largest activity bound v that files may hold: larger domains have sizes of thousands of digits. */
    public static final int MAX_ACTIVE = 1024;

    private static final String FORMAT = "superpose-network";
    private static final String PLUGINS = "plugins";
    private static final String NO_ACTIVATION = "none";

    /** The most decimal digits that the number of choices of a function class may have. */
    private static final int MAX_DIGITS = 10_000;

    private static final String OUTPUTS_PER_PICK = "outputs_per_pick";
    private static final String BOUND_BITS = "bound_bits";

    /** One layer of gates; its function is empty where arrays say what each gate computes. */
    public record GatesPart(Optional<GateFunction> function, int inputs, int outputs) {}

    /** A domain without its groups. */
    public record DomainPart(int features, int minActive, int maxActive, boolean grouped) {}

    /** The shape of some codes. */
    public record CodesPart(int features, int neurons, int minWeight, int maxWeight) {
        boolean isUniform() {
            return minWeight == maxWeight;
        }
    }

    /** The kind and shape of one layer's weights and what becomes of its sums; the values count for kind bit only. */
    public record LayerPart(
            String kind,
            int rows,
            int columns,
            int clearValue,
            int setValue,
            Activation activation,
            OptionalInt skip) {}

    /** The description as a JSON text without white space; the same pair gives the same text. */
    public static String toJson(BuiltNetwork built) {
        try {
            return new String(JsonFields.compact(signed(built)), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new IllegalArgumentException("the description cannot be written as JSON", impossible);
        }
    }

    /** The description with format, version and digest before it. */
    static ObjectNode signed(BuiltNetwork built) {
        ObjectNode json = JsonFields.newObject()
                .put("format", FORMAT)
                .put("format_version", version(built))
                .put("tool_version", ToolVersion.current())
                .put("digest", NetworkDigest.of(built))
                .put("problem_digest", NetworkDigest.of(built.instance()));
        putPlugins(json, built.plugins());
        json.setAll(json(built));
        return json;
    }

    /** What was made without plugins has the bytes that it had before there was such a field. */
    private static void putPlugins(ObjectNode json, PluginFiles plugins) {
        if (!plugins.isEmpty()) {
            ArrayNode list = json.putArray(PLUGINS);
            for (PluginFile file : plugins.files()) {
                list.addObject()
                        .put("jar", file.jar())
                        .put("version", file.version())
                        .put("sha256", file.sha256());
            }
        }
    }

    private static PluginFiles plugins(JsonFields json) throws FileFormatException {
        List<PluginFile> files = new ArrayList<>();
        if (json.has(PLUGINS)) {
            for (JsonFields file : json.objects(PLUGINS)) {
                files.add(new PluginFile(file.text("jar"), file.text("version"), file.text("sha256")));
            }
        }
        return new PluginFiles(files);
    }

    private static int version(BuiltNetwork built) {
        if (built.network().departure().isPresent()) {
            return FORMAT_VERSION;
        }
        ProblemInstance instance = built.instance();
        boolean first = instance.layers().stream().allMatch(NetworkDescription::isOfVersionOne)
                && instance.domain().minActive() == 0
                && built.network().domain().minActive() == 0;
        return first ? 1 : 2;
    }

    private static boolean isOfVersionOne(Gates gates) {
        return namesFunction(gates) && !(gates.function(0) instanceof SymmetricFunction.Exactly);
    }

    /** Whether the function of a layer is one name, so that no arrays are needed. */
    static boolean namesFunction(Gates gates) {
        return gates.commonFunction().filter(GateFunction::isSymmetric).isPresent();
    }

    /** The description alone: what the digest covers. */
    static ObjectNode json(BuiltNetwork built) {
        ObjectNode json = JsonFields.newObject();
        putProblem(json.putObject("problem"), built.instance());
        putConstruction(json.putObject("construction"), built.network().provenance());
        putNetwork(json.putObject("network"), built.network());
        return json;
    }

    static ObjectNode json(ProblemInstance instance) {
        ObjectNode json = JsonFields.newObject();
        putProblem(json.putObject("problem"), instance);
        return json;
    }

    static ObjectNode json(SuperposedNetwork network) {
        ObjectNode json = JsonFields.newObject();
        putConstruction(json.putObject("construction"), network.provenance());
        putNetwork(json.putObject("network"), network);
        return json;
    }

    /** What most classes do not need is left out, so that their files stay as they are. */
    private static void putFunctionClass(ObjectNode json, FunctionClass functions) {
        json.put("description", functions.description())
                .put("choices", functions.choices().toString())
                .put("outputs", functions.outputs());
        if (functions.outputsPerPick() != 1) {
            json.put(OUTPUTS_PER_PICK, functions.outputsPerPick());
        }
        if (functions.boundBits() != 0) {
            json.put(BOUND_BITS, functions.boundBits());
        }
    }

    private static void putProblem(ObjectNode json, ProblemInstance instance) {
        json.put("id", instance.problem());
        JsonFields.putValues(json, "parameters", instance.parameters().asMap());
        json.put("seed", instance.seed());
        instance.functionClass()
                .ifPresentOrElse(
                        functions -> putFunctionClass(json.putObject("function_class"), functions),
                        () -> json.putNull("function_class"));
        ArrayNode gates = json.putArray("gates");
        for (Gates layer : instance.layers()) {
            gates.addObject()
                    .put("function", namesFunction(layer) ? layer.function(0).name() : PER_GATE)
                    .put("inputs", layer.inputs())
                    .put("outputs", layer.outputs());
        }
        putDomain(json.putObject("domain"), instance.domain());
    }

    private static void putConstruction(ObjectNode json, Provenance provenance) {
        json.put("id", provenance.construction());
        JsonFields.putValues(json, "parameters", provenance.parameters());
        json.put("seed", provenance.seed());
        JsonFields.putValues(json, "facts", provenance.facts());
    }

    private static void putNetwork(ObjectNode json, SuperposedNetwork network) {
        json.put("width", network.width());
        network.embeddingWidth().ifPresent(width -> json.put("embedding_width", width));
        json.put("clean", network.clean());
        putDomain(json.putObject("domain"), network.domain());
        putCodes(json.putObject("encoder"), network.inputCodes());
        ArrayNode layers = json.putArray("layers");
        for (Layer layer : network.layers()) {
            ObjectNode part = layers.addObject()
                    .put("kind", layer.weights().kind())
                    .put("rows", layer.rows())
                    .put("columns", layer.columns());
            if (layer.weights() instanceof BitMatrix bits) {
                part.put("clear_value", bits.clearValue()).put("set_value", bits.setValue());
            }
            if (!layer.hasRelu()) {
                part.put("activation", NO_ACTIVATION);
            }
            layer.skip().ifPresent(state -> part.put("skip", state));
        }
        ObjectNode decoder = json.putObject("decoder");
        decoder.put("kind", kindName(network.decoder().kind()));
        if (network.decoder().isTwoSided()) {
            decoder.put("two_sided", true);
        }
        putCodes(decoder, network.decoder().codes());
    }

    private static String kindName(Decoder.Kind kind) {
        return switch (kind) {
            case SUM -> "sum";
            case EVERY_ROW -> "every-row";
            case READOUT -> "readout";
        };
    }

    private static void putDomain(ObjectNode json, InputDomain domain) {
        json.put("features", domain.features());
        if (domain.minActive() > 0) {
            json.put("min_active", domain.minActive());
        }
        json.put("max_active", domain.maxActive()).put("grouped", domain.isGrouped());
    }

    private static void putCodes(ObjectNode json, Codes codes) {
        json.put("features", codes.features())
                .put("neurons", codes.neurons())
                .put("min_weight", codes.minWeight())
                .put("max_weight", codes.maxWeight());
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param what the name of the document, for messages
     * @throws FileFormatException if it is of another format or a newer version, or a field is missing, of the wrong
     *     type or out of range
     */
    public static NetworkDescription parse(String what, String json) throws FileFormatException {
        return of(JsonFields.parse(what, json.getBytes(StandardCharsets.UTF_8)));
    }

    static NetworkDescription of(JsonFields json) throws FileFormatException {
        requireFormat(json);
        JsonFields problem = json.object("problem");
        JsonFields construction = json.object("construction");
        JsonFields network = json.object("network");
        JsonFields decoder = network.object("decoder");
        try {
            return new NetworkDescription(
                    json.text("digest"),
                    json.text("problem_digest"),
                    problem.text("id"),
                    parameters(problem.values("parameters")),
                    problem.longWhole("seed"),
                    problem.isNull("function_class")
                            ? Optional.empty()
                            : Optional.of(functionClass(problem.object("function_class"))),
                    gates(problem.objects("gates")),
                    domain(problem.object("domain")),
                    new Provenance(
                            construction.text("id"),
                            construction.values("parameters"),
                            construction.longWhole("seed"),
                            construction.values("facts")),
                    network.whole("width", 0, Integer.MAX_VALUE),
                    network.has("embedding_width")
                            ? OptionalInt.of(network.whole("embedding_width", 1, Integer.MAX_VALUE))
                            : OptionalInt.empty(),
                    domain(network.object("domain")),
                    network.flag("clean"),
                    codes(network.object("encoder")),
                    layers(network.objects("layers")),
                    decoderKind(decoder.text("kind")),
                    decoder.has("two_sided") && decoder.flag("two_sided"),
                    codes(decoder),
                    plugins(json));
        } catch (IllegalArgumentException outOfRange) {
            throw new FileFormatException("the description is not sound: " + outOfRange.getMessage(), outOfRange);
        }
    }

    private static void requireFormat(JsonFields json) throws FileFormatException {
        if (!json.has("format") || !json.text("format").equals(FORMAT)) {
            throw new FileFormatException("is not a network file: its format is not " + FORMAT);
        }
        int version = json.whole("format_version", 1, Integer.MAX_VALUE);
        if (version > FORMAT_VERSION) {
            throw new FileFormatException("is of format version " + version + ", but Superpose " + ToolVersion.current()
                    + " reads versions up to " + FORMAT_VERSION + ": a newer Superpose is needed");
        }
    }

    private static ParameterValues parameters(Map<String, Object> values) throws FileFormatException {
        ParameterValues parameters = ParameterValues.NONE;
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            String name = entry.getKey();
            if (entry.getValue() instanceof Integer value) {
                parameters = parameters.with(Parameter.whole(name, Integer.MIN_VALUE, Integer.MAX_VALUE, ""), value);
            } else if (entry.getValue() instanceof Double value) {
                parameters = parameters.with(Parameter.real(name, -Double.MAX_VALUE, Double.MAX_VALUE, ""), value);
            } else if (entry.getValue() instanceof Boolean value) {
                parameters = parameters.with(Parameter.flag(name, ""), value);
            } else if (entry.getValue() instanceof String value && !value.isBlank()) {
                parameters = parameters.with(Parameter.text(name, "", ""), value);
            } else {
                throw new FileFormatException("the problem's parameter " + name + " is no parameter value");
            }
        }
        return parameters;
    }

    private static FunctionClass functionClass(JsonFields json) throws FileFormatException {
        String choices = json.text("choices");
        if (choices.length() > MAX_DIGITS || !choices.matches("[0-9]+")) {
            throw new FileFormatException("the choices of the function class are not a whole number");
        }
        return new FunctionClass(
                json.text("description"),
                new BigInteger(choices),
                json.whole("outputs", 1, Integer.MAX_VALUE),
                json.has(OUTPUTS_PER_PICK) ? json.whole(OUTPUTS_PER_PICK, 1, Integer.MAX_VALUE) : 1,
                json.has(BOUND_BITS) ? json.whole(BOUND_BITS, 0, Integer.MAX_VALUE) : 0);
    }

    private static List<GatesPart> gates(List<JsonFields> layers) throws FileFormatException {
        List<GatesPart> gates = new ArrayList<>();
        for (JsonFields layer : layers) {
            String name = layer.text("function");
            Optional<GateFunction> function = GateFunction.named(name).filter(GateFunction::isSymmetric);
            if (function.isEmpty() && !name.equals(PER_GATE)) {
                throw new FileFormatException("there is no gate function \"" + name + "\"");
            }
            gates.add(new GatesPart(
                    function,
                    layer.whole("inputs", 1, Integer.MAX_VALUE),
                    layer.whole("outputs", 1, Integer.MAX_VALUE)));
        }
        return List.copyOf(gates);
    }

    private static DomainPart domain(JsonFields json) throws FileFormatException {
        int features = json.whole("features", 1, Integer.MAX_VALUE);
        int maxActive = json.whole("max_active", 1, Math.min(features, MAX_ACTIVE));
        int minActive = json.has("min_active") ? json.whole("min_active", 1, maxActive) : 0;
        return new DomainPart(features, minActive, maxActive, json.flag("grouped"));
    }

    private static CodesPart codes(JsonFields json) throws FileFormatException {
        int neurons = json.whole("neurons", 1, Integer.MAX_VALUE);
        int maxWeight = json.whole("max_weight", 1, neurons);
        return new CodesPart(
                json.whole("features", 1, Integer.MAX_VALUE),
                neurons,
                json.whole("min_weight", 1, maxWeight),
                maxWeight);
    }

    private static List<LayerPart> layers(List<JsonFields> layers) throws FileFormatException {
        List<LayerPart> parts = new ArrayList<>();
        for (JsonFields layer : layers) {
            String kind = layer.text("kind");
            boolean bit = kind.equals("bit");
            if (!bit && !List.of("dense", "integer", "diagonal").contains(kind)) {
                throw new FileFormatException(
                        "there is no weight matrix kind \"" + kind + "\": it must be bit, dense, diagonal or integer");
            }
            parts.add(new LayerPart(
                    kind,
                    layer.whole("rows", 1, Integer.MAX_VALUE),
                    layer.whole("columns", 1, Integer.MAX_VALUE),
                    bit ? layer.whole("clear_value", Short.MIN_VALUE, Short.MAX_VALUE) : 0,
                    bit ? layer.whole("set_value", Short.MIN_VALUE, Short.MAX_VALUE) : 0,
                    activation(layer),
                    layer.has("skip")
                            ? OptionalInt.of(layer.whole("skip", 0, Integer.MAX_VALUE))
                            : OptionalInt.empty()));
        }
        return List.copyOf(parts);
    }

    private static Activation activation(JsonFields layer) throws FileFormatException {
        if (!layer.has("activation")) {
            return Activation.RELU;
        }
        String name = layer.text("activation");
        if (!name.equals(NO_ACTIVATION)) {
            throw new FileFormatException(
                    "there is no activation \"" + name + "\": it must be " + NO_ACTIVATION + ", or absent for ReLU");
        }
        return Activation.NONE;
    }

    private static Decoder.Kind decoderKind(String name) throws FileFormatException {
        for (Decoder.Kind kind : Decoder.Kind.values()) {
            if (kindName(kind).equals(name)) {
                return kind;
            }
        }
        throw new FileFormatException(
                "there is no decoder kind \"" + name + "\": it must be sum, every-row or readout");
    }
}
