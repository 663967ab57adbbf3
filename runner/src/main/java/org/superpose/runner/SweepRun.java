package org.superpose.runner;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.runner.run.GridPlan;
import org.superpose.runner.run.GridRequest;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.engine.ChosenEngine;

/**
 * Networks of several parameters and seeds for one map, each built and verified: a row for each, also for a width that
 * is too small to build anything. The folder that it keeps is like that of an experiment, and the map is data, so that
 * the folder is resumed only with an equal one. For one thread.
 */
public final class SweepRun extends EmbeddedRun<SweepRun> {
    private final ProblemInstance map;
    private final List<String> constructions;
    private final Map<String, List<String>> grid = new LinkedHashMap<>();
    private String verifier = AutoVerifier.ID;
    private int seeds = 1;
    private OnFailure onFailure = OnFailure.CONTINUE;

    SweepRun(Planner planner, ProblemInstance map, List<String> constructions, Place place) {
        super(planner, place);
        this.map = map;
        this.constructions = constructions;
    }

    @Override
    SweepRun self() {
        return this;
    }

    /** Goes over the values of a parameter; with several parameters over all combinations, the last one fastest. */
    public SweepRun over(String parameter, Object... values) {
        grid.put(parameter, Arrays.stream(values).map(Object::toString).toList());
        return this;
    }

    /** Goes over widths. */
    public SweepRun widths(int... widths) {
        return over(
                ConstructionParameters.WIDTH.name(),
                Arrays.stream(widths).boxed().toArray());
    }

    /** Networks for each combination, with the seeds that follow that of the run; 1 unless set. */
    public SweepRun seeds(int number) {
        seeds = number;
        return this;
    }

    /** Id of the verifier; {@code auto} unless set. */
    public SweepRun verifier(String id) {
        verifier = id;
        return this;
    }

    /** What to do when a unit fails; the others go on unless set. */
    public SweepRun onFailure(OnFailure chosen) {
        onFailure = chosen;
        return this;
    }

    /**
     * Runs the sweep to its end, on the threads of this process or where the engine says.
     *
     * @throws org.superpose.core.InvalidInputException if a construction does not build for the map, a parameter does
     *     not fit, or the folder holds something else
     * @throws IllegalStateException if the {@link Superpose} is closed
     * @throws InterruptedException if the calling thread was interrupted; what is done is kept
     */
    public ExperimentRun.Results run() throws InterruptedException {
        return whileOpen(() -> {
            ChosenEngine where = engine();
            GridPlan plan = planner.grid(
                            new GridRequest(constructions, where.others(), grid, seed, seeds, verifier), map, budget())
                    .withUnitLimit(unitSeconds);
            return results(plan, where.engine(), onFailure);
        });
    }
}
