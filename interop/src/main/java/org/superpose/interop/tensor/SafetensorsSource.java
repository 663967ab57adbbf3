package org.superpose.interop.tensor;

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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.file.ArrayInput;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.file.ZipReader;

/**
 * A safetensors file: eight bytes with the length of the header, the header in JSON, the tensors. Opening it checks the
 * header against the size of the file: every tensor inside, none overlapping, no bytes between or after them.
 */
public final class SafetensorsSource implements TensorSource {
    /** The entry of the header that holds texts. */
    public static final String HEADER_METADATA = "__metadata__";

    /** The longest header that the format's own implementation reads. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final FileChannel channel;
    private final Map<String, Entry> tensors;
    private final Map<String, String> texts;
    private final long dataStart;

    /**
     * A tensor's shape and place, counted from the end of the header.
     *
     * @param shape nothing if no network of ours can have it
     * @param numbers nothing if no network made elsewhere can have it
     * @param title type and dimensions as in the header
     * @param bytes how many it must have, or -1 if the type is not known
     */
    private record Entry(
            String name,
            Optional<ArrayShape> shape,
            Optional<TensorShape> numbers,
            String title,
            long bytes,
            long from,
            long to) {}

    private SafetensorsSource(
            FileChannel channel, Map<String, Entry> tensors, Map<String, String> texts, long dataStart) {
        this.channel = channel;
        this.tensors = tensors;
        this.texts = texts;
        this.dataStart = dataStart;
    }

    /**
     * Opens a file.
     *
     * @throws FileFormatException if there is none, or it breaks the format
     */
    public static SafetensorsSource open(Path file) throws IOException {
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
        Map<String, Entry> tensors = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals(HEADER_METADATA)) {
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
            JsonNode header = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString());
            if (json[0] != '{' || !header.isObject()) {
                throw new FileFormatException("is not a safetensors file: its header is not a JSON object");
            }
            return header;
        } catch (JsonProcessingException broken) {
            throw new FileFormatException("is not a safetensors file: its header is not valid JSON", broken);
        } catch (CharacterCodingException broken) {
            throw new FileFormatException("is not a safetensors file: its header is not valid JSON in UTF-8", broken);
        }
    }

    private static void putTexts(Map<String, String> texts, JsonNode metadata) throws FileFormatException {
        if (!metadata.isObject()) {
            throw new FileFormatException("has header metadata that are not a JSON object");
        }
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            if (!entry.getValue().isTextual()) {
                throw new FileFormatException("has header metadata \"" + entry.getKey() + "\" that is not a text");
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        }
    }

    private static Entry tensor(String name, JsonNode description) throws FileFormatException {
        JsonNode dtype = description.path("dtype");
        JsonNode dimensions = description.path("shape");
        JsonNode offsets = description.path("data_offsets");
        if (description.size() != 3
                || !dtype.isTextual()
                || !dimensions.isArray()
                || offsets.size() != 2
                || !isWhole(offsets.get(0))
                || !isWhole(offsets.get(1))) {
            throw new FileFormatException("array " + name
                    + " must have a dtype, a shape and two whole data_offsets in the header, and nothing else");
        }
        List<Long> shape = new ArrayList<>();
        for (JsonNode dimension : dimensions) {
            if (!isWhole(dimension) || dimension.longValue() < 0) {
                throw new FileFormatException("array " + name + " has the dimension " + dimension
                        + ", which is no whole number from 0 to 2^63");
            }
            shape.add(dimension.longValue());
        }
        String title = dtype.textValue() + " " + shape;
        Optional<SafetensorsType> type = SafetensorsType.named(dtype.textValue());
        long bytes = bytes(name, SafetensorsType.bytes(dtype.textValue()), shape);
        boolean small = shape.size() <= 2 && shape.stream().allMatch(dimension -> dimension <= Integer.MAX_VALUE);
        boolean usable = type.isPresent() && small;
        List<Integer> sizes = small ? shape.stream().map(Long::intValue).toList() : List.of();
        return new Entry(
                name,
                usable ? Optional.of(new ArrayShape(type.get().elementType(), sizes)) : Optional.empty(),
                SafetensorsType.numbers(dtype.textValue())
                        .filter(known -> small)
                        .map(known -> new TensorShape(known, sizes)),
                title,
                bytes,
                offsets.get(0).longValue(),
                offsets.get(1).longValue());
    }

    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }

    private static long bytes(String name, int elementBytes, List<Long> shape) throws FileFormatException {
        if (elementBytes < 0) {
            return -1;
        }
        try {
            long bytes = elementBytes;
            for (long dimension : shape) {
                bytes = Math.multiplyExact(bytes, dimension);
            }
            return bytes;
        } catch (ArithmeticException tooLarge) {
            throw new FileFormatException(
                    "array " + name + " has the shape " + shape + ", which is too large", tooLarge);
        }
    }

    private static void requireNoHoles(Map<String, Entry> tensors, long dataBytes) throws FileFormatException {
        List<Entry> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
        long end = 0;
        for (Entry tensor : ordered) {
            if (tensor.from() != end) {
                throw new FileFormatException("array " + tensor.name() + " begins at byte " + tensor.from()
                        + " of the data, but the one before it ends at " + end
                        + ": overlaps and holes are not allowed");
            }
            long given = tensor.to() - tensor.from();
            if (given < 0 || (tensor.bytes() >= 0 && given != tensor.bytes())) {
                throw new FileFormatException("array " + tensor.name() + " is " + tensor.title() + ", which takes "
                        + tensor.bytes() + " bytes, but its data_offsets give it " + given);
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
        Set<String> names = new LinkedHashSet<>(tensors.keySet());
        names.removeAll(others().keySet());
        return names;
    }

    @Override
    public Map<String, String> others() {
        Map<String, String> others = new LinkedHashMap<>();
        for (Entry tensor : tensors.values()) {
            if (tensor.shape().isEmpty()) {
                others.put(tensor.name(), "is " + tensor.title());
            }
        }
        return others;
    }

    @Override
    public ArrayInput open(String name) throws IOException {
        return elements(tensors.get(name), tensors.get(name).shape().orElseThrow());
    }

    private ArrayInput elements(Entry tensor, ArrayShape shape) throws IOException {
        channel.position(dataStart + tensor.from());
        InputStream in = new Bounded(Channels.newInputStream(channel), shape.bytes());
        return new ArrayInput(tensor.name(), shape, in, true);
    }

    @Override
    public Optional<TensorShape> shape(String name) {
        return Optional.ofNullable(tensors.get(name)).flatMap(Entry::numbers);
    }

    @Override
    public String describe(String name) {
        return "is " + tensors.get(name).title();
    }

    @Override
    public Tensor tensor(String name) throws IOException {
        TensorShape shape = tensors.get(name).numbers().orElseThrow();
        // NumPy has no name for some types, but every type has bytes
        int bytes = shape.type().bytes();
        ArrayShape whole = new ArrayShape(new ElementType('u', bytes), shape.dimensions());
        try (ArrayInput elements = elements(tensors.get(name), whole)) {
            return new Tensor(name, shape, elements.elements());
        }
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
