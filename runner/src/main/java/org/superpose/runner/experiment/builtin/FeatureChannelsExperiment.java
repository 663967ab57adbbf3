package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.NetworkStatistic;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.experiment.statistics.ChannelFigures;
import org.superpose.runner.experiment.statistics.WrongInputs;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * Feature channels in networks for disjunctions of clauses, of the sizes of Adler, Alistarh and Shavit, Towards
 * Combinatorial Interpretability of Neural Computation (arXiv 2504.08842): clauses of four of 32 variables, four to six
 * of them active. Every network is held against all of its 1,143,528 inputs, and its channels are read out of its
 * weights.
 */
@Reference(value = "Trained networks", standing = Standing.OURS)
public final class FeatureChannelsExperiment implements Experiment {
    /** The clauses of all outputs. */
    static final String ALL_CLAUSES = "all_clauses";

    /** The clauses over the neurons. */
    static final String CLAUSES_PER_NEURON = "clauses_per_neuron";

    /** The accuracy on random inputs that the paper reports for this shape on 32 neurons, where it does. */
    static final String PAPER_ACCURACY = "paper_accuracy";

    private static final String DEDICATED = "dedicated";
    /** Takes clauses, but no disjunctions of them. */
    private static final String READOUT = "threshold-readout";

    private static final Map<String, Double> PAPER = Map.of("2x8", 0.9730, "3x8", 0.9505);

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,3})x([1-9][0-9]?)");

    private static final Parameter<String> SHAPES = Parameter.text(
                    "shapes", "outputs x clauses", "outputs and clauses of each, separated by commas")
            .withDefault("64x1,2x8,3x8");
    private static final NameList CONSTRUCTIONS = NameList.declare(
            "constructions", "threshold-readout,trained-and,dedicated", "the constructions that are compared");
    private static final Parameter<Integer> INPUTS = ProblemParameters.INPUTS.withDefault(32);
    private static final Parameter<Integer> LITERALS =
            Parameter.whole("literals", 1, 16, "the literals of each clause").withDefault(4);
    private static final Parameter<Integer> MIN_ACTIVE = Parameter.whole(
                    "min-active", 0, 64, "u, the smallest number of active inputs")
            .withDefault(4);
    private static final Parameter<Integer> MAX_ACTIVE = Parameter.whole(
                    "max-active", 1, 64, "v, the largest number of active inputs")
            .withDefault(6);
    private static final Parameter<Integer> WIDTH = SweepParameters.width(
            "n of all constructions but " + DEDICATED + " and " + READOUT + ", which choose their own", 32);

    /** The sizes of a map, by its text. */
    private record Shape(String text, int outputs, int clauses) {
        static Shape of(String text) {
            Matcher matcher = SHAPE.matcher(text);
            if (!matcher.matches()) {
                throw new InvalidInputException("shapes has the entry \"" + text
                        + "\", which is not the number of outputs, x and the number of clauses of each, as in 2x8");
            }
            return new Shape(text, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
    }

    @Override
    public String id() {
        return "feature-channels";
    }

    @Override
    public String title() {
        return "Disjunctions of clauses with more clauses than neurons, and their channels read out of the weights";
    }

    @Override
    public String question() {
        return "Are channels found in the weights when there are more clauses than neurons?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.CHANNELS);
    }

    @Override
    public String expectedDuration() {
        return "minutes on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(SHAPES, CONSTRUCTIONS.parameter(), INPUTS, LITERALS, MIN_ACTIVE, MAX_ACTIVE, WIDTH);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.CONSTRUCTION,
                Measurement.OUTPUTS,
                ALL_CLAUSES,
                Measurement.WIDTH,
                CLAUSES_PER_NEURON,
                Measurement.VERDICT,
                WrongInputs.WRONG,
                WrongInputs.ACCURACY,
                PAPER_ACCURACY,
                ChannelFigures.PRECISION,
                ChannelFigures.RECALL,
                ChannelFigures.SCORE,
                ChannelFigures.CHANCE,
                ChannelFigures.ROW_PRECISION,
                ChannelFigures.ROW_RECALL,
                Measurement.SECONDS);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<WorkUnit> units = new ArrayList<>();
        for (String text : parameters.get(SHAPES).split(",")) {
            Shape shape = Shape.of(text.strip());
            Seed own = seed.child(shape.text());
            Assignments map = Assignments.NONE
                    .with(INPUTS, parameters.get(INPUTS))
                    .with(ProblemParameters.OUTPUTS, shape.outputs())
                    .with("clauses", Integer.toString(shape.clauses()))
                    .with(LITERALS, parameters.get(LITERALS))
                    .with("negated", "0")
                    .with(MIN_ACTIVE, parameters.get(MIN_ACTIVE))
                    .with(MAX_ACTIVE, parameters.get(MAX_ACTIVE));
            for (String construction : CONSTRUCTIONS.of(parameters)) {
                if (construction.equals(READOUT) && shape.clauses() > 1) {
                    continue;
                }
                units.add(new NetworkUnit(
                        shape.text() + " by " + construction,
                        NetworkRecipe.split("dnf", construction, settings(construction, map, parameters), own),
                        AutoVerifier.ID,
                        List.of(
                                new Clauses(shape.text(), shape.outputs() * shape.clauses()),
                                new WrongInputs(),
                                new ChannelFigures(Math.max(16, 2 * shape.clauses()), own.child("statistics")))));
            }
        }
        return units;
    }

    private static Assignments settings(String construction, Assignments map, ParameterValues parameters) {
        if (construction.equals(DEDICATED) || construction.equals(READOUT)) {
            return map;
        }
        Assignments sized = map.with(ConstructionParameters.WIDTH, parameters.get(WIDTH));
        return construction.startsWith("trained-and") ? sized.with("embedding", "trained") : sized;
    }

    /**
     * The clauses of a network beside its neurons.
     *
     * @param shape as in the parameter
     * @param clauses of all outputs
     */
    private record Clauses(String shape, int clauses) implements NetworkStatistic {
        @Override
        public Map<String, Object> measure(BuiltNetwork built) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(ALL_CLAUSES, clauses);
            fields.put(CLAUSES_PER_NEURON, clauses / (double) built.network().width());
            boolean isPapers = built.network().width() == 32
                    && built.instance().inputs() == 32
                    && built.instance().domain().minActive() == 4
                    && built.instance().maxActive() == 6;
            fields.put(PAPER_ACCURACY, isPapers ? PAPER.get(shape) : null);
            return fields;
        }
    }
}
