package org.superpose.runner.run.engine;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.superpose.core.random.Seed;

/**
 * All that a process on another machine needs to plan the same units again.
 *
 * @param experiment id of a registered experiment, or the name of the user's experiment file
 * @param definition the text of the user's experiment file, or "" for a registered experiment
 * @param assignments texts of the parameters that were given, by name
 * @param seed value of the seed
 */
public record SweepRecipe(String experiment, String definition, Map<String, String> assignments, long seed)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public SweepRecipe {
        assignments = Collections.unmodifiableMap(new LinkedHashMap<>(assignments));
    }

    /** The source of all randomness of the sweep. */
    public Seed source() {
        return new Seed(seed);
    }
}
