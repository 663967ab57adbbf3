package org.superpose.core.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a network came about: enough to build it again.
 *
 * @param construction id of the construction
 * @param parameters the construction's parameters with every automatic choice filled in
 * @param seed the seed that the construction was given
 * @param facts what the construction has to say about the build, for instance how many rounds of resampling it took;
 *     values are Strings, Booleans, Integers, Longs or Doubles
 */
public record Provenance(String construction, Map<String, Object> parameters, long seed, Map<String, Object> facts) {
    /** Copies both maps; the order of their entries stays. */
    public Provenance {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
