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
    /** The fields that make widths incomparable, and what stands before their values in the name of a family. */
    private static final List<Distinction> DISTINCTIONS = List.of(
            new Distinction(Measurement.MAX_ACTIVE, "v = "),
            new Distinction(Measurement.FAN_IN, "r = "),
            new Distinction("influence", ""));

    private record Distinction(String field, String prefix) {}

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
            DISTINCTIONS.forEach(distinction -> seen.put(distinction.field(), new TreeSet<>()));
            members.forEach(row -> seen.forEach((field, values) -> values.add(row.text(field))));
            Map<String, List<ReportRow>> named = new TreeMap<>();
            for (ReportRow row : members) {
                StringBuilder name = new StringBuilder(String.join(", ", head));
                for (Distinction distinction : DISTINCTIONS) {
                    String value = row.text(distinction.field());
                    if (seen.get(distinction.field()).size() > 1 && !value.isEmpty()) {
                        name.append(", ").append(distinction.prefix()).append(value);
                    }
                }
                named.computeIfAbsent(name.toString(), key -> new ArrayList<>()).add(row);
            }
            families.putAll(named);
        });
        return families;
    }
}
