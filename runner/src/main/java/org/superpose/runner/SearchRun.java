package org.superpose.runner;

import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.runner.run.Ledger;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.SearchPlan;
import org.superpose.runner.run.SearchRequest;
import org.superpose.runner.run.SearchRunner;
import org.superpose.runner.run.SweepRunner;
import org.superpose.runner.run.engine.ChosenEngine;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.WidthSearch;

/**
 * {@code superpose search} for programs: the names are those of its options, and a folder that one began the other can
 * resume. For one thread.
 */
public final class SearchRun extends EmbeddedRun<SearchRun> {
    private final String problem;
    private final Optional<ProblemInstance> map;
    private final String construction;
    private String verifier = AutoVerifier.ID;
    private int instances;
    private int tries = SearchRequest.TRIES;
    private OptionalInt from = OptionalInt.empty();
    private OptionalInt upTo = OptionalInt.empty();
    private double resolution = SearchRequest.RESOLUTION;

    SearchRun(Planner planner, String problem, String construction, Place place) {
        this(planner, problem, Optional.empty(), construction, place);
    }

    /** For one map, and so for one instance. */
    SearchRun(Planner planner, ProblemInstance map, String construction, Place place) {
        this(planner, map.problem(), Optional.of(map), construction, place);
    }

    private SearchRun(
            Planner planner, String problem, Optional<ProblemInstance> map, String construction, Place place) {
        super(planner, place);
        this.problem = problem;
        this.map = map;
        this.construction = construction;
        this.instances = map.isPresent() ? 1 : SearchRequest.INSTANCES;
    }

    @Override
    SearchRun self() {
        return this;
    }

    /** Id of the verifier; {@code auto} unless set. */
    public SearchRun verifier(String id) {
        verifier = id;
        return this;
    }

    /** Instances to try at each width; 5 unless set, and always 1 for a map of the program's own. */
    public SearchRun instances(int number) {
        instances = number;
        return this;
    }

    /** Networks to try for each instance at each width; 1 unless set. */
    public SearchRun tries(int number) {
        tries = number;
        return this;
    }

    /**
     * The first width; the information limit at one bit per weight unless set, which it must be where no class is
     * known.
     */
    public SearchRun from(int width) {
        from = OptionalInt.of(width);
        return this;
    }

    /** The width at which the search gives up; 64 times the first unless set. */
    public SearchRun upTo(int width) {
        upTo = OptionalInt.of(width);
        return this;
    }

    /** How close the bisection goes, as a fraction of the width; 0.01 unless set. */
    public SearchRun resolution(double fraction) {
        resolution = fraction;
        return this;
    }

    /**
     * Searches, on the threads of this process or where the engine says.
     *
     * @return the smallest verified widths, for the best and for the median of the instances, and every width that was
     *     tried
     * @throws org.superpose.core.InvalidInputException if an option or a parameter does not fit, the construction does
     *     not build for the problem, or the folder holds something else
     * @throws IllegalStateException if the {@link Superpose} is closed
     * @throws InterruptedException if the calling thread was interrupted; what is done is kept
     */
    public WidthSearch.Result run() throws InterruptedException {
        return whileOpen(() -> {
            ChosenEngine where = engine();
            SearchPlan plan = plan(new SearchRequest(
                            NetworkRecipe.of(problem, construction, where.others(), seed),
                            verifier,
                            instances,
                            tries,
                            from,
                            upTo,
                            resolution))
                    .withUnitLimit(unitSeconds);
            try (Ledger ledger = ledger(plan)) {
                return new SearchRunner(
                                plan, new SweepRunner(plan.sweep(), where.engine(), ledger, OnFailure.STOP, listener))
                        .run(probe -> {});
            }
        });
    }

    private SearchPlan plan(SearchRequest request) {
        return map.map(known -> planner.search(request, known, budget()))
                .orElseGet(() -> planner.search(request, budget()));
    }
}
