package org.superpose.runner.experiment.builtin;

import java.util.List;
import org.superpose.bounds.Capacity;
import org.superpose.bounds.LowerBound;
import org.superpose.core.construction.Construction;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.SearchTrial;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkMetrics;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;

/**
 * Searches for the smallest width at which a construction was built and verified for one instance, from the information
 * limit up: one row, with the bits that the class needs and the limit on the width at one bit per weight.
 *
 * @param label a few words for progress
 * @param recipe of the networks, without the width; the seeds of the networks are split from its own
 * @param tries seeds per width
 * @param resolution how close the search goes, as a fraction of the width
 * @param tolerance what the bound lets a network get wrong
 */
public record SmallestWidth(String label, NetworkRecipe recipe, int tries, double resolution, Tolerance tolerance)
        implements WorkUnit {
    /**
     * What the bound lets a network get wrong; the networks that are searched have to be right.
     *
     * @param errors eps, the fraction of the outputs
     * @param failing delta, the fraction of the functions
     */
    public record Tolerance(double errors, double failing) {
        public static final Tolerance NONE = new Tolerance(0, 0);
    }

    /** log|F|, less what the tolerance saves: the bits that the parameters of almost all functions need. */
    static final String PARAMETER_BITS = "parameter_bits";

    /** The limit on the width at one bit per weight, whatever the network stores. */
    static final String ONE_BIT_LIMIT = "one_bit_width_limit";

    /** The largest m' whose functions would fit the bits of the width that was found, at one bit per weight. */
    static final String CAPACITY = "one_bit_capacity";

    private static final int LARGEST_FACTOR = 4096;

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        ProblemInstance instance = workbench.instance(recipe);
        Construction builder = workbench.requireAccepted(instance, recipe.construction());
        int start = WidthSearch.startWidth(instance);
        int largest = (int) Math.min(1 << 16, (long) LARGEST_FACTOR * start);
        WidthSearch.Result result = WidthSearch.upwards(1, tries, start, largest, resolution)
                .search((width, attempt) -> new SearchTrial(new NetworkUnit(
                                label,
                                recipe.atWidth(builder, width)
                                        .withSeed(recipe.seed().child(attempt)),
                                AutoVerifier.ID))
                        .attempt(workbench, budget));
        LowerBound bound =
                LowerBound.of(instance).withErrors(tolerance.errors()).withFailing(tolerance.failing());
        int matrices = LowerBound.matricesNeeded(instance);
        Measurement row = result.smallest()
                .orElseGet(() -> NetworkMetrics.ofNotFound(recipe, instance).madeWith(workbench.plugins(recipe)));
        Object capacity = row.find(Measurement.WIDTH)
                .map(width -> Capacity.of(instance, Capacity.parameterBits(((Number) width).longValue(), 1, matrices)))
                .orElse(null);
        return List.of(row.with(PARAMETER_BITS, bound.parameterBits())
                .with(ONE_BIT_LIMIT, bound.widthLimit(1, matrices))
                .with(CAPACITY, capacity));
    }
}
