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
import org.superpose.runner.experiment.statistics.HubDependence;
import org.superpose.runner.experiment.statistics.InfluenceFigures;
import org.superpose.runner.experiment.statistics.ReadoutMargins;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * Mixed influence: each output reads one of a few hubs and one of many light inputs. Measures how much more the columns
 * of light inputs meet when they share a hub, which is where independence ends.
 */
@Reference(value = "Mixed influence", standing = Standing.RECONSTRUCTED)
public final class MixedInfluenceExperiment implements Experiment {
    private static final NumberList HUBS = NumberList.declare("hubs", "4,8,16,32", "the number of hubs of each row");
    private static final Parameter<Integer> OUTPUTS = ProblemParameters.OUTPUTS.withDefault(256);
    private static final Parameter<Integer> LIGHT = Parameter.whole(
                    "light-inputs", 1, ProblemParameters.MAX_FEATURES, "the number of inputs besides the hubs")
            .withDefault(128);
    private static final Parameter<Integer> WIDTH = SweepParameters.width("n, the same for all", 1600);
    private static final Parameter<Integer> TRIES = SweepParameters.tries(2);
    private static final Parameter<Integer> SAMPLES = SweepParameters.samples(2000);

    @Override
    public String id() {
        return "mixed-influence";
    }

    @Override
    public String title() {
        return "One heavy and one light input per output: the dependence between light inputs that share a heavy one";
    }

    @Override
    public String question() {
        return "How far do light inputs that share a heavy input depend on each other?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.DEPENDENCE);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(HUBS.parameter(), OUTPUTS, LIGHT, WIDTH, TRIES, SAMPLES);
    }

    @Override
    public List<String> columns() {
        return List.of(
                "heavy_inputs",
                InfluenceFigures.INFLUENCE,
                Measurement.OUTPUTS,
                Measurement.WIDTH,
                HubDependence.SHARING,
                HubDependence.SHARING_ERROR,
                HubDependence.SHARING_BALANCED,
                HubDependence.SHARING_PREDICTED,
                HubDependence.APART,
                HubDependence.APART_PREDICTED,
                ReadoutMargins.LEAST_ON,
                ReadoutMargins.LARGEST_OFF,
                ReadoutMargins.WRONG_SHARE,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        int samples = parameters.get(SAMPLES);
        List<WorkUnit> units = new ArrayList<>();
        for (int hubs : HUBS.of(parameters)) {
            for (int attempt = 0; attempt < parameters.get(TRIES); attempt++) {
                Seed own = seed.child("try").child(attempt);
                Seed statistics = own.child("statistics");
                units.add(new NetworkUnit(
                        hubs + " hubs, try " + (attempt + 1),
                        NetworkRecipe.split(
                                "two-and", "linear-mixed-influence-and", assignments(parameters, hubs), own),
                        AutoVerifier.ID,
                        List.of(
                                new InfluenceFigures(),
                                new HubDependence(samples, statistics),
                                new ReadoutMargins(samples, statistics))));
            }
        }
        return units;
    }

    /** The mixed profile, not the bipartite one, because it keeps the influences of the light inputs equal. */
    private static Assignments assignments(ParameterValues parameters, int hubs) {
        return Assignments.NONE
                .with(ProblemParameters.INPUTS, hubs + parameters.get(LIGHT))
                .with(ProblemParameters.OUTPUTS, parameters.get(OUTPUTS))
                .with(ProblemParameters.INFLUENCE, "mixed")
                .with(ProblemParameters.HEAVY_INPUTS, hubs)
                .with(ProblemParameters.HEAVY_LIGHT_SHARE, 1.0)
                .with(ProblemParameters.HEAVY_HEAVY_SHARE, 0.0)
                .with(WIDTH, parameters.get(WIDTH));
    }
}
