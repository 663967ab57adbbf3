package org.superpose.runner.report.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.superpose.runner.workbench.Measurement;

/**
 * All that was measured of one network: several rows where a unit looks at several things in it, and rows of several
 * folders where the same network was measured in each.
 *
 * @param rows in the order of the report, at least one
 */
public record MeasuredNetwork(List<ReportRow> rows) {
    /** The fields that all rows of one network share, whatever they measure. */
    private static final List<String> COMMON = List.of(
            Measurement.PROBLEM,
            Measurement.CONSTRUCTION,
            Measurement.INPUTS,
            Measurement.OUTPUTS,
            Measurement.MAX_ACTIVE,
            Measurement.FAN_IN,
            Measurement.INSTANCE_SEED,
            Measurement.SEED,
            Measurement.WIDTH,
            Measurement.LAYERS,
            Measurement.WEIGHT_BITS);
    /** In the place of a verdict: there is no network. */
    private static final Set<String> NEVER_BUILT = Set.of(Measurement.TOO_SMALL, Measurement.OUT_OF_TIME);
    /** Verdicts from the one that says most: a counterexample is one whatever another row did not find. */
    private static final List<String> VERDICTS = List.of("REFUTED", Measurement.VERIFIED, "UNDECIDED");

    public MeasuredNetwork {
        rows = List.copyOf(rows);
    }

    /**
     * Sorts rows by the network that they measure.
     *
     * <p>The rows of one unit are of one network if they agree in sizes and seeds, and in verdict and seconds, which
     * are measured once per network. Those of several units are if they agree in the whole recipe, which is what stands
     * before the verdict. A row without seeds is nobody's but that of its place in its sweep.
     *
     * @return in the order of their first rows
     */
    public static List<MeasuredNetwork> among(List<ReportRow> rows) {
        Map<List<Object>, List<ReportRow>> units = new LinkedHashMap<>();
        for (ReportRow row : rows) {
            units.computeIfAbsent(withinUnit(row), key -> new ArrayList<>()).add(row);
        }
        Map<Object, List<ReportRow>> networks = new LinkedHashMap<>();
        for (List<ReportRow> unit : units.values()) {
            networks.computeIfAbsent(acrossUnits(unit.get(0)), key -> new ArrayList<>())
                    .addAll(unit);
        }
        return networks.values().stream().map(MeasuredNetwork::new).toList();
    }

    /** One row of each network, {@link #row}. */
    public static List<ReportRow> once(List<ReportRow> rows) {
        return among(rows).stream().map(MeasuredNetwork::row).toList();
    }

    private static boolean isIdentified(ReportRow row) {
        return !row.text(Measurement.SEED).isEmpty()
                && !row.text(Measurement.WIDTH).isEmpty()
                && !NEVER_BUILT.contains(row.text(Measurement.VERDICT));
    }

    /** Where the row stands in a sweep, which is the same in a copy of its results; a damaged store may not say it. */
    private static List<Object> place(ReportRow row) {
        return Arrays.asList(
                row.command(), row.stored().experiment(), row.stored().unit());
    }

    private static List<Object> withinUnit(ReportRow row) {
        List<Object> key = new ArrayList<>(place(row));
        if (isIdentified(row)) {
            Measurement measured = row.stored().measurement();
            COMMON.forEach(field -> key.add(measured.text(field)));
            key.add(measured.text(Measurement.VERDICT));
            key.add(measured.text(Measurement.METHOD));
            key.add(measured.text(Measurement.SECONDS));
        } else {
            key.add(row.stored().rowInUnit());
            key.add(withoutSeconds(row));
        }
        return key;
    }

    private static Object acrossUnits(ReportRow row) {
        if (!isIdentified(row)) {
            return withinUnit(row);
        }
        Map<String, Object> recipe = new HashMap<>();
        for (Map.Entry<String, Object> field : withoutSeconds(row).entrySet()) {
            if (field.getKey().equals(Measurement.VERDICT)) {
                break;
            }
            recipe.put(field.getKey(), field.getValue());
        }
        COMMON.forEach(field -> recipe.put(field, row.stored().measurement().text(field)));
        return recipe;
    }

    private static Map<String, Object> withoutSeconds(ReportRow row) {
        Map<String, Object> fields =
                new LinkedHashMap<>(row.stored().measurement().fields());
        fields.remove(Measurement.SECONDS);
        fields.values().removeIf(value -> value == null);
        return fields;
    }

    /** The row that says most of the network: by its verdict, then by its tries; the first of those that are left. */
    public ReportRow row() {
        return rows.stream()
                .min(Comparator.comparingInt(MeasuredNetwork::rank)
                        .thenComparing(row -> -row.number(Measurement.TRIES).orElse(0)))
                .orElseThrow();
    }

    private static int rank(ReportRow row) {
        int place = VERDICTS.indexOf(row.text(Measurement.VERDICT));
        return place < 0 ? VERDICTS.size() : place;
    }

    /** Whether there is a network, rather than a failed attempt to build one, or a search that found none. */
    public boolean wasBuilt() {
        String verdict = row().text(Measurement.VERDICT);
        return !NEVER_BUILT.contains(verdict) && !verdict.equals(Measurement.NOT_FOUND);
    }

    /** The seconds that it took, those of each method of verification once. */
    public double seconds() {
        Map<String, Double> byMethod = new LinkedHashMap<>();
        for (ReportRow row : rows) {
            row.number(Measurement.SECONDS)
                    .ifPresent(seconds -> byMethod.putIfAbsent(row.text(Measurement.METHOD), seconds));
        }
        return byMethod.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
