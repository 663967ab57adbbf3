package org.superpose.runner.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.workbench.Measurement;

/**
 * A sweep of which a search runs the units that it asks for, some at a time; what the ledger has is not run again.
 * Every unit makes one measurement.
 */
public final class SearchedSweep {
    private final ExecutionEngine engine;
    private final Ledger ledger;
    private final Sweep sweep;
    private final Allowance allowance;
    private final Consumer<UnitReport> listener;
    private final Map<Integer, Measurement> done = new HashMap<>();
    private Throwable failure;
    private boolean cancelled;

    /** @param listener is told of each unit that was run */
    public SearchedSweep(
            ExecutionEngine engine, Ledger ledger, Sweep sweep, Allowance allowance, Consumer<UnitReport> listener) {
        this.engine = engine;
        this.ledger = ledger;
        this.sweep = sweep;
        this.allowance = allowance;
        this.listener = listener;
        List<Measurement> measurements = ledger.measurements();
        int row = 0;
        for (int number : new TreeSet<>(ledger.doneUnits())) {
            done.put(number, measurements.get(row++));
        }
    }

    /** How many units are done. */
    public int done() {
        return done.size();
    }

    /**
     * The verified ones among the measurements of some units, which are run if need be.
     *
     * @throws RuntimeException what a unit threw, after the others that ran are recorded
     * @throws IllegalStateException if the run was cancelled
     */
    public List<Optional<Measurement>> run(List<Integer> numbers) {
        List<Integer> missing =
                numbers.stream().filter(number -> !done.containsKey(number)).toList();
        try {
            if (!missing.isEmpty()) {
                engine.run(sweep, missing, allowance, new Recorder());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", interrupted);
        }
        throwFailure();
        List<Optional<Measurement>> verified = new ArrayList<>();
        for (int number : numbers) {
            verified.add(Optional.of(done.get(number))
                    .filter(row -> row.text(Measurement.VERDICT).equals(Measurement.VERIFIED)));
        }
        return verified;
    }

    private synchronized void throwFailure() {
        if (cancelled) {
            throw new IllegalStateException("the search was cancelled");
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (failure != null) {
            throw new InvalidInputException("a trial failed: " + failure, failure);
        }
    }

    /**
     * Records nothing more; waits until a record that is being written is whole. For the moment in which the process is
     * told to end.
     */
    public synchronized void cancel() {
        cancelled = true;
    }

    /** Whether {@link #cancel} was called. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    private final class Recorder implements UnitObserver {
        @Override
        public void started(int number, String label) {}

        @Override
        public void progressed(int number, double fraction) {}

        @Override
        public void finished(UnitReport report) {
            synchronized (SearchedSweep.this) {
                if (cancelled) {
                    return;
                }
                ledger.record(report);
                if (report.isDone()) {
                    done.put(report.number(), report.measurements().get(0));
                } else {
                    failure = report.failure().orElseThrow();
                }
            }
            listener.accept(report);
        }

        @Override
        public boolean wantsMore() {
            synchronized (SearchedSweep.this) {
                return !cancelled && failure == null;
            }
        }
    }
}
