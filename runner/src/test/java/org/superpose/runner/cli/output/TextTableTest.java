package org.superpose.runner.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superpose.runner.workbench.Measurement;

class TextTableTest {
    @Test
    void wordsStandToTheLeftAndNumbersToTheRight() {
        TextTable table = new TextTable(List.of("problem", "n"));
        table.add(List.of("two-and", "600"));
        table.add(List.of("star", "1,400"));
        assertEquals(List.of("problem      n", "-------  -----", "two-and    600", "star     1,400"), table.lines());
    }

    @Test
    void measurementsAreShownWithTheHeadingsOfTheTheory() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(Measurement.WIDTH, 600);
        fields.put(Measurement.SUPERPOSITION_RATIO, 6.826);
        fields.put(Measurement.INPUTS_COVERED, "549756338177");
        fields.put(Measurement.WIDTH_LIMIT, null);
        assertEquals(
                "  n  m'/n   inputs covered  limit on n",
                MeasurementTable.lines(List.of(Measurement.of(fields)), List.copyOf(fields.keySet()))
                        .get(0));
        assertEquals(
                "600  6.83  549,756,338,177           -",
                MeasurementTable.lines(List.of(Measurement.of(fields)), List.copyOf(fields.keySet()))
                        .get(2));
    }
}
