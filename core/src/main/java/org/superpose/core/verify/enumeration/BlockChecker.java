package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.RestingState;
import org.superpose.core.verify.block.AffineStart;
import org.superpose.core.verify.block.BlockEvaluation;
import org.superpose.core.verify.block.BlockModel;
import org.superpose.core.verify.block.Readout;

/**
 * Judges inputs block by block through the matrix kernels, for networks in which many neurons fire. A block tells which
 * of its inputs are right in every float32 evaluation; the few others are left to a checker that looks at one input at
 * a time, so that what is found does not depend on how inputs were put into blocks.
 */
final class BlockChecker implements InputChecker {
    private final InputChecker others;
    private final RestingState map;
    private final ActiveGates gates;
    private final AffineStart start;
    private final Readout readout;
    private final Allowances allowances;
    private final BlockEvaluation evaluation;
    private final Kernel kernel;
    /** The sums of the first 0, 1, ..., v features of the current input. */
    private final float[][] sums;

    private final int[] block = new int[BlockEvaluation.INPUTS];
    /** The candidates for which an output may differ from the resting state. */
    private final long[] changing;
    /** Those that a block does not prove right. */
    private final long[] open;
    /** What the kernel raises on its way; of no interest here. */
    private final float[] most;

    /**
     * What an output at rest may come up to: it is right in every evaluation where sign x value + shift is below 0.
     *
     * @param signs 1 where it rests off, -1 where it rests on
     * @param shifts less its threshold, and the rounding bound
     */
    private record Allowances(float[] signs, float[] shifts, double[] bounds) {
        static Allowances of(BlockModel model, FeatureSet resting) {
            Readout readout = model.readout();
            float[] signs = new float[readout.outputs()];
            float[] shifts = new float[signs.length];
            double[] bounds = new double[signs.length];
            for (int i = 0; i < signs.length; i++) {
                boolean isOn = resting.contains(i);
                signs[i] = isOn ? -1 : 1;
                float threshold = isOn ? readout.on(i) : -readout.off(i);
                bounds[i] = model.bounds().of(i);
                if (bounds[i] > 0) {
                    shifts[i] = Math.nextUp((float) (threshold + bounds[i]));
                } else {
                    // Nothing rounds: a value at its threshold is right unless it has to be below it.
                    shifts[i] = readout.isRight(i, isOn, 0) ? Math.nextDown(threshold) : threshold;
                }
            }
            return new Allowances(signs, shifts, bounds);
        }
    }

    /** @param others is asked about the inputs that a block leaves open */
    BlockChecker(ProblemInstance instance, BlockModel model, Kernel kernel, InputChecker others) {
        this.others = others;
        this.map = RestingState.of(instance);
        this.gates = new ActiveGates(instance);
        this.start = model.start();
        this.readout = model.readout();
        this.allowances = Allowances.of(model, map.outputs());
        this.evaluation = new BlockEvaluation(model, kernel);
        this.kernel = kernel;
        this.sums = new float[instance.maxActive() + 1][];
        sums[0] = start.rest();
        for (int s = 1; s < sums.length; s++) {
            sums[s] = new float[start.width()];
        }
        this.changing = new long[Kernel.paddedWords(instance.inputs())];
        this.open = new long[changing.length];
        this.most = new float[readout.outputs()];
    }

    @Override
    public void push(int feature) {
        float[] before = sums[gates.size()];
        gates.push(feature);
        others.push(feature);
        float[] own = sums[gates.size()];
        float[] column = start.column(feature);
        for (int e = 0; e < own.length; e++) {
            own[e] = before[e] + column[e];
        }
    }

    @Override
    public void pop() {
        gates.pop();
        others.pop();
    }

    @Override
    public boolean isRight() {
        evaluation.put(0, sums[gates.size()]);
        FeatureSet changes = gates.allRest() ? FeatureSet.EMPTY : map.changes(gates.input());
        return isSurelyRight(changes, evaluation.values(1), 0) || others.isRight();
    }

    @Override
    public int firstWrong(long[] candidates) {
        float[] own = sums[gates.size()];
        Arrays.fill(changing, 0);
        gates.addCandidatesThatChange(candidates, changing);
        int filled = 0;
        for (int feature = Candidates.next(candidates, 0);
                feature >= 0;
                feature = Candidates.next(candidates, feature + 1)) {
            evaluation.put(filled, own, start.column(feature));
            block[filled++] = feature;
            if (filled == block.length) {
                int wrong = firstWrong(filled);
                if (wrong >= 0) {
                    return wrong;
                }
                filled = 0;
            }
        }
        return filled == 0 ? -1 : firstWrong(filled);
    }

    /** The first feature of the block with which the network is wrong, or -1. */
    private int firstWrong(int filled) {
        float[] values = evaluation.values(filled);
        boolean isAnyOpen = false;
        for (int b = 0; b < filled; b++) {
            int feature = block[b];
            boolean isChanging = (changing[feature / Long.SIZE] >>> feature & 1) != 0;
            FeatureSet changes = isChanging ? map.changes(gates.inputWith(feature)) : FeatureSet.EMPTY;
            if (!isSurelyRight(changes, values, b * most.length)) {
                open[feature / Long.SIZE] |= 1L << feature;
                isAnyOpen = true;
            }
        }
        if (!isAnyOpen) {
            return -1;
        }
        int wrong = others.firstWrong(open);
        Arrays.fill(open, 0);
        return wrong;
    }

    /** @param changes the outputs that should not be as at rest */
    private boolean isSurelyRight(FeatureSet changes, float[] values, int from) {
        for (int s = 0; s < changes.size(); s++) {
            int i = changes.get(s);
            boolean on = allowances.signs[i] > 0;
            double value = values[from + i];
            double margin = on ? value - readout.on(i) : readout.off(i) - value;
            double bound = allowances.bounds[i];
            if (!(bound > 0 ? margin > bound : readout.isRight(i, on, margin))) {
                return false;
            }
            // The pass over all outputs is to leave it out.
            values[from + i] = on ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        }
        return kernel.raise(most, allowances.signs, allowances.shifts, values, from) < 0;
    }

    @Override
    public long undecided() {
        return others.undecided();
    }

    @Override
    public FeatureSet takeUndecided() {
        return others.takeUndecided();
    }
}
