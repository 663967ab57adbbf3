package org.superpose.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.GateFunctionArrays;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.NetworkDescription;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.file.Npz;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.PluginFile;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.interop.tensor.RecognisedMatrix;

@Tag("jdk")
class ImportTest {
    @TempDir
    Path folder;

    static Stream<Arguments> everyNetworkInEveryFormat() {
        return TinyNetworks.all().stream()
                .flatMap(built -> Stream.of("npz", "safetensors", "onnx").map(format -> Arguments.of(built, format)));
    }

    private Path exported(BuiltNetwork built, String format) {
        NetworkExporter exporter = NetworkExporter.catalog().require(format);
        Path file = folder.resolve("net" + exporter.extension());
        exporter.export(built, ParameterValues.NONE, file);
        return file;
    }

    /** The arrays of an export without its metadata, changed, as a new file. */
    private Path changed(BuiltNetwork built, UnaryOperator<List<NamedArray>> change) throws IOException {
        List<NamedArray> arrays = change.apply(new ArrayList<>(ExportedArrays.of(built)));
        Path file = folder.resolve("changed.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            Npz.write(arrays, out);
        }
        return file;
    }

    private Path replaced(BuiltNetwork built, NamedArray replacement) throws IOException {
        return changed(built, arrays -> {
            assertTrue(arrays.removeIf(array -> array.name().equals(replacement.name())), replacement.name());
            arrays.add(replacement);
            return arrays;
        });
    }

