package org.superpose.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.file.ArrayInput;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.file.ZipReader;

/**
 * A safetensors file: eight bytes with the length of the header, the header in JSON, the tensors. Opening it checks the
 * header against the size of the file: every tensor inside, none overlapping, no bytes between or after them.
 */
final class SafetensorsSource implements TensorSource {
    /** The longest header that the format's own implementation reads. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final FileChannel channel;
    private final Map<String, Tensor> tensors;
    private final Map<String, String> texts;
    private final long dataStart;

    /** A tensor's shape and place, counted from the end of the header. */
    private record Tensor(String name, ArrayShape shape, long from, long to) {}

    private SafetensorsSource(
            FileChannel channel, Map<String, Tensor> tensors, Map<String, String> texts, long dataStart) {
        this.channel = channel;
        this.tensors = tensors;
        this.texts = texts;
        this.dataStart = dataStart;
    }

    static SafetensorsSource open(Path file) throws IOException {
        ZipReader.requireFile(file);
        FileChannel channel = FileChannel.open(file);
        try {
            return open(channel);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static SafetensorsSource open(FileChannel channel) throws IOException {
        long size = channel.size();
        InputStream in = Channels.newInputStream(channel);
        byte[] prefix = in.readNBytes(Long.BYTES);
        if (prefix.length < Long.BYTES) {
            throw new FileFormatException("is not a safetensors file: it has less than eight bytes");
        }
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > MAX_HEADER_BYTES || length > size - Long.BYTES) {
            throw new FileFormatException("is not a safetensors file, or a truncated one: it claims a header of "
                    + Long.toUnsignedString(length) + " bytes in a file of " + size);
        }
        JsonNode header = parse(in.readNBytes((int) length));
        long dataStart = Long.BYTES + length;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals(SafetensorsExporter.HEADER_METADATA)) {
                putTexts(texts, entry.getValue());
            } else {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
            }
        }
        requireNoHoles(tensors, size - dataStart);
        return new SafetensorsSource(channel, tensors, texts, dataStart);
    }

    private static JsonNode parse(byte[] json) throws IOException {
        try {
            JsonNode header = JSON.readTree(json);
            if (json[0] != '{' || !header.isObject()) {
                throw new FileFormatException("is not a safetensors file: its header is not a JSON object");
            }
            return header;
        } catch (JsonProcessingException broken) {
            throw new FileFormatException("is not a safetensors file: its header is not valid JSON", broken);
        }
    }

    private static void putTexts(Map<String, String> texts, JsonNode metadata) throws FileFormatException {
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            if (!entry.getValue().isTextual()) {
                throw new FileFormatException("has header metadata \"" + entry.getKey() + "\" that is not a text");
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        }
    }

    private static Tensor tensor(String name, JsonNode description) throws FileFormatException {
        String dtype = description.path("dtype").asText();
        SafetensorsType type = SafetensorsType.named(dtype)
                .orElseThrow(() -> new FileFormatException(
                        "array " + name + " has elements of type \"" + dtype + "\", which cannot be read"));
        List<Integer> dimensions = new ArrayList<>();
        for (JsonNode dimension : description.path("shape")) {
            if (!dimension.isInt()) {
                throw new FileFormatException(
                        "array " + name + " has the dimension " + dimension + ", which is no whole number up to 2^31");
            }
            dimensions.add(dimension.intValue());
        }
        JsonNode offsets = description.path("data_offsets");
        if (!description.path("shape").isArray()
                || offsets.size() != 2
                || !offsets.get(0).canConvertToLong()
                || !offsets.get(1).canConvertToLong()) {
            throw new FileFormatException("array " + name + " has no shape or no data_offsets in the header");
        }
        try {
            ArrayShape shape = new ArrayShape(type.elementType(), dimensions);
            return new Tensor(
                    name, shape, offsets.get(0).longValue(), offsets.get(1).longValue());
        } catch (IllegalArgumentException unusable) {
            throw new FileFormatException("array " + name + " cannot be read: " + unusable.getMessage(), unusable);
        }
    }

    private static void requireNoHoles(Map<String, Tensor> tensors, long dataBytes) throws FileFormatException {
        List<Tensor> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingLong(Tensor::from).thenComparingLong(Tensor::to));
        long end = 0;
        for (Tensor tensor : ordered) {
            if (tensor.from() != end) {
                throw new FileFormatException("array " + tensor.name() + " begins at byte " + tensor.from()
                        + " of the data, but the one before it ends at " + end
                        + ": overlaps and holes are not allowed");
            }
            if (tensor.to() < tensor.from()
                    || tensor.to() - tensor.from() != tensor.shape().bytes()) {
                throw new FileFormatException("array " + tensor.name() + " is " + tensor.shape() + ", which takes "
                        + tensor.shape().bytes() + " bytes, but its data_offsets give it "
                        + (tensor.to() - tensor.from()));
            }
            end = tensor.to();
        }
        if (end != dataBytes) {
            throw new FileFormatException("has " + dataBytes + " bytes after its header, but its tensors take " + end
                    + (end > dataBytes ? ": it is truncated" : ""));
        }
    }

    @Override
    public String format() {
        return "safetensors";
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public ArrayInput open(String name) throws IOException {
        Tensor tensor = tensors.get(name);
        channel.position(dataStart + tensor.from());
        return new ArrayInput(
                name,
                tensor.shape(),
                new Bounded(Channels.newInputStream(channel), tensor.shape().bytes()),
                true);
    }

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    @Override
    public Optional<List<String>> texts(String name) throws IOException {
        String json = texts.get(name);
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(List.of(JSON.readValue(json, String[].class)));
        } catch (JsonProcessingException | NullPointerException broken) {
            throw new FileFormatException(
                    "has header metadata \"" + name + "\" that is not a JSON list of texts", broken);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A stretch of the file; closing it leaves the file open. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return left > 0 && left-- > 0 ? in.read() : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
