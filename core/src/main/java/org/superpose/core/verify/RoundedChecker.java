package org.superpose.core.verify;

import java.util.Arrays;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.problem.ProblemInstance;

/**
 * Judges inputs of networks whose float32 arithmetic rounds: a decision counts only when its margin exceeds the rounding bound.
 *
 * <p>The float kernel finds the few first-layer neurons that an input may activate; where there is none, the rest of the network is that of a
 * silent first layer, judged once.
 */
final class RoundedChecker implements InputChecker {
    private final ProblemInstance instance;
    private final RoundedModel model;
    private final Kernel kernel;
    private final ActiveGates gates;
    private final RoundedEvaluation evaluation;
    private final float[][] sums;
    private final float[] zeros;
    private final float[] scratch;
    private final int[] rows;
    private final long[] interesting;
    /** Whether a silent first layer surely turns no output on. */
    private final boolean silenceIsOff;

    private long undecided;
    private FeatureSet firstUndecided;

    RoundedChecker(ProblemInstance instance, RoundedModel model, Kernel kernel) {
        this.instance = instance;
        this.model = model;
        this.kernel = kernel;
        this.gates = new ActiveGates(instance);
        this.evaluation = new RoundedEvaluation(model);
        float[] bias = model.stages().get(0).bias();
        this.sums = new float[instance.maxActive() + 1][bias.length];
        this.sums[0] = bias;
        this.zeros = new float[bias.length];
        this.scratch = new float[bias.length];
        this.rows = new int[bias.length];
        this.interesting = new long[DomainSweep.paddedWords(instance.inputs())];
        this.silenceIsOff =
                evaluation.judge(FeatureSet.EMPTY, rows, 0, FeatureSet.EMPTY) == RoundedEvaluation.Judgement.RIGHT;
    }

    @Override
    public void push(int feature) {
        gates.push(feature);
        float[] before = sums[gates.size() - 1];
        float[] own = sums[gates.size()];
        float[] column = model.featureColumn(feature, scratch);
        for (int e = 0; e < own.length; e++) {
            own[e] = before[e] + column[e];
        }
    }

    @Override
    public void pop() {
        gates.pop();
    }

    @Override
    public boolean isRight() {
        int count = kernel.collectSumsAbove(sums[gates.size()], zeros, model.silenceBound(), rows);
        return isRight(gates.input(), count);
    }

    private boolean isRight(FeatureSet input, int count) {
        switch (evaluation.judge(input, rows, count, instance.evaluate(input))) {
            case WRONG -> {
                return false;
            }
            case UNDECIDED -> {
                undecided++;
                firstUndecided = firstUndecided == null ? input : firstUndecided;
            }
            case RIGHT -> {}
        }
        return true;
    }

    @Override
    public int firstWrong(long[] candidates) {
        Arrays.fill(interesting, 0);
        gates.addCandidatesThatTurnOn(candidates, interesting);
        float[] own = sums[gates.size()];
        for (int w = 0; w < candidates.length; w++) {
            for (long word = candidates[w]; word != 0; word &= word - 1) {
                int feature = w * Long.SIZE + Long.numberOfTrailingZeros(word);
                float[] column = model.featureColumn(feature, scratch);
                int count = kernel.collectSumsAbove(own, column, model.silenceBound(), rows);
                boolean quiet = count == 0 && silenceIsOff && (interesting[w] >>> feature & 1) == 0;
                if (!quiet && !isRight(gates.inputWith(feature), count)) {
                    return feature;
                }
            }
        }
        return -1;
    }

    @Override
    public long undecided() {
        return undecided;
    }

    @Override
    public FeatureSet takeUndecided() {
        FeatureSet taken = firstUndecided;
        firstUndecided = null;
        return taken;
    }
}
