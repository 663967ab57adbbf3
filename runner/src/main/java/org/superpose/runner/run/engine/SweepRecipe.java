package org.superpose.runner.run.engine;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;

/**
 * All that a process on another machine needs to plan the same units again.
 *
 * @param experiment id of a registered experiment, the name of the user's experiment file, "search" or "sweep"
 * @param definition the text of the user's experiment file, or "" for a registered experiment
 * @param assignments texts of the parameters that were given, by name
 * @param seed value of the seed
 * @param request what a width search or a sweep of one map was asked for, by name; empty for an experiment
 * @param unitSeconds how long a unit may take, possibly infinite
 * @param map the map that a program defined, as text, or "" where the problem is a plugin
 */
public record SweepRecipe(
        String experiment,
        String definition,
        Map<String, String> assignments,
        long seed,
        Map<String, String> request,
        double unitSeconds,
        String map)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public SweepRecipe {
        assignments = Collections.unmodifiableMap(new LinkedHashMap<>(assignments));
        request = Collections.unmodifiableMap(new LinkedHashMap<>(request));
        if (!(unitSeconds > 0)) {
            throw new InvalidInputException("--max-unit-seconds " + unitSeconds + " must be a positive number");
        }
    }

    /** The recipe of an experiment without a limit on its units. */
    public SweepRecipe(String experiment, String definition, Map<String, String> assignments, long seed) {
        this(experiment, definition, assignments, seed, Map.of(), Double.POSITIVE_INFINITY, "");
    }

    /** The same with another limit on the time of a unit. */
    SweepRecipe withUnitSeconds(double seconds) {
        return new SweepRecipe(experiment, definition, assignments, seed, request, seconds, map);
    }

    /** The source of all randomness of the sweep. */
    public Seed source() {
        return new Seed(seed);
    }
}
