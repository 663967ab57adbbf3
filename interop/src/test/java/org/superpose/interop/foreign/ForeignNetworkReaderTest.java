package org.superpose.interop.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.ArrayInput;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.Npz;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Problems;
import org.superpose.core.random.Seed;
import org.superpose.interop.foreign.TensorMap.Affine;
import org.superpose.interop.foreign.TensorMap.Hidden;
import org.superpose.interop.foreign.TensorMap.Skip;
import org.superpose.interop.tensor.Rounding;

class ForeignNetworkReaderTest {
    private static final Path FILES = Path.of("src", "test", "resources", "foreign");

    @TempDir
    Path folder;

    private static ForeignNetwork read(Path file) {
        return ForeignNetworkReader.read(file, ImportSettings.NONE);
    }

    private static float[] floats(Npz npz, String name) throws IOException {
        try (ArrayInput array = npz.open(name)) {
            return array.floats();
        }
    }

    /** W x + b in float64, straight from the arrays of the file. */
    private static double[] affine(Npz npz, String layer, double[] x) throws IOException {
        float[] weights = floats(npz, layer + ".weight");
        float[] bias = npz.names().contains(layer + ".bias")
                ? floats(npz, layer + ".bias")
                : new float[weights.length / x.length];
        double[] sums = new double[bias.length];
        for (int r = 0; r < sums.length; r++) {
            sums[r] = bias[r];
            for (int c = 0; c < x.length; c++) {
                sums[r] += (double) weights[r * x.length + c] * x[c];
            }
        }
        return sums;
    }

    private static float[] indicator(FeatureSet active, int features) {
        float[] x = new float[features];
        for (int j : active.toArray()) {
            x[j] = 1;
        }
        return x;
    }

