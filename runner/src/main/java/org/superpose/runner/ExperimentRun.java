package org.superpose.runner;

import java.util.List;
import org.superpose.runner.run.ExperimentPlan;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.engine.ChosenEngine;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.workbench.Measurement;

/**
 * {@code superpose run} for programs: the names are those of its options, and a folder that one began the other can
 * resume. For one thread.
 */
public final class ExperimentRun extends EmbeddedRun<ExperimentRun> {
    /**
     * How a run ended.
     *
     * @param status done, failed or stopped
     * @param failures how many units failed
     * @param measurements the rows of all units that are done, those of earlier runs included, in the order of units
     */
    public record Results(RunStatus status, int failures, List<Measurement> measurements) {}

    private final String id;
    private OnFailure onFailure = OnFailure.CONTINUE;

    ExperimentRun(Planner planner, String id, Place place) {
        super(planner, place);
        this.id = id;
    }

    @Override
    ExperimentRun self() {
        return this;
    }

    /** What to do when a unit fails; the others go on unless set. */
    public ExperimentRun onFailure(OnFailure chosen) {
        onFailure = chosen;
        return this;
    }

    /**
     * Runs the experiment to its end, on the threads of this process or where the engine says.
     *
     * @throws org.superpose.core.InvalidInputException if there is no such experiment, a parameter does not fit, or the
     *     folder holds something else
     * @throws IllegalStateException if the {@link Superpose} is closed
     * @throws InterruptedException if the calling thread was interrupted; what is done is kept
     */
    public Results run() throws InterruptedException {
        return whileOpen(() -> {
            ChosenEngine where = engine();
            ExperimentPlan plan =
                    planner.experiment(id, where.others(), seed, budget()).withUnitLimit(unitSeconds);
            return results(plan, where.engine(), onFailure);
        });
    }
}
