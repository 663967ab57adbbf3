package org.superpose.runner.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.workbench.Measurement;

/**
 * The names of the fields of the rows of a unit, in order: the columns of a table know neither their order nor which of
 * them a row has.
 *
 * @param stretches rows in a row that have the same fields
 */
record RowFields(List<Stretch> stretches) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Stretch>> STRETCHES = new TypeReference<>() {};

    RowFields {
        stretches = List.copyOf(stretches);
    }

    /** Some rows in a row that have the same fields. */
    record Stretch(int rows, List<String> fields) {
        Stretch {
            fields = List.copyOf(fields);
        }
    }

    static RowFields of(List<Measurement> measurements) {
        List<Stretch> stretches = new ArrayList<>();
        for (Measurement measurement : measurements) {
            List<String> fields = List.copyOf(measurement.fields().keySet());
            int last = stretches.size() - 1;
            if (last >= 0 && stretches.get(last).fields().equals(fields)) {
                stretches.set(last, new Stretch(stretches.get(last).rows() + 1, fields));
            } else {
                stretches.add(new Stretch(1, fields));
            }
        }
        return new RowFields(stretches);
    }

    /**
     * What {@link #text} gave.
     *
     * @throws StoreException if the text is something else
     */
    static RowFields parse(String text) {
        try {
            return new RowFields(JSON.readValue(text, STRETCHES));
        } catch (JsonProcessingException | NullPointerException damaged) { // null where there must be something
            throw new StoreException("the table units has a row_fields that is no list of names", damaged);
        }
    }

    /** As the column {@code row_fields} of the table units has it. */
    String text() {
        try {
            return JSON.writeValueAsString(stretches);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The names of one row, counted from 1; empty if there are fewer. */
    Optional<List<String>> ofRow(int row) {
        int left = row;
        for (Stretch stretch : stretches) {
            if (left >= 1 && left <= stretch.rows()) {
                return Optional.of(stretch.fields());
            }
            left -= stretch.rows();
        }
        return Optional.empty();
    }
}
