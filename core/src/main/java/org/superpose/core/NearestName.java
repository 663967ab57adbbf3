package org.superpose.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the known name that a mistyped one most likely meant, by edit distance. */
public final class NearestName {
    private static final int MOST_LISTED = 50;

    private NearestName() {}

    /**
     * The phrase that follows an unknown name in an error message: {@code ; did you mean "x"?} or the list of what is
     * known, unless that is long.
     */
    public static String suggestion(String given, Collection<String> known) {
        String meant = meant(given, known);
        if (known.isEmpty() || !meant.isEmpty()) {
            return meant;
        }
        if (known.size() > MOST_LISTED) {
            return ", and none of the " + known.size() + " that are known is close to it";
        }
        return "; known are " + String.join(", ", known.stream().sorted().toList());
    }

    /** The phrase {@code ; did you mean "x"?} for a message that lists what is known itself; "" if no name is near. */
    public static String meant(String given, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(given, name))
                        .thenComparing(name -> name))
                .filter(nearest -> distance(given, nearest) <= Math.max(2, given.length() / 2))
                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                .orElse("");
    }

    /** The Levenshtein distance, upper and lower case alike. */
    static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
