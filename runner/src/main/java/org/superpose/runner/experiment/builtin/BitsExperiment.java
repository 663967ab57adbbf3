package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.experiment.statistics.BitFigures;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * The bits of built networks: distinct values, bits as stored, entropy, and the share of them that tells the functions
 * of the class apart.
 */
@Reference(value = "Parameter bits", standing = Standing.RECONSTRUCTED)
public final class BitsExperiment implements Experiment {
    private static final Parameter<Integer> FEATURES = Parameter.whole(
                    "features", 4, ProblemParameters.MAX_FEATURES, "m = m' of every instance")
            .withDefault(256);
    private static final Parameter<Integer> LINEAR_WIDTH = Parameter.whole(
                    "linear-width",
                    0,
                    ConstructionParameters.MAX_WIDTH,
                    "n of the linear constructions; 0 leaves their rows out")
            .withDefault(640);
    private static final Parameter<Integer> CLIPPED_WIDTH = Parameter.whole(
                    "clipped-width",
                    0,
                    ConstructionParameters.MAX_WIDTH,
                    "n of the clipped constructions; 0 leaves their rows out")
            .withDefault(160);

    @Override
    public String id() {
        return "bits";
    }

    @Override
    public String title() {
        return "Bits of built networks: distinct values, bits as stored, entropy, and bit efficiency";
    }

    @Override
    public String question() {
        return "How many bits does a verified network store for each weight, and how many of them does its function need?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.WEIGHT_BITS, ReportPlot.LIMIT_RATIO);
    }

    @Override
    public String expectedDuration() {
        return "seconds";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(FEATURES, LINEAR_WIDTH, CLIPPED_WIDTH);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.PROBLEM,
                Measurement.CONSTRUCTION,
                Measurement.OUTPUTS,
                Measurement.WIDTH,
                BitFigures.PARAMETERS,
                BitFigures.DISTINCT_VALUES,
                BitFigures.BITS_PER_WEIGHT,
                BitFigures.INDEX_BITS,
                BitFigures.ENTROPY_BITS,
                Measurement.WEIGHT_BITS,
                Measurement.BIT_EFFICIENCY,
                BitFigures.ENTROPY_EFFICIENCY,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        Assignments inputs = Assignments.NONE.with(ProblemParameters.INPUTS, parameters.get(FEATURES));
        Assignments permutation = inputs.with(ProblemParameters.MAX_ACTIVE, 1);
        Assignments twoAnd = inputs.with(ProblemParameters.OUTPUTS, parameters.get(FEATURES));
        int linear = parameters.get(LINEAR_WIDTH);
        int clipped = parameters.get(CLIPPED_WIDTH);
        List<WorkUnit> units = new ArrayList<>();
        units.add(unit("permutation", "dedicated", permutation, seed));
        if (linear > 0) {
            units.add(unit(
                    "permutation", "linear-permutation", permutation.with(ConstructionParameters.WIDTH, linear), seed));
        }
        if (clipped > 0) {
            units.add(unit(
                    "permutation",
                    "clipped-permutation",
                    permutation.with(ConstructionParameters.WIDTH, clipped),
                    seed));
        }
        units.add(unit("two-and", "dedicated", twoAnd, seed));
        if (linear > 0) {
            units.add(unit("two-and", "linear-two-and", twoAnd.with(ConstructionParameters.WIDTH, linear), seed));
        }
        if (clipped > 0) {
            units.add(unit("two-and", "clipped-and", twoAnd.with(ConstructionParameters.WIDTH, clipped), seed));
        }
        return units;
    }

    private static WorkUnit unit(String problem, String construction, Assignments assignments, Seed seed) {
        return new NetworkUnit(
                problem + " by " + construction,
                NetworkRecipe.split(problem, construction, assignments, seed.child(problem)),
                AutoVerifier.ID,
                List.of(new BitFigures()));
    }
}
