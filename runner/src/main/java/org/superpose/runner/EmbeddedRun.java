package org.superpose.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.run.Ledger;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.Plan;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.SweepRunner;
import org.superpose.runner.run.engine.ChosenEngine;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.store.ResultStore;
import org.superpose.runner.store.RunDescription;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.workbench.Assignments;

/**
 * What all runs of a program have in common.
 *
 * @param <R> the kind of run
 */
abstract sealed class EmbeddedRun<R extends EmbeddedRun<R>> permits ExperimentRun, SearchRun, SweepRun {
    final Planner planner;
    private final Place place;
    private Assignments assignments = Assignments.NONE;
    Seed seed = new Seed(1);
    SweepListener listener = SweepListener.NONE;
    double unitSeconds = Double.POSITIVE_INFINITY;
    private VerificationBudget budget;
    private Optional<Path> out = Optional.empty();
    private OnExisting existing = OnExisting.REFUSE;

    EmbeddedRun(Planner planner, Place place) {
        this.planner = planner;
        this.place = place;
        this.budget = VerificationBudget.unlimited().withThreads(place.threads());
    }

    /**
     * Where the units of a program run.
     *
     * @param engine the engine, without settings
     * @param pluginFolder the folder whose jars were loaded as plugins, or empty
     * @param threads of this process that may work at the same time
     * @param lifetime of the plugins
     */
    record Place(ExecutionEngine engine, Optional<Path> pluginFolder, int threads, Lifetime lifetime) {}

    abstract R self();

    /** Sets a parameter or a setting of the engine; the value is read as on the command line. */
    public R set(String name, Object value) {
        assignments = assignments.with(name, value);
        return self();
    }

    /** The source of all randomness; 1 unless set, as on the command line. */
    public R seed(long value) {
        seed = new Seed(value);
        return self();
    }

    /** How much work each verification may do, and on how many threads; without limits unless set. */
    public R budget(VerificationBudget chosen) {
        budget = chosen;
        return self();
    }

    /**
     * How long a unit may take before it is given up as failed and the others go on, whatever it does; without limit
     * unless set.
     */
    public R unitLimit(Duration limit) {
        unitSeconds = limit.toNanos() / 1e9;
        return self();
    }

    /** Keeps the results in a folder, each unit as soon as it is done. */
    public R out(Path folder) {
        out = Optional.of(folder);
        return self();
    }

    /** Does what is missing of what the folder holds. */
    public R resume() {
        existing = OnExisting.RESUME;
        return self();
    }

    /** Does what is missing of what the folder holds, even if the plugins that made its rows have changed. */
    public R resumeWithChangedPlugins() {
        existing = OnExisting.RESUME_WITH_CHANGED_PLUGINS;
        return self();
    }

    /** Is told of every unit. */
    public R listener(SweepListener told) {
        listener = told;
        return self();
    }

    /** Runs something that needs the plugins. */
    final <T> T whileOpen(Lifetime.Work<T, InterruptedException> work) throws InterruptedException {
        return place.lifetime().during(work);
    }

    /** Runs all units of a plan. */
    final ExperimentRun.Results results(Plan plan, ExecutionEngine engine, OnFailure onFailure)
            throws InterruptedException {
        try (Ledger ledger = ledger(plan)) {
            SweepRunner runner = new SweepRunner(plan.sweep(), engine, ledger, onFailure, listener);
            RunStatus status = runner.run(plan.sweep().numbers());
            return new ExperimentRun.Results(status, runner.failures(), ledger.measurements());
        }
    }

    final ChosenEngine engine() {
        return ChosenEngine.of(place.engine(), assignments, place.pluginFolder());
    }

    final VerificationBudget budget() {
        return budget.withSeed(seed.child("samples"));
    }

    final Ledger ledger(Plan plan) {
        if (out.isEmpty()) {
            return Ledger.inMemory();
        }
        RunDescription description = RunDescription.here(
                        "a program that embeds Superpose",
                        plan.command(place.pluginFolder()),
                        place.engine().id(),
                        budget.threads())
                .withPlugins(planner.plugins());
        return Ledger.in(ResultStore.open(out.get(), plan.identity(), description, existing));
    }
}