    private static void assertFault(Path file, String part) {
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> NetworkImporter.read(file));
        String message = fault.getMessage();
        assertTrue(message.startsWith(file + ": ") && message.lines().count() == 1, message);
        assertTrue(message.contains(part), message);
    }

    private static NamedArray matrix(String name, int rows, int columns, float... values) {
        return new NamedArray(
                name,
                ArrayShape.of(ElementType.FLOAT32, rows, columns),
                NamedArray.floats(name, values).elements());
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("everyNetworkInEveryFormat")
    void whatIsExportedAndNotTouchedIsImportedEqual(BuiltNetwork built, String format) {
        BuiltNetwork imported = NetworkImporter.read(exported(built, format));
        assertEquals(built, imported);
        assertEquals(NetworkDigest.of(built), NetworkDigest.of(imported));
    }

    @ParameterizedTest
    @MethodSource("everyNetworkInEveryFormat")
    void exportingTwiceGivesTheSameBytes(BuiltNetwork built, String format) throws IOException {
        byte[] first = Files.readAllBytes(exported(built, format));
        assertTrue(Arrays.equals(first, Files.readAllBytes(exported(built, format))));
    }

    private static final ParameterValues WITH_CODEC = ParameterValues.NONE.with(OnnxExporter.WITH_CODEC, true);

    private Path onnx(BuiltNetwork built, ParameterValues options) {
        Path file = folder.resolve("net.onnx");
        new OnnxExporter().export(built, options, file);
        return file;
    }

    @ParameterizedTest
    @MethodSource("everyNetwork")
    void anOnnxModelWithEncoderAndDecoderIsImportedEqual(BuiltNetwork built) {
        BuiltNetwork imported = NetworkImporter.read(onnx(built, WITH_CODEC));
        assertEquals(built, imported);
        assertEquals(NetworkDigest.of(built), NetworkDigest.of(imported));
    }

    @Test
    void aChangedWeightOfAnOnnxModelIsImportedAndClaimsNothing() throws IOException {
        BuiltNetwork built = TinyNetworks.saturatedTwoAnd();
        Path file = onnx(built, ParameterValues.NONE);
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
        TensorProto.Builder weights = model.getGraphBuilder().getInitializerBuilder(0);
        assertEquals("layers.0.weight", weights.getName());
        byte[] numbers = weights.getRawData().toByteArray();
        ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 0.25f);
        weights.setRawData(ByteString.copyFrom(numbers));
        Files.write(file, model.build().toByteArray());
        BuiltNetwork imported = NetworkImporter.read(file);
        assertEquals(built.instance(), imported.instance());
        assertEquals(0.25f, imported.network().layers().get(0).weights().get(0, 0));
        assertEquals("imported", imported.network().provenance().construction());
    }

    /** What the arrays say would not be what the graph computes. */
    @Test
    void anOnnxModelOfAnotherGraphThanItsMetadataDescribeIsRefused() throws IOException {
        for (ParameterValues options : List.of(ParameterValues.NONE, WITH_CODEC)) {
            Path file = onnx(TinyNetworks.saturatedTwoAnd(), options);
            ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
            for (int node = 0; node < model.getGraph().getNodeCount(); node++) {
                ModelProto.Builder changed = model.toBuilder();
                changed.getGraphBuilder().getNodeBuilder(node).setOpType("Sigmoid");
                Files.write(file, changed.build().toByteArray());
                assertFault(file, "has a graph that is not the one which its metadata describe");
            }
            ModelProto.Builder broken = model.toBuilder();
            broken.getMetadataPropsBuilderList().stream()
                    .filter(entry -> entry.getKey().equals("gates.inputs"))
                    .forEach(entry -> entry.setValue("tensor:!"));
            Files.write(file, broken.build().toByteArray());
            assertFault(file, "has metadata \"gates.inputs\" that are no array");
        }
    }

    @Test
    void exportsAreToldFromNetworksMadeElsewhere() {
        BuiltNetwork built = TinyNetworks.bigrams();
        for (String format : List.of("npz", "safetensors", "onnx")) {
            assertTrue(NetworkImporter.isExport(exported(built, format)));
        }
        Path foreign = Path.of("src", "test", "resources", "foreign");
        for (String name : List.of("and-128-v2.onnx", "and-128-v2.npz", "and-64-v3.safetensors")) {
            assertFalse(NetworkImporter.isExport(foreign.resolve(name)));
        }
    }

    @Test
    void withoutMetadataTheStructureIsRecognisedAndNothingIsClaimed() throws IOException {
        BuiltNetwork built = TinyNetworks.saturatedTwoAnd();
        assertTrue(built.network().clean());
        BuiltNetwork imported = NetworkImporter.read(changed(built, arrays -> arrays));
        assertEquals(built.network().layers(), imported.network().layers());
        assertEquals(built.network().decoder(), imported.network().decoder());
        assertEquals(built.network().domain(), imported.network().domain());
        assertEquals(built.instance().layers(), imported.instance().layers());
        assertEquals(built.instance().functionClass(), imported.instance().functionClass());
        assertEquals("imported", imported.network().provenance().construction());
        assertEquals("imported", imported.instance().problem());
        assertFalse(imported.network().clean());
    }

    /** A tool that keeps arrays only, as many keep those of safetensors without the metadata in the header. */
    @ParameterizedTest
    @MethodSource("everyNetwork")
    void gateFunctionsAndDomainSurviveAToolThatKeepsOnlyTheArrays(BuiltNetwork built) throws IOException {
        for (Path file : List.of(changed(built, arrays -> arrays), withoutTexts(exported(built, "safetensors")))) {
            BuiltNetwork imported = NetworkImporter.read(file);
            assertEquals(built.instance().layers(), imported.instance().layers());
            assertEquals(built.instance().domain(), imported.instance().domain());
        }
    }

    static List<BuiltNetwork> everyNetwork() {
        return TinyNetworks.all();
    }

    /** The same tensors under a header without texts. */
    private Path withoutTexts(Path safetensors) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) bytes.getLong()];
        bytes.get(header);
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(header);
        assertNotNull(json.remove("__metadata__"));
        byte[] shorter = new JsonMapper().writeValueAsBytes(json);
        ByteBuffer saved = ByteBuffer.allocate(8 + shorter.length + bytes.remaining())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(shorter.length)
                .put(shorter)
                .put(bytes);
        return Files.write(folder.resolve("saved-again.safetensors"), saved.array());
    }

    private Path withoutFunctions(BuiltNetwork built, Optional<String> metadata) throws IOException {
        return changed(built, arrays -> {
            assertTrue(arrays.removeIf(array -> array.name().contains("function")));
            metadata.ifPresent(json -> arrays.add(NamedArray.text("metadata", json)));
            return arrays;
        });
    }

    @Test
    void aFileThatDoesNotSayWhatItsGatesComputeIsRefusedUntilSomebodySaysIt() throws IOException {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        Path file = withoutFunctions(built, Optional.empty());
        assertFault(file, "does not say what its gates compute");
        assertFault(file, "--gate-function and");
        assertEquals(
                built.instance().layers(),
                NetworkImporter.read(file, Optional.of(GateFunction.AND))
                        .instance()
                        .layers());
        assertTrue(NetworkImporter.read(file, Optional.of(GateFunction.atLeast(1)))
                .instance()
                .gates()
                .areAll(GateFunction.atLeast(1)));
        InvalidInputException tooMany = assertThrows(
                InvalidInputException.class,
                () -> NetworkImporter.read(file, Optional.of(GateFunction.table(true, false))));
        assertTrue(tooMany.getMessage().contains("does not hold a sound network"), tooMany.getMessage());
    }

    @Test
    void theDescriptionOfAnEarlierVersionNamesTheFunctionThatNoArrayHas() throws IOException {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        Path file = withoutFunctions(built, Optional.of(NetworkDescription.toJson(built)));
        assertEquals(built, NetworkImporter.read(file));
        BuiltNetwork mixed = TinyNetworks.mixedGates();
        assertFault(
                withoutFunctions(mixed, Optional.of(NetworkDescription.toJson(mixed))),
                "does not say what its gates compute");
    }

    @Test
    void aFunctionIsNotTakenForAFileThatHasOne() throws IOException {
        Path file = changed(TinyNetworks.clippedTwoAnd(), arrays -> arrays);
        InvalidInputException fault = assertThrows(
                InvalidInputException.class, () -> NetworkImporter.read(file, Optional.of(GateFunction.PARITY)));
        assertTrue(fault.getMessage().contains("says itself what its gates compute"), fault.getMessage());
    }

    @Test
    void permutationsAreRecognisedByTheirGates() throws IOException {
        BuiltNetwork imported = NetworkImporter.read(changed(TinyNetworks.linearPermutation(), arrays -> arrays));
        assertEquals(
                Optional.of(FunctionClass.permutations(60)), imported.instance().functionClass());
    }

    @Test
    void gatesOfDifferentFunctionsBelongToNoClassThatCouldBeCounted() throws IOException {
        BuiltNetwork imported = NetworkImporter.read(changed(TinyNetworks.mixedGates(), arrays -> arrays));
        assertEquals(Optional.empty(), imported.instance().functionClass());
    }

    /** Thirty pairs of 24 inputs, up to two active: whether a function of two inputs tells them apart. */
    @ParameterizedTest
    @CsvSource({
        "and, 0, true",
        "parity, 0, true",
        "at-least(1), 0, true",
        "at-least(2), 20, true",
        "at-least(3), 0, false",
        "exactly(0), 0, true",
        "exactly(2), 0, true",
        "exactly(3), 0, false",
        "parity, 20, true",
        "parity, 21, false",
        "and, 21, false",
    })
    void gatesThatInputsDoNotTellApartAreOfNoClass(String function, int minActive, boolean known) throws IOException {
        GateFunctionArrays functions =
                GateFunctionArrays.of(GateFunction.named(function).orElseThrow());
        BuiltNetwork imported = NetworkImporter.read(changed(TinyNetworks.clippedTwoAnd(), arrays -> {
            arrays.removeIf(array -> List.of("gates.function_data", "gates.function_offsets", "domain.max_active")
                    .contains(array.name()));
            arrays.add(NamedArray.ints("gates.function_data", functions.data()));
            arrays.add(NamedArray.ints("gates.function_offsets", functions.offsets()));
            arrays.add(NamedArray.scalar("domain.max_active", Math.max(2, minActive)));
            arrays.add(NamedArray.scalar("domain.min_active", minActive));
            return arrays;
        }));
        assertEquals(known, imported.instance().functionClass().isPresent());
    }

    @Test
    void aChangedWeightKeepsTheProblemButLosesTheConstructionAndItsClaims() throws IOException {
        BuiltNetwork built = TinyNetworks.saturatedTwoAnd();
        float[] bias = built.network().layers().get(0).bias();
        bias[3] -= 0.5f;
        Path file = changed(built, arrays -> {
            arrays.removeIf(array -> array.name().equals("layers.0.bias"));
            arrays.add(NamedArray.floats("layers.0.bias", bias));
            arrays.add(NamedArray.text("metadata", NetworkDescription.toJson(built)));
            return arrays;
        });
        BuiltNetwork imported = NetworkImporter.read(file);
        assertEquals(built.instance(), imported.instance());
        assertEquals("imported", imported.network().provenance().construction());
        assertEquals("tiny", imported.network().provenance().facts().get("original_construction"));
        assertFalse(imported.network().clean());
        assertEquals(-7.5f, imported.network().layers().get(0).bias(3));
    }

    @Test
    void thePluginsThatMadeANetworkAreKeptByExportsAndImports() throws IOException {
        PluginFiles plugins = new PluginFiles(List.of(new PluginFile("my.jar", "1.0", "a".repeat(64))));
        BuiltNetwork built = TinyNetworks.saturatedTwoAnd().withPlugins(plugins);
        UnaryOperator<List<NamedArray>> described = arrays -> {
            arrays.removeIf(array -> array.name().equals("metadata"));
            arrays.add(NamedArray.text("metadata", NetworkDescription.toJson(built)));
            return arrays;
        };
        assertEquals(plugins, NetworkImporter.read(changed(built, described)).plugins());
        float[] bias = built.network().layers().get(0).bias();
        bias[3] -= 0.5f;
        BuiltNetwork other = NetworkImporter.read(changed(built, arrays -> {
            arrays.removeIf(array -> array.name().equals("layers.0.bias"));
            arrays.add(NamedArray.floats("layers.0.bias", bias));
            return described.apply(arrays);
        }));
        assertEquals("imported", other.network().provenance().construction());
        assertEquals(plugins, other.plugins());
    }

    @Test
    void changedGatesAreAnotherProblem() throws IOException {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        int[] reads = built.instance().gates().reads();
        reads[1] = reads[1] == 23 ? 22 : 23;
        Path file = changed(built, arrays -> {
            arrays.removeIf(array -> array.name().equals("gates.inputs"));
            arrays.add(NamedArray.ints("gates.inputs", reads));
            arrays.add(NamedArray.text("metadata", NetworkDescription.toJson(built)));
            return arrays;
        });
        assertEquals("imported", NetworkImporter.read(file).instance().problem());
    }

    @Test
    void weightsAreKeptInTheMostStructuredFormThatHoldsThem() {
        assertEquals(BitMatrix.ofBits(1, 3, new long[] {5}), RecognisedMatrix.of(1, 3, new float[] {1, -0.0f, 1}));
        assertEquals(new BitMatrix(1, 3, new long[] {2}, 0, -1), RecognisedMatrix.of(1, 3, new float[] {0, -1, 0}));
        assertEquals(new BitMatrix(1, 3, new long[] {2}, -3, 1), RecognisedMatrix.of(1, 3, new float[] {-3, 1, -3}));
        assertEquals(BitMatrix.ofBits(1, 2, new long[] {0}), RecognisedMatrix.of(1, 2, new float[] {0, 0}));
        assertEquals(new BitMatrix(1, 2, new long[] {3}, 0, 7), RecognisedMatrix.of(1, 2, new float[] {7, 7}));
        assertEquals(
                new IntegerMatrix(1, 3, new short[] {0, 1, -32768}),
                RecognisedMatrix.of(1, 3, new float[] {0, 1, -32768}));
        assertInstanceOf(DenseMatrix.class, RecognisedMatrix.of(1, 2, new float[] {0, 32768}));
        assertInstanceOf(DenseMatrix.class, RecognisedMatrix.of(1, 2, new float[] {0, 0.5f}));
    }

    @Test
    void codesMayComeInAnyOrder() throws IOException {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        int[] rows = ExportedArrays.padded(built.network().inputCodes(), -1);
        for (int j = 0; j < 24; j++) {
            int swapped = rows[4 * j];
            rows[4 * j] = rows[4 * j + 3];
            rows[4 * j + 3] = swapped;
        }
        Path file = replaced(built, NamedArray.ints("encoder.codes", rows, 24, 4));
        assertEquals(
                built.network().inputCodes(),
                NetworkImporter.read(file).network().inputCodes());
    }

    @Test
    void wrongTypesAndShapesAreNamed() throws IOException {
        BuiltNetwork built = TinyNetworks.layered();
        assertFault(
                replaced(built, NamedArray.ints("layers.0.weight", new int[40], 5, 8)),
                "array layers.0.weight is int32, but must be float32");
        NamedArray doubles = new NamedArray("layers.0.bias", ArrayShape.of(new ElementType('f', 8), 5), out -> {
            for (int i = 0; i < 5; i++) {
                out.putLong(0);
            }
        });
        assertFault(replaced(built, doubles), "array layers.0.bias is float64, but must be float32");
        assertFault(replaced(built, NamedArray.floats("encoder.codes", new float[8])), "must be [features, weight]");
        assertFault(
                replaced(built, NamedArray.floats("layers.0.bias", new float[4])),
                "array layers.0.bias has 4 entries, but must have 5");
        assertFault(
                replaced(built, matrix("layers.1.weight", 2, 4, new float[8])),
                "layer 1 has 4 columns, but layer 0 has 5 rows");
        assertFault(replaced(built, NamedArray.floats("layers.1.weight", new float[8])), "must be [rows, columns]");
        assertFault(
                replaced(built, NamedArray.floats("decoder.threshold", new float[] {1, 1, 1})),
                "decoder.threshold has 3 entries, but must have 2");
        assertFault(replaced(built, NamedArray.scalar("decoder.kind", 3)), "decoder.kind is 3");
        assertFault(
                changed(built, arrays -> {
                    arrays.add(NamedArray.scalar("layers.1.activation", 2));
                    return arrays;
                }),
                "layers.1.activation is 2, but must be 0 (ReLU) or 1 (none)");
        assertFault(
                changed(built, arrays -> {
                    arrays.add(NamedArray.scalar("layers.1.skip", 2));
                    return arrays;
                }),
                "layer 1 adds state 2");
        assertFault(replaced(built, NamedArray.ints("domain.max_active", new int[2])), "single number");
        assertFault(replaced(built, NamedArray.scalar("domain.max_active", 9)), "max-active 9 is not in 1..8");
    }

    @Test
    void valuesThatAreNotAllowedAreNamed() throws IOException {
        BuiltNetwork built = TinyNetworks.layered();
        float[] weights = new float[40];
        weights[9] = Float.NaN;
        assertFault(replaced(built, matrix("layers.0.weight", 5, 8, weights)), "has NaN at row 1, column 1");
        assertFault(
                replaced(built, NamedArray.floats("layers.1.bias", new float[] {0, Float.POSITIVE_INFINITY})),
                "has Infinity at position 1");
        assertFault(
                replaced(built, NamedArray.floats("decoder.threshold", new float[] {1, 0})),
                "threshold of output 1 is 0.0");
        assertFault(
                replaced(built, NamedArray.ints("encoder.codes", new int[] {0, 1, 2, 3, 4, 5, 6, 8}, 8, 1)),
                "neuron 8 in the code of feature 7, which is not in 0..7");
        assertFault(
                replaced(built, NamedArray.ints("encoder.codes", new int[] {0, 1, 2, 3, 4, 5, 6, -1}, 8, 1)),
                "the code of feature 7 is empty");
        assertFault(
                replaced(built, NamedArray.ints("decoder.codes", new int[] {0, 1, 1, 1}, 2, 2)),
                "the code of feature 1 has neuron 1 twice");
        assertFault(
                replaced(built, NamedArray.ints("gates.0.inputs", new int[] {0, 1, 2, 3, 4, 5, 6, 8, 0, 2})),
                "gate 3 reads feature 8, which is not in 0..7");
        assertFault(
                replaced(built, NamedArray.ints("gates.0.inputs", new int[] {0, 1, 2, 2, 4, 5, 6, 7, 0, 2})),
                "gate 1 has feature 2 twice");
        assertFault(
                replaced(built, NamedArray.ints("gates.0.offsets", new int[] {0, 2, 1, 6, 8, 10})),
                "gates.0.offsets does not ascend at entry 2");
        assertFault(
                replaced(built, NamedArray.ints("gates.0.offsets", new int[] {0, 2, 2, 6, 8, 10})), "gate 1 is empty");
        assertFault(replaced(built, NamedArray.ints("gates.0.offsets", new int[] {0, 9})), "must run from 0 to 10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layers.0.weight",
                "layers.1.weight",
                "layers.1.bias",
                "encoder.codes",
                "decoder.codes",
                "decoder.threshold",
                "decoder.kind",
                "gates.offsets",
                "gates.inputs",
                "gates.functions",
                "gates.function_offsets",
                "gates.function_data",
                "domain.max_active"
            })
    void aMissingArrayIsNamed(String name) throws IOException {
        Path file = changed(TinyNetworks.clippedTwoAnd(), arrays -> {
            assertTrue(arrays.removeIf(array -> array.name().equals(name)));
            return arrays;
        });
        // the bias of a layer without weights is left over, which is just as telling
        assertFault(file, name.equals("layers.1.weight") ? "layers.1.bias" : name);
    }

    @Test
    void anArrayThatWouldBeIgnoredIsNamedUnlessItIsClearlySomebodyElses() throws IOException {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        assertFault(
                changed(built, arrays -> {
                    arrays.add(NamedArray.floats("layers.0.scale", new float[1]));
                    return arrays;
                }),
                "array layers.0.scale that no part of the network uses");
        assertEquals(
                30,
                NetworkImporter.read(changed(built, arrays -> {
                            arrays.add(NamedArray.floats("training.loss", new float[1]));
                            return arrays;
                        }))
                        .network()
                        .outputs());
    }

    @Test
    void tensorsOfSomebodyElseAreIgnoredAndNamedWhateverTheirTypeAndShape() throws IOException {
        BuiltNetwork built = TinyNetworks.mixedGates();
        Map<String, String> foreign = new LinkedHashMap<>();
        foreign.put("model.norm", "{\"dtype\":\"BF16\",\"shape\":[2]");
        foreign.put("model.conv", "{\"dtype\":\"F32\",\"shape\":[1,1,1]");
        foreign.put("model.new", "{\"dtype\":\"X4\",\"shape\":[2]");
        List<String> ignored = new ArrayList<>();
        assertEquals(
                built,
                NetworkImporter.read(
                        withTensors(exported(built, "safetensors"), foreign), Optional.empty(), ignored::addAll));
        assertEquals(List.of("model.norm", "model.conv", "model.new"), ignored);
        assertFault(
                withTensors(
                        exported(built, "safetensors"),
                        Map.of("layers.1.weight", "{\"dtype\":\"BF16\",\"shape\":[1,2]")),
                "array layers.1.weight is BF16 [1, 2]");
    }

    /** The file with more tensors of four bytes each. */
    private Path withTensors(Path safetensors, Map<String, String> tensors) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) bytes.getLong()];
        bytes.get(header);
        StringBuilder json = new StringBuilder(new String(header, StandardCharsets.UTF_8).strip());
        int end = bytes.remaining();
        for (Map.Entry<String, String> tensor : tensors.entrySet()) {
            json.setLength(json.length() - 1);
            json.append(",\"").append(tensor.getKey()).append("\":").append(tensor.getValue());
            json.append(",\"data_offsets\":[")
                    .append(end)
                    .append(',')
                    .append(end += 4)
                    .append("]}}");
        }
        byte[] longer = json.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + longer.length + end).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(longer.length).put(longer).put(bytes);
        return Files.write(folder.resolve("foreign.safetensors"), all.array());
    }

    @Test
    void entriesOfAnNpzThatAreNoArraysAreIgnoredAndNamedUnlessTheyLookLikeTheNetworks() throws IOException {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        Path file = exported(built, "npz");
        List<String> ignored = new ArrayList<>();
        assertEquals(built, NetworkImporter.read(withEntry(file, "readme.txt"), Optional.empty(), ignored::addAll));
        assertEquals(List.of("readme.txt"), ignored);
        assertFault(withEntry(file, "domain.groups"), "array domain.groups is no .npy entry");
    }

    private Path withEntry(Path npz, String name) throws IOException {
        Path file = folder.resolve("more.npz");
        try (ZipFile from = new ZipFile(npz.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.getInputStream(entry).transferTo(to);
            }
            to.putNextEntry(new ZipEntry(name));
        }
        return file;
    }

    private static BuiltNetwork named(List<String> names) {
        BuiltNetwork built = TinyNetworks.layered();
        ProblemInstance instance = built.instance();
        return new BuiltNetwork(
                new ProblemInstance(
                        instance.problem(),
                        instance.parameters(),
                        instance.seed(),
                        instance.layers(),
                        instance.domain(),
                        instance.functionClass(),
                        new FeatureNames(names),
                        FeatureNames.NONE),
                built.network());
    }

    @ParameterizedTest
    @ValueSource(strings = {"npz", "safetensors"})
    void everyNameSurvivesOrTheExportRefuses(String format) {
        BuiltNetwork built = named(List.of("", "a\0", "\0", " b ", "\u202e\u001b[31m", "\ud834\udd1e", "a", "\"\n"));
        assertEquals(built, NetworkImporter.read(exported(built, format)));
        BuiltNetwork half = named(List.of("0", "1", "2\ud834", "3", "4", "5", "6", "7"));
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> exported(half, format));
        assertTrue(fault.getMessage().contains("the name of input 2 has one half of a character"), fault.getMessage());
        assertThrows(InvalidInputException.class, () -> NetworkFile.write(folder.resolve("half.superpose.zip"), half));
    }

    /** Text arrays have room for the longest name in every place. */
    @Test
    void oneLongNameDoesNotMakeALargeFile() throws IOException {
        BuiltNetwork built = named(List.of("x".repeat(1 << 20), "1", "2", "3", "4", "5", "6", "\u00e4"));
        Path file = exported(built, "npz");
        assertTrue(Files.size(file) < 2 << 20, "8 names of together 1 MiB take " + Files.size(file) + " bytes");
        assertEquals(built, NetworkImporter.read(file));
    }

    @Test
    void namesOfUnequalLengthThatAreNotSoundAreNamed() throws IOException {
        BuiltNetwork built = TinyNetworks.sameGateTwice();
        NamedArray utf8 = NamedArray.bytes("feature_names.utf8", new byte[] {'a', (byte) 0xc3, (byte) 0xa4});
        assertFault(with(built, utf8), "both feature_names.utf8 and feature_names.offsets");
        assertFault(with(built, utf8, NamedArray.ints("feature_names.offsets", new int[] {0, 2, 3})), "name 0 is not");
        assertFault(with(built, utf8, NamedArray.ints("feature_names.offsets", new int[] {0, 2})), "from 0 to 3");
        assertFault(with(built, utf8, NamedArray.ints("feature_names.offsets", new int[] {0, 4, 3})), "ascend");
        assertFault(with(built, utf8, NamedArray.ints("feature_names.offsets", new int[] {0, 1, 1, 3})), "3 names");
    }

    private Path with(BuiltNetwork built, NamedArray... more) throws IOException {
        return changed(built, arrays -> {
            arrays.addAll(List.of(more));
            return arrays;
        });
    }

    @Test
    void groupsAndNamesMustFitTheFeatures() throws IOException {
        BuiltNetwork built = TinyNetworks.bigrams();
        assertFault(
                replaced(built, NamedArray.ints("domain.groups", new int[19])),
                "has 19 entries, but there are 20 features");
        int[] gap = new int[20];
        gap[0] = 2;
        assertFault(replaced(built, NamedArray.ints("domain.groups", gap)), "numbered from 0 without a gap");
        assertFault(
                changed(built, arrays -> {
                    arrays.add(NamedArray.texts("feature_names", List.of("one")));
                    return arrays;
                }),
                "feature_names has 1 names, but there are 20 features");
    }

    @Test
    void metadataOfANewerVersionOrWithoutSenseIsRefused() throws IOException {
        BuiltNetwork built = TinyNetworks.layered();
        String metadata = NetworkDescription.toJson(built);
        assertFault(
                changed(built, arrays -> {
                    arrays.add(NamedArray.text(
                            "metadata", metadata.replace("\"format_version\":1", "\"format_version\":4")));
                    return arrays;
                }),
                "is of format version 4");
        assertFault(
                changed(built, arrays -> {
                    arrays.add(NamedArray.text("metadata", "{"));
                    return arrays;
                }),
                "metadata is not valid JSON");
    }

    @Test
    void whatIsNoFileOfEitherFormatIsNamed() throws IOException {
        assertFault(folder.resolve("missing.npz"), "does not exist");
        assertFault(folder, "is a folder");
        assertFault(Files.createFile(folder.resolve("empty.npz")), "is empty");
        assertFault(Files.writeString(folder.resolve("text.npz"), "not a zip file"), "is not a zip file");
        assertFault(Files.writeString(folder.resolve("short.safetensors"), "abc"), "less than eight bytes");
        Path escaping = folder.resolve("escaping.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(escaping))) {
            zip.putNextEntry(new ZipEntry("../layers.0.weight.npy"));
        }
        assertFault(escaping, "\"../layers.0.weight.npy\" whose path is not allowed");
    }

    private Path safetensors(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(folder.resolve("own.safetensors"), bytes.array());
    }

    @Test
    void safetensorsHeadersThatBreakTheFormatAreNamed() throws IOException {
        String tensor = "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%s]}}";
        assertFault(safetensors(String.format(tensor, "F32", "[2]", "0,8"), 4), "it is truncated");
        assertFault(safetensors(String.format(tensor, "F32", "[2]", "0,8"), 12), "12 bytes after its header");
        assertFault(safetensors(String.format(tensor, "F32", "[2]", "4,12"), 12), "begins at byte 4");
        assertFault(safetensors(String.format(tensor, "F32", "[2]", "0,4"), 4), "takes 8 bytes");
        assertFault(safetensors(String.format(tensor, "F32", "[2]", "0,-4"), 4), "takes 8 bytes");
        assertFault(safetensors(String.format(tensor, "F32", "[-2]", "0,8"), 8), "dimension -2");
        assertFault(safetensors(String.format(tensor, "F32", "[4294967296]", "0,8"), 8), "takes 17179869184 bytes");
        assertFault(safetensors(String.format(tensor, "F32", "[1,1,3]", "0,8"), 8), "takes 12 bytes");
        assertFault(safetensors(String.format(tensor, "BF16", "[2]", "0,8"), 8), "takes 4 bytes");
        assertFault(safetensors(String.format(tensor, "F32", "[9223372036854775807,3]", "0,8"), 8), "too large");
        assertFault(safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8), "two whole data_offsets");
        assertFault(safetensors(String.format(tensor, "F32", "[2]", "0,8.0"), 8), "two whole data_offsets");
        assertFault(safetensors(String.format(tensor, "F32", "[2.0]", "0,8"), 8), "dimension 2.0");
        assertFault(safetensors(String.format(tensor, "F32", "[2],\"Shape\":[3]", "0,8"), 8), "and nothing else");
        assertFault(safetensors("{\"a\":3}", 8), "must have a dtype");
        assertFault(safetensors("{\"__metadata__\":3}", 0), "not a JSON object");
        byte[] wide = "{}".getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer utf16 = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(4)
                .put(wide);
        assertFault(Files.write(folder.resolve("wide.safetensors"), utf16.array()), "not valid JSON");
        assertFault(safetensors("[1,2]", 8), "not a JSON object");
        assertFault(safetensors("{\"a\"", 8), "not valid JSON");
        assertFault(safetensors("{\"__metadata__\":{\"metadata\":3}}", 0), "not a text");
        assertFault(safetensors("{}", 0), "has no array layers.0.weight");
        String two = "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
        assertFault(safetensors(two, 12), "overlaps and holes are not allowed");
        assertFault(safetensors(two.replace("\"b\"", "\"a\""), 12), "not valid JSON");
        Path claim = Files.write(folder.resolve("claim.safetensors"), new byte[] {0, 0, 0, 0, 0, 1, 0, 0, '{', '}'});
        assertFault(claim, "claims a header of 1099511627776 bytes in a file of 10");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"npz", "safetensors"})
    void alteredOrTruncatedFilesAreRefusedOrStillHoldANetwork(String format) throws IOException {
        byte[] bytes = Files.readAllBytes(exported(TinyNetworks.layered(), format));
        RandomGenerator random = new Seed(21).generator();
        Path file = folder.resolve("altered" + (format.equals("npz") ? ".npz" : ".safetensors"));
        int refused = 0;
        for (int t = 0; t < 360; t++) {
            byte[] copy = t % 3 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
            if (t % 3 != 0) {
                copy[random.nextInt(copy.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(file, copy);
            try {
                NetworkImporter.read(file);
            } catch (InvalidInputException fault) {
                assertTrue(fault.getMessage().startsWith(file + ": "), fault.getMessage());
                refused++;
            }
        }
        assertTrue(refused >= 120, "every truncation is refused, but only " + refused + " files were");
    }

    @Test
    void nothingIsKnownOfTheClassOfLayeredGatesOrOfSomeThatReadTheSame() throws IOException {
        BuiltNetwork layered = NetworkImporter.read(changed(TinyNetworks.layered(), arrays -> arrays));
        assertEquals(Optional.empty(), layered.instance().functionClass());
        BuiltNetwork twice = NetworkImporter.read(changed(TinyNetworks.sameGateTwice(), arrays -> arrays));
        assertEquals(Optional.empty(), twice.instance().functionClass());
    }
}
