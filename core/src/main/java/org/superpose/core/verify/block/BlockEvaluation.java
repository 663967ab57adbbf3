package org.superpose.core.verify.block;

import org.superpose.core.kernel.Kernel;

/**
 * Evaluates a network in float32 on blocks of inputs, through the matrix kernels. Inputs are given as the sums of their
 * columns. Belongs to one thread; the {@link BlockModel} is shared.
 */
public final class BlockEvaluation {
    /** Inputs of a block: enough for the kernels, and few enough for the second-level cache. */
    public static final int INPUTS = 256;

    private final BlockModel model;
    private final Kernel kernel;
    private final float[] sums;
    /** The states that are computed block by block; null where they are folded into the sums. */
    private final float[][] states;

    private final float[] values;

    /** With buffers of its own. */
    public BlockEvaluation(BlockModel model, Kernel kernel) {
        this.model = model;
        this.kernel = kernel;
        int first = model.start().layer() + 1;
        this.sums = new float[INPUTS * model.start().width()];
        this.states = new float[first + model.steps().size() + 1][];
        states[first] = new float[INPUTS * model.start().rows()];
        for (int t = 0; t < model.steps().size(); t++) {
            states[first + 1 + t] = new float[INPUTS * model.steps().get(t).rows()];
        }
        this.values = model.readout().isDirect()
                ? states[states.length - 1]
                : new float[INPUTS * model.readout().outputs()];
    }

    /** Puts the sums of an input and one more column in the place of an input of the block. */
    public void put(int place, float[] base, float[] column) {
        int from = place * base.length;
        for (int e = 0; e < base.length; e++) {
            sums[from + e] = base[e] + column[e];
        }
    }

    /** Puts the sums of an input in the place of an input of the block. */
    public void put(int place, float[] base) {
        System.arraycopy(base, 0, sums, place * base.length, base.length);
    }

    /**
     * Evaluates the first inputs of the block.
     *
     * @return the values of their outputs, those of an input side by side; a live array that may be written
     */
    public float[] values(int inputs) {
        int first = model.start().layer() + 1;
        float[] state = states[first];
        int width = model.start().width();
        int rows = model.start().rows();
        for (int b = 0; b < inputs; b++) {
            System.arraycopy(sums, b * width, state, b * rows, rows);
        }
        if (model.isFirstRectified()) {
            rectify(state, inputs * rows);
        }
        for (int t = 0; t < model.steps().size(); t++) {
            apply(model.steps().get(t), first + t, inputs);
        }
        if (!model.readout().isDirect()) {
            int outputs = model.readout().outputs();
            float[] last = states[states.length - 1];
            int entries = last.length / INPUTS;
            for (int b = 0; b < inputs; b++) {
                model.readout().read(last, b * entries, values, b * outputs);
            }
        }
        return values;
    }

    private void apply(BlockModel.Step step, int from, int inputs) {
        float[] x = states[from];
        float[] y = states[from + 1];
        int rows = step.rows();
        if (step.diagonal() != null) {
            for (int b = 0; b < inputs; b++) {
                for (int r = 0; r < rows; r++) {
                    y[b * rows + r] = step.diagonal()[r] * x[b * rows + r] + step.bias()[r];
                }
            }
        } else if (step.hasRelu() && step.skip() < 0) {
            kernel.matrixBlockRelu(step.panels(), step.bias(), x, inputs, y);
            return;
        } else {
            kernel.matrixBlock(step.panels(), step.bias(), x, 0, inputs, y);
        }
        if (step.skip() >= 0) {
            addSkipped(step.skip(), rows, inputs, y);
        }
        if (step.hasRelu()) {
            rectify(y, inputs * rows);
        }
    }

    private void addSkipped(int state, int rows, int inputs, float[] y) {
        boolean isFolded = state <= model.start().layer();
        float[] from = isFolded ? sums : states[state];
        int stride = isFolded ? model.start().width() : rows;
        int offset = isFolded ? model.start().offset(state) : 0;
        for (int b = 0; b < inputs; b++) {
            for (int r = 0; r < rows; r++) {
                y[b * rows + r] += from[b * stride + offset + r];
            }
        }
    }

    private static void rectify(float[] values, int count) {
        for (int e = 0; e < count; e++) {
            values[e] = Math.max(0, values[e]);
        }
    }
}
