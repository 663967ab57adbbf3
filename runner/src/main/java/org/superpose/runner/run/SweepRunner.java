package org.superpose.runner.run;

import java.util.List;
import java.util.Set;
import org.superpose.runner.store.RunStatus;

/** Runs those units of a sweep that its ledger does not have. One object is one run. */
public final class SweepRunner {
    private final ExecutionEngine engine;
    private final Ledger ledger;
    private final OnFailure onFailure;
    private final SweepListener listener;
    private boolean cancelled;
    private int failures;

    public SweepRunner(ExecutionEngine engine, Ledger ledger, OnFailure onFailure, SweepListener listener) {
        this.engine = engine;
        this.ledger = ledger;
        this.onFailure = onFailure;
        this.listener = listener;
    }

    /**
     * Runs the missing ones of the given units.
     *
     * @return how the run ended
     * @throws InterruptedException if the calling thread was interrupted; the ledger then keeps the run as interrupted
     */
    public RunStatus run(Sweep sweep, List<Integer> numbers, Allowance allowance) throws InterruptedException {
        Set<Integer> done = ledger.doneUnits();
        List<Integer> missing =
                numbers.stream().filter(number -> !done.contains(number)).toList();
        listener.planned(numbers.size(), numbers.size() - missing.size());
        if (!missing.isEmpty()) {
            engine.run(sweep, missing, allowance, new Recorder());
        }
        RunStatus status = status();
        synchronized (this) {
            if (!cancelled) {
                ledger.end(status);
            }
        }
        return status;
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

    /** How many units failed. */
    public synchronized int failures() {
        return failures;
    }

    /**
     * Discards the units that run and records nothing more; waits until a record that is being written is whole. For
     * the moment in which the process is told to end.
     */
    public synchronized void cancel() {
        cancelled = true;
    }

    /** Whether {@link #cancel} was called. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Records what the engine reports. */
    private final class Recorder implements UnitObserver {
        @Override
        public void started(int number, String label) {
            listener.started(number, label);
        }

        @Override
        public void progressed(int number, double fraction) {
            listener.progressed(number, fraction);
        }

        @Override
        public void finished(UnitReport report) {
            synchronized (SweepRunner.this) {
                if (cancelled) {
                    return;
                }
                ledger.record(report);
                if (!report.isDone()) {
                    failures++;
                }
            }
            listener.finished(report);
        }

        @Override
        public void executors(int executors) {
            listener.executors(executors);
        }

        @Override
        public boolean wantsMore() {
            synchronized (SweepRunner.this) {
                return !cancelled && (failures == 0 || onFailure == OnFailure.CONTINUE);
            }
        }
    }
}
