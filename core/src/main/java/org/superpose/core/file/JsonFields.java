package org.superpose.core.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object that nobody vouches for: each field is asked for with its type and range, and a fault names the field.
 */
final class JsonFields {
    /** Has Jackson write numbers, not the JDK, whose shortest form of a double changed between releases. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;
    private final String path;

    private JsonFields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** For people: indented, with the same bytes on every system. */
    static byte[] indented(JsonNode json) throws IOException {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        ObjectWriter writer = MAPPER.writer(printer);
        return (writer.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** For machines: without white space. */
    static byte[] compact(JsonNode json) throws IOException {
        return MAPPER.writeValueAsBytes(json);
    }

    /**
     * Parses a document whose root is an object.
     *
     * @param what the document's name, for messages
     */
    static JsonFields parse(String what, byte[] json) throws FileFormatException {
        JsonNode root;
        try {
            root = MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString());
        } catch (JsonProcessingException broken) {
            String where = broken.getLocation() == null
                    ? ""
                    : " (line " + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr() + ")";
            throw new FileFormatException(what + " is not valid JSON" + where, broken);
        } catch (CharacterCodingException broken) {
            throw new FileFormatException(what + " is not valid JSON in UTF-8", broken);
        }
        if (!root.isObject()) {
            throw new FileFormatException(what + " is not a JSON object");
        }
        return new JsonFields(root, what);
    }

    boolean has(String field) {
        return object.has(field);
    }

    /** Whether the field is there and says that there is no value. */
    boolean isNull(String field) {
        return object.path(field).isNull();
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    JsonFields object(String field) throws FileFormatException {
        JsonNode value = get(field, "an object");
        if (!value.isObject()) {
            throw wrong(field, "an object", value);
        }
        return new JsonFields(value, path(field));
    }

    List<JsonFields> objects(String field) throws FileFormatException {
        List<JsonFields> objects = new ArrayList<>();
        JsonNode array = array(field);
        for (int t = 0; t < array.size(); t++) {
            if (!array.get(t).isObject()) {
                throw wrong(field + "[" + t + "]", "an object", array.get(t));
            }
            objects.add(new JsonFields(array.get(t), path(field + "[" + t + "]")));
        }
        return objects;
    }

    List<String> texts(String field) throws FileFormatException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(field)) {
            if (!element.isTextual()) {
                throw wrong(field, "a list of texts", element);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    List<Integer> wholes(String field) throws FileFormatException {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode element : array(field)) {
            if (!element.isInt()) {
                throw wrong(field, "a list of whole numbers", element);
            }
            numbers.add(element.intValue());
        }
        return numbers;
    }

    private JsonNode array(String field) throws FileFormatException {
        JsonNode value = get(field, "a list");
        if (!value.isArray()) {
            throw wrong(field, "a list", value);
        }
        return value;
    }

    String text(String field) throws FileFormatException {
        JsonNode value = get(field, "a text");
        if (!value.isTextual()) {
            throw wrong(field, "a text", value);
        }
        return value.textValue();
    }

    boolean flag(String field) throws FileFormatException {
        JsonNode value = get(field, "true or false");
        if (!value.isBoolean()) {
            throw wrong(field, "true or false", value);
        }
        return value.booleanValue();
    }

    int whole(String field, int min, int max) throws FileFormatException {
        String range = "a whole number from " + min + " to " + max;
        JsonNode value = get(field, range);
        if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
            throw wrong(field, range, value);
        }
        return value.intValue();
    }

    long longWhole(String field) throws FileFormatException {
        JsonNode value = get(field, "a whole number of 64 bits");
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, "a whole number of 64 bits", value);
        }
        return value.longValue();
    }

    /**
     * Adds a map of Strings, Booleans, Integers, Longs and Doubles; {@code longs} remembers which small numbers are
     * Longs.
     */
    static void putValues(ObjectNode into, String field, Map<String, Object> values) {
        ObjectNode object = into.putObject(field);
        List<String> longs = new ArrayList<>();
        values.forEach((name, value) -> {
            if (value instanceof String text) {
                object.put(name, text);
            } else if (value instanceof Boolean flag) {
                object.put(name, flag);
            } else if (value instanceof Integer whole) {
                object.put(name, whole);
            } else if (value instanceof Long whole) {
                object.put(name, whole);
                longs.add(name);
            } else if (value instanceof Double real && Double.isFinite(real)) {
                object.put(name, real);
            } else {
                throw new IllegalArgumentException("value " + value + " of " + name
                        + " is not a String, Boolean, Integer, Long or finite Double and cannot be kept in a file");
            }
        });
        if (!longs.isEmpty()) {
            var names = into.putArray(longsField(field));
            longs.forEach(names::add);
        }
    }

    private static String longsField(String field) {
        return field + "_of_64_bits";
    }

    /** What {@link #putValues} added. */
    Map<String, Object> values(String field) throws FileFormatException {
        JsonFields fields = object(field);
        List<String> longs = has(longsField(field)) ? texts(longsField(field)) : List.of();
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : fields.names()) {
            values.put(name, fields.value(name, longs.contains(name)));
        }
        return Collections.unmodifiableMap(values);
    }

    private Object value(String name, boolean asLong) throws FileFormatException {
        JsonNode value = get(name, "a value");
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isInt() && !asLong) {
            return value.intValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong() && asLong) {
            return value.longValue();
        }
        if (value.isDouble() && Double.isFinite(value.doubleValue())) {
            return value.doubleValue();
        }
        throw wrong(name, "a text, true, false or a number", value);
    }

    private JsonNode get(String field, String expected) throws FileFormatException {
        JsonNode value = object.get(field);
        if (value == null) {
            throw new FileFormatException(path(field) + " is missing: it must be " + expected);
        }
        return value;
    }

    FileFormatException wrong(String field, String expected, JsonNode got) {
        String text = got.toString();
        return new FileFormatException(path(field) + " is "
                + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + ", but must be " + expected);
    }

    private String path(String field) {
        return path.endsWith(":") ? path + " " + field : path + "." + field;
    }
}
