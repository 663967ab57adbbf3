package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/** Theorem 3.2 and its corollaries: the limit on the width beside the smallest verified width, for growing m'. */
@Reference(
        value = {"Corollary 3.2.1", "Corollary 3.2.2", "Capacity"},
        standing = Standing.ATTESTED)
@Reference(
        value = {"Theorem 3.2", "Permutation network"},
        standing = Standing.RECONSTRUCTED)
@Reference(value = "Lower bound: errors", standing = Standing.OURS)
public final class TheoremThreeTwoExperiment implements Experiment {
    private static final NumberList SIZES =
            NumberList.declare("sizes", "64,128,256", "m = m' of each row, permutation and two-and alike");
    private static final NameList PERMUTATION_BY = NameList.declare(
            "permutation-by", "linear-permutation,clipped-permutation", "the constructions for permutation");
    private static final NameList TWO_AND_BY =
            NameList.declare("two-and-by", "linear-two-and,clipped-and", "the constructions for two-and");
    private static final Parameter<Integer> TRIES = SweepParameters.tries(2);
    private static final Parameter<Double> RESOLUTION = SweepParameters.resolution(0.05);
    private static final Parameter<Double> ERROR = Parameter.real(
                    "error", 0, 1, "eps, the fraction of the outputs that the bound lets a network get wrong")
            .withDefault(0.0);
    private static final Parameter<Double> FAILING = Parameter.real(
                    "failing", 0, 0.999999, "delta, the fraction of the functions on which the bound lets it fail")
            .withDefault(0.0);

    @Override
    public String id() {
        return "theorem-3-2";
    }

    @Override
    public String title() {
        return "The lower bound on the width beside the smallest verified width, for growing m'";
    }

    @Override
    public String question() {
        return "How far above the lower bound is the smallest verified width as m' grows?";
    }

    @Override
    public String expectedDuration() {
        return "about a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                SIZES.parameter(),
                PERMUTATION_BY.parameter(),
                TWO_AND_BY.parameter(),
                TRIES,
                RESOLUTION,
                ERROR,
                FAILING);
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.WIDTH, ReportPlot.LIMIT_RATIO, ReportPlot.COST);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.PROBLEM,
                Measurement.CONSTRUCTION,
                Measurement.OUTPUTS,
                SmallestWidth.PARAMETER_BITS,
                SmallestWidth.ONE_BIT_LIMIT,
                Measurement.WIDTH_LIMIT,
                Measurement.WIDTH,
                Measurement.LIMIT_RATIO,
                Measurement.KAPPA,
                Measurement.SUPERPOSITION_RATIO,
                SmallestWidth.CAPACITY,
                Measurement.SUCCESS_RATE,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<WorkUnit> units = new ArrayList<>();
        for (String construction : PERMUTATION_BY.of(parameters)) {
            for (int size : SIZES.of(parameters)) {
                units.add(unit(
                        "permutation",
                        construction,
                        Assignments.NONE.with(ProblemParameters.INPUTS, size).with(ProblemParameters.MAX_ACTIVE, 1),
                        size,
                        parameters,
                        seed));
            }
        }
        for (String construction : TWO_AND_BY.of(parameters)) {
            for (int size : SIZES.of(parameters)) {
                units.add(unit(
                        "two-and",
                        construction,
                        Assignments.NONE.with(ProblemParameters.INPUTS, size),
                        size,
                        parameters,
                        seed));
            }
        }
        return units;
    }

    private static WorkUnit unit(
            String problem,
            String construction,
            Assignments assignments,
            int size,
            ParameterValues parameters,
            Seed seed) {
        return new SmallestWidth(
                problem + " by " + construction + ", m' = " + size,
                NetworkRecipe.split(
                        problem, construction, assignments, seed.child(problem).child(size)),
                parameters.get(TRIES),
                parameters.get(RESOLUTION),
                new SmallestWidth.Tolerance(parameters.get(ERROR), parameters.get(FAILING)));
    }
}
