package org.superpose.runner.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What makes two runs one sweep: everything that its results depend on. A sweep can only be resumed with the same
 * identity.
 *
 * @param properties values by name, in the order in which differences are told: experiment, parameters, seed, tool
 *     version, ...
 * @param units the labels of all units; the number of a unit is its index
 */
public record SweepIdentity(Map<String, String> properties, List<String> units) {
    /** The property under which a sweep keeps the id of its experiment. */
    public static final String EXPERIMENT = "experiment";
    /** The property under which a sweep keeps the text of the user's experiment file. */
    public static final String DEFINITION = "definition";
    /** The property under which a sweep keeps the plots that its report is to have; the results do not depend on it. */
    public static final String PLOTS = "plots";

    /** The property under which a sweep keeps the question of its experiment; the results do not depend on it. */
    public static final String QUESTION = "question";
    /** The property with the results that its experiment belongs to, one a line; its own do not depend on it. */
    public static final String RESULTS = "results";
    /** The property with the columns that its experiment names; the results do not depend on it. */
    public static final String COLUMNS = "columns";

    private static final Set<String> ONLY_SHOWN = Set.of(PLOTS, QUESTION, RESULTS, COLUMNS);

    public SweepIdentity {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        units = List.copyOf(units);
    }

    /** The id of the experiment. */
    public String experiment() {
        return properties.getOrDefault(EXPERIMENT, "");
    }

    /** The ids of the plots that its report is to have, in order; empty for all that the rows allow. */
    public List<String> plots() {
        String ids = properties.getOrDefault(PLOTS, "");
        return ids.isEmpty() ? List.of() : List.of(ids.split(" "));
    }

    /** What its experiment finds out, as one question; "" if it does not say. */
    public String question() {
        return properties.getOrDefault(QUESTION, "");
    }

    /** The results that its experiment belongs to. */
    public List<String> results() {
        return properties.getOrDefault(RESULTS, "").lines().toList();
    }

    /** The fields that its experiment shows; empty for all. */
    public List<String> columns() {
        String fields = properties.getOrDefault(COLUMNS, "");
        return fields.isEmpty() ? List.of() : List.of(fields.split(" "));
    }

    /** One phrase for each difference from what is stored, empty if the sweep is the same. */
    public List<String> differencesFrom(SweepIdentity stored) {
        List<String> differences = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(stored.properties.keySet());
        names.addAll(properties.keySet());
        names.removeAll(ONLY_SHOWN);
        for (String name : names) {
            String before = stored.properties.getOrDefault(name, "nothing");
            String now = properties.getOrDefault(name, "nothing");
            if (!before.equals(now)) {
                differences.add(
                        name.equals(DEFINITION)
                                ? "the experiment file has changed: " + firstDifference(before, now)
                                : name + " was " + before + " and is now " + now);
            }
        }
        if (differences.isEmpty() && !units.equals(stored.units)) {
            differences.add(planDifference(stored));
        }
        return differences;
    }

    private String planDifference(SweepIdentity stored) {
        for (int number = 0; number < Math.min(units.size(), stored.units.size()); number++) {
            if (!units.get(number).equals(stored.units.get(number))) {
                return "unit " + (number + 1) + " was \"" + stored.units.get(number) + "\" and is now \""
                        + units.get(number) + "\"";
            }
        }
        return "it had " + stored.units.size() + " units and has now " + units.size();
    }

    private static String firstDifference(String before, String now) {
        List<String> old = before.lines().toList();
        List<String> fresh = now.lines().toList();
        int line = 0;
        while (line < old.size() && line < fresh.size() && old.get(line).equals(fresh.get(line))) {
            line++;
        }
        return "line " + (line + 1) + " was \""
                + (line < old.size() ? old.get(line).strip() : "") + "\" and is now \""
                + (line < fresh.size() ? fresh.get(line).strip() : "") + "\"";
    }
}
