package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.superpose.bounds.Capacity;
import org.superpose.bounds.LowerBound;
import org.superpose.bounds.ReadingBound;
import org.superpose.bounds.ReadingBound.Criterion;
import org.superpose.bounds.RepresentationBound;
import org.superpose.bounds.RepresentationWidth;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * The paper's headline: merely representing m features takes O(log m) neurons, computing with them the square root of m
 * log m. The bounds and the measured widths of both, for growing m; between them what others have published on reading;
 * and the bounds alone for the 12 million features that were reported for a production language model.
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

    /** The published dimensions from which all ANDs of two are read by one threshold unit each. */
    static final String READ_WIDTH = "read_width";

    /** The limit on the width at 8 bits per weight. */
    static final String EIGHT_BIT_LIMIT = "eight_bit_width_limit";

    /** The limit on the width at 16 bits per weight. */
    static final String SIXTEEN_BIT_LIMIT = "sixteen_bit_width_limit";

    /** The width whose capacity a row of bounds has; of other rows it is n. */
    static final String GIVEN_WIDTH = "given_width";

    /** The most outputs at the width and 8 bits per weight. */
    static final String EIGHT_BIT_CAPACITY = "eight_bit_capacity";

    /** The most outputs at the width and 16 bits per weight. */
    static final String SIXTEEN_BIT_CAPACITY = "sixteen_bit_capacity";

    /** In the place of a verdict: a row of bounds, without a network. */
    private static final String BOUNDS_ALONE = "BOUNDS ALONE";

    private static final int MAX_ACTIVE = 2;
    private static final int MATRICES = 2;
    private static final double DISTORTION = 0.5;

    private static final NumberList SIZES = NumberList.declare("sizes", "32,64,128,256", "m = m' of each row");
    private static final Parameter<Integer> QUOTED = Parameter.whole(
                    "quoted",
                    4,
                    ProblemParameters.MAX_FEATURES,
                    "m = m' of a row with bounds alone: the features reported for a production language model")
            .withDefault(12_000_000);
    private static final Parameter<Integer> QUOTED_WIDTH = Parameter.whole(
                    "quoted-width",
                    1,
                    ConstructionParameters.MAX_WIDTH,
                    "n of that row, whose capacity is given: the width of a large language model")
            .withDefault(12_288);
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
    public String question() {
        return "How many more neurons does it take to compute with m features than to represent them?";
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(SIZES.parameter(), QUOTED, QUOTED_WIDTH, CONSTRUCTION, TRIES, RESOLUTION);
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
                READ_WIDTH,
                SmallestWidth.ONE_BIT_LIMIT,
                EIGHT_BIT_LIMIT,
                SIXTEEN_BIT_LIMIT,
                Measurement.WIDTH,
                GIVEN_WIDTH,
                SmallestWidth.CAPACITY,
                EIGHT_BIT_CAPACITY,
                SIXTEEN_BIT_CAPACITY,
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
        units.add(new Bounds(parameters.get(QUOTED), parameters.get(QUOTED_WIDTH)));
        return units;
    }

    /** Both smallest widths for one m. */
    private record Gap(SmallestWidth computing, int size, int tries, Seed seed) implements WorkUnit {
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
                    .map(row -> row.find(Measurement.WIDTH)
                            .map(width -> withCapacities(withBounds(row, size), size, ((Number) width).intValue()))
                            .orElseGet(() -> withBounds(row, size))
                            .with(REPRESENT_WIDTH, represent)
                            .with(
                                    GAP,
                                    row.find(Measurement.WIDTH)
                                            .map(width -> ((Number) width).doubleValue() / represent)
                                            .orElse(null)))
                    .toList();
        }
    }

    private static Measurement withBounds(Measurement row, int size) {
        LowerBound bound = LowerBound.of(FunctionClass.distinctSubsets(size, 2, size));
        return row.with(
                        REPRESENT_LIMIT,
                        RepresentationBound.of(InputDomain.sparse(size, MAX_ACTIVE))
                                .informationWidth())
                .with(JOHNSON_LINDENSTRAUSS, RepresentationBound.johnsonLindenstrauss(size, DISTORTION))
                .with(READ_WIDTH, new ReadingBound(size, MAX_ACTIVE).conjunctions(Criterion.RELIABLE_BEST))
                .with(SmallestWidth.ONE_BIT_LIMIT, bound.widthLimit(1, MATRICES))
                .with(EIGHT_BIT_LIMIT, bound.widthLimit(8, MATRICES))
                .with(SIXTEEN_BIT_LIMIT, bound.widthLimit(16, MATRICES));
    }

    private static Measurement withCapacities(Measurement row, int size, int width) {
        FunctionClass functions = FunctionClass.distinctSubsets(size, 2, size);
        return row.with(SmallestWidth.CAPACITY, Capacity.of(functions, Capacity.parameterBits(width, 1, MATRICES)))
                .with(EIGHT_BIT_CAPACITY, Capacity.of(functions, Capacity.parameterBits(width, 8, MATRICES)))
                .with(SIXTEEN_BIT_CAPACITY, Capacity.of(functions, Capacity.parameterBits(width, 16, MATRICES)));
    }

    /** The bounds alone, for an m at which nothing is built here. */
    private record Bounds(int size, int width) implements WorkUnit {
        @Override
        public String label() {
            return "m = " + size + ", bounds";
        }

        @Override
        public Needs needs() {
            return new Needs(1, 0);
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(Measurement.PROBLEM, "two-and");
            fields.put(Measurement.INPUTS, size);
            fields.put(Measurement.OUTPUTS, size);
            fields.put(Measurement.MAX_ACTIVE, MAX_ACTIVE);
            fields.put(Measurement.VERDICT, BOUNDS_ALONE);
            fields.put(GIVEN_WIDTH, width);
            return List.of(withCapacities(withBounds(Measurement.of(fields), size), size, width));
        }
    }
}
