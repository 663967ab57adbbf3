package org.superpose.runner.guest;

import java.util.function.BiFunction;
import org.superpose.core.construction.Construction;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Guest;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.run.engine.ExecutionEngine;

/** Puts plugins that are not Superpose's own behind their guards, and leaves the others alone. */
public final class Guests {
    private Guests() {}

    /** A problem as everybody may use it. */
    public static Problem problem(Catalog.Entry<Problem> entry) {
        return guarded("problem", entry, GuestProblem::new);
    }

    /** A construction as everybody may use it. */
    public static Construction construction(Catalog.Entry<Construction> entry) {
        return guarded("construction", entry, GuestConstruction::of);
    }

    /** An experiment as everybody may use it. */
    public static Experiment experiment(Catalog.Entry<Experiment> entry) {
        return guarded("experiment", entry, GuestExperiment::new);
    }

    /** An engine as everybody may use it. */
    public static ExecutionEngine engine(Catalog.Entry<ExecutionEngine> entry) {
        return guarded("engine", entry, GuestEngine::new);
    }

    private static <P extends Plugin> P guarded(String kind, Catalog.Entry<P> entry, BiFunction<Guest, P, P> guard) {
        return Guest.of(kind, entry)
                .map(guest -> guard.apply(guest, entry.plugin()))
                .orElse(entry.plugin());
    }
}
