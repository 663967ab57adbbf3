package org.superpose.runner.report.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.superpose.runner.workbench.Measurement;

/**
 * Sorts rows into families that can be compared along an axis: one problem, one construction, and the same of
 * everything else that makes widths incomparable. A family is named by what tells it apart from the others, no more.
 */
public final class Families {
    /** What makes widths incomparable, with the way it is named. */
    private static final Map<String, String> DISTINCTIONS = new LinkedHashMap<>();

    static {
        DISTINCTIONS.put(Measurement.MAX_ACTIVE, "v = ");
        DISTINCTIONS.put(Measurement.FAN_IN, "r = ");
        DISTINCTIONS.put("influence", "");
    }

    private Families() {}

    /** Rows by the name of their family; problem and construction in alphabetical order. */
    public static Map<String, List<ReportRow>> of(List<ReportRow> rows) {
        return of(rows, Measurement.PROBLEM, Measurement.CONSTRUCTION);
    }

    /**
     * Rows by the name of their family.
     *
     * @param heads the fields that every name begins with
     */
    public static Map<String, List<ReportRow>> of(List<ReportRow> rows, String... heads) {
        Map<List<String>, List<ReportRow>> byHead = new TreeMap<>(Comparator.comparing(List::toString));
        for (ReportRow row : rows) {
            List<String> head = new ArrayList<>();
            for (String field : heads) {
                head.add(row.text(field).isEmpty() ? "no " + field : row.text(field));
            }
            byHead.computeIfAbsent(head, key -> new ArrayList<>()).add(row);
        }
        Map<String, List<ReportRow>> families = new LinkedHashMap<>();
        byHead.forEach((head, members) -> {
            Map<String, TreeSet<String>> seen = new HashMap<>();
            DISTINCTIONS.keySet().forEach(field -> seen.put(field, new TreeSet<>()));
            members.forEach(row -> seen.forEach((field, values) -> values.add(row.text(field))));
            Map<String, List<ReportRow>> named = new TreeMap<>();
            for (ReportRow row : members) {
                StringBuilder name = new StringBuilder(String.join(", ", head));
                DISTINCTIONS.forEach((field, prefix) -> {
                    if (seen.get(field).size() > 1 && !row.text(field).isEmpty()) {
                        name.append(", ").append(prefix).append(row.text(field));
                    }
                });
                named.computeIfAbsent(name.toString(), key -> new ArrayList<>()).add(row);
            }
            families.putAll(named);
        });
        return families;
    }
}
