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
import org.superpose.runner.experiment.statistics.InfluenceFigures;
import org.superpose.runner.experiment.statistics.ReadoutMargins;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * The main upper bound, two-and of any influence profile, by linear decompression and by clipped channels: the same
 * outputs, six ways to spread them over the inputs.
 */
@Reference(value = "General two-and", standing = Standing.ATTESTED)
@Reference(value = "Figure 5: partition", standing = Standing.RECONSTRUCTED)
@Reference(value = "Very heavy inputs", standing = Standing.OURS)
public final class GeneralTwoAndExperiment implements Experiment {
    private static final Parameter<Integer> OUTPUTS = ProblemParameters.OUTPUTS.withDefault(256);
    private static final Parameter<Integer> HUBS = ProblemParameters.HUBS
            .withHelp("the number of hubs of influence bipartite")
            .withDefault(8);
    private static final Parameter<Integer> LINEAR_WIDTH = Parameter.whole(
                    "linear-width", 1, ConstructionParameters.MAX_WIDTH, "n of linear-two-and")
            .withDefault(2000);
    private static final Parameter<Integer> CLIPPED_WIDTH = Parameter.whole(
                    "clipped-width", 0, ConstructionParameters.MAX_WIDTH, "n of clipped-and; 0 leaves its rows out")
            .withDefault(220);
    private static final Parameter<Integer> SAMPLES = SweepParameters.samples(1000);

    @Override
    public String id() {
        return "general-two-and";
    }

    @Override
    public String title() {
        return "Two-and of every influence profile by linear decompression and by clipped channels";
    }

    @Override
    public String question() {
        return "Which influence profiles of two-and can be computed in superposition, by linear decompression and by clipped channels?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.LIMIT_BY_INFLUENCE, ReportPlot.COST);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(OUTPUTS, HUBS, LINEAR_WIDTH, CLIPPED_WIDTH, SAMPLES);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.fieldOf(ProblemParameters.INFLUENCE.name()),
                Measurement.CONSTRUCTION,
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                InfluenceFigures.INFLUENCE,
                Measurement.WIDTH,
                Measurement.SUPERPOSITION_RATIO,
                Measurement.KAPPA,
                Measurement.LIMIT_RATIO,
                ReadoutMargins.LEAST_ON,
                ReadoutMargins.LARGEST_OFF,
                Measurement.VERDICT,
                Measurement.INPUTS_COVERED,
                Measurement.SECONDS);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<WorkUnit> units = new ArrayList<>();
        addRows(units, "linear-two-and", parameters.get(LINEAR_WIDTH), parameters, seed);
        if (parameters.get(CLIPPED_WIDTH) > 0) {
            addRows(units, "clipped-and", parameters.get(CLIPPED_WIDTH), parameters, seed);
        }
        return units;
    }

    private static void addRows(
            List<WorkUnit> units, String construction, int width, ParameterValues parameters, Seed seed) {
        for (Assignments profile : profiles(parameters.get(OUTPUTS), parameters.get(HUBS))) {
            String influence = profile.find(ProblemParameters.INFLUENCE).orElseThrow();
            Seed own = seed.child(influence);
            units.add(new NetworkUnit(
                    influence + " by " + construction,
                    NetworkRecipe.split(
                            "two-and", construction, profile.with(ConstructionParameters.WIDTH, width), own),
                    AutoVerifier.ID,
                    List.of(
                            new InfluenceFigures(),
                            new ReadoutMargins(parameters.get(SAMPLES), own.child("statistics")))));
        }
    }

    /**
     * The parameters of an instance of each profile with the given number of outputs, or for complete the next below.
     */
    private static List<Assignments> profiles(int outputs, int hubs) {
        int allPairs = Math.max(2, (int) ((1 + Math.sqrt(1 + 8.0 * outputs)) / 2));
        int partners = Math.max(outputs / 2, (outputs + hubs - 1) / hubs);
        return List.of(
                profile("regular", outputs, outputs),
                profile("zipf", outputs, outputs),
                profile("star", outputs + 1, outputs),
                profile("bipartite", hubs + partners, outputs).with(HUBS, hubs),
                profile("complete", allPairs, allPairs * (allPairs - 1) / 2),
                profile("mixed", outputs, outputs));
    }

    private static Assignments profile(String influence, int inputs, int outputs) {
        return Assignments.NONE
                .with(ProblemParameters.INFLUENCE, influence)
                .with(ProblemParameters.INPUTS, inputs)
                .with(OUTPUTS, outputs);
    }
}
