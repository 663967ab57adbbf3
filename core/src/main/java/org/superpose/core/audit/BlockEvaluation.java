package org.superpose.core.audit;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.kernel.RowPanels;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * Evaluates a network in float32 on blocks of inputs, through the matrix kernels. Inputs are given as the sums of their
 * columns. Belongs to one thread; the {@link Form} is shared.
 */
final class BlockEvaluation {
    /** Inputs of a block: enough for the kernels, and few enough for the second-level cache. */
    static final int INPUTS = 256;

    private final Form form;
    private final Kernel kernel = Kernels.best();
    private final float[] sums;
    /** The states that are computed block by block; null where they are folded into the sums. */
    private final float[][] states;

    private final float[] values;

    /** A network in the form in which it is evaluated. Immutable. */
    static final class Form {
        private final AffineStart start;
        private final Readout readout;
        private final List<Step> steps = new ArrayList<>();
        private final boolean isFirstRectified;

        Form(SuperposedNetwork network, AffineStart start, Readout readout) {
            this.start = start;
            this.readout = readout;
            for (Layer layer :
                    network.layers().subList(start.layer() + 1, network.layers().size())) {
                steps.add(Step.of(layer));
            }
            this.isFirstRectified = network.layers().get(start.layer()).hasRelu();
        }
    }

    /**
     * One layer behind the folded ones.
     *
     * @param panels its weights, or null if they are diagonal
     * @param diagonal its weights, or null if they are not
     * @param skip the state that is added, or -1
     */
    private record Step(RowPanels panels, float[] diagonal, float[] bias, boolean hasRelu, int skip) {
        static Step of(Layer layer) {
            boolean isDiagonal = layer.weights() instanceof DiagonalMatrix;
            return new Step(
                    isDiagonal ? null : panels(layer),
                    isDiagonal ? ((DiagonalMatrix) layer.weights()).diagonal() : null,
                    layer.bias(),
                    layer.hasRelu(),
                    layer.skip().orElse(-1));
        }

        private static RowPanels panels(Layer layer) {
            float[] row = new float[layer.columns()];
            return RowPanels.of(layer.rows(), layer.columns(), r -> {
                for (int c = 0; c < row.length; c++) {
                    row[c] = layer.weights().get(r, c);
                }
                return row;
            });
        }

        int rows() {
            return bias.length;
        }
    }

    BlockEvaluation(Form form) {
        this.form = form;
        int first = form.start.layer() + 1;
        this.sums = new float[INPUTS * form.start.width()];
        this.states = new float[first + form.steps.size() + 1][];
        states[first] = new float[INPUTS * form.start.rows()];
        for (int t = 0; t < form.steps.size(); t++) {
            states[first + 1 + t] = new float[INPUTS * form.steps.get(t).rows()];
        }
        this.values = form.readout.isDirect() ? states[states.length - 1] : new float[INPUTS * form.readout.outputs()];
    }

    /** Puts the sums of an input and one more column in the place of an input of the block. */
    void put(int place, float[] base, float[] column) {
        int from = place * base.length;
        for (int e = 0; e < base.length; e++) {
            sums[from + e] = base[e] + column[e];
        }
    }

    /** Puts the sums of an input in the place of an input of the block. */
    void put(int place, float[] base) {
        System.arraycopy(base, 0, sums, place * base.length, base.length);
    }

    /**
     * Evaluates the first inputs of the block.
     *
     * @return the values of their outputs, those of an input side by side; a live array that may be written
     */
    float[] values(int inputs) {
        int first = form.start.layer() + 1;
        float[] state = states[first];
        int width = form.start.width();
        int rows = form.start.rows();
        for (int b = 0; b < inputs; b++) {
            System.arraycopy(sums, b * width, state, b * rows, rows);
        }
        if (form.isFirstRectified) {
            rectify(state, inputs * rows);
        }
        for (int t = 0; t < form.steps.size(); t++) {
            apply(form.steps.get(t), first + t, inputs);
        }
        if (!form.readout.isDirect()) {
            int outputs = form.readout.outputs();
            float[] last = states[states.length - 1];
            int entries = last.length / INPUTS;
            for (int b = 0; b < inputs; b++) {
                form.readout.read(last, b * entries, values, b * outputs);
            }
        }
        return values;
    }

    private void apply(Step step, int from, int inputs) {
        float[] x = states[from];
        float[] y = states[from + 1];
        int rows = step.rows();
        if (step.diagonal != null) {
            for (int b = 0; b < inputs; b++) {
                for (int r = 0; r < rows; r++) {
                    y[b * rows + r] = step.diagonal[r] * x[b * rows + r] + step.bias[r];
                }
            }
        } else if (step.hasRelu && step.skip < 0) {
            kernel.matrixBlockRelu(step.panels, step.bias, x, inputs, y);
            return;
        } else {
            kernel.matrixBlock(step.panels, step.bias, x, 0, inputs, y);
        }
        if (step.skip >= 0) {
            addSkipped(step.skip, rows, inputs, y);
        }
        if (step.hasRelu) {
            rectify(y, inputs * rows);
        }
    }

    private void addSkipped(int state, int rows, int inputs, float[] y) {
        boolean isFolded = state <= form.start.layer();
        float[] from = isFolded ? sums : states[state];
        int stride = isFolded ? form.start.width() : rows;
        int offset = isFolded ? form.start.offset(state) : 0;
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
