package org.superpose.runner.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.run.engine.EngineSession;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.WidthSearch;

/** Makes those trials of a width search that it asks for and its ledger does not have. One object is one run. */
public final class SearchRunner {
    private final SearchPlan plan;
    private final SweepRunner runner;
    private final Map<Integer, Measurement> trials = new HashMap<>();
    private Optional<Throwable> failure = Optional.empty();

    /** @param runner of the plan's sweep, which stops at the first failure */
    public SearchRunner(SearchPlan plan, SweepRunner runner) {
        this.plan = plan;
        this.runner = runner;
    }

    /** What trials asked for on a thread that was interrupted come to; the search in between knows no other way. */
    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interrupted(InterruptedException cause) {
            super(cause);
        }
    }

    /**
     * Searches.
     *
     * @param observer is told of each width when its trials are made, and again when more of them were made
     * @throws RuntimeException what a trial threw, after the others that ran are recorded
     * @throws IllegalStateException if the run was cancelled
     * @throws InterruptedException if the calling thread was interrupted; the ledger then keeps the run as interrupted
     */
    public WidthSearch.Result run(Consumer<WidthSearch.Probe> observer) throws InterruptedException {
        Ledger ledger = runner.ledger();
        List<Measurement> measurements = ledger.measurements();
        int row = 0;
        for (int number : new TreeSet<>(ledger.doneUnits())) {
            trials.put(number, measurements.get(row++)); // every trial makes one row
        }
        runner.listener().planned(plan.sweep().units().size(), trials.size());
        try (EngineSession session = runner.open()) {
            WidthSearch.Result result =
                    plan.search().search((width, numbers) -> verified(session, plan.unitsOf(width, numbers)), observer);
            ledger.end(RunStatus.DONE);
            return result;
        } catch (Interrupted interrupted) {
            throw (InterruptedException) interrupted.getCause();
        } finally {
            runner.listener().stopped();
        }
    }

    /** The verified ones among the measurements of some units, which are run if need be. */
    private List<Optional<Measurement>> verified(EngineSession session, List<Integer> numbers) {
        try {
            runner.runMissing(
                    session,
                    numbers.stream()
                            .filter(number -> !trials.containsKey(number))
                            .toList(),
                    this::keep);
        } catch (InterruptedException interrupted) {
            throw new Interrupted(interrupted);
        }
        throwFailure();
        return numbers.stream()
                .map(trials::get)
                .map(row -> Optional.of(row).filter(Measurement::isVerified))
                .toList();
    }

    private void keep(UnitReport report) {
        if (report.isDone()) {
            trials.put(report.number(), report.measurements().get(0));
        } else {
            failure = report.failure();
        }
    }

    private void throwFailure() {
        if (runner.isCancelled()) {
            throw new IllegalStateException("the search was cancelled");
        }
        if (failure.orElse(null) instanceof RuntimeException thrown) {
            throw thrown;
        }
        failure.ifPresent(thrown -> {
            throw new InvalidInputException("a trial failed: " + thrown, thrown);
        });
    }
}
