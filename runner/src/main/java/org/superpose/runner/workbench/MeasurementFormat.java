package org.superpose.runner.workbench;

import java.util.Locale;
import java.util.Map;

/** The headings and digits of measurements, the same on the command line and on the page of a report. */
public final class MeasurementFormat {
    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry(Measurement.INPUTS, "m"),
            Map.entry(Measurement.OUTPUTS, "m'"),
            Map.entry(Measurement.MAX_ACTIVE, "v"),
            Map.entry(Measurement.FAN_IN, "r"),
            Map.entry(Measurement.WIDTH, "n"),
            Map.entry(Measurement.SUPERPOSITION_RATIO, "m'/n"),
            Map.entry(Measurement.WIDTH_LIMIT, "limit on n"),
            Map.entry(Measurement.LIMIT_RATIO, "n/limit"));

    private MeasurementFormat() {}

    /** The heading of a field: the symbol of the theory where there is one, else its words. */
    public static String heading(String field) {
        return HEADINGS.getOrDefault(field, field.replace('_', ' '));
    }

    /** A value as a table shows it; {@code -} where there is none. */
    public static String cell(String field, Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Double number) {
            return real(field, number);
        }
        boolean count = value instanceof Long || value instanceof Integer;
        if ((count || value.toString().matches("\\d{5,}")) && isCount(field)) {
            return grouped(value.toString());
        }
        return value.toString();
    }

    /** Whether the whole numbers of a field are written in groups: they are counts, not seeds. */
    public static boolean isCount(String field) {
        return !field.endsWith(Measurement.SEED);
    }

    /** Whether the numbers of a field are written without digits after the point. */
    public static boolean isRounded(String field) {
        return field.equals(Measurement.WIDTH_LIMIT);
    }

    private static String real(String field, double number) {
        if (isRounded(field) || Math.abs(number) >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return number != 0 && Math.abs(number) < 0.005
                ? String.format(Locale.ROOT, "%.2E", number)
                : String.format(Locale.ROOT, "%.2f", number);
    }

    /** Digits in groups of three: counts grow long. */
    private static String grouped(String digits) {
        int sign = digits.startsWith("-") ? 1 : 0;
        StringBuilder grouped = new StringBuilder();
        for (int t = 0; t < digits.length(); t++) {
            if (t > sign && (digits.length() - t) % 3 == 0) {
                grouped.append(',');
            }
            grouped.append(digits.charAt(t));
        }
        return grouped.toString();
    }
}
