package org.superpose.core.verify.arithmetic;

import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.SuperposedNetwork;

/**
 * Judges one block of a network on states of zeros and ones, each neuron of the state being an input of its own.
 * Exactly where float32 is exact on the block, else by margins beyond the rounding bound. Belongs to one thread.
 */
public abstract class BlockJudge {
    private BlockJudge() {}

    /**
     * Judges one state.
     *
     * @param neurons those that are 1
     * @param expected the outputs of the block that should be on
     */
    public abstract Judgement judge(FeatureSet neurons, FeatureSet expected);

    /**
     * The judge of a block.
     *
     * @param block a network whose inputs are the neurons of the state; any number of them may be 1
     * @return empty if its sums may overflow, for which no rounding bound holds
     */
    public static Optional<BlockJudge> of(SuperposedNetwork block, Kernel kernel) {
        Exactness exactness = Exactness.of(block, block.inputs());
        if (exactness.isExact()) {
            return Optional.of(new Exact(new ExactModel(exactness.inWholeNumbers(block), kernel, 0)));
        }
        if (RoundedModel.mayOverflow(exactness)) {
            return Optional.empty();
        }
        return Optional.of(new Rounded(new RoundedModel(block, block.inputs(), 0)));
    }

    /** In whole numbers. */
    private static final class Exact extends BlockJudge {
        private final ExactModel model;
        private final ExactEvaluation evaluation;
        private final FeatureSet emptyOutputs;
        private final int[] sums;

        Exact(ExactModel model) {
            this.model = model;
            this.evaluation = new ExactEvaluation(model);
            this.emptyOutputs = evaluation.resting();
            this.sums = new int[model.first().rows()];
        }

        @Override
        public Judgement judge(FeatureSet neurons, FeatureSet expected) {
            FeatureSet got = emptyOutputs;
            if (!neurons.isEmpty()) {
                if (!emptyOutputs.isEmpty()) {
                    return Judgement.UNDECIDED; // differences are taken from a silent block
                }
                System.arraycopy(model.first().bias(), 0, sums, 0, sums.length);
                for (int s = 0; s < neurons.size(); s++) {
                    model.addFeature(neurons.get(s), sums);
                }
                got = evaluation.changes(sums, neurons);
            }
            return got.equals(expected) ? Judgement.RIGHT : Judgement.WRONG;
        }
    }

    /** With margins. */
    private static final class Rounded extends BlockJudge {
        private final RoundedEvaluation evaluation;
        private final int[] rows;

        Rounded(RoundedModel model) {
            this.evaluation = new RoundedEvaluation(model);
            this.rows = IntStream.range(0, model.firstBias().length).toArray();
        }

        @Override
        public Judgement judge(FeatureSet neurons, FeatureSet expected) {
            return evaluation.judge(neurons, rows, rows.length, expected);
        }
    }
}
