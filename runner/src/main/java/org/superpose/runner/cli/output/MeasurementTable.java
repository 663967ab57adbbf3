package org.superpose.runner.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.superpose.runner.workbench.Measurement;

/** Shows measurements as a table with the headings that the theory uses. */
public final class MeasurementTable {
    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry(Measurement.INPUTS, "m"),
            Map.entry(Measurement.OUTPUTS, "m'"),
            Map.entry(Measurement.MAX_ACTIVE, "v"),
            Map.entry(Measurement.FAN_IN, "r"),
            Map.entry(Measurement.WIDTH, "n"),
            Map.entry(Measurement.SUPERPOSITION_RATIO, "m'/n"),
            Map.entry(Measurement.WIDTH_LIMIT, "limit on n"),
            Map.entry(Measurement.LIMIT_RATIO, "n/limit"));

    private MeasurementTable() {}

    public static List<String> lines(List<Measurement> measurements, List<String> columns) {
        TextTable table = new TextTable(columns.stream()
                .map(column -> HEADINGS.getOrDefault(column, column.replace('_', ' ')))
                .toList());
        for (Measurement measurement : measurements) {
            table.add(columns.stream()
                    .map(column -> cell(column, measurement.find(column).orElse(null)))
                    .toList());
        }
        return table.lines();
    }

    private static String cell(String column, Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Double number) {
            return real(column, number);
        }
        boolean count = value instanceof Long || value instanceof Integer;
        if ((count || value.toString().matches("\\d{5,}")) && !column.endsWith(Measurement.SEED)) {
            return grouped(value.toString());
        }
        return value.toString();
    }

    private static String real(String column, double number) {
        if (column.equals(Measurement.WIDTH_LIMIT) || Math.abs(number) >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return number != 0 && Math.abs(number) < 0.005
                ? String.format(Locale.ROOT, "%.2E", number)
                : String.format(Locale.ROOT, "%.2f", number);
    }

    /** Digits in groups of three: counts grow long. */
    private static String grouped(String digits) {
        StringBuilder grouped = new StringBuilder();
        for (int t = 0; t < digits.length(); t++) {
            if (t > 0 && (digits.length() - t) % 3 == 0) {
                grouped.append(',');
            }
            grouped.append(digits.charAt(t));
        }
        return grouped.toString();
    }
}
