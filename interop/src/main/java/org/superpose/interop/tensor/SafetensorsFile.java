package org.superpose.interop.tensor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.superpose.core.file.NamedArray;

/**
 * Writes safetensors: eight bytes with the length of the header, the header in JSON, the tensors one after another
 * without holes. The header is filled up to a multiple of eight, so that tensors of four bytes are aligned.
 */
public final class SafetensorsFile {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ALIGNMENT = 8;

    private SafetensorsFile() {}

    /**
     * Writes tensors in the given order.
     *
     * @param texts of the header's {@code __metadata__}; without any there is no such entry
     */
    public static void write(Map<String, String> texts, List<NamedArray> arrays, OutputStream out) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!texts.isEmpty()) {
            ObjectNode metadata = header.putObject(SafetensorsSource.HEADER_METADATA);
            texts.forEach(metadata::put);
        }
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
        for (NamedArray array : arrays) {
            array.writeElements(out);
        }
    }
}
