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
import org.superpose.runner.experiment.statistics.BlockNoise;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * Multi-layer: chains of blocks of growing depth, each reading what the one before wrote. Each block pushes its values
 * back to {0, 1}, so the noise of the last block has to be that of the first.
 */
@Reference(
        value = {"Multiple layers", "Lower bound: multiple layers"},
        standing = Standing.RECONSTRUCTED)
public final class MultiLayerExperiment implements Experiment {
    /** The number of blocks of the network. */
    static final String DEPTH = "depth";

    /** The block of this row, 1 for the one that reads y_0. */
    static final String BLOCK = "block_number";

    /** The standard deviation of the sums of silent rows, in units of one signal. */
    static final String NOISE = "block_noise";

    /** sqrt(v R / n); null for blocks with a hidden layer. */
    static final String PREDICTED = "block_noise_predicted";

    /** The distance of the values that the block writes from {0, 1}, root mean square. */
    static final String DEVIATION = "deviation";

    /** The largest such distance. */
    static final String LARGEST_DEVIATION = "largest_deviation";

    private static final NumberList DEPTHS = NumberList.declare("depths", "1,2,4,8,16", "the numbers of layers");
    private static final Parameter<String> MAP = Parameter.text(
                    "map", "one map as in parameter layers of problem layered", "the map that every layer draws anew")
            .withDefault("permutation");
    private static final Parameter<Integer> INPUTS = ProblemParameters.INPUTS.withDefault(64);
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.withDefault(2);
    private static final Parameter<Integer> WIDTH = SweepParameters.width("n of all layers", 400);
    private static final Parameter<Integer> SAMPLES = SweepParameters.samples(200);

    @Override
    public String id() {
        return "multi-layer";
    }

    @Override
    public String title() {
        return "Chains of 1 to 16 blocks: the noise of each block, which must not grow with depth";
    }

    @Override
    public String question() {
        return "Does the noise stay the same from block to block, however deep the network is?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.BLOCK_NOISE);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(DEPTHS.parameter(), MAP, INPUTS, MAX_ACTIVE, WIDTH, SAMPLES);
    }

    @Override
    public List<String> columns() {
        return List.of(
                DEPTH,
                BLOCK,
                Measurement.INPUTS,
                Measurement.MAX_ACTIVE,
                Measurement.WIDTH,
                NOISE,
                PREDICTED,
                DEVIATION,
                LARGEST_DEVIATION,
                Measurement.VERDICT,
                Measurement.INPUTS_COVERED);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<WorkUnit> units = new ArrayList<>();
        for (int depth : DEPTHS.of(parameters)) {
            Assignments assignments = Assignments.NONE
                    .with(INPUTS, parameters.get(INPUTS))
                    .with(MAX_ACTIVE, parameters.get(MAX_ACTIVE))
                    .with(ProblemParameters.LAYERS, depth + "*" + parameters.get(MAP))
                    .with(WIDTH, parameters.get(WIDTH));
            units.add(new Chain(
                    depth,
                    NetworkRecipe.split("layered", "layered", assignments, seed.child(depth)),
                    parameters.get(SAMPLES),
                    seed.child(depth).child("statistics")));
        }
        return units;
    }

    /** One network; one row per block. */
    private record Chain(int depth, NetworkRecipe recipe, int samples, Seed seed) implements WorkUnit {
        @Override
        public String label() {
            return "depth " + depth;
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            Workbench.Outcome outcome = workbench.buildAndVerify(recipe, AutoVerifier.ID, budget);
            return BlockNoise.measure(outcome.built(), samples, seed).stream()
                    .map(block -> outcome.measurement()
                            .with(DEPTH, depth)
                            .with(BLOCK, block.block())
                            .with(NOISE, block.noise())
                            .with(PREDICTED, block.predicted())
                            .with(DEVIATION, block.deviation())
                            .with(LARGEST_DEVIATION, block.largestDeviation()))
                    .toList();
        }
    }
}
