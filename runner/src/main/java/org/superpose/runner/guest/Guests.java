package org.superpose.runner.guest;

import java.util.function.BiFunction;
import org.superpose.core.construction.Construction;
import org.superpose.core.plugin.Guest;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.run.engine.ExecutionEngine;

/** Puts plugins that are not Superpose's own behind their guards, and leaves the others alone. */
public final class Guests {
    private Guests() {}

    /** A problem as everybody may use it. */
    public static Problem problem(Problem problem) {
        return guarded("problem", problem, GuestProblem::new);
    }

    /** A construction as everybody may use it. */
    public static Construction construction(Construction construction) {
        return guarded("construction", construction, GuestConstruction::of);
    }

    /** An experiment as everybody may use it. */
    public static Experiment experiment(Experiment experiment) {
        return guarded("experiment", experiment, GuestExperiment::new);
    }

    /** An engine as everybody may use it. */
    public static ExecutionEngine engine(ExecutionEngine engine) {
        return guarded("engine", engine, GuestEngine::new);
    }

    private static <P extends Plugin> P guarded(String kind, P plugin, BiFunction<Guest, P, P> guard) {
        return Guest.of(kind, plugin).map(guest -> guard.apply(guest, plugin)).orElse(plugin);
    }
}
