package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.superpose.bounds.RepresentationBound;
import org.superpose.bounds.RepresentationWidth;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * The paper's headline: merely representing m features takes O(log m) neurons, computing with them the square root of m
 * log m. The bounds and the measured widths of both, for growing m.
 */
@Reference(
        value = {"Representing and computing", "Corollary 3.2.1"},
        standing = Standing.ATTESTED)
public final class RepresentVersusComputeExperiment implements Experiment {
    /** The information bound on the width that tells all inputs apart. */
    static final String REPRESENT_LIMIT = "represent_limit";

    /** The smallest width at which random codes were found to tell all inputs apart. */
    static final String REPRESENT_WIDTH = "represent_width";

    /** The Johnson-Lindenstrauss figure for distortion 1/2. */
    static final String JOHNSON_LINDENSTRAUSS = "johnson_lindenstrauss";

    /** The smallest verified width that computes, over the smallest that represents. */
    static final String GAP = "compute_over_represent";

    private static final double DISTORTION = 0.5;

    private static final NumberList SIZES = NumberList.declare("sizes", "32,64,128,256", "m = m' of each row");
    private static final Parameter<String> CONSTRUCTION = Parameter.text(
                    "construction", "the id of a construction for two-and", "what computes")
            .withDefault("clipped-and");
    private static final Parameter<Integer> TRIES = SweepParameters.tries(2);
    private static final Parameter<Double> RESOLUTION = SweepParameters.resolution(0.03);

    @Override
    public String id() {
        return "represent-versus-compute";
    }

    @Override
    public String title() {
        return "The exponential gap: neurons to represent m features, and neurons to compute with them";
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(SIZES.parameter(), CONSTRUCTION, TRIES, RESOLUTION);
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.REPRESENTATION, ReportPlot.WIDTH, ReportPlot.COST);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                REPRESENT_LIMIT,
                REPRESENT_WIDTH,
                JOHNSON_LINDENSTRAUSS,
                SmallestWidth.ONE_BIT_LIMIT,
                Measurement.WIDTH,
                GAP,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<WorkUnit> units = new ArrayList<>();
        for (int size : SIZES.of(parameters)) {
            units.add(new Gap(
                    new SmallestWidth(
                            "m = " + size,
                            NetworkRecipe.split(
                                    "two-and",
                                    parameters.get(CONSTRUCTION),
                                    Assignments.NONE.with(ProblemParameters.INPUTS, size),
                                    seed.child(size)),
                            parameters.get(TRIES),
                            parameters.get(RESOLUTION),
                            SmallestWidth.Tolerance.NONE),
                    size,
                    parameters.get(TRIES),
                    seed.child(size).child("representation")));
        }
        return units;
    }

    /** Both smallest widths for one m. */
    private record Gap(SmallestWidth computing, int size, int tries, Seed seed) implements WorkUnit {
        private static final int MAX_ACTIVE = 2;

        @Override
        public String label() {
            return computing.label();
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            InputDomain domain = InputDomain.sparse(size, MAX_ACTIVE);
            int represent = RepresentationWidth.measure(domain, OptionalInt.empty(), tries, seed)
                    .width();
            return computing.run(workbench, budget).stream()
                    .map(row -> row.with(
                                    REPRESENT_LIMIT,
                                    RepresentationBound.of(domain).informationWidth())
                            .with(REPRESENT_WIDTH, represent)
                            .with(JOHNSON_LINDENSTRAUSS, RepresentationBound.johnsonLindenstrauss(size, DISTORTION))
                            .with(
                                    GAP,
                                    row.find(Measurement.WIDTH)
                                            .map(width -> ((Number) width).doubleValue() / represent)
                                            .orElse(null)))
                    .toList();
        }
    }
}
