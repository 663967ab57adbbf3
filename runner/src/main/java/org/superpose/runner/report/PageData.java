package org.superpose.runner.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.VegaLiteSpec;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.MeasurementFormat;

/**
 * The data of the page as JSON inside a script element: plots, and the table by columns, with texts as numbers of a
 * list of the different ones, so that a hundred thousand rows stay small.
 */
final class PageData {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Keeps data from ending the script element that it is in. */
    private static final class InScript extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

        InScript() {
            for (char character : new char[] {'<', '>', '&'}) {
                ascii[character] = CharacterEscapes.ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return character == 0x2028 || character == 0x2029
                    ? new SerializedString(String.format("\\u%04x", character))
                    : null;
        }
    }

    private PageData() {}

    static void write(Writer out, Report report) throws IOException {
        List<ReportRow> rows = report.rows();
        JsonFactory factory = new JsonFactory();
        factory.setCharacterEscapes(new InScript());
        factory.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.setCodec(MAPPER);
            json.writeStartObject();
            json.writeArrayFieldStart("plots");
            for (Plot plot : report.plots()) {
                json.writeStartObject();
                json.writeStringField("id", plot.id());
                json.writeObjectField("spec", VegaLiteSpec.of(plot));
                Optional<ObjectNode> ends = VegaLiteSpec.endLabels(plot);
                if (ends.isPresent()) {
                    json.writeObjectField("ends", ends.get());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("count", rows.size());
            writeColumns(json, rows, report.columns());
            writeCommands(json, rows);
            json.writeEndObject();
        }
    }

    /**
     * The verdict, what the experiment shows, and the other fields in the order of their first appearance, seeds last,
     * since their twenty digits push the figures off the screen; those that no row has a value for are left out.
     *
     * @param shown the fields that the experiment shows; empty for all
     */
    private static void writeColumns(JsonGenerator json, List<ReportRow> rows, List<String> shown) throws IOException {
        Set<String> filled = new LinkedHashSet<>();
        for (ReportRow row : rows) {
            row.stored().measurement().fields().forEach((field, value) -> {
                if (value != null) {
                    filled.add(field);
                }
            });
        }
        Set<String> fields = new LinkedHashSet<>();
        fields.add(Measurement.VERDICT);
        fields.addAll(shown);
        fields.addAll(filled);
        fields.retainAll(filled);
        for (String seed : List.of(Measurement.INSTANCE_SEED, Measurement.SEED)) {
            if (fields.remove(seed)) {
                fields.add(seed);
            }
        }
        json.writeArrayFieldStart("columns");
        for (String field : fields) {
            boolean numbers = true;
            for (ReportRow row : rows) {
                Object value = row.stored().measurement().find(field).orElse(null);
                numbers &= value == null || value instanceof Number;
            }
            json.writeStartObject();
            json.writeStringField("name", field);
            json.writeStringField("title", MeasurementFormat.heading(field));
            json.writeBooleanField(
                    "shown", shown.isEmpty() || shown.contains(field) || field.equals(Measurement.VERDICT));
            json.writeStringField("digits", digits(field, rows));
            if (numbers) {
                writeNumbers(json, field, rows);
            } else {
                writeTexts(json, field, rows);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * How numbers are written, as on the command line: {@code real}, {@code rounded}, {@code count} or {@code plain}.
     */
    private static String digits(String field, List<ReportRow> rows) {
        if (MeasurementFormat.isRounded(field)) {
            return "rounded";
        }
        for (ReportRow row : rows) {
            if (row.stored().measurement().find(field).orElse(null) instanceof Double) {
                return "real";
            }
        }
        return MeasurementFormat.isCount(field) ? "count" : "plain";
    }

    private static void writeNumbers(JsonGenerator json, String field, List<ReportRow> rows) throws IOException {
        json.writeArrayFieldStart("numbers");
        for (ReportRow row : rows) {
            Object value = row.stored().measurement().find(field).orElse(null);
            if (value instanceof Double real) {
                if (Double.isFinite(real)) {
                    json.writeNumber(real);
                } else {
                    json.writeNull();
                }
            } else if (value instanceof Number whole) {
                // A seed may have 64 bits, of which a number in the page keeps 53: such a one is a text there.
                long exact = whole.longValue();
                if (Math.abs(exact) < 1L << 53) {
                    json.writeNumber(exact);
                } else {
                    json.writeString(Long.toString(exact));
                }
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private static void writeTexts(JsonGenerator json, String field, List<ReportRow> rows) throws IOException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        rows.forEach(row -> numbers.putIfAbsent(row.text(field), numbers.size()));
        json.writeArrayFieldStart("texts");
        for (String text : numbers.keySet()) {
            json.writeString(text);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("places");
        for (ReportRow row : rows) {
            json.writeNumber(numbers.get(row.text(field)));
        }
        json.writeEndArray();
    }

    /** Commands without the number of the unit, which the page adds. */
    private static void writeCommands(JsonGenerator json, List<ReportRow> rows) throws IOException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        rows.forEach(row -> numbers.putIfAbsent(row.command(), numbers.size()));
        json.writeObjectField("commands", numbers.keySet());
        json.writeArrayFieldStart("commandPlaces");
        for (ReportRow row : rows) {
            json.writeNumber(numbers.get(row.command()));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("units");
        for (ReportRow row : rows) {
            json.writeNumber(row.stored().unit());
        }
        json.writeEndArray();
    }
}