    private static double[] expectedLogits(Npz npz, float[] x) throws IOException {
        double[] state = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            state[j] = x[j];
        }
        if (npz.names().contains("embed.weight")) {
            state = affine(npz, "embed", state);
        }
        state = Arrays.stream(affine(npz, "mlp.0", state))
                .map(z -> Math.max(0, z))
                .toArray();
        return affine(npz, "mlp.2", state);
    }

    @ParameterizedTest
    @CsvSource({
        "and-128-v2.npz, and-128-v2.npz, 128, 256",
        "and-128-v2.onnx, and-128-v2.npz, 128, 256",
        "and-64-v3.npz, and-64-v3.npz, 64, 64",
        "and-64-v3.safetensors, and-64-v3.npz, 64, 64",
        "and-64-v3-wrong.npz, and-64-v3-wrong.npz, 64, 64",
        "and-64-direct.npz, and-64-direct.npz, 64, 64"
    })
    void logitsAreThoseOfTheArrays(String file, String arrays, int features, int outputs) throws IOException {
        ForeignNetwork network = read(FILES.resolve(file));
        assertEquals(features, network.features());
        assertEquals(outputs, network.outputs());
        PlainEvaluator evaluator =
                new PlainEvaluator(network.against(noTruth(features, outputs)).network());
        RandomGenerator random = new Seed(4).generator();
        InputDomain domain = InputDomain.sparse(features, 3);
        try (Npz npz = Npz.open(FILES.resolve(arrays))) {
            for (int trial = 0; trial < 100; trial++) {
                FeatureSet active = domain.sample(trial % 4, random);
                float[][] states = evaluator.activations(active);
                double[] expected = expectedLogits(npz, indicator(active, features));
                for (int i = 0; i < outputs; i++) {
                    assertEquals(expected[i], states[states.length - 1][i], 1e-4);
                }
            }
        }
    }

    private static ProblemInstance noTruth(int features, int outputs) {
        return Problems.define("none")
                .inputs(features)
                .outputs(outputs, i -> Gate.and(0))
                .build();
    }

    @Test
    void theGraphIsTheNetworkThatOnnxRuntimeRuns() throws Exception {
        Path file = FILES.resolve("and-128-v2.onnx");
        RandomGenerator random = new Seed(5).generator();
        float[][] inputs = new float[200][];
        for (int b = 0; b < inputs.length; b++) {
            inputs[b] = indicator(InputDomain.sparse(128, 3).sample(random), 128);
        }
        float[][] expected = Onnx.run(file, inputs);
        for (int b = 0; b < inputs.length; b++) {
            double[] logits = OnnxGraphTest.logits(read(file), inputs[b]);
            for (int i = 0; i < logits.length; i++) {
                assertEquals(expected[b][i], logits[i], 1e-4);
            }
        }
    }

    private static ProblemInstance pairs(String arrays, int features, int maxActive) throws IOException {
        try (Npz npz = Npz.open(FILES.resolve(arrays));
                ArrayInput pairs = npz.open("pairs")) {
            int[] reads = pairs.ints();
            return Problems.define("pairs")
                    .inputs(features)
                    .maxActive(maxActive)
                    .outputs(reads.length / 2, i -> Gate.and(reads[2 * i], reads[2 * i + 1]))
                    .build();
        }
    }

    /** The figures that came with the files; the largest domains are for the audit. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"and-128-v2.npz,128,2,0", "and-64-v3-wrong.npz,64,2,0", "and-64-direct.npz,64,3,2137"})
    void wrongInputsAreAsManyAsACompletePassFound(String file, int features, int maxActive, int wrong)
            throws IOException {
        BuiltNetwork built = read(FILES.resolve(file)).against(pairs(file, features, maxActive));
        PlainEvaluator evaluator = new PlainEvaluator(built.network());
        int found = 0;
        for (FeatureSet active : built.instance().domain()) {
            found += evaluator.evaluate(active).equals(built.instance().evaluate(active)) ? 0 : 1;
        }
        assertEquals(wrong, found);
    }

    @Test
    void whatWasRecognisedAndWhatWasIgnoredIsSaid() {
        ForeignNetwork network = read(FILES.resolve("and-128-v2.npz"));
        assertEquals(
                "torch.nn.Sequential: logits = mlp.2.weight ReLU(mlp.0.weight embed.weight x + mlp.0.bias) + mlp.2.bias,"
                        + " an output is on iff >= 0.0",
                network.recognised());
        assertEquals(List.of("pairs"), network.ignored());
        assertEquals(
                "ONNX graph from x to logits: 128 -> 12 -ReLU-> 16 -> 256, an output is on iff >= 0.0",
                read(FILES.resolve("and-128-v2.onnx")).recognised());
    }

    @Test
    void aTruthOfAnotherSizeIsRefusedWithBothSizes() {
        ForeignNetwork network = read(FILES.resolve("and-64-v3.npz"));
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> network.against(noTruth(64, 65)));
        assertEquals(
                "the network has 64 features and 64 outputs, but the truth has 64 features and 65 outputs",
                fault.getMessage());
    }

    private static NamedArray matrix(String name, int rows, int columns, double... values) {
        return new NamedArray(name, ArrayShape.of(ElementType.FLOAT32, rows, columns), out -> {
            for (int i = 0; i < rows * columns; i++) {
                out.putFloat((float) (values.length == 0 ? i : values[i]));
            }
        });
    }

    private static NamedArray vector(String name, int length) {
        return NamedArray.floats(name, new float[length]);
    }

    private Path npz(NamedArray... arrays) throws IOException {
        Path file = folder.resolve("model.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            Npz.write(List.of(arrays), out);
        }
        return file;
    }

    private static void assertFault(Path file, ImportSettings settings, String part) {
        InvalidInputException fault =
                assertThrows(InvalidInputException.class, () -> ForeignNetworkReader.read(file, settings));
        assertTrue(fault.getMessage().contains(part), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
        if (settings.map().isEmpty()) {
            assertTrue(fault.getMessage().startsWith(file + ": "), fault.getMessage());
        }
    }

    private static void assertFault(Path file, String part) {
        assertFault(file, ImportSettings.NONE, part);
    }

    private static float[] entries(ForeignNetwork network, int layer) {
        var weights = network.layers().get(layer).weights();
        float[] values = new float[weights.rows() * weights.columns()];
        float[] row = new float[weights.columns()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.copyRow(r, row);
            System.arraycopy(row, 0, values, r * row.length, row.length);
        }
        return values;
    }

    @Test
    void theUsualStateDictsAreRecognised() throws IOException {
        assertEquals(
                "torch.nn.Sequential: logits = 4.weight ReLU(2.weight ReLU(0.weight x + 0.bias)) + 4.bias, an output"
                        + " is on iff >= 0.0",
                read(npz(
                                matrix("0.weight", 3, 2),
                                vector("0.bias", 3),
                                matrix("2.weight", 4, 3),
                                matrix("4.weight", 2, 4),
                                vector("4.bias", 2)))
                        .recognised());
        ForeignNetwork fc = read(npz(
                matrix("module.fc1.weight", 3, 2),
                vector("module.fc1.bias", 3),
                matrix("module.fc2.weight", 2, 3),
                matrix("optimizer.state", 9, 9)));
        assertEquals(
                "torch.nn.Linear: logits = module.fc2.weight ReLU(module.fc1.weight x + module.fc1.bias), an output is"
                        + " on iff >= 0.0",
                fc.recognised());
        assertEquals(List.of("optimizer.state"), fc.ignored());
        ForeignNetwork lens = read(npz(
                matrix("W_E", 5, 2),
                matrix("W_in", 2, 3),
                vector("b_in", 3),
                matrix("W_out", 3, 4),
                vector("b_out", 4)));
        assertEquals(5, lens.features());
        assertEquals(4, lens.outputs());
        assertEquals(
                "TransformerLens: logits = W_out ReLU(W_in W_E x + b_in) + b_out, an output is on iff >= 0.0",
                lens.recognised());
        ForeignNetwork embedding =
                read(npz(matrix("embed.weight", 7, 3), matrix("mlp.0.weight", 2, 3), matrix("mlp.2.weight", 5, 2)));
        assertEquals(7, embedding.features());
        assertEquals(5, embedding.outputs());
    }

    /** Square matrices: a Linear is out x in, W_in of TransformerLens is in x out; nothing says how an embed stands. */
    @Test
    void whatFitsInTwoWaysIsDecidedByConventionOrAskedAbout() throws IOException {
        ForeignNetwork linear = read(npz(matrix("0.weight", 2, 2, 1, 2, 3, 4), matrix("2.weight", 2, 2, 5, 6, 7, 8)));
        assertArrayEquals(new float[] {1, 2, 3, 4}, entries(linear, 0));
        ForeignNetwork lens = read(npz(matrix("W_in", 2, 2, 1, 2, 3, 4), matrix("W_out", 2, 2, 5, 6, 7, 8)));
        assertArrayEquals(new float[] {1, 3, 2, 4}, entries(lens, 0));
        Path square = npz(matrix("embed.weight", 3, 3), matrix("mlp.0.weight", 2, 3), matrix("mlp.2.weight", 3, 2));
        assertFault(
                square,
                "has array embed.weight [3, 3], which fits in both orientations: say in a map file which it is, embed:"
                        + " {weight: embed.weight, orientation: out-in} if its rows are what it gives, orientation:"
                        + " in-out if its columns are");
        assertFault(square, ImportSettings.NONE.withSize(3, 3), "fits in both orientations");
        for (Orientation orientation : Orientation.values()) {
            TensorMap map = new TensorMap(
                    Optional.of(new Affine("embed.weight", Optional.empty(), Optional.of(orientation))),
                    List.of(new Hidden(affine("mlp.0.weight"), true, Optional.empty())),
                    Optional.of(affine("mlp.2.weight")),
                    Thresholds.ZERO);
            float[] expected = {0, 1, 2, 3, 4, 5, 6, 7, 8};
            ForeignNetwork read = ForeignNetworkReader.read(square, ImportSettings.NONE.withMap(map));
            assertArrayEquals(
                    orientation == Orientation.OUT_IN ? expected : Transposed.of(3, 3, expected), entries(read, 0));
        }
    }

    private static Affine affine(String weight) {
        return new Affine(weight, Optional.empty(), Optional.empty());
    }

    /** 4 x 2, 2 x 4: the chain can be read from either end, but only one end has four features. */
    @Test
    void theSizeOfTheTruthDecidesBetweenWhatFitsOtherwise() throws IOException {
        Path file = npz(matrix("a", 4, 3), matrix("b", 4, 3));
        TensorMap map = new TensorMap(
                Optional.empty(),
                List.of(new Hidden(affine("a"), true, Optional.empty())),
                Optional.of(affine("b")),
                Thresholds.ZERO);
        ImportSettings settings = ImportSettings.NONE.withMap(map);
        assertFault(file, settings, "has array a [4, 3], which fits in both orientations");
        ForeignNetwork four = ForeignNetworkReader.read(file, settings.withSize(4, 4));
        assertEquals(4, four.features());
        assertEquals(3, four.layers().get(0).rows());
        ForeignNetwork three = ForeignNetworkReader.read(file, settings.withSize(3, 3));
        assertEquals(3, three.features());
    }

    @Test
    void aMapMayHaveSkipsLinearLayersAndTwoThresholds() throws IOException {
        RandomGenerator random = new Seed(8).generator();
        double[] e = random.doubles(8).toArray();
        double[] in = random.doubles(12).map(z -> z - 0.5).toArray();
        double[] out = random.doubles(12).map(z -> z - 0.5).toArray();
        double[] unembed = random.doubles(6).toArray();
        Path file = npz(
                matrix("W_E", 4, 2, e),
                matrix("W_in", 2, 6, in),
                matrix("W_out", 6, 2, out),
                matrix("W_U", 2, 3, unembed));
        assertFault(file, "has W_U beside the tensors that are recognised");
        TensorMap map = new TensorMap(
                Optional.of(affine("W_E")),
                List.of(
                        new Hidden(affine("W_in"), true, Optional.empty()),
                        new Hidden(affine("W_out"), false, Optional.of(new Skip.Embed()))),
                Optional.of(affine("W_U")),
                new Thresholds(0.75f, 0.25f));
        ForeignNetwork network = ForeignNetworkReader.read(file, ImportSettings.NONE.withMap(map));
        assertEquals(OptionalInt.of(1), network.layers().get(2).skip());
        BuiltNetwork built = network.against(noTruth(4, 3));
        assertEquals(0.75f, built.network().decoder().threshold(1));
        assertEquals(0.25f, built.network().decoder().offThreshold(1));
        PlainEvaluator evaluator = new PlainEvaluator(built.network());
        for (FeatureSet active : InputDomain.sparse(4, 4)) {
            double[] h = new double[2];
            for (int j : active.toArray()) {
                h[0] += (float) e[2 * j];
                h[1] += (float) e[2 * j + 1];
            }
            double[] after = h.clone();
            for (int n = 0; n < 6; n++) {
                double y = Math.max(0, (float) in[n] * h[0] + (float) in[6 + n] * h[1]);
                after[0] += y * (float) out[2 * n];
                after[1] += y * (float) out[2 * n + 1];
            }
            float[][] states = evaluator.activations(active);
            for (int i = 0; i < 3; i++) {
                double logit = after[0] * (float) unembed[i] + after[1] * (float) unembed[3 + i];
                assertEquals(logit, states[states.length - 1][i], 1e-5);
            }
        }
    }

    @Test
    void shapesThatDoNotChainNameTheTensorsAndTheirSizes() throws IOException {
        assertFault(
                npz(matrix("0.weight", 3, 2), matrix("2.weight", 5, 4)),
                "has tensors that do not fit onto each other: the 3 numbers that array 0.weight [3, 2] gives are not what"
                        + " array 2.weight [5, 4] can take");
        assertFault(
                npz(matrix("0.weight", 3, 2), vector("0.bias", 4), matrix("2.weight", 5, 3)),
                "array 0.bias has 4 numbers, but array 0.weight [3, 2] gives");
        assertFault(npz(vector("fc1.weight", 3)), "array fc1.weight is float32 [3], but a weight must be a matrix");
        assertFault(npz(matrix("fc1.weight", 3, 2), matrix("fc1.bias", 3, 2)), "but a bias must be a vector");
        TensorMap skip = new TensorMap(
                Optional.empty(),
                List.of(new Hidden(affine("a"), true, Optional.of(new Skip.Features()))),
                Optional.empty(),
                Thresholds.ZERO);
        assertFault(npz(matrix("a", 3, 2)), ImportSettings.NONE.withMap(skip), "the skip adds the features, ");
    }

    @Test
    void namesThatDoNotSayEverythingAreAskedAbout() throws IOException {
        assertFault(npz(matrix("a", 3, 2)), "has no tensors of names that are recognised (a): name them in a map file");
        assertFault(
                npz(matrix("layers.0.weight", 3, 2), matrix("layers.1.weight", 2, 3)),
                "has layers.0.weight and layers.1.weight, between which there is no room for a ReLU");
        assertFault(
                npz(matrix("a.0.weight", 3, 2), matrix("b.0.weight", 2, 3)),
                "could hold several networks (torch.nn.Sequential: logits = a.0.weight x, an output is on iff >= 0.0; or");
        assertFault(
                npz(matrix("0.weight", 3, 2), vector("1.running_mean", 3), matrix("2.weight", 2, 3)),
                "has 1.running_mean beside the tensors that are recognised");
        assertFault(npz(matrix("fc1.weight", 3, 2), matrix("fc3.weight", 2, 3)), "has fc3.weight but no fc2.weight");
    }

    @Test
    void whatAMapNamesButTheFileLacksIsNamed() throws IOException {
        Path file = npz(matrix("mlp.weight", 3, 2), NamedArray.texts("labels", List.of("a", "b")));
        assertFault(file, map("mlp.wieght"), "has no array mlp.wieght; did you mean \"mlp.weight\"?");
        assertFault(file, map("labels"), "array labels is text [2], but must be of real or whole numbers");
        TensorMap none = new TensorMap(Optional.empty(), List.of(), Optional.empty(), Thresholds.ZERO);
        assertFault(file, ImportSettings.NONE.withMap(none), "a map must name at least one weight");
        assertFault(
                FILES.resolve("and-128-v2.onnx"), map("embed.weight"), "is an ONNX graph, which says itself what it");
    }

    private static ImportSettings map(String readout) {
        return ImportSettings.NONE.withMap(
                new TensorMap(Optional.empty(), List.of(), Optional.of(affine(readout)), Thresholds.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0.5,0.75", "NaN,0", "0,Infinity"})
    void thresholdsThatOverlapOrAreNoNumbersAreRefused(float on, float off) {
        assertThrows(InvalidInputException.class, () -> new Thresholds(on, off));
    }

    private Path safetensors(String type, int bytes, byte[] data, int rows, int columns) throws IOException {
        ObjectNode header = new JsonMapper().createObjectNode();
        ObjectNode tensor = header.putObject("fc1.weight").put("dtype", type);
        tensor.putArray("shape").add(rows).add(columns);
        tensor.putArray("data_offsets").add(0).add(data.length);
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                folder.resolve("model.safetensors"),
                file.putLong(json.length).put(json).put(data).array());
    }

    @ParameterizedTest
    @CsvSource({
        "F64,8", "F32,4", "F16,2", "BF16,2", "I64,8", "I32,4", "I16,2", "I8,1", "U64,8", "U32,4", "U16,2", "U8,1",
        "BOOL,1"
    })
    void everyTypeOfSafetensorsIsConverted(String type, int bytes) throws IOException {
        Map<String, Long> ones =
                new HashMap<>(Map.of("F64", 0x3ff0L << 48, "F32", 0x3f80L << 16, "F16", 0x3c00L, "BF16", 0x3f80L));
        long one = ones.getOrDefault(type, 1L);
        ByteBuffer data = ByteBuffer.allocate(6 * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 6; i++) {
            for (int b = 0; b < bytes; b++) {
                data.put((byte) (i % 2 == 0 ? one >>> 8 * b : 0));
            }
        }
        ForeignNetwork network = read(safetensors(type, bytes, data.array(), 2, 3));
        assertArrayEquals(new float[] {1, 0, 1, 0, 1, 0}, entries(network, 0));
    }

    /** Skips the test where there is no python3 or it has no NumPy. */
    private void numpy(String script) throws Exception {
        Path file = Files.writeString(folder.resolve("script.py"), "import numpy as np\n" + script);
        Path log = folder.resolve("python.log");
        Process process;
        try {
            process = new ProcessBuilder("python3", file.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException noPython) {
            abort("skipped: there is no python3");
            return;
        }
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        String output = Files.readString(log);
        if (output.contains("No module named 'numpy'")) {
            abort("skipped: python3 has no numpy");
        }
        assertEquals("", output);
    }

    /** Every type, byte order and element order that NumPy writes, compressed and not. */
    @Tag("slow")
    @Test
    void whateverNumPyWritesIsConverted() throws Exception {
        numpy("""
                weight = np.array([[1, 0, 3], [4, 5, 100]])
                for code in "<f2 >f2 <f4 >f4 <f8 >f8 |i1 <i2 >i2 <i4 >i4 <i8 >i8 |u1 <u2 >u2 <u4 >u4 <u8 >u8".split():
                    for order in "CF":
                        array = np.array(weight, dtype=code, order=order)
                        name = f"{code[1:]}-{'big' if code[0] == '>' else 'little'}-{order}.npz"
                        save = np.savez if order == "C" else np.savez_compressed
                        save(name, **{"fc1.weight": array, "other": np.zeros((2, 3, 4)), "names": np.array(["a"])})
                np.savez("half.npz", **{"fc1.weight": np.array([[0.1]])})
                """);
        int files = 0;
        for (String type : "f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8".split(" ")) {
            for (String byteOrder : type.endsWith("1") ? List.of("little") : List.of("little", "big")) {
                for (String order : List.of("C", "F")) {
                    ForeignNetwork network = read(folder.resolve(type + "-" + byteOrder + "-" + order + ".npz"));
                    assertArrayEquals(new float[] {1, 0, 3, 4, 5, 100}, entries(network, 0), type + byteOrder + order);
                    assertEquals(List.of("other", "names"), network.ignored());
                    files++;
                }
            }
        }
        assertEquals(40, files);
        assertFault(folder.resolve("half.npz"), "has 0.1 at [0, 0], which float32 cannot hold exactly");
    }

    @Tag("slow")
    @Test
    void logitsAreThoseThatNumPyComputes() throws Exception {
        Files.copy(FILES.resolve("and-64-v3.npz"), folder.resolve("model.npz"));
        numpy("""
                net = {name: array.astype(np.float64) for name, array in np.load("model.npz").items()}
                x = np.random.default_rng(3).random((300, 64)) < 0.04
                hidden = np.maximum(net["mlp.0.weight"] @ net["embed.weight"] @ x.T + net["mlp.0.bias"][:, None], 0)
                logits = (net["mlp.2.weight"] @ hidden + net["mlp.2.bias"][:, None]).T
                np.savez("logits.npz", x=x.astype(np.float32), logits=logits.astype(np.float32, order="C"))
                """);
        ForeignNetwork network = read(folder.resolve("model.npz"));
        PlainEvaluator evaluator =
                new PlainEvaluator(network.against(noTruth(64, 64)).network());
        try (Npz npz = Npz.open(folder.resolve("logits.npz"))) {
            float[] x = floats(npz, "x");
            float[] logits = floats(npz, "logits");
            for (int b = 0; b < 300; b++) {
                int from = 64 * b;
                int[] active =
                        IntStream.range(0, 64).filter(j -> x[from + j] > 0).toArray();
                float[][] states = evaluator.activations(FeatureSet.of(active));
                assertArrayEquals(Arrays.copyOfRange(logits, from, from + 64), states[states.length - 1], 1e-4f);
            }
        }
    }

    @Test
    void typesThatNobodyConvertsAreNamed() throws IOException {
        Path file = safetensors("F8_E4M3", 1, new byte[6], 2, 3);
        assertFault(file, "array fc1.weight is F8_E4M3 [2, 3], but must be of real or whole numbers");
    }

    @Test
    void float64IsRoundedOnlyOnRequest() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(0.5)
                .putDouble(0.1);
        Path file = safetensors("F64", 8, data.array(), 1, 2);
        assertFault(file, "has 0.1 at [0, 1], which float32 cannot hold exactly");
        ForeignNetwork rounded = ForeignNetworkReader.read(file, ImportSettings.NONE.withRounding(Rounding.NEAREST));
        assertArrayEquals(new float[] {0.5f, 0.1f}, entries(rounded, 0));
        assertEquals(1, rounded.notes().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.pt", "model.pth", "pytorch_model.bin"})
    void picklesOfPyTorchAreRefusedWithTheTwoLinesThatConvertThem(String name) throws IOException {
        Path zip = folder.resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("archive/data.pkl"));
            out.write(1);
        }
        Path old = Files.write(folder.resolve("old-" + name), new byte[] {(byte) 0x80, 2, '}', '.'});
        for (Path file : List.of(zip, old)) {
            InvalidInputException fault = assertThrows(InvalidInputException.class, () -> read(file));
            List<String> lines = fault.getMessage().lines().toList();
            assertEquals(3, lines.size(), fault.getMessage());
            assertTrue(lines.get(0).startsWith(file + ": is a pickle of PyTorch"), lines.get(0));
            assertEquals("import torch, safetensors.torch", lines.get(1));
            String target = file.getFileName().toString().replaceFirst("\\..*", "") + ".safetensors";
            assertEquals(
                    "safetensors.torch.save_file(torch.load(\"" + file.getFileName() + "\", weights_only=True), \""
                            + target + "\")",
                    lines.get(2));
        }
    }

    @Test
    void filesOfNoFormatAreNamed() throws IOException {
        assertFault(folder.resolve("missing.npz"), "does not exist");
        assertFault(
                Files.writeString(folder.resolve("text.txt"), "hello, world"),
                "is neither NPZ nor safetensors nor ONNX");
        assertFault(Files.writeString(folder.resolve("text.onnx"), "hello, world"), "is no sound ONNX model");
        assertFault(Files.writeString(folder.resolve("a.npz"), "hello, world"), "is not a zip file");
        assertFault(Files.createFile(folder.resolve("empty.onnx")), "is empty");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"and-64-v3.npz", "and-64-v3.safetensors"})
    void damagedFilesAreRefusedOrStillANetwork(String name) throws IOException {
        byte[] sound = Files.readAllBytes(FILES.resolve(name));
        RandomGenerator random = new Seed(12).generator();
        Path file = folder.resolve(name);
        int refused = 0;
        for (int trial = 0; trial < 500; trial++) {
            byte[] bytes = sound.clone();
            if (trial % 3 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    int place = random.nextInt(trial % 3 == 1 ? 500 : bytes.length);
                    bytes[place] ^= (byte) (1 << random.nextInt(8));
                }
            }
            Files.write(file, bytes);
            try {
                assertTrue(read(file).outputs() > 0);
            } catch (InvalidInputException fault) {
                refused++;
                assertTrue(fault.getMessage().startsWith(file + ": "), fault.getMessage());
            }
        }
        assertTrue(refused > 150, "only " + refused + " of 500 were refused");
    }
}
