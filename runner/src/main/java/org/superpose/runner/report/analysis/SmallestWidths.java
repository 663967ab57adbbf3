package org.superpose.runner.report.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.superpose.runner.workbench.Measurement;

/** The smallest verified widths of a family of rows, one or more for each m'. */
public final class SmallestWidths {
    private SmallestWidths() {}

    /**
     * Rows of width searches as they are, since each is the smallest width of its instance; of other rows the smallest
     * that was verified for each m'. In the order of m'.
     */
    public static List<ReportRow> among(List<ReportRow> family) {
        TreeMap<Double, List<ReportRow>> byOutputs = new TreeMap<>();
        for (ReportRow row : family) {
            if (row.isVerified()
                    && row.positive(Measurement.OUTPUTS).orElse(0) >= 2
                    && row.positive(Measurement.WIDTH).isPresent()) {
                byOutputs
                        .computeIfAbsent(row.number(Measurement.OUTPUTS).getAsDouble(), key -> new ArrayList<>())
                        .add(row);
            }
        }
        List<ReportRow> smallest = new ArrayList<>();
        for (List<ReportRow> rows : byOutputs.values()) {
            List<ReportRow> searched = rows.stream()
                    .filter(row -> row.number(Measurement.SUCCESS_RATE).isPresent())
                    .toList();
            if (searched.isEmpty()) {
                rows.stream()
                        .min(java.util.Comparator.comparingDouble(
                                row -> row.number(Measurement.WIDTH).getAsDouble()))
                        .ifPresent(smallest::add);
            } else {
                smallest.addAll(searched);
            }
        }
        return smallest;
    }
}
