package org.superpose.runner.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.workbench.Assignments;

/**
 * A sweep of one map: every construction with every combination of values and every seed.
 *
 * @param constructions ids, at least one
 * @param fixed parameters that have one value
 * @param grid values by parameter; the last parameter changes fastest
 * @param seed of the first network; those that follow have the seeds that follow
 * @param seeds networks for each combination, at least 1
 * @param verifier id of the verifier
 */
public record GridRequest(
        List<String> constructions,
        Assignments fixed,
        Map<String, List<String>> grid,
        Seed seed,
        int seeds,
        String verifier) {
    private static final String CONSTRUCTIONS = "constructions";
    private static final String SEEDS = "seeds";
    private static final String VERIFIER = "verifier";
    private static final String OVER = "over ";
    private static final String SEPARATOR = "\n";

    /** @throws InvalidInputException if there is nothing to build, or something is asked for twice */
    public GridRequest {
        constructions = List.copyOf(constructions);
        Map<String, List<String>> copy = new LinkedHashMap<>();
        grid.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        grid = Collections.unmodifiableMap(copy);
        requireDistinct("construction", constructions);
        grid.forEach(GridRequest::requireDistinct);
        for (String name : grid.keySet()) {
            if (fixed.values().containsKey(name)) {
                throw new InvalidInputException(
                        "the sweep sets " + name + " to one value and goes over others: it can be in one place only");
            }
        }
        if (seeds < 1) {
            throw new InvalidInputException("seeds " + seeds + " must be at least 1");
        }
    }

    private static void requireDistinct(String name, List<String> values) {
        if (values.isEmpty()) {
            throw new InvalidInputException("the sweep needs at least one " + name);
        }
        for (String value : values) {
            if (Collections.frequency(values, value) > 1 || value.contains(SEPARATOR)) {
                throw new InvalidInputException("the sweep goes over " + name + " " + value
                        + (value.contains(SEPARATOR) ? ", which has a line break" : " twice"));
            }
        }
    }

    /** Every combination of values, with those that are fixed. */
    List<Assignments> combinations() {
        List<Assignments> all = List.of(fixed);
        for (Map.Entry<String, List<String>> dimension : grid.entrySet()) {
            all = all.stream()
                    .flatMap(combination ->
                            dimension.getValue().stream().map(value -> combination.with(dimension.getKey(), value)))
                    .toList();
        }
        return all;
    }

    /** The request that a recipe was made for by {@link #sweep}. */
    static GridRequest of(SweepRecipe recipe) {
        Map<String, List<String>> grid = new LinkedHashMap<>();
        recipe.request().forEach((name, values) -> {
            if (name.startsWith(OVER)) {
                grid.put(name.substring(OVER.length()), split(values));
            }
        });
        return new GridRequest(
                split(recipe.request().get(CONSTRUCTIONS)),
                new Assignments(recipe.assignments()),
                grid,
                recipe.source(),
                Integer.parseInt(recipe.request().get(SEEDS)),
                recipe.request().get(VERIFIER));
    }

    private static List<String> split(String values) {
        return Arrays.asList(values.split(SEPARATOR, -1));
    }

    /**
     * The recipe of the sweep of this request.
     *
     * @param map the map as text
     */
    SweepRecipe sweep(String name, String map) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put(CONSTRUCTIONS, String.join(SEPARATOR, constructions));
        request.put(SEEDS, Integer.toString(seeds));
        request.put(VERIFIER, verifier);
        grid.forEach((parameter, values) -> request.put(OVER + parameter, String.join(SEPARATOR, values)));
        return new SweepRecipe(name, "", fixed.values(), seed.value(), request, Double.POSITIVE_INFINITY, map);
    }
}
