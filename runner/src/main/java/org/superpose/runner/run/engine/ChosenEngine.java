package org.superpose.runner.run.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.superpose.runner.workbench.Assignments;

/**
 * An engine with its settings.
 *
 * @param engine the engine as it was set
 * @param others the assignments that are none of its settings: they are parameters of what it runs
 */
public record ChosenEngine(ExecutionEngine engine, Assignments others) {
    /**
     * Gives an engine those assignments that it says are its own.
     *
     * @param pluginFolder the folder whose jars were loaded as plugins, or empty
     * @throws org.superpose.core.InvalidInputException if a value is not allowed
     */
    public static ChosenEngine of(ExecutionEngine engine, Assignments given, Optional<Path> pluginFolder) {
        return new ChosenEngine(
                engine.with(new EngineSettings(given.only(engine::hasSetting).values(), pluginFolder)),
                given.only(name -> !engine.hasSetting(name)));
    }
}
