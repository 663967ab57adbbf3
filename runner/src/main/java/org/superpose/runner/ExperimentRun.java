package org.superpose.runner;

import com.google.inject.Injector;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.file.ExperimentFiles;
import org.superpose.runner.run.Allowance;
import org.superpose.runner.run.Ledger;
import org.superpose.runner.run.LocalEngine;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.PlannedSweep;
import org.superpose.runner.run.Sweep;
import org.superpose.runner.run.SweepListener;
import org.superpose.runner.run.SweepPlanner;
import org.superpose.runner.run.SweepRecipe;
import org.superpose.runner.run.SweepRunner;
import org.superpose.runner.store.ResultStore;
import org.superpose.runner.store.RunDescription;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;

/**
 * {@code superpose run} for programs: the names are those of its options, and a folder that one began the other can
 * resume. For one thread.
 */
public final class ExperimentRun {
    private static final SweepListener UNWATCHED = new SweepListener() {};

    /**
     * How a run ended.
     *
     * @param status done, failed or stopped
     * @param failures how many units failed
     * @param measurements the rows of all units that are done, those of earlier runs included, in the order of units
     */
    public record Results(RunStatus status, int failures, List<Measurement> measurements) {}

    private final Injector injector;
    private final String id;
    private Assignments assignments = Assignments.NONE;
    private Seed seed = new Seed(1);
    private VerificationBudget budget;
    private Optional<Path> out = Optional.empty();
    private boolean resume;
    private OnFailure onFailure = OnFailure.CONTINUE;
    private SweepListener listener = UNWATCHED;

    ExperimentRun(Injector injector, String id, int threads) {
        this.injector = injector;
        this.id = id;
        this.budget = VerificationBudget.unlimited().withThreads(threads);
    }

    /** Sets a parameter of the experiment; the value is read as on the command line. */
    public ExperimentRun set(String name, Object value) {
        assignments = assignments.with(name, value);
        return this;
    }

    /** The source of all randomness; 1 unless set, as on the command line. */
    public ExperimentRun seed(long value) {
        seed = new Seed(value);
        return this;
    }

    /** How much work each verification may do, and on how many threads; without limits unless set. */
    public ExperimentRun budget(VerificationBudget chosen) {
        budget = chosen;
        return this;
    }

    /** Keeps the results in a folder, each unit as soon as it is done. */
    public ExperimentRun out(Path folder) {
        out = Optional.of(folder);
        return this;
    }

    /** Does what is missing of the sweep that the folder holds. */
    public ExperimentRun resume() {
        resume = true;
        return this;
    }

    /** What to do when a unit fails; the others go on unless set. */
    public ExperimentRun onFailure(OnFailure chosen) {
        onFailure = chosen;
        return this;
    }

    /** Is told of every unit. */
    public ExperimentRun listener(SweepListener told) {
        listener = told;
        return this;
    }

    /**
     * Runs the experiment to its end on the threads of this process.
     *
     * @throws org.superpose.core.InvalidInputException if there is no such experiment, a parameter does not fit, or the
     *     folder holds something else
     * @throws InterruptedException if the calling thread was interrupted; what is done is kept
     */
    public Results run() throws InterruptedException {
        PlannedSweep planned = plan();
        if (out.isEmpty()) {
            return run(planned.sweep(), Ledger.inMemory());
        }
        RunDescription description = RunDescription.here(
                "a program that embeds Superpose", planned.command(), new LocalEngine().id(), budget.threads());
        try (ResultStore store = ResultStore.open(out.get(), planned.identity(), description, resume)) {
            return run(planned.sweep(), Ledger.in(store));
        }
    }

    private PlannedSweep plan() {
        ExperimentFiles files = injector.getInstance(ExperimentFiles.class);
        String definition = ExperimentFiles.isFile(id) ? files.text(Path.of(id)) : "";
        return injector.getInstance(SweepPlanner.class)
                .plan(
                        new SweepRecipe(id, definition, assignments.values(), seed.value()),
                        budget.withSeed(seed.child("samples")));
    }

    private Results run(Sweep sweep, Ledger ledger) throws InterruptedException {
        SweepRunner runner = new SweepRunner(new LocalEngine(), ledger, onFailure, listener);
        RunStatus status = runner.run(
                sweep,
                IntStream.range(0, sweep.units().size()).boxed().toList(),
                Allowance.ofThreads(budget.threads()));
        return new Results(status, runner.failures(), ledger.measurements());
    }
}
