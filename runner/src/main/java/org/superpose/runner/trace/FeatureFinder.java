package org.superpose.runner.trace;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;

/**
 * Finds features as people type them: by name, by index, without accents and middle dots, by the beginning of a name.
 *
 * <p>A name may be typed with a full stop for each middle dot ({@code free.} for {@code free·}), or without them; upper
 * and lower case are alike.
 *
 * @param option names the option whose values these are, for messages
 * @param names of the features, or none
 * @param features how many there are
 */
public record FeatureFinder(String option, FeatureNames names, int features) {
    private static final int MOST_LISTED = 8;
    private static final String DOT = "·";

    /** A feature, and what the person had typed for it. */
    public record Found(String typed, int feature) {}

    /** The name in characters that every keyboard has, as far as it is made of letters that have such a form. */
    public static String typed(String name) {
        return Normalizer.normalize(name.replace(DOT, "."), Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    private static String bare(String name) {
        return typed(name).toLowerCase(Locale.ROOT).replaceAll("^\\.+|\\.+$", "");
    }

    /**
     * The feature of a name, a beginning of one, or an index; of several that are spelled alike the first.
     *
     * @throws InvalidInputException if there is none, or the beginning is that of several; the message says which are
     *     near
     */
    public int find(String given) {
        return candidates(given).get(0);
    }

    /**
     * The features of one input. Where a word stands for several, as {@code free} for {@code free·} and {@code ·free},
     * it is taken in such a way that the input is one of the domain, if there is one: earlier features first.
     *
     * @throws InvalidInputException if one cannot be found, or two are the same feature
     */
    public List<Found> findAll(List<String> given, InputDomain domain) {
        List<List<Integer>> candidates = given.stream().map(this::candidates).toList();
        int[] chosen = new int[given.size()];
        if (!choose(candidates, chosen, 0, (active, count) -> fits(domain, active, count))
                && !choose(candidates, chosen, 0, FeatureFinder::isNew)) {
            throw new InvalidInputException(option + " names one feature twice: " + String.join(", ", given));
        }
        return IntStream.range(0, chosen.length)
                .mapToObj(t -> new Found(given.get(t), chosen[t]))
                .toList();
    }

    private static boolean choose(
            List<List<Integer>> candidates, int[] chosen, int count, BiPredicate<int[], Integer> fits) {
        if (count == chosen.length) {
            return true;
        }
        for (int candidate : candidates.get(count)) {
            chosen[count] = candidate;
            if (fits.test(chosen, count) && choose(candidates, chosen, count + 1, fits)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNew(int[] chosen, int count) {
        return IntStream.range(0, count).allMatch(t -> chosen[t] != chosen[count]);
    }

    private static boolean fits(InputDomain domain, int[] chosen, int count) {
        return isNew(chosen, count) && domain.fits(chosen, count, chosen[count]);
    }

    /** The features that a word may stand for, lowest first: at least one. */
    private List<Integer> candidates(String given) {
        int exact = names.names().indexOf(given);
        if (exact >= 0) {
            return List.of(exact);
        }
        if (given.matches("[+-]?\\d+")) {
            return List.of(index(given));
        }
        if (names.isEmpty()) {
            throw new InvalidInputException(option + " \"" + given + "\" must be an index from 0 to " + (features - 1)
                    + ": there are no names");
        }
        String typed = typed(given).toLowerCase(Locale.ROOT);
        List<Integer> same =
                matching(name -> typed(name).toLowerCase(Locale.ROOT).equals(typed));
        if (!same.isEmpty()) {
            return same;
        }
        String bare = bare(given);
        if (bare.isEmpty()) {
            throw unknown(given);
        }
        List<Integer> alike = typed.equals(bare) ? matching(name -> bare(name).equals(bare)) : List.of();
        if (!alike.isEmpty()) {
            return alike;
        }
        // With a dot in front or behind, a beginning is one among the names that have it there too.
        boolean dotBefore = typed.startsWith(".");
        List<Integer> longer = matching(name -> bare(name).startsWith(bare) && (!dotBefore || name.startsWith(DOT)));
        long different =
                longer.stream().map(j -> bare(names.name(j))).distinct().count();
        if (different > 1) {
            String listed = longer.stream()
                    .limit(MOST_LISTED)
                    .map(j -> "\"" + names.name(j) + "\"")
                    .collect(Collectors.joining(", "));
            throw new InvalidInputException(option + " \"" + given + "\" is the beginning of " + longer.size()
                    + " names: " + listed + (longer.size() > MOST_LISTED ? ", ..." : ""));
        }
        if (longer.isEmpty()) {
            throw unknown(given);
        }
        return longer;
    }

    private InvalidInputException unknown(String given) {
        return new InvalidInputException(option + " \"" + given + "\" is neither a name of a feature nor an index from"
                + " 0 to " + (features - 1) + NearestName.suggestion(given, names.names()));
    }

    private int index(String given) {
        try {
            int index = Integer.parseInt(given);
            if (index >= 0 && index < features) {
                return index;
            }
        } catch (NumberFormatException tooLarge) {
            // refused below
        }
        throw new InvalidInputException(option + " " + given + " must be from 0 to " + (features - 1));
    }

    private List<Integer> matching(Predicate<String> wanted) {
        List<Integer> found = new ArrayList<>();
        for (int j = 0; j < names.names().size(); j++) {
            if (wanted.test(names.name(j))) {
                found.add(j);
            }
        }
        return found;
    }

    /**
     * The features whose name or typed name has a pattern in it, upper and lower case alike; {@code *} stands for any
     * characters. Without names the pattern is held against indices.
     *
     * @param pattern empty for all features
     */
    public List<Integer> matchingPattern(String pattern) {
        String wanted = typed(pattern).toLowerCase(Locale.ROOT);
        String regex =
                Arrays.stream(wanted.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        boolean whole = wanted.contains("*");
        Pattern compiled = Pattern.compile(regex, Pattern.DOTALL);
        return IntStream.range(0, features)
                .filter(j -> {
                    var matcher = compiled.matcher(typed(names.name(j)).toLowerCase(Locale.ROOT));
                    return whole ? matcher.matches() : matcher.find();
                })
                .boxed()
                .toList();
    }

    /** The input that was found. */
    public static FeatureSet input(List<Found> found) {
        return FeatureSet.of(found.stream().mapToInt(Found::feature).toArray());
    }
}
