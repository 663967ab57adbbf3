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
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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
import org.superpose.interop.truth.NetworkTruth;
import org.superpose.interop.truth.StateRun;
import org.superpose.interop.truth.TruthFiles;

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
 *   <li>{@code in_domain} and {@code right} uint8 [N], only of a profile: whether the input is one of the verified
 *       domain, and whether the network decodes it right; {@code magnitudes} float32 [N, v], where they are not 1;
 *   <li>{@code activations.0} float32 [N, n_0], ..., {@code activations.L}: y_0 to y_L.
 * </ul>
 *
 * <p>With truth there are {@code truth.npz}, {@code edges.csv} and {@code granularity.json} beside the parts, see
 * {@code docs/truth.md}. The same network, request and evaluator results give the same bytes.
 */
public final class ActivationDataset {
    /** The most floats in one part, all of which are in memory until it is written: 64 MiB. */
    private static final int PART_FLOATS = 1 << 24;

    private static final int WIDEST_ROTATION = 4096;

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
    private final InputSource source;
    private final int[] widths;
    /** The rotation of each state, or null where nothing is turned. */
    private final RandomRotation[] rotations;

    private ActivationDataset(BuiltNetwork built, Evaluator evaluator, DatasetRequest request) {
        this.built = built;
        this.evaluator = evaluator;
        this.request = request;
        this.source = request.profile().isPresent()
                ? new ProfileSampler(built.instance(), request.profile().get(), request.seed())
                : new DatasetSampler(built.instance(), request);
        this.widths = widths(built.network());
        this.rotations = rotations();
    }

    private static int[] widths(SuperposedNetwork network) {
        int[] widths = new int[network.layers().size() + 1];
        widths[0] = network.inputCodes().neurons();
        for (int t = 1; t < widths.length; t++) {
            widths[t] = network.layers().get(t - 1).rows();
        }
        return widths;
    }

    private RandomRotation[] rotations() {
        if (!request.profile().map(SampleProfile::rotates).orElse(false)) {
            return null;
        }
        int widest = Arrays.stream(widths).max().orElse(0);
        if (widest > WIDEST_ROTATION) {
            throw new InvalidInputException(
                    "a state of " + widest + " entries cannot be rotated: it may have at most " + WIDEST_ROTATION);
        }
        RandomRotation[] all = new RandomRotation[widths.length];
        Arrays.setAll(
                all,
                t -> new RandomRotation(
                        widths[t], request.seed().child("rotation").child(t)));
        return all;
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
                        .anyMatch(name -> name.equals(DESCRIPTION)
                                || name.equals(NETWORK)
                                || name.equals(TruthFiles.TRUTH)
                                || name.startsWith("part-"))) {
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
        SampleTruth truth = request.isWithTruth() ? new SampleTruth(built.instance(), request.samples()) : null;
        try (truth) {
            for (int from = 0; from < request.samples(); ) {
                int count = Math.min(partSize, request.samples() - from);
                Part part = new Part(String.format(Locale.ROOT, "part-%05d.npz", parts.size()), count);
                Row[] rows = request.profile().isPresent() ? profiledRows(from, count) : rows(from, count);
                if (truth != null) {
                    Arrays.stream(rows)
                            .forEach(row -> truth.add(row.sample().active(), isVerified(row.sample()), row.isRight()));
                }
                List<NamedArray> arrays = arrays(rows);
                AtomicFile.write(folder.resolve(part.file()), out -> Npz.write(arrays, out));
                parts.add(part);
                from += count;
                progress.reached((double) from / request.samples());
            }
            if (truth != null) {
                writeTruth(truth, folder);
            }
        }
        byte[] description = description(parts);
        AtomicFile.write(folder.resolve(DESCRIPTION), out -> out.write(description));
    }

    private void writeTruth(SampleTruth samples, Path folder) {
        List<NamedArray> arrays = new ArrayList<>(samples.arrays());
        if (rotations != null) {
            for (int t = 0; t < rotations.length; t++) {
                float[][] rows = rotations[t].rows();
                arrays.add(new NamedArray(
                        "rotations." + t, ArrayShape.of(ElementType.FLOAT32, rows.length, rows.length), out -> {
                            for (float[] row : rows) {
                                for (float value : row) {
                                    out.putFloat(value);
                                }
                            }
                        }));
            }
        }
        TruthFiles.Rotations turned = rotations == null ? TruthFiles.Rotations.NONE : state -> rotations[state]::apply;
        TruthFiles.write(NetworkTruth.of(built), turned, arrays, folder);
    }

    private record Part(String file, int samples) {}

    /**
     * One sample with all that is written about it.
     *
     * @param outputs those that are on according to the gates
     * @param reading what the decoder reads
     * @param states y_0..y_L, as they are written
     */
    private record Row(Sample sample, FeatureSet outputs, Reading reading, float[][] states) {
        boolean isRight() {
            return reading.is(outputs);
        }
    }

