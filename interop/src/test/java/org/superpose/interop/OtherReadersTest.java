package org.superpose.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.GateFunction;

/** A public implementation of the formats, the Deep Java Library, reads our exports and writes files for import. */
class OtherReadersTest {
    @TempDir
    Path folder;

    static List<BuiltNetwork> networks() {
        return TinyNetworks.all();
    }

    private Path safetensors(BuiltNetwork built) {
        Path file = folder.resolve("net.safetensors");
        new SafetensorsExporter().export(built, ParameterValues.NONE, file);
        return file;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void anotherImplementationReadsTheSameNumbersFromSafetensors(BuiltNetwork built) throws IOException {
        Path file = safetensors(built);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList list = NDList.decode(manager, Files.readAllBytes(file));
            for (int t = 0; t < built.network().layers().size(); t++) {
                NDArray bias = list.get("layers." + t + ".bias");
                assertArrayEquals(built.network().layers().get(t).bias(), bias.toFloatArray());
                NDArray weight = list.get("layers." + t + ".weight");
                if (weight != null) {
                    WeightMatrix matrix = built.network().layers().get(t).weights();
                    assertEquals(new Shape(matrix.rows(), matrix.columns()), weight.getShape());
                    float[] values = weight.toFloatArray();
                    for (int i = 0; i < values.length; i++) {
                        assertEquals(matrix.get(i / matrix.columns(), i % matrix.columns()), values[i]);
                    }
                }
            }
            NDArray codes = list.get("encoder.codes");
            assertArrayEquals(ExportedArrays.padded(built.network().inputCodes(), -1), codes.toIntArray());
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void safetensorsHeadersFollowTheRulesOfTheFormat(BuiltNetwork built) throws IOException {
        byte[] bytes = Files.readAllBytes(safetensors(built));
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, length % 8);
        assertEquals('{', bytes[8]);
        JsonNode header = new JsonMapper().readTree(new String(bytes, 8, (int) length, StandardCharsets.UTF_8));
        Map<Long, Long> places = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals("__metadata__")) {
                entry.getValue().forEach(text -> assertTrue(text.isTextual()));
            } else {
                long from = entry.getValue().get("data_offsets").get(0).longValue();
                assertEquals(0, (8 + length + from) % 4, "alignment of " + entry.getKey());
                places.put(from, entry.getValue().get("data_offsets").get(1).longValue());
            }
        }
        long end = 0;
        for (Map.Entry<Long, Long> place : places.entrySet()) {
            assertEquals(end, place.getKey());
            end = place.getValue();
        }
        assertEquals(bytes.length - 8 - length, end);
    }

    /** A network that copies, with weight 0.5 for the second feature, for which the decoder's threshold makes up. */
    private static NDList arrays(NDManager manager) {
        NDList list = new NDList(
                manager.create(new float[] {1, 0, 0, 0.5f}, new Shape(2, 2)),
                manager.create(new float[2]),
                manager.create(new int[] {0, 1}, new Shape(2, 1)),
                manager.create(new int[] {0, 1}, new Shape(2, 1)),
                manager.create(new float[] {1, 0.5f}),
                manager.create(new int[] {0}),
                manager.create(new int[] {0, 1, 2}),
                manager.create(new int[] {0, 1}),
                manager.create(new int[] {1}));
        List<String> names = List.of(
                "layers.0.weight",
                "layers.0.bias",
                "encoder.codes",
                "decoder.codes",
                "decoder.threshold",
                "decoder.kind",
                "gates.offsets",
                "gates.inputs",
                "domain.max_active");
        for (int i = 0; i < names.size(); i++) {
            list.get(i).setName(names.get(i));
        }
        return list;
    }

    @ParameterizedTest
    @EnumSource(
            value = NDList.Encoding.class,
            names = {"SAFETENSORS", "NPZ"})
    void filesOfAnotherImplementationAreImported(NDList.Encoding encoding) throws IOException {
        Path file = folder.resolve("other.file");
        try (NDManager manager = NDManager.newBaseManager();
                OutputStream out = Files.newOutputStream(file)) {
            arrays(manager).encode(out, encoding);
        }
        BuiltNetwork imported = NetworkImporter.read(file, Optional.of(GateFunction.AND));
        assertEquals(2, imported.network().inputs());
        assertEquals(0.5f, imported.network().layers().get(0).weights().get(1, 1));
        assertEquals("dense", imported.network().layers().get(0).weights().kind());
        assertEquals(1, imported.instance().gates().maxFanIn());
    }

    @Test
    void everyFormatIsFoundByItsIdAndSaysWhatItIs() {
        List<String> ids = NetworkExporter.catalog().plugins().stream()
                .map(NetworkExporter::id)
                .toList();
        assertEquals(List.of("npz", "onnx", "safetensors"), ids);
        assertEquals(List.of(), NetworkExporter.catalog().failures());
    }
}
