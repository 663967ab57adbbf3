package org.superpose.runner.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;

/** Reads YAML or JSON into values that know their lines. */
public final class LocatedReader {
    /** How the parser of YAML writes a place. */
    private static final Pattern MARK = Pattern.compile("(?m)^ in 'reader', line ([0-9]+), column");

    private static final int DEEPEST = 20;

    private final String file;
    private final JsonParser parser;

    private LocatedReader(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads a text.
     *
     * @param file its name for messages; a name that ends in {@code .json} is JSON, any other YAML
     * @throws InvalidInputException naming the line, if it is malformed, has a key twice, or more than one document
     */
    public static Located read(String file, String text) {
        JsonFactory factory = file.endsWith(".json") ? new JsonFactory() : new YAMLFactory();
        try (JsonParser parser = factory.createParser(text)) {
            LocatedReader reader = new LocatedReader(file, parser);
            if (parser.nextToken() == null) {
                throw new InvalidInputException(file + " is empty");
            }
            Located value = reader.value(0);
            if (parser.nextToken() != null) {
                throw reader.refuse("a second document begins; a file has one");
            }
            return value;
        } catch (JsonProcessingException malformed) {
            throw new InvalidInputException(file + " line " + line(malformed) + ": " + cause(malformed), malformed);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Where it was found; the parser's own location is where what it was doing began. */
    private static String line(JsonProcessingException malformed) {
        Matcher found = MARK.matcher(malformed.getOriginalMessage());
        String line = malformed.getLocation() == null
                ? "1"
                : Integer.toString(malformed.getLocation().getLineNr());
        while (found.find()) {
            line = found.group(1);
        }
        return line;
    }

    /**
     * What is wrong in one line. The parser of YAML says first what it was doing, then where that began, and only then
     * what it found.
     */
    private static String cause(JsonProcessingException malformed) {
        List<String> sentences = malformed
                .getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .toList();
        return String.join(": ", sentences);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private InvalidInputException refuse(String what) {
        return new InvalidInputException(file + " line " + line() + ": " + what);
    }

    /** Tags would be passed over and aliases taken for texts: both would mean something else than the author thinks. */
    private void requirePlain() throws IOException {
        if (parser.getTypeId() != null) {
            throw refuse(
                    "the tag !" + parser.getTypeId() + " is not allowed: write plain texts, numbers, lists and groups");
        }
        if (parser.getObjectId() != null || parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw refuse("anchors and aliases are not allowed: write the value again");
        }
    }

    /** The value at the current token. */
    private Located value(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw refuse("nested more than " + DEEPEST + " deep");
        }
        int line = line();
        requirePlain();
        switch (parser.currentToken()) {
            case START_ARRAY -> {
                List<Located> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(depth + 1));
                }
                return new Located.Items(line, items);
            }
            case START_OBJECT -> {
                Map<String, Located.Entry> entries = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    int keyLine = line();
                    if (entries.containsKey(key)) {
                        throw refuse("the key " + key + " stands here a second time");
                    }
                    parser.nextToken();
                    entries.put(key, new Located.Entry(keyLine, value(depth + 1)));
                }
                return new Located.Group(line, entries);
            }
            case VALUE_NULL -> {
                return new Located.Scalar(line, "");
            }
            default -> {
                return new Located.Scalar(line, parser.getText());
            }
        }
    }
}
