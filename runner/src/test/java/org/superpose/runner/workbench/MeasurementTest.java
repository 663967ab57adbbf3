package org.superpose.runner.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;

class MeasurementTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Width", "WIDTH", "max-active", "2nd", "_x", "x_", "a__b", "größe", "a b", "a\nb"})
    void aFieldThatIsNotInSnakeCaseIsRefused(String field) {
        Measurement row = Measurement.of(Map.of("width", 3));
        for (InvalidInputException refused : List.of(
                assertThrows(InvalidInputException.class, () -> Measurement.of(Map.of(field, 1))),
                assertThrows(InvalidInputException.class, () -> row.with(field, 1)))) {
            assertTrue(refused.getMessage().contains("\"" + field + "\""), refused.getMessage());
        }
    }

    @Test
    void aValueThatTheResultStoreCannotHoldIsRefused() {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> Measurement.of(Map.of("widths", List.of(1, 2))));
        assertTrue(refused.getMessage().startsWith("the field widths of a measurement is a "), refused.getMessage());
        assertThrows(InvalidInputException.class, () -> Measurement.of(Map.of("share", 0.5f)));
    }

    @Test
    void aRowKeepsWhatItWasMadeOf() {
        Map<String, Object> fields = new HashMap<>(Map.of("success_rate_95", 0.5, "problem", "two-and", "clean", true));
        fields.put("kappa", null);
        Measurement row = Measurement.of(fields);
        fields.clear();
        assertEquals(4, row.fields().size());
        assertEquals("two-and", row.text("problem"));
        assertTrue(row.find("kappa").isEmpty());
    }
}
