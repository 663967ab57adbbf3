package org.superpose.runner.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.store.SweepIdentity;
import org.superpose.runner.workbench.ShellWords;

/**
 * What a run is to do. Whoever starts it, the command line or another program, it has the same identity in a store and
 * is done again by the same command.
 */
public sealed interface Plan permits ExperimentPlan, SearchPlan, GridPlan {
    /** All units that the run may do. */
    Sweep sweep();

    /**
     * The same with a limit on the time of a unit: see {@link Sweep#withUnitLimit}.
     *
     * @throws org.superpose.core.InvalidInputException if that is no positive number
     */
    Plan withUnitLimit(double seconds);

    /** Everything that the results depend on; threads and engine are not among it. */
    SweepIdentity identity();

    /**
     * The command that does the same anywhere else, without a store. Where a program defined the map, which no command
     * line has, it is a comment of the shell that says what was done with which map.
     */
    String command();

    /**
     * The same command with the plugins that it needs.
     *
     * @param pluginFolder the folder whose jars were asked for as plugins, or empty
     */
    default String command(Optional<Path> pluginFolder) {
        return pluginFolder
                .map(folder -> ShellWords.join(command(), List.of("--plugin-dir", folder.toString())))
                .orElseGet(this::command);
    }
}
