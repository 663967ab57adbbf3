package org.superpose.runner.frontier;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the table of rows, {@code rows.yaml} beside this class. */
final class FrontierRows {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private FrontierRows() {}

    /** A row as it is written. */
    private record Entry(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) String title,
            @JsonProperty(required = true) String problem,
            @JsonProperty(required = true) Map<String, String> instance,
            Integer reach,
            Integer aim,
            @JsonProperty(required = true) String construction,
            Map<String, String> building,
            @JsonProperty(required = true) int width) {
        FrontierRow row() {
            return new FrontierRow(
                    id,
                    title,
                    problem,
                    instance,
                    perhaps(reach),
                    perhaps(aim),
                    construction,
                    Optional.ofNullable(building).orElse(Map.of()),
                    width);
        }

        private static OptionalInt perhaps(Integer width) {
            return width == null ? OptionalInt.empty() : OptionalInt.of(width);
        }
    }

    static List<FrontierRow> bundled() {
        try (InputStream table = FrontierRows.class.getResourceAsStream("rows.yaml")) {
            return YAML.readValue(table, new TypeReference<List<Entry>>() {}).stream()
                    .map(Entry::row)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException("rows.yaml, the table of the frontier's rows, cannot be read", broken);
        }
    }
}
