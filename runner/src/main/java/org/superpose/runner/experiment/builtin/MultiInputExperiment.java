package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.experiment.statistics.ReadoutMargins;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/** AND of r inputs on the same instances, directly by channels of threshold r and by a tree of two-input blocks. */
@Reference(
        value = {"Multiple inputs", "Lower bound: multiple inputs"},
        standing = Standing.RECONSTRUCTED)
public final class MultiInputExperiment implements Experiment {
    private static final NumberList FAN_INS = NumberList.declare("fan-ins", "2,3,4", "r of each row");
    private static final Parameter<Integer> INPUTS = ProblemParameters.INPUTS.withDefault(16);
    private static final Parameter<Integer> OUTPUTS = ProblemParameters.OUTPUTS.withDefault(16);
    private static final NameList CONSTRUCTIONS = NameList.declare(
            "constructions", "linear-k-and,k-and-tree,clipped-and", "the constructions that are compared");
    private static final Parameter<Integer> WIDTH = SweepParameters.width("n, the same for all", 1000);
    private static final Parameter<Integer> SAMPLES = SweepParameters.samples(1000);

    @Override
    public String id() {
        return "multi-input";
    }

    @Override
    public String title() {
        return "AND of r inputs, directly and by a tree of two-input blocks";
    }

    @Override
    public String question() {
        return "Is the AND of r inputs cheaper directly or by a tree of two-input blocks?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.LIMIT_BY_FAN_IN, ReportPlot.COST);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(FAN_INS.parameter(), INPUTS, OUTPUTS, CONSTRUCTIONS.parameter(), WIDTH, SAMPLES);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.FAN_IN,
                Measurement.CONSTRUCTION,
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                Measurement.MAX_ACTIVE,
                Measurement.WIDTH,
                Measurement.LAYERS,
                Measurement.LIMIT_RATIO,
                ReadoutMargins.LEAST_ON,
                ReadoutMargins.LARGEST_OFF,
                Measurement.VERDICT,
                Measurement.METHOD,
                Measurement.INPUTS_COVERED,
                Measurement.SECONDS);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<WorkUnit> units = new ArrayList<>();
        for (int fanIn : FAN_INS.of(parameters)) {
            Seed own = seed.child(fanIn);
            Assignments assignments = Assignments.NONE
                    .with(INPUTS, parameters.get(INPUTS))
                    .with(OUTPUTS, parameters.get(OUTPUTS))
                    .with(ProblemParameters.FAN_IN, fanIn)
                    .with(WIDTH, parameters.get(WIDTH));
            for (String construction : CONSTRUCTIONS.of(parameters)) {
                units.add(new NetworkUnit(
                        "r = " + fanIn + " by " + construction,
                        NetworkRecipe.split("k-and", construction, assignments, own),
                        AutoVerifier.ID,
                        List.of(new ReadoutMargins(parameters.get(SAMPLES), own.child("statistics")))));
            }
        }
        return units;
    }
}
