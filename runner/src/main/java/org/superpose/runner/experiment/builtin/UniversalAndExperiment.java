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
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.experiment.statistics.PairReadouts;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * Other people's universal AND networks, and their targeted AND on the same graph: how far the readouts of all pairs
 * stray when s features are active, beside the formulas of theory.md, section 5a. Every row is for the pairs of which
 * 2, 1 or none of the inputs are active; the verdict is that of the network, for at most s active features.
 */
@Reference(value = "Random universal AND", standing = Standing.ATTESTED, source = "arXiv 2408.05451")
@Reference(value = "Dense universal AND", standing = Standing.ATTESTED, source = "arXiv 2507.09816")
@Reference(
        value = "Targeted AND",
        standing = Standing.ATTESTED,
        source = "arXiv 2408.05451 and its authors' post of 2024; the formulas of its error are ours")
public final class UniversalAndExperiment implements Experiment {
    /** The number of active inputs of each pair of this row. */
    static final String OF_PAIR = "active_of_pair";

    /** The number of sampled readouts. */
    static final String READOUTS = "readouts";

    /** The mean of the readouts, 1 for an active pair but for the bias. */
    static final String MEAN = "readout_mean";

    /** Its expectation over the draw of the layer. */
    static final String MEAN_PREDICTED = "readout_mean_predicted";

    /** The standard deviation of the readouts: their error. */
    static final String DEVIATION = "readout_deviation";

    /** Its exact value over the draw of the layer. */
    static final String DEVIATION_PREDICTED = "readout_deviation_predicted";

    /** Its leading order as the authors give it; null where they give none. */
    static final String DEVIATION_QUOTED = "readout_deviation_quoted";

    /** The share of the readouts on the wrong side of the threshold. */
    static final String WRONG_READOUTS = "wrong_readouts";

    private static final NameList CONSTRUCTIONS = NameList.declare(
            "constructions",
            "universal-and-bernoulli,universal-and-rademacher,universal-and-dense,targeted-and",
            "the networks that are compared");
    private static final NumberList ACTIVE =
            NumberList.declare("active", "2,3,4,6", "s, the features that are active, and v of the network");
    private static final Parameter<Integer> INPUTS = ProblemParameters.INPUTS.withDefault(20);
    private static final Parameter<String> INFLUENCE =
            ProblemParameters.INFLUENCE.withDefault("complete").withHelp("the graph whose edges are the pairs");
    private static final Parameter<Integer> WIDTH = SweepParameters.width("n, the same for all", 3000);
    private static final Parameter<Integer> SAMPLES = SweepParameters.samples(500);

    @Override
    public String id() {
        return "universal-and";
    }

    @Override
    public String title() {
        return "Other people's universal AND networks: the error of their readouts beside the formulas";
    }

    @Override
    public String question() {
        return "Do the readouts of universal AND networks stray as the formulas say when s features are active?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.READOUT_DEVIATION);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(CONSTRUCTIONS.parameter(), ACTIVE.parameter(), INPUTS, INFLUENCE, WIDTH, SAMPLES);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.CONSTRUCTION,
                Measurement.INPUTS,
                Measurement.WIDTH,
                Measurement.MAX_ACTIVE,
                OF_PAIR,
                READOUTS,
                MEAN,
                MEAN_PREDICTED,
                DEVIATION,
                DEVIATION_PREDICTED,
                DEVIATION_QUOTED,
                WRONG_READOUTS,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<WorkUnit> units = new ArrayList<>();
        for (String construction : CONSTRUCTIONS.of(parameters)) {
            for (int active : ACTIVE.of(parameters)) {
                Assignments assignments = Assignments.NONE
                        .with(INPUTS, parameters.get(INPUTS))
                        .with(ProblemParameters.MAX_ACTIVE, active)
                        .with(INFLUENCE, parameters.get(INFLUENCE))
                        .with(WIDTH, parameters.get(WIDTH));
                units.add(new Readouts(
                        active,
                        NetworkRecipe.split("two-and", construction, assignments, seed.child(active)),
                        parameters.get(SAMPLES),
                        seed.child(active).child("statistics")));
            }
        }
        return units;
    }

    /** One network; one row for each number of active inputs of the pairs. */
    private record Readouts(int active, NetworkRecipe recipe, int samples, Seed seed) implements WorkUnit {
        @Override
        public String label() {
            return recipe.construction() + ", s = " + active;
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            Workbench.Outcome outcome = workbench.buildAndVerify(recipe, AutoVerifier.ID, budget);
            return PairReadouts.measure(outcome.built(), samples, seed).stream()
                    .map(readouts -> outcome.measurement()
                            .with(OF_PAIR, readouts.ofPair())
                            .with(READOUTS, readouts.readouts())
                            .with(MEAN, readouts.mean())
                            .with(MEAN_PREDICTED, readouts.meanPredicted())
                            .with(DEVIATION, readouts.deviation())
                            .with(DEVIATION_PREDICTED, readouts.deviationPredicted())
                            .with(DEVIATION_QUOTED, readouts.deviationQuoted())
                            .with(WRONG_READOUTS, readouts.wrongShare()))
                    .toList();
        }
    }
}
