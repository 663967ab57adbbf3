package org.superpose.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.NetworkDescription;
import org.superpose.core.file.SurvivingNames;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.interop.tensor.SafetensorsSource;
import org.superpose.interop.tensor.SafetensorsType;

/**
 * Safetensors: the arrays of the NPZ export under the same names; texts are in the header's {@code __metadata__}, names
 * as JSON lists.
 *
 * <p>All tensors have elements of four bytes and the header is filled up to a multiple of eight, so every tensor is
 * aligned, and they follow each other without holes.
 */
public final class SafetensorsExporter implements NetworkExporter {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ALIGNMENT = 8;

    @Override
    public String id() {
        return "safetensors";
    }

    @Override
    public String title() {
        return "safetensors for PyTorch and others: the arrays of npz, texts in the header";
    }

    @Override
    public String extension() {
        return ".safetensors";
    }

    @Override
    public void export(BuiltNetwork built, ParameterValues options, Path file) {
        SurvivingNames.require(file, built.instance());
        List<NamedArray> arrays = ExportedArrays.of(built);
        AtomicFile.write(file, out -> {
            writeHeader(built, arrays, out);
            for (NamedArray array : arrays) {
                array.writeElements(out);
            }
        });
    }

    private static void writeHeader(BuiltNetwork built, List<NamedArray> arrays, OutputStream out) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode texts = header.putObject(SafetensorsSource.HEADER_METADATA);
        texts.put(ExportedArrays.METADATA, NetworkDescription.toJson(built));
        putNames(texts, ExportedArrays.INPUT_NAMES, built.instance().inputNames());
        putNames(texts, ExportedArrays.OUTPUT_NAMES, built.instance().outputNames());
        long offset = 0;
        for (NamedArray array : arrays) {
            ObjectNode tensor = header.putObject(array.name());
            tensor.put("dtype", SafetensorsType.of(array.shape().type()).name());
            var shape = tensor.putArray("shape");
            array.shape().dimensions().forEach(shape::add);
            tensor.putArray("data_offsets")
                    .add(offset)
                    .add(offset + array.shape().bytes());
            offset += array.shape().bytes();
        }
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        int padding = (ALIGNMENT - json.length % ALIGNMENT) % ALIGNMENT;
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length + (long) padding)
                .array());
        out.write(json);
        out.write(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
    }

    private static void putNames(ObjectNode texts, String field, FeatureNames names) throws JsonProcessingException {
        if (!names.isEmpty()) {
            texts.put(field, JSON.writeValueAsString(names.names()));
        }
    }
}
