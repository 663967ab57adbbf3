package org.superpose.runner.run;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.superpose.runner.run.engine.Allowance;
import org.superpose.runner.run.engine.EngineSession;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.Recorder;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.store.RunStatus;

/** Runs those units of a sweep that its ledger does not have. One object is one run. */
public final class SweepRunner {
    private final Sweep sweep;
    private final ExecutionEngine engine;
    private final Ledger ledger;
    private final OnFailure onFailure;
    private final SweepListener listener;
    private boolean cancelled;
    private int failures;

    public SweepRunner(
            Sweep sweep, ExecutionEngine engine, Ledger ledger, OnFailure onFailure, SweepListener listener) {
        this.sweep = sweep;
        this.engine = engine;
        this.ledger = ledger;
        this.onFailure = onFailure;
        this.listener = listener;
    }

    /**
     * Runs the missing ones of the given units, with the threads of the sweep's budget.
     *
     * @return how the run ended
     * @throws InterruptedException if the calling thread was interrupted; the ledger then keeps the run as interrupted
     */
    public RunStatus run(List<Integer> numbers) throws InterruptedException {
        Set<Integer> done = ledger.doneUnits();
        List<Integer> missing =
                numbers.stream().filter(number -> !done.contains(number)).toList();
        listener.planned(numbers.size(), numbers.size() - missing.size());
        try (EngineSession session = open()) {
            runMissing(session, missing, report -> {});
        } finally {
            listener.stopped();
        }
        RunStatus status = status();
        if (status != RunStatus.INTERRUPTED) {
            ledger.end(status); // may wait for readers, during which the run can be cancelled
        }
        return status;
    }

    /** Gets the engine ready for units of the sweep. */
    EngineSession open() {
        return engine.open(sweep);
    }

    /** @param recorded is told of each unit when it is in the ledger */
    void runMissing(EngineSession session, List<Integer> numbers, Consumer<UnitReport> recorded)
            throws InterruptedException {
        if (!numbers.isEmpty()) {
            Allowance allowance = Allowance.ofThreads(sweep.budget().threads());
            session.run(new ExecutionRequest(sweep, numbers, allowance, listener, new Record(recorded)));
        }
    }

    private synchronized RunStatus status() {
        if (cancelled) {
            return RunStatus.INTERRUPTED;
        }
        if (failures == 0) {
            return RunStatus.DONE;
        }
        return onFailure == OnFailure.STOP ? RunStatus.STOPPED : RunStatus.FAILED;
    }

    /** Where the results are. */
    public Ledger ledger() {
        return ledger;
    }

    SweepListener listener() {
        return listener;
    }

    /** How many units failed. */
    public synchronized int failures() {
        return failures;
    }

    /**
     * Discards the units that run and records nothing more; waits until a record that is being written is whole. For
     * the moment in which the process is told to end.
     */
    public void cancel() {
        synchronized (this) {
            cancelled = true;
        }
        listener.stopped();
    }

    /** Whether {@link #cancel} was called. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Puts into the ledger what the engine reports, until the run is cancelled. */
    private final class Record implements Recorder {
        private final Consumer<UnitReport> recorded;

        Record(Consumer<UnitReport> recorded) {
            this.recorded = recorded;
        }

        @Override
        public void record(UnitReport report) {
            synchronized (SweepRunner.this) {
                if (cancelled) {
                    return;
                }
                ledger.record(report);
                recorded.accept(report);
                failures += report.isDone() ? 0 : 1;
            }
            listener.finished(report);
        }

        @Override
        public boolean wantsMore() {
            synchronized (SweepRunner.this) {
                return !cancelled && (failures == 0 || onFailure == OnFailure.CONTINUE);
            }
        }
    }
}
