package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.RestingState;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.NetworkFileParameter;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.PictureTarget;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.TextTable;
import org.superpose.runner.figure.Picture;
import org.superpose.runner.inspect.ChannelFigure;
import org.superpose.runner.inspect.Channels;
import org.superpose.runner.inspect.CodeLoad;
import org.superpose.runner.inspect.DependenceFigure;
import org.superpose.runner.inspect.FedSubProblems;
import org.superpose.runner.inspect.GateFunctions;
import org.superpose.runner.inspect.LayerSummary;
import org.superpose.runner.inspect.NeuronSharing;
import org.superpose.runner.inspect.PartitionFigure;
import org.superpose.runner.inspect.SharedHub;
import org.superpose.runner.inspect.SubProblem;
import org.superpose.runner.trace.FeatureFinder;
import org.superpose.runner.workbench.NetworkMetrics;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose inspect}: what is inside a network file, and who shares a neuron with whom. */
@Command(
        name = "inspect",
        description =
                "Shows sizes, densities and bits of a network, which features share a neuron, and draws its matrices.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose inspect net.superpose.zip --features \"free*\"",
            "  superpose inspect net.superpose.zip --neuron 17",
            "  superpose inspect net.superpose.zip --plot channels.svg"
        })
final class InspectCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 40;
    private static final String CHANNELS = "channels";
    private static final String DEPENDENCE = "dependence";
    private static final String PARTITION = "partition";

    private final Console console;
    private final Workbench workbench;

    @Mixin
    private NetworkFileParameter file = new NetworkFileParameter();

    @Option(names = "--neuron", paramLabel = "E", description = "Shows which outputs make this neuron fire.")
    private Integer neuron;

    @Option(
            names = "--layer",
            paramLabel = "T",
            defaultValue = "1",
            description = "The layer of --neuron: 0 for the encoded input, 1 for the first hidden layer"
                    + " (default: ${DEFAULT-VALUE}).")
    private int layer;

    @Option(
            names = "--feature",
            paramLabel = "J",
            description =
                    "Shows the code of this input, by index, name or the beginning of one, and who shares its neurons.")
    private String feature;

    @Option(
            names = "--features",
            arity = "0..1",
            paramLabel = "PATTERN",
            fallbackValue = "",
            description =
                    "Lists the inputs and outputs, or those whose name has PATTERN in it, in which * stands for any"
                            + " characters: index, name, how to type it, codes, and who reads whom.")
    private String features;

    @Option(names = "--names", description = "With --features: prints the inputs only, as one types them, a line each.")
    private boolean namesOnly;

    @Option(
            names = "--plot",
            converter = OutputPath.class,
            paramLabel = "FILE",
            description = "Draws the first matrix, parted into sub-problems, the channel of one output, and spurious"
                    + " coincidences, into an .svg or .png file; - is standard output, as SVG.")
    private Path plot;

    @Option(
            names = "--figure",
            paramLabel = "NAME",
            description = "What --plot draws: channels; dependence: the channels of light inputs that share the heavy"
                    + " input --feature, or the most influential one; or partition: which sub-problems of the"
                    + " next map the results of the first one feed (default: channels).")
    private String figure;

    @Option(
            names = "--output",
            paramLabel = "I",
            description =
                    "The output whose channel --plot draws, by index or by name (default: the first one that reads"
                            + " --feature, else 0).")
    private String output;

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    InspectCommand(Console console, Workbench workbench) {
        this.console = console;
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        if (output != null && plot == null) {
            throw new InvalidInputException("--output says which channel is drawn: it needs --plot FILE");
        }
        if (namesOnly && (features == null || json.isSet())) {
            throw new InvalidInputException("--names goes with --features, and not with --json");
        }
        requireFigure();
        PictureTarget target = PictureTarget.checked(Optional.ofNullable(plot), replace, List.of(file.path()));
        BuiltNetwork built = file.read();
        Map<String, Object> document = new LinkedHashMap<>();
        List<String> text = new ArrayList<>();
        if (neuron != null) {
            describeNeuron(built, document, text);
        }
        if (feature != null) {
            describeFeature(built, document, text);
        }
        if (features != null) {
            FeatureList list = new FeatureList(built, features);
            document.putAll(list.document());
            text.addAll(namesOnly ? list.typedInputs() : list.lines());
        }
        if (neuron == null && feature == null && features == null) {
            describeNetwork(built, document, text);
        }
        target.draw(() -> picture(built)).ifPresent(each -> console.note("the matrices are drawn in " + each));
        Console results = plot == null ? console : console.beside(plot);
        if (json.isSet()) {
            results.json(document);
        } else {
            text.forEach(results::result);
        }
        return ExitStatus.DONE;
    }

    private void requireFigure() {
        if (figure == null) {
            return;
        }
        if (plot == null) {
            throw new InvalidInputException("--figure says what is drawn: it needs --plot FILE");
        }
        if (!List.of(CHANNELS, DEPENDENCE, PARTITION).contains(figure)) {
            throw new InvalidInputException(
                    "--figure " + figure + " must be one of " + CHANNELS + ", " + DEPENDENCE + ", " + PARTITION);
        }
        if (!figure.equals(CHANNELS) && output != null) {
            throw new InvalidInputException("--output says whose channel is drawn, and --figure " + figure
                    + " draws none" + (figure.equals(DEPENDENCE) ? "; choose a heavy input with --feature" : ""));
        }
    }

    private Picture picture(BuiltNetwork built) {
        requireHiddenFirstLayer(built);
        if (DEPENDENCE.equals(figure)) {
            Gates gates = built.instance().layers().get(0);
            int hub = feature == null
                    ? -1
                    : new FeatureFinder("--feature", built.instance().inputNames(), gates.inputs()).find(feature);
            return new DependenceFigure(built, SharedHub.of(built, hub));
        }
        if (PARTITION.equals(figure)) {
            return new PartitionFigure(built, FedSubProblems.of(built, new KernelEvaluator(built.network())));
        }
        return new ChannelFigure(
                built, new Channels(built, new KernelEvaluator(built.network()), plottedOutput(built)));
    }

    private static void requireHiddenFirstLayer(BuiltNetwork built) {
        if (!built.network().layers().get(0).isPlain()) {
            throw new InvalidInputException("--plot draws which hidden neurons listen to which inputs, read off the"
                    + " first layer; here that is not ReLU(W y + b), but a linear encoder or a residual block");
        }
    }

    /** In a layered network this is an output of the first map, which has no names. */
    private int plottedOutput(BuiltNetwork built) {
        Gates gates = built.instance().layers().get(0);
        FeatureNames names = built.instance().isLayered()
                ? FeatureNames.NONE
                : built.instance().outputNames();
        if (output != null) {
            return new FeatureFinder("--output", names, gates.outputs()).find(output);
        }
        if (feature == null) {
            return 0;
        }
        int input = new FeatureFinder("--feature", built.instance().inputNames(), gates.inputs()).find(feature);
        if (gates.influence(input) == 0) {
            throw new InvalidInputException("--feature " + feature + " is read by no output: choose one with --output");
        }
        return gates.reader(input, 0);
    }

    private void describeNetwork(BuiltNetwork built, Map<String, Object> document, List<String> text) {
        List<Map<String, Integer>> functions =
                built.instance().layers().stream().map(GateFunctions::counts).toList();
        document.put("gate_functions", functions);
        document.put("input_domain", GateFunctions.domain(built.instance().domain()));
        document.put("on_at_rest", RestingState.of(built.instance()).outputs().size());
        document.putAll(
                NetworkMetrics.of(built, workbench.declaredParameters(built)).fields());
        document.put("digest", NetworkDigest.of(built));
        document.put(
                "max_influence",
                built.instance().layers().get(0).influenceProfile().max());
        document.put("input_code_load", CodeLoad.of(built.network().inputCodes()));
        document.put("output_code_load", CodeLoad.of(built.network().decoder().codes()));
        Map<String, Integer> classes = new LinkedHashMap<>();
        SubProblem.counts(built.instance().layers().get(0)).forEach((sub, count) -> classes.put(sub.title(), count));
        document.put("outputs_by_influence", classes);
        document.put("facts", built.network().provenance().facts());
        text.add(String.format("%-22s %s", "gate functions", GateFunctions.text(functions)));
        GateFunctions.constants(built.instance())
                .forEach((which, names) -> text.add(
                        String.format("%-22s %s", which.replace('_', ' '), GateFunctions.constantsText(names))));
        Map<String, Object> others = new LinkedHashMap<>(document);
        others.remove("gate_functions");
        document.putAll(GateFunctions.constants(built.instance()));
        others.forEach((name, value) -> text.add(String.format("%-22s %s", name.replace('_', ' '), value)));
        text.add("");
        List<LayerSummary> layers = new ArrayList<>();
        TextTable table = new TextTable(List.of(
                "layer",
                "kind",
                "rows",
                "columns",
                "density",
                "values",
                "bits/weight",
                "entropy",
                "nonzero per row",
                "activation"));
        for (Layer each : built.network().layers()) {
            LayerSummary summary = LayerSummary.of(layers.size() + 1, each);
            layers.add(summary);
            table.add(List.of(
                    Integer.toString(summary.number()),
                    summary.kind(),
                    Integer.toString(summary.rows()),
                    Integer.toString(summary.columns()),
                    String.format(Locale.ROOT, "%.3f", summary.density()),
                    Integer.toString(summary.distinctValues()),
                    Integer.toString(summary.bitsPerWeight()),
                    String.format(Locale.ROOT, "%.3f", summary.entropyBits()),
                    summary.smallestRow() + ".." + summary.largestRow(),
                    (summary.skip() == null ? "" : "+ y" + summary.skip() + ", ") + summary.activation()));
        }
        document.put("weights", layers);
        text.addAll(table.lines());
    }

    private void describeNeuron(BuiltNetwork built, Map<String, Object> document, List<String> text) {
        int layers = built.network().layers().size();
        require("--layer", layer, layers);
        int neurons = layer == 0
                ? built.network().inputCodes().neurons()
                : built.network().layers().get(layer - 1).rows();
        require("--neuron", neuron, neurons - 1);
        if (layer > 0 && !built.network().layers().get(layer - 1).hasRelu()) {
            throw new InvalidInputException("--layer " + layer + " has no ReLU, so it has no neurons that fire: choose"
                    + " a layer of \"inspect\" that says relu");
        }
        NeuronSharing sharing = new NeuronSharing(built, new KernelEvaluator(built.network()));
        List<Integer> sharers = layer == 0 ? sharing.inputsOf(neuron) : sharing.outputsThatFire(layer, neuron);
        FeatureNames names =
                layer == 0 ? built.instance().inputNames() : built.instance().outputNames();
        document.put("neuron", neuron);
        document.put("layer", layer);
        document.put(
                layer == 0 ? "inputs" : "outputs",
                sharers.stream().map(names::name).toList());
        text.add("neuron " + neuron + " of layer " + layer
                + (layer == 0 ? " is in the codes of " : " fires for ") + sharers.size()
                + (layer == 0 ? " inputs: " : " outputs: ") + listed(sharers, names));
    }

    private void describeFeature(BuiltNetwork built, Map<String, Object> document, List<String> text) {
        FeatureNames names = built.instance().inputNames();
        int index = new FeatureFinder("--feature", names, built.network().inputs()).find(feature);
        NeuronSharing sharing = new NeuronSharing(built, new KernelEvaluator(built.network()));
        int[] code = built.network().inputCodes().code(index);
        Map<String, Object> neurons = new LinkedHashMap<>();
        text.add("feature " + index + (names.isEmpty() ? "" : " (" + names.name(index) + ")") + " is read by "
                + built.instance().layers().get(0).influence(index) + " outputs; its code has " + code.length
                + " neurons");
        for (int each : code) {
            List<Integer> others = new ArrayList<>(sharing.inputsOf(each));
            others.remove(Integer.valueOf(index));
            neurons.put(Integer.toString(each), others.stream().map(names::name).toList());
            text.add("  neuron " + each + " is shared with " + others.size() + ": " + listed(others, names));
        }
        document.put("feature", index);
        document.put("name", names.name(index));
        document.put("code", neurons);
    }

    private static void require(String option, int value, int largest) {
        if (value < 0 || value > largest) {
            throw new InvalidInputException(option + " " + value + " must be from 0 to " + largest);
        }
    }

    private static String listed(List<Integer> features, FeatureNames names) {
        String shown = features.stream().limit(MOST_SHOWN).map(names::name).collect(Collectors.joining(", "));
        return features.size() <= MOST_SHOWN ? shown : shown + ", and " + (features.size() - MOST_SHOWN) + " more";
    }
}
