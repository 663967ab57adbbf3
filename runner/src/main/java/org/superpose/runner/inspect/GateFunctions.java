package org.superpose.runner.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** What a network is to compute, and on which inputs: the two things without which no verdict means anything. */
public final class GateFunctions {
    private static final int MOST_SHOWN = 6;
    private static final int LONGEST_NAME = 60;

    private GateFunctions() {}

    /** The number of gates of each function of a layer, the most frequent one first. */
    public static Map<String, Integer> counts(Gates gates) {
        int[] counts = new int[gates.functions().size()];
        for (int index : gates.functionIndices()) {
            counts[index]++;
        }
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (int f = 0; f < counts.length; f++) {
            byName.put(gates.functions().get(f).name(), counts[f]);
        }
        return byName.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first, LinkedHashMap::new));
    }

    /** For example {@code 30 at-least(2)}, or {@code layer 1: 16 and, 4 parity; layer 2: 10 and}. */
    public static String text(List<Map<String, Integer>> layers) {
        if (layers.size() == 1) {
            return text(layers.get(0));
        }
        return IntStream.range(0, layers.size())
                .mapToObj(t -> "layer " + (t + 1) + ": " + text(layers.get(t)))
                .collect(Collectors.joining("; "));
    }

    private static String text(Map<String, Integer> counts) {
        String shown = counts.entrySet().stream()
                .limit(MOST_SHOWN)
                .map(entry -> entry.getValue() + " " + shortened(entry.getKey()))
                .collect(Collectors.joining(", "));
        return counts.size() <= MOST_SHOWN
                ? shown
                : shown + ", and gates of " + (counts.size() - MOST_SHOWN) + " other functions";
    }

    /**
     * The names of the outputs that never change, under {@code always_on} and {@code always_off}, as far as there are
     * any: gates of the last layer that read nothing.
     */
    public static Map<String, List<String>> constants(ProblemInstance instance) {
        Gates last = instance.layers().get(instance.layers().size() - 1);
        Map<String, List<String>> constants = new TreeMap<>();
        for (int i = 0; i < last.outputs(); i++) {
            if (last.fanIn(i) == 0) {
                constants
                        .computeIfAbsent(last.isOn(i, 0) ? "always_on" : "always_off", key -> new ArrayList<>())
                        .add(instance.outputNames().name(i));
            }
        }
        return constants;
    }

    /** For example {@code 2 outputs: x, y}. */
    public static String constantsText(List<String> names) {
        String shown =
                names.stream().limit(MOST_SHOWN).map(GateFunctions::shortened).collect(Collectors.joining(", "));
        return names.size()
                + (names.size() == 1 ? " output: " : " outputs: ")
                + shown
                + (names.size() <= MOST_SHOWN ? "" : " and " + (names.size() - MOST_SHOWN) + " more");
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    }

    /** For example {@code at most 2 of 24 features active, at most one of each of 2 groups}. */
    public static String domain(InputDomain domain) {
        String active = domain.minActive() == 0
                ? "at most " + domain.maxActive()
                : domain.minActive() == domain.maxActive()
                        ? "exactly " + domain.maxActive()
                        : "from " + domain.minActive() + " to " + domain.maxActive();
        return active + " of " + domain.features() + " features active"
                + (domain.isGrouped() ? ", at most one of each of " + domain.groupCount() + " groups" : "");
    }
}
