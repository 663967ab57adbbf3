package org.superpose.runner.run.engine;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine is told besides the sweep.
 *
 * @param values the {@code --set} assignments that it said are its own, by name, in the order given
 * @param pluginFolder the folder whose jars were loaded as plugins, which other machines need too; empty if there is
 *     none
 */
public record EngineSettings(Map<String, String> values, Optional<Path> pluginFolder) {
    /** Nothing is set. */
    public static final EngineSettings NONE = new EngineSettings(Map.of(), Optional.empty());

    public EngineSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
