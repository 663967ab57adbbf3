package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.PluginFile;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.OpenNetworks;

@Tag("jdk")
class NetworkFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static List<BuiltNetwork> samples() {
        return List.of(SampleNetworks.permutation(), SampleNetworks.everything(), SampleNetworks.residual());
    }

    private Path written(BuiltNetwork built) {
        Path file = folder.resolve("net.superpose.zip");
        NetworkFile.write(file, built);
        return file;
    }

    private static String fault(Path file) {
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> NetworkFile.read(file));
        assertTrue(fault.getMessage().startsWith(file + ": "), fault.getMessage());
        assertTrue(
                fault.getMessage().lines().count() == 1 && !fault.getMessage().contains("null"), fault.getMessage());
        return fault.getMessage();
    }

    private static void assertFault(Path file, String part) {
        String message = fault(file);
        assertTrue(message.contains(part), message);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenIsReadBackEqual(BuiltNetwork built) {
        assertEquals(built, NetworkFile.read(written(built)));
    }

    /** Readers of version 2 would take such a network for a chain of ReLU layers. */
    @Test
    void onlyANetworkWithADepartureIsOfVersionThree() throws IOException {
        assertTrue(manifest(written(SampleNetworks.permutation())).contains("\"format_version\" : 1"));
        String manifest = manifest(written(SampleNetworks.residual()));
        assertTrue(manifest.contains("\"format_version\" : 3"), manifest);
        assertTrue(manifest.contains("\"embedding_width\" : 4"), manifest);
        assertTrue(manifest.contains("\"width\" : 7"), manifest);
    }

    @net.jqwik.api.Tag("slow")
    @Property(tries = 100)
    void networksOfEveryShapeAreReadBackEqual(@ForAll long seed) throws IOException {
        RandomGenerator random = new Seed(seed).generator();
        BuiltNetwork built = OpenNetworks.withItsOwnTruth(
                random.nextBoolean() ? OpenNetworks.whole(random) : OpenNetworks.rounding(random), 0, random);
        Path file = Files.createTempFile("open", ".superpose.zip");
        try {
            NetworkFile.write(file, built);
            assertEquals(built, NetworkFile.read(file));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void whatIsSaidOfActivationSkipOrThresholdsHasToBeSound() throws IOException {
        BuiltNetwork built = SampleNetworks.residual();
        assertFault(withManifest(built, "\"activation\" : \"none\"", "\"activation\" : \"gelu\""), "it must be none");
        assertFault(withManifest(built, "\"skip\" : 1", "\"skip\" : -1"), "skip");
        assertFault(withManifest(built, "\"skip\" : 1", "\"skip\" : 2"), "which it adds");
        assertFault(withManifest(built, "\"skip\" : 3", "\"skip\" : 1"), "was altered");
        assertFault(withManifest(built, "\"two_sided\" : true", "\"two_sided\" : false"), "no part of the network");
        assertFault(withManifest(built, "\"embedding_width\" : 4", "\"embedding_width\" : 5"), "embedding width 5");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writingTwiceGivesTheSameBytes(BuiltNetwork built) throws IOException {
        byte[] first = Files.readAllBytes(written(built));
        NetworkFile.write(folder.resolve("again.superpose.zip"), NetworkFile.read(folder.resolve("net.superpose.zip")));
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("again.superpose.zip")));
    }

    private static String manifest(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static BuiltNetwork withPlugins(BuiltNetwork built) {
        return built.withPlugins(new PluginFiles(List.of(
                new PluginFile("my.jar", "1.0", "a".repeat(64)), new PluginFile("lib/other.jar", "", "b".repeat(64)))));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void thePluginsThatMadeItAreReadBackButAreNoPartOfTheDigest(BuiltNetwork built) {
        BuiltNetwork made = withPlugins(built);
        assertEquals(made, NetworkFile.read(written(made)));
        assertEquals(NetworkDigest.of(built), NetworkDigest.of(made));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFileThatNoPluginMadeDoesNotSpeakOfPlugins(BuiltNetwork built) throws IOException {
        String manifest = manifest(written(built));
        assertFalse(manifest.contains("plugin"), manifest);
        String made = manifest(written(withPlugins(built)));
        assertTrue(made.contains("\"sha256\" : \"" + "a".repeat(64) + "\""), made);
    }

    /** A digest that changes with the JDK or by accident would make every earlier file unreadable. */
    @Test
    void digestsStayWhatTheyAreInFormatVersionOne() {
        assertEquals(
                "cf66952af30a6461b0f986a4709f0d231e7fc2d4152cd821197d8ffc978541f0",
                NetworkDigest.of(SampleNetworks.permutation()));
        assertEquals(
                "b30b3688a67c1d7feb07b0da042338c9144bd277e131cf50739b6f7bd3e950ef",
                NetworkDigest.of(SampleNetworks.everything()));
        assertEquals(
                "ab011849a8ba34a4a6d055566f0c1f847fc67b068d1712efcdbf064a4df9bc67",
                NetworkDigest.of(SampleNetworks.everything().network()));
        assertEquals(
                "88ead7a3cd4159d1b8f995529e3327f0ca15f0a6242ac18789a4ddd74d055c2c",
                NetworkDigest.of(SampleNetworks.everything().instance()));
    }

    @Test
    void digestsTellNetworksApartAndIgnoreTheInstanceWhenAskedForTheNetworkAlone() {
        BuiltNetwork built = SampleNetworks.permutation();
        BuiltNetwork otherSeed = new BuiltNetwork(
                new ProblemInstance(
                        built.instance().problem(),
                        built.instance().parameters(),
                        8,
                        built.instance().layers(),
                        built.instance().domain(),
                        built.instance().functionClass(),
                        built.instance().inputNames(),
                        built.instance().outputNames()),
                built.network());
        assertNotEquals(NetworkDigest.of(built), NetworkDigest.of(otherSeed));
        assertEquals(NetworkDigest.of(built.network()), NetworkDigest.of(otherSeed.network()));
        assertNotEquals(
                NetworkDigest.of(built.network()),
                NetworkDigest.of(SampleNetworks.everything().network()));
    }

    private static BuiltNetwork named(FeatureNames inputs, FeatureNames outputs) {
        BuiltNetwork built = SampleNetworks.permutation();
        return new BuiltNetwork(built.instance().withNames(inputs, outputs), built.network());
    }

    private static FeatureNames names(String prefix) {
        return new FeatureNames(IntStream.range(0, 12).mapToObj(j -> prefix + j).toList());
    }

    @Test
    void namesAreKeptForInputsAndOutputsWhereThereAreAny() throws IOException {
        FeatureNames none = FeatureNames.NONE;
        Set<String> digests = new HashSet<>();
        for (BuiltNetwork built : List.of(
                named(none, none),
                named(names("a"), none),
                named(none, names("a")),
                named(names("a"), names("b")),
                named(names("b"), names("a")))) {
            Path file = written(built);
            assertEquals(built, NetworkFile.read(file));
            digests.add(NetworkDigest.of(built));
            digests.add(NetworkDigest.of(built.instance()));
            try (ZipFile zip = new ZipFile(file.toFile())) {
                boolean nameless = built.equals(named(none, none));
                assertEquals(nameless, zip.getEntry("names.json") == null);
            }
        }
        assertEquals(10, digests.size());
    }

    /** The sizes of larger domains would have thousands of digits. */
    @Test
    void aThousandAnd24FeaturesMayBeActiveAndNotMore() {
        BuiltNetwork most = identity(1100, 1024);
        assertEquals(most, NetworkFile.read(written(most)));
        BuiltNetwork more = identity(1100, 1025);
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> written(more));
        assertEquals(
                folder.resolve("net.superpose.zip")
                        + ": cannot be written: max-active is 1025, but must be at most 1024",
                fault.getMessage());
    }

    private static BuiltNetwork identity(int features, int maxActive) {
        int[] all = IntStream.range(0, features).toArray();
        InputDomain domain = InputDomain.sparse(features, maxActive);
        Codes codes = Codes.ofWeight(features, 1, all);
        return new BuiltNetwork(
                ProblemInstance.of(
                        "permutation",
                        ParameterValues.NONE,
                        1,
                        Gates.conjunctions(features, 1, all),
                        domain,
                        FunctionClass.permutations(features)),
                new SuperposedNetwork(
                        codes,
                        List.of(Layer.withBias(DiagonalMatrix.ofValue(features, 1), 0)),
                        Decoder.withThreshold(codes, Decoder.Kind.SUM, 1),
                        domain,
                        false,
                        new Provenance("by-hand", Map.of(), 0, Map.of())));
    }

    @Test
    void entriesAreStoredWithOneFixedTimeAndTheManifestFirst() throws IOException {
        try (ZipFile zip = new ZipFile(written(SampleNetworks.everything()).toFile())) {
            List<? extends ZipEntry> entries = zip.stream().toList();
            assertEquals("manifest.json", entries.get(0).getName());
            assertEquals("names.json", entries.get(1).getName());
            for (ZipEntry entry : entries) {
                assertEquals(ZipEntry.STORED, entry.getMethod());
                assertEquals("1980-02-01T00:00", entry.getTimeLocal().toString());
                assertNull(entry.getExtra(), "an extra field could hold a time that depends on the time zone");
            }
        }
    }

    @Test
    void bitMatricesArePackedInNumPyOrder() throws IOException {
        BuiltNetwork built = SampleNetworks.permutation();
        try (Npz npz = openArrays(written(built));
                ArrayInput weights = npz.open("layers.0.weight")) {
            assertEquals(ArrayShape.of(ElementType.UINT8, 9, 2), weights.shape());
            byte[] packed = weights.bytes();
            for (int r = 0; r < 9; r++) {
                for (int c = 0; c < 9; c++) {
                    int bit = packed[2 * r + c / 8] >> (7 - c % 8) & 1;
                    assertEquals(built.network().layers().get(0).weights().get(r, c), bit);
                }
            }
        }
    }

    /** The arrays of a network file are those of an NPZ file beside the JSON entries. */
    private Npz openArrays(Path file) throws IOException {
        Path copy = folder.resolve("arrays.npz");
        rezip(file, copy, ZipEntry.DEFLATED, entries -> {
            entries.keySet().removeIf(name -> !name.endsWith(".npy"));
            return entries;
        });
        return Npz.open(copy);
    }

    private static void rezip(Path from, Path to, int method, UnaryOperator<Map<String, byte[]>> change)
            throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(from.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        try (OutputStream out = Files.newOutputStream(to);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : change.apply(entries).entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(entry.getValue());
                    header.setSize(entry.getValue().length);
                    header.setCrc(crc.getValue());
                }
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        }
    }

    private Path changed(UnaryOperator<Map<String, byte[]>> change) throws IOException {
        return changed(SampleNetworks.everything(), change);
    }

    private Path changed(BuiltNetwork built, UnaryOperator<Map<String, byte[]>> change) throws IOException {
        Path file = folder.resolve("changed.superpose.zip");
        rezip(written(built), file, ZipEntry.STORED, change);
        return file;
    }

    private Path withManifest(String from, String to) throws IOException {
        return withManifest(SampleNetworks.everything(), from, to);
    }

    private Path withManifest(BuiltNetwork built, String from, String to) throws IOException {
        return changed(built, entries -> {
            String manifest = new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
            assertTrue(manifest.contains(from), manifest);
            entries.put("manifest.json", manifest.replace(from, to).getBytes(StandardCharsets.UTF_8));
            return entries;
        });
    }

    @Test
    void aFileThatWasPackedAgainWithCompressionIsRead() throws IOException {
        Path packed = folder.resolve("packed.superpose.zip");
        rezip(written(SampleNetworks.everything()), packed, ZipEntry.DEFLATED, entries -> entries);
        assertEquals(SampleNetworks.everything(), NetworkFile.read(packed));
    }

    @Test
    void whatIsNoFileIsNamed() throws IOException {
        assertFault(folder.resolve("missing.superpose.zip"), "does not exist");
        assertFault(folder, "is a folder");
        Path empty = Files.createFile(folder.resolve("empty.superpose.zip"));
        assertFault(empty, "is empty");
        Path text = Files.writeString(folder.resolve("text.superpose.zip"), "width,outputs\n3,4\n");
        assertFault(text, "is not a zip file");
        assertFault(
                Files.writeString(folder.resolve("net.onnx"), "\b\n"),
                "an ONNX file is read by \"superpose import FILE");
        assertFault(Files.writeString(folder.resolve("net.safetensors"), "\n"), "is read by \"superpose import");
        Path npz = folder.resolve("net.npz");
        try (OutputStream out = Files.newOutputStream(npz)) {
            Npz.write(List.of(NamedArray.scalar("a", 1)), out);
        }
        assertFault(npz, "an NPZ is read by \"superpose import");
        Path otherZip = folder.resolve("other.superpose.zip");
        try (OutputStream out = Files.newOutputStream(otherZip)) {
            Npz.write(List.of(NamedArray.ints("a", new int[] {1})), out);
        }
        assertFault(otherZip, "is not a network file: it has no manifest.json");
    }

    @Test
    void aNewerFormatVersionAsksForANewerTool() throws IOException {
        assertFault(withManifest("\"format_version\" : 1", "\"format_version\" : 4"), "is of format version 4");
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        assertFault(withManifest("superpose-network", "superpose-report"), "is not a network file");
    }

    @Test
    void aManifestThatDisagreesWithTheArraysIsRefused() throws IOException {
        assertFault(withManifest("\"rows\" : 66", "\"rows\" : 67"), "layers.0.weight");
        assertFault(withManifest("\"rows\" : 66", "\"rows\" : 2147483647"), "layers.0.weight");
        assertFault(withManifest("\"neurons\" : 70", "\"neurons\" : 2000000000"), "has 70 columns");
        assertFault(withManifest("\"max_active\" : 2", "\"max_active\" : 4"), "max-active 4 is not in 1..3");
        assertFault(withManifest("\"outputs\" : 4\n", "\"outputs\" : 5\n"), "gate layer 0");
        assertFault(withManifest("\"kind\" : \"sum\"", "\"kind\" : \"most\""), "decoder kind");
        assertFault(
                withManifest("\"clean\" : false", "\"clean\" : 0"), "network.clean is 0, but must be true or false");
        assertFault(withManifest("\"clean\" : false", "\"clean\" : true"), "was altered");
        assertFault(withManifest("\"clean\" : false,", ""), "network.clean is missing");
        assertFault(withManifest("\"note\" : \"first", "\"note\" : \"last"), "was altered");
        assertFault(withManifest("\"format\"", "format"), "manifest.json is not valid JSON (line 2");
        assertFault(withManifest("\"seed\" : 42", "\"seed\" : 1e400"), "construction.seed");
        assertFault(withManifest("\"density\" : 0.002", "\"density\" : 1e400"), "density");
        assertFault(withManifest("\"rounds\" : 3", "\"rounds\" : [3]"), "rounds is [3]");
        assertFault(withManifest("\"rounds\" : 3", "\"rounds\" : 3,\n\"rounds\" : 3"), "not valid JSON");
    }

    /** A field of the manifest by its path, another value, and the refusal that it gets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/problem/domain/features| 13| the problem's domain has 13 features, but there are 12 input codes",
                "/network/width| 10| the network is described as of width 10, but has 9",
                "/network/domain/features| 13| the network's domain has 13 features, but there are 12 input codes",
                "/problem/gates/0/inputs| 13| gate layer 0 is described as 13 inputs and 12 outputs, but has 12 and 12",
                "/problem/gates/0/outputs| 13|"
                        + " gate layer 0 is described as 12 inputs and 13 outputs, but has 12 and 12",
                "/problem/gates/0/function| \"nand\"| there is no gate function \"nand\"",
                "/network/layers/0/kind| \"sparse\"| there is no weight matrix kind \"sparse\": it must be bit, dense,"
                        + " diagonal or integer",
                "/network/layers/0/kind| \"dense\"| array layers.0.weight is uint8 [9, 2], but must be float32 [9, 9]",
                "/network/layers/0/kind| \"integer\"| array layers.0.weight is uint8 [9, 2], but must be int16 [9, 9]",
                "/network/layers/0/kind| \"diagonal\"| array layers.0.weight is uint8 [9, 2], but must be float32 [9]",
                "/network/layers/0/columns| 17| array layers.0.weight is uint8 [9, 2], but must be uint8 [9, 3]",
                "/network/layers/0/rows| 8| array layers.0.weight is uint8 [9, 2], but must be uint8 [8, 2]",
                "/network/encoder/features| 13| array encoder.codes is int32 [12, 3], but must be int32 [13, 3]",
                "/network/decoder/min_weight| 2| lacks the array decoder.codes.offsets",
                "/arrays/encoder.codes/type| \"<c8\"| describes array encoder.codes with the unknown type \"<c8\"",
                "/arrays/encoder.codes/type| \"<i8\"|"
                        + " array encoder.codes is int32 [12, 3], but the manifest says int64 [12, 3]",
                "/arrays/encoder.codes/shape| [36]|"
                        + " array encoder.codes is int32 [12, 3], but the manifest says int32 [36]",
                "/format_version| 0|"
                        + " manifest.json.format_version is 0, but must be a whole number from 1 to 2147483647",
                "/digest| \"00\"| was altered: its content does not have the digest that manifest.json names",
                "/problem_digest| \"00\"| was altered: its content does not have the digest that manifest.json names"
            })
    void aFieldWithAnotherValueIsRefusedInOneSentence(String field, String value, String sentence) throws IOException {
        Path file = withField(SampleNetworks.permutation(), field, value);
        assertEquals(file + ": " + sentence, fault(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/network/encoder/features| 12| encoder.codes is described as 12 codes, but has 11",
                "/network/decoder/features| 7| decoder.codes is described as 7 codes, but has 6",
                "/network/layers/1/columns| 65| layers.1.weight is diagonal, but described as 66 x 65",
                "/problem/gates/0/outputs| 5| gate layer 0 is described as 11 inputs and 5 outputs, but has 11 and 4",
                "/problem/gates/1/inputs| 5| gate layer 1 is described as 5 inputs and 6 outputs, but has 4 and 6",
                "/problem/domain/features| 12| the problem's domain has 12 features, but there are 11 input codes",
                "/network/domain/features| 12| the network's domain has 12 features, but there are 11 input codes",
                "/network/domain/grouped| false| has an array domain.groups that no part of the network uses",
                "/network/domain/max_active| 1|"
                        + " was altered: its content does not have the digest that manifest.json names"
            })
    void codesOfUnequalWeightAndGroupsAreComparedToo(String field, String value, String sentence) throws IOException {
        Path file = withField(SampleNetworks.everything(), field, value);
        assertEquals(file + ": " + sentence, fault(file));
    }

    private Path withField(BuiltNetwork built, String field, String value) throws IOException {
        Path file = folder.resolve("changed.superpose.zip");
        rezip(written(built), file, ZipEntry.STORED, entries -> {
            try {
                JsonNode manifest = JSON.readTree(entries.get("manifest.json"));
                JsonPointer path = JsonPointer.compile(field);
                assertFalse(manifest.at(path).isMissingNode(), field);
                ObjectNode parent = (ObjectNode) manifest.at(path.head());
                parent.set(path.last().getMatchingProperty(), JSON.readTree(value));
                entries.put("manifest.json", JSON.writeValueAsBytes(manifest));
                return entries;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
        return file;
    }

    @Test
    void aListOfMembersHasOneDimension() throws IOException {
        BuiltNetwork built = SampleNetworks.everything();
        String name = "encoder.codes.offsets";
        ByteArrayOutputStream column = new ByteArrayOutputStream();
        Npy.write(NamedArray.ints(name, built.network().inputCodes().offsets(), 12, 1), column);
        Path file = withField(built, "/arrays/" + name + "/shape", "[12, 1]");
        Path changed = folder.resolve("column.superpose.zip");
        rezip(file, changed, ZipEntry.STORED, entries -> {
            entries.put(name + ".npy", column.toByteArray());
            return entries;
        });
        assertEquals(
                changed + ": array encoder.codes.offsets is int32 [12, 1], but must have one dimension",
                fault(changed));
    }

    @Test
    void missingUnexpectedAndEscapingEntriesAreRefused() throws IOException {
        assertFault(
                changed(entries -> {
                    entries.remove("layers.1.bias.npy");
                    return entries;
                }),
                "lacks the entry \"layers.1.bias.npy\"");
        assertFault(
                changed(entries -> {
                    entries.put("extra.npy", new byte[3]);
                    return entries;
                }),
                "has an entry \"extra.npy\"");
        assertFault(
                changed(entries -> {
                    entries.put("../names.json", new byte[3]);
                    return entries;
                }),
                "\"../names.json\" whose path is not allowed");
        assertFault(
                changed(entries -> {
                    entries.remove("names.json");
                    return entries;
                }),
                "was altered");
    }

    @Test
    void anArrayThatTheManifestNamesButNoPartOfTheNetworkUsesIsRefused() throws IOException {
        assertFault(
                changed(entries -> {
                    entries.put("layers.4.weight.npy", entries.get("layers.0.bias.npy"));
                    String manifest = new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
                    String extra = "\"layers.4.weight\" : {\"type\" : \"<f4\", \"shape\" : [66]},";
                    entries.put(
                            "manifest.json",
                            manifest.replace("\"arrays\" : {", "\"arrays\" : {" + extra)
                                    .getBytes(StandardCharsets.UTF_8));
                    return entries;
                }),
                "array layers.4.weight that no part of the network uses");
    }

    @Test
    void anEntryThatIsThereTwiceIsRefused() throws IOException {
        Path file = written(SampleNetworks.permutation());
        byte[] bytes = Files.readAllBytes(file);
        byte[] from = "layers.0.bias.npy".getBytes(StandardCharsets.UTF_8);
        // two names of the same length: one is renamed to the other wherever it occurs
        replaceAll(bytes, "encoder.codes.npy".getBytes(StandardCharsets.UTF_8), from);
        Files.write(file, bytes);
        assertFault(file, "two entries \"layers.0.bias.npy\"");
    }

    private static void replaceAll(byte[] bytes, byte[] from, byte[] to) {
        for (int at = 0; at + from.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, bytes, at, to.length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers.3.weight.npy", "layers.0.bias.npy", "decoder.threshold.npy"})
    void infiniteNumbersAreRefused(String entry) throws IOException {
        assertFault(
                changed(entries -> {
                    byte[] bytes = entries.get(entry);
                    byte[] nan = {0, 0, (byte) 0xc0, 0x7f};
                    System.arraycopy(nan, 0, bytes, bytes.length - 4, 4);
                    return entries;
                }),
                "NaN");
    }

    @Test
    void anAlteredWeightIsFoundEvenWhenTheChecksumWasMadeToFit() throws IOException {
        assertFault(
                changed(entries -> {
                    byte[] bytes = entries.get("layers.2.weight.npy");
                    bytes[bytes.length - 1] ^= 1;
                    return entries;
                }),
                "was altered");
    }

    @Tag("slow")
    @Test
    void aSingleAlteredByteIsFoundOrDoesNotMatter() throws IOException {
        BuiltNetwork built = SampleNetworks.everything();
        byte[] bytes = Files.readAllBytes(written(built));
        Path altered = folder.resolve("altered.superpose.zip");
        RandomGenerator random = new Seed(11).generator();
        int found = 0;
        List<Integer> positions = new ArrayList<>();
        for (int t = 0; t < 250; t++) {
            positions.add(random.nextInt(bytes.length));
        }
        for (int at = bytes.length - 400; at < bytes.length; at++) {
            positions.add(at); // the list of entries, where zip files are most fragile
        }
        for (int at : positions) {
            byte[] copy = bytes.clone();
            copy[at] ^= (byte) (1 + random.nextInt(255));
            found += outcome(altered, copy, built) ? 1 : 0;
        }
        assertTrue(found > positions.size() / 2, found + " of " + positions.size() + " alterations found");
    }

    @Test
    void everyTruncationIsFound() throws IOException {
        BuiltNetwork built = SampleNetworks.everything();
        byte[] bytes = Files.readAllBytes(written(built));
        Path truncated = folder.resolve("truncated.superpose.zip");
        RandomGenerator random = new Seed(12).generator();
        for (int t = 0; t < 100; t++) {
            int length = t == 0 ? bytes.length - 1 : random.nextInt(bytes.length);
            assertTrue(outcome(truncated, Arrays.copyOf(bytes, length), built), "truncated to " + length + " bytes");
        }
    }

    /** True if the fault was found, false if the network is none the worse; anything else fails. */
    private static boolean outcome(Path file, byte[] bytes, BuiltNetwork built) throws IOException {
        Files.write(file, bytes);
        try {
            assertEquals(built, NetworkFile.read(file));
            return false;
        } catch (InvalidInputException fault) {
            assertTrue(fault.getMessage().startsWith(file + ": "), fault.getMessage());
            return true;
        }
    }

    @Test
    void aFactThatJsonCannotHoldIsRefusedBeforeAnythingIsWritten() {
        BuiltNetwork built = SampleNetworks.permutation();
        var network = built.network();
        var odd = network.withProvenance(new Provenance("by-hand", Map.of(), 0, Map.of("rate", Double.NaN)));
        Path file = folder.resolve("odd.superpose.zip");
        assertThrows(
                IllegalArgumentException.class, () -> NetworkFile.write(file, new BuiltNetwork(built.instance(), odd)));
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void anInstanceOfAnUnknownClassIsReadBackAndHasADigestOfItsOwn() {
        BuiltNetwork known = SampleNetworks.permutation();
        ProblemInstance instance = known.instance();
        BuiltNetwork unknown = new BuiltNetwork(instance.with(instance.layers(), instance.domain()), known.network());
        assertEquals(unknown, NetworkFile.read(written(unknown)));
        assertNotEquals(NetworkDigest.of(known), NetworkDigest.of(unknown));
    }
}