    private Row[] rows(int from, int count) {
        Row[] rows = new Row[count];
        for (int i = 0; i < count; i++) {
            Sample sample = source.sample(from + i);
            FeatureSet active = sample.active();
            rows[i] = new Row(
                    sample, built.instance().evaluate(active), evaluator.read(active), evaluator.activations(active));
        }
        return rows;
    }

    private Row[] profiledRows(int from, int count) {
        StateRun run = new StateRun(built.network());
        return IntStream.range(from, from + count)
                .parallel()
                .mapToObj(number -> profiled(run, number))
                .toArray(Row[]::new);
    }

    private Row profiled(StateRun run, int number) {
        Sample sample = source.sample(number);
        float[][] states = run.states(run.encode(sample.active(), sample.magnitudes()));
        Reading reading = run.read(states[states.length - 1]);
        double noise = request.profile().map(SampleProfile::noise).orElse(0.0);
        RandomGenerator random = request.seed().child("noise").child(number).generator();
        for (int t = 0; t < states.length; t++) {
            if (noise > 0) {
                for (int r = 0; r < states[t].length; r++) {
                    states[t][r] += (float) (noise * Gaussian.draw(random));
                }
            }
            if (rotations != null) {
                states[t] = rotations[t].apply(states[t]);
            }
        }
        return new Row(sample, built.instance().evaluate(sample.active()), reading, states);
    }

    private List<NamedArray> arrays(Row[] rows) {
        int count = rows.length;
        int most = built.instance().maxActive();
        for (Row row : rows) {
            most = Math.max(most, row.sample().active().size());
        }
        int[] features = new int[count * most];
        Arrays.fill(features, PADDING);
        int[] gates = new int[count];
        for (int i = 0; i < count; i++) {
            FeatureSet active = rows[i].sample().active();
            System.arraycopy(active.toArray(), 0, features, i * most, active.size());
            gates[i] = rows[i].sample().gate();
        }
        List<NamedArray> arrays = new ArrayList<>();
        arrays.add(NamedArray.ints("features", features, count, most));
        arrays.add(NamedArray.ints("gate", gates));
        addSets(arrays, "outputs", Arrays.stream(rows).map(Row::outputs).toArray(FeatureSet[]::new));
        addSets(
                arrays,
                "decoded",
                Arrays.stream(rows).map(row -> row.reading().on()).toArray(FeatureSet[]::new));
        if (built.network().decoder().isTwoSided()) {
            addSets(
                    arrays,
                    "between",
                    Arrays.stream(rows).map(row -> row.reading().between()).toArray(FeatureSet[]::new));
        }
        if (request.profile().isPresent()) {
            addFlags(arrays, rows, most);
        }
        for (int t = 0; t < widths.length; t++) {
            int state = t;
            arrays.add(new NamedArray("activations." + t, ArrayShape.of(ElementType.FLOAT32, count, widths[t]), out -> {
                for (Row row : rows) {
                    for (float value : row.states()[state]) {
                        out.putFloat(value);
                    }
                }
            }));
        }
        return arrays;
    }

    private void addFlags(List<NamedArray> arrays, Row[] rows, int most) {
        byte[] inDomain = new byte[rows.length];
        byte[] right = new byte[rows.length];
        float[] magnitudes = new float[rows.length * most];
        for (int i = 0; i < rows.length; i++) {
            Sample sample = rows[i].sample();
            inDomain[i] = (byte) (isVerified(sample) ? 1 : 0);
            right[i] = (byte) (rows[i].isRight() ? 1 : 0);
            if (sample.magnitudes() != null) {
                System.arraycopy(sample.magnitudes(), 0, magnitudes, i * most, sample.magnitudes().length);
            }
        }
        arrays.add(NamedArray.bytes("in_domain", inDomain));
        arrays.add(NamedArray.bytes("right", right));
        if (request.profile().flatMap(SampleProfile::magnitudes).isPresent()) {
            arrays.add(new NamedArray(
                    "magnitudes",
                    ArrayShape.of(ElementType.FLOAT32, rows.length, most),
                    NamedArray.floats("", magnitudes).elements()));
        }
    }

    /** Magnitudes other than 1 are outside of every verified domain. */
    private boolean isVerified(Sample sample) {
        boolean ones = true;
        if (sample.magnitudes() != null) {
            for (float magnitude : sample.magnitudes()) {
                ones &= magnitude == 1;
            }
        }
        return ones && built.instance().domain().contains(sample.active());
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
        request.profile().ifPresent(profile -> json.set("profile", JSON.valueToTree(profile.document())));
        json.put("truth", request.isWithTruth());
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
