package org.superpose.interop.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.Npz;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.Reading;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.NpzExporter;

/**
 * Writes activations of every layer for sampled inputs, with the true features beside them: the ground truth that
 * sparse-autoencoder and probing work lacks.
 *
 * <p>A data set is a folder: {@code dataset.json} describes it and is written last, {@code network.npz} is the network
 * itself, {@code part-00000.npz} and so on hold the samples in order. The arrays of a part with N samples:
 *
 * <ul>
 *   <li>{@code features} int32 [N, v]: the active input features, ascending, filled up with -1;
 *   <li>{@code gate} int32 [N]: the gate of the first layer that the input was drawn around, or -1;
 *   <li>{@code outputs.offsets} int32 [N + 1] and {@code outputs.features} int32: the output features that are on
 *       according to the gates, those of sample i from offsets[i] to offsets[i + 1];
 *   <li>{@code decoded.offsets}, {@code decoded.features}: likewise those that the network's decoder reads as on;
 *   <li>{@code between.offsets}, {@code between.features}, only of a read-out with two thresholds: likewise those that
 *       are neither on nor off;
 *   <li>{@code activations.0} float32 [N, n_0], ..., {@code activations.L}: y_0 to y_L.
 * </ul>
 *
 * <p>The same network, request and evaluator results give the same bytes.
 */
public final class ActivationDataset {
    /** The most floats in one part, all of which are in memory until it is written: 64 MiB. */
    private static final int PART_FLOATS = 1 << 24;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    /** Fills up the rows of inputs with fewer active features. */
    private static final int PADDING = -1;

    private static final String DESCRIPTION = "dataset.json";
    private static final String NETWORK = "network.npz";

    private final BuiltNetwork built;
    private final Evaluator evaluator;
    private final DatasetRequest request;
    private final DatasetSampler sampler;
    private final int[] widths;

    private ActivationDataset(BuiltNetwork built, Evaluator evaluator, DatasetRequest request) {
        this.built = built;
        this.evaluator = evaluator;
        this.request = request;
        this.sampler = new DatasetSampler(built.instance(), request);
        this.widths = widths(built.network());
    }

    private static int[] widths(SuperposedNetwork network) {
        int[] widths = new int[network.layers().size() + 1];
        widths[0] = network.inputCodes().neurons();
        for (int t = 1; t < widths.length; t++) {
            widths[t] = network.layers().get(t - 1).rows();
        }
        return widths;
    }

    /**
     * Writes a data set into a folder, which is made if it is not there.
     *
     * @param evaluator runs the network of the pair
     * @param progress is told the share of samples that are written
     * @throws InvalidInputException if the folder already holds a data set or cannot be written to, or the disk is full
     */
    public static void write(
            BuiltNetwork built, Evaluator evaluator, DatasetRequest request, Path folder, Progress progress) {
        prepare(folder);
        new ActivationDataset(built, evaluator, request).writeInto(folder, progress);
    }

    private static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.map(entry -> entry.getFileName().toString())
                        .anyMatch(
                                name -> name.equals(DESCRIPTION) || name.equals(NETWORK) || name.startsWith("part-"))) {
                    throw new InvalidInputException(
                            folder + ": already holds a data set or the start of one; choose another folder");
                }
            }
        } catch (IOException failure) {
            throw new InvalidInputException(
                    folder + ": cannot be used as a folder (" + failure.getMessage() + ")", failure);
        }
    }

    private void writeInto(Path folder, Progress progress) {
        new NpzExporter().export(built, ParameterValues.NONE, folder.resolve(NETWORK));
        int partSize = Math.max(1, PART_FLOATS / Arrays.stream(widths).sum());
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < request.samples(); ) {
            int count = Math.min(partSize, request.samples() - from);
            Part part = new Part(String.format(Locale.ROOT, "part-%05d.npz", parts.size()), count);
            List<NamedArray> arrays = arrays(from, count);
            AtomicFile.write(folder.resolve(part.file()), out -> Npz.write(arrays, out));
            parts.add(part);
            from += count;
            progress.reached((double) from / request.samples());
        }
        byte[] description = description(parts);
        AtomicFile.write(folder.resolve(DESCRIPTION), out -> out.write(description));
    }

    private record Part(String file, int samples) {}

    private List<NamedArray> arrays(int from, int count) {
        int maxActive = built.instance().maxActive();
        int[] features = new int[count * maxActive];
        Arrays.fill(features, PADDING);
        int[] gates = new int[count];
        FeatureSet[] outputs = new FeatureSet[count];
        FeatureSet[] decoded = new FeatureSet[count];
        FeatureSet[] between = new FeatureSet[count];
        float[][] activations = new float[widths.length][];
        Arrays.setAll(activations, t -> new float[count * widths[t]]);
        for (int i = 0; i < count; i++) {
            DatasetSampler.Sample sample = sampler.sample(from + i);
            FeatureSet active = sample.active();
            System.arraycopy(active.toArray(), 0, features, i * maxActive, active.size());
            gates[i] = sample.gate();
            outputs[i] = built.instance().evaluate(active);
            Reading reading = evaluator.read(active);
            decoded[i] = reading.on();
            between[i] = reading.between();
            float[][] states = evaluator.activations(active);
            for (int t = 0; t < states.length; t++) {
                System.arraycopy(states[t], 0, activations[t], i * widths[t], widths[t]);
            }
        }
        List<NamedArray> arrays = new ArrayList<>();
        arrays.add(NamedArray.ints("features", features, count, maxActive));
        arrays.add(NamedArray.ints("gate", gates));
        addSets(arrays, "outputs", outputs);
        addSets(arrays, "decoded", decoded);
        if (built.network().decoder().isTwoSided()) {
            addSets(arrays, "between", between);
        }
        for (int t = 0; t < widths.length; t++) {
            arrays.add(new NamedArray(
                    "activations." + t,
                    ArrayShape.of(ElementType.FLOAT32, count, widths[t]),
                    NamedArray.floats("", activations[t]).elements()));
        }
        return arrays;
    }

    private static void addSets(List<NamedArray> arrays, String name, FeatureSet[] sets) {
        int[] offsets = new int[sets.length + 1];
        for (int i = 0; i < sets.length; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], sets[i].size());
        }
        int[] members = new int[offsets[sets.length]];
        for (int i = 0; i < sets.length; i++) {
            System.arraycopy(sets[i].toArray(), 0, members, offsets[i], sets[i].size());
        }
        arrays.add(NamedArray.ints(name + ".offsets", offsets));
        arrays.add(NamedArray.ints(name + ".features", members));
    }

    private byte[] description(List<Part> parts) {
        ProblemInstance instance = built.instance();
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "superpose-activations")
                .put("format_version", 1)
                .put("tool_version", ToolVersion.current())
                .put("network_digest", NetworkDigest.of(built))
                .put("network", NETWORK)
                .put("problem", instance.problem())
                .put("inputs", instance.inputs())
                .put("outputs", instance.outputs())
                .put("max_active", instance.maxActive())
                .put("seed", request.seed().value())
                .put("near_gates", request.nearGates())
                .put("samples", request.samples());
        var neurons = json.putArray("neurons");
        Arrays.stream(widths).forEach(neurons::add);
        var list = json.putArray("parts");
        for (Part part : parts) {
            list.addObject().put("file", part.file()).put("samples", part.samples());
        }
        try {
            // Jackson writes numbers alike on every JDK; line ends are made alike here
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
            return text.replace(System.lineSeparator(), "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("numbers and file names are always JSON", impossible);
        }
    }
}
