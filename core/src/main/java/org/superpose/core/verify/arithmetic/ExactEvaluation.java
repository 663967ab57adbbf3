package org.superpose.core.verify.arithmetic;

import java.util.Arrays;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;

/** Evaluates an {@link ExactModel} from the sums of its first layer. Belongs to one thread. */
public final class ExactEvaluation {
    private final ExactModel model;
    /** The values of each layer: those of the empty input, between two evaluations. */
    private final int[][] values;

    private final int[][] changed;
    private final int[] changedCount;
    private final int[][] sums;
    /** The sums from which on a neuron changes: 1 each in a layer that is silent on the empty input; else null. */
    private final int[][] changeBounds;

    private final int[] touched;
    private final int[] found;
    private final FeatureSet resting;
    private final boolean[] isOnAtRest;
    private final boolean[] isTouched;

    /** With buffers of its own. */
    public ExactEvaluation(ExactModel model) {
        this.model = model;
        int layers = model.stages().size();
        this.values = new int[layers][];
        this.changed = new int[layers][];
        this.changedCount = new int[layers];
        this.sums = new int[layers][];
        this.changeBounds = new int[layers][];
        for (int t = 0; t < layers; t++) {
            ExactModel.Stage stage = model.stages().get(t);
            values[t] = stage.emptyValues().clone();
            changed[t] = new int[stage.rows()];
            sums[t] = new int[stage.rows()];
            if (stage.isSilentWhenEmpty()) {
                changeBounds[t] = new int[stage.rows()];
                Arrays.fill(changeBounds[t], 1);
            }
        }
        this.touched = new int[model.decoder().outputs()];
        this.found = new int[touched.length];
        this.isOnAtRest = new boolean[touched.length];
        this.resting = evaluateEmpty();
        this.isTouched = new boolean[model.decoder().outputs()];
    }

    /**
     * The outputs that are not as on the empty input.
     *
     * @param firstSums W_0 E x + b_0
     */
    public FeatureSet changes(int[] firstSums) {
        propagate(firstSums);
        int last = values.length - 1;
        int candidates = 0;
        for (int s = 0; s < changedCount[last]; s++) {
            int neuron = changed[last][s];
            for (int t = 0; t < model.outputsOfNeuron().load(neuron); t++) {
                int output = model.outputsOfNeuron().feature(neuron, t);
                if (!isTouched[output]) {
                    isTouched[output] = true;
                    touched[candidates++] = output;
                }
            }
        }
        int count = 0;
        for (int s = 0; s < candidates; s++) {
            isTouched[touched[s]] = false;
            if (isOn(touched[s]) != isOnAtRest[touched[s]]) {
                found[count++] = touched[s];
            }
        }
        restore();
        return FeatureSet.of(Arrays.copyOf(found, count));
    }

    /** The outputs that are on for the empty input. */
    public FeatureSet resting() {
        return resting;
    }

    private FeatureSet evaluateEmpty() {
        int count = 0;
        for (int i = 0; i < found.length; i++) {
            isOnAtRest[i] = isOn(i);
            if (isOnAtRest[i]) {
                found[count++] = i;
            }
        }
        return FeatureSet.ofSorted(found, count);
    }

    private void propagate(int[] firstSums) {
        rectify(model.first(), 0, firstSums);
        for (int t = 1; t < values.length; t++) {
            ExactModel.Stage stage = model.stages().get(t);
            if (changedCount[t - 1] == 0) {
                changedCount[t] = 0;
            } else if (stage.isDiagonal()) {
                propagateDiagonal(stage, t);
            } else {
                propagateMatrix(stage, t);
            }
        }
    }

    private void propagateDiagonal(ExactModel.Stage stage, int t) {
        int count = 0;
        for (int s = 0; s < changedCount[t - 1]; s++) {
            int e = changed[t - 1][s];
            int value = Math.max(0, stage.diagonal()[e] * values[t - 1][e] + stage.bias()[e]);
            if (value != stage.emptyValues()[e]) {
                values[t][e] = value;
                changed[t][count++] = e;
            }
        }
        changedCount[t] = count;
    }

    private void propagateMatrix(ExactModel.Stage stage, int t) {
        int[] own = sums[t];
        System.arraycopy(stage.emptySums(), 0, own, 0, own.length);
        int[] before = model.stages().get(t - 1).emptyValues();
        for (int s = 0; s < changedCount[t - 1]; s++) {
            int e = changed[t - 1][s];
            stage.columns().add(model.kernel(), e, values[t - 1][e] - before[e], own);
        }
        rectify(stage, t, own);
    }

    /** ReLU, and which neurons differ from the empty input. */
    private void rectify(ExactModel.Stage stage, int t, int[] own) {
        int count = 0;
        if (changeBounds[t] != null) {
            count = model.kernel().collectAtLeast(own, changeBounds[t], changed[t]);
            for (int s = 0; s < count; s++) {
                values[t][changed[t][s]] = own[changed[t][s]];
            }
        } else {
            for (int e = 0; e < own.length; e++) {
                int value = Math.max(0, own[e]);
                if (value != stage.emptyValues()[e]) {
                    values[t][e] = value;
                    changed[t][count++] = e;
                }
            }
        }
        changedCount[t] = count;
    }

    private void restore() {
        for (int t = 0; t < values.length; t++) {
            int[] empty = model.stages().get(t).emptyValues();
            for (int s = 0; s < changedCount[t]; s++) {
                values[t][changed[t][s]] = empty[changed[t][s]];
            }
        }
    }

    private boolean isOn(int output) {
        Decoder decoder = model.decoder();
        Codes codes = decoder.codes();
        int[] y = values[values.length - 1];
        float threshold = decoder.threshold(output);
        if (decoder.kind() == Decoder.Kind.EVERY_ROW) {
            for (int t = 0; t < codes.weight(output); t++) {
                if (y[codes.neuron(output, t)] < threshold) {
                    return false;
                }
            }
            return true;
        }
        int sum = 0;
        for (int t = 0; t < codes.weight(output); t++) {
            sum += y[codes.neuron(output, t)];
        }
        return sum >= threshold;
    }
}
