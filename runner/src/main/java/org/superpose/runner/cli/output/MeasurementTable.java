package org.superpose.runner.cli.output;

import java.util.List;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.MeasurementFormat;

/** Shows measurements as a table with the headings that the theory uses. */
public final class MeasurementTable {
    private MeasurementTable() {}

    /** Prints the table, its verdicts coloured where the console has colours. */
    public static void print(Console console, List<Measurement> measurements, List<String> columns) {
        List<String> lines = lines(measurements, columns);
        int at = -1;
        int verdict = columns.indexOf(Measurement.VERDICT);
        if (verdict >= 0 && lines.size() > 1) {
            at = 0;
            // The rule below the headings shows where columns begin.
            String rule = lines.get(1);
            for (int c = 0; c < verdict; c++) {
                at = rule.indexOf("  ", at) + 2;
            }
        }
        for (String line : lines) {
            console.verdict(line, at);
        }
    }

    public static List<String> lines(List<Measurement> measurements, List<String> columns) {
        TextTable table =
                new TextTable(columns.stream().map(MeasurementFormat::heading).toList());
        for (Measurement measurement : measurements) {
            table.add(columns.stream()
                    .map(column -> MeasurementFormat.cell(
                            column, measurement.find(column).orElse(null)))
                    .toList());
        }
        return table.lines();
    }
}
