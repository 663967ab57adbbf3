package org.superpose.core.verify.arithmetic;

import java.util.Arrays;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.OutputState;
import org.superpose.core.network.Reading;

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
    /** y_0, zero between two evaluations; null where no layer behind the first adds it. */
    private final int[] input;

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
        this.input = model.skipsInput() ? new int[model.inputCodes().neurons()] : null;
        this.touched = new int[model.decoder().outputs()];
        this.found = new int[touched.length];
        this.isOnAtRest = new boolean[touched.length];
        this.resting = evaluateEmpty();
        this.isTouched = new boolean[model.decoder().outputs()];
    }

    /**
     * The outputs that are not as on the empty input. Not for read-outs with two thresholds, where an output that is
     * not on need not be off.
     *
     * @param firstSums W_0 E x + b_0, and y_0 where the first layer adds it
     * @param active x
     */
    public FeatureSet changes(int[] firstSums, FeatureSet active) {
        propagate(firstSums, active);
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

    /**
     * What the decoder reads: for any decoder, in the time of all outputs.
     *
     * @param firstSums W_0 E x + b_0, and y_0 where the first layer adds it
     * @param active x
     */
    public Reading read(int[] firstSums, FeatureSet active) {
        propagate(firstSums, active);
        int[] between = new int[found.length];
        int on = 0;
        int undecided = 0;
        for (int i = 0; i < found.length; i++) {
            OutputState state = stateOf(i);
            if (state == OutputState.ON) {
                found[on++] = i;
            } else if (state == OutputState.BETWEEN) {
                between[undecided++] = i;
            }
        }
        restore();
        return new Reading(FeatureSet.ofSorted(found, on), FeatureSet.ofSorted(between, undecided));
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

    private void propagate(int[] firstSums, FeatureSet active) {
        rectify(model.first(), 0, firstSums);
        addInput(active, 1);
        for (int t = 1; t < values.length; t++) {
            ExactModel.Stage stage = model.stages().get(t);
            if (stage.isPlain() && changedCount[t - 1] == 0) {
                changedCount[t] = 0;
            } else if (stage.isPlain() && stage.isDiagonal()) {
                propagateDiagonal(stage, t);
            } else {
                propagateAll(stage, t);
            }
        }
        addInput(active, -1);
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

    /** All sums of a layer of any kind. */
    private void propagateAll(ExactModel.Stage stage, int t) {
        int[] own = sums[t];
        System.arraycopy(stage.emptySums(), 0, own, 0, own.length);
        addChanges(stage, t, own);
        if (stage.skip().isPresent()) {
            addSkipped(stage.skip().getAsInt(), own);
        }
        rectify(stage, t, own);
    }

    private void addChanges(ExactModel.Stage stage, int t, int[] own) {
        int[] before = model.stages().get(t - 1).emptyValues();
        for (int s = 0; s < changedCount[t - 1]; s++) {
            int e = changed[t - 1][s];
            int difference = values[t - 1][e] - before[e];
            if (stage.isDiagonal()) {
                own[e] += stage.diagonal()[e] * difference;
            } else {
                stage.columns().add(model.kernel(), e, difference, own);
            }
        }
    }

    /** Adds what a state differs by from that on the empty input. */
    private void addSkipped(int state, int[] own) {
        if (state == 0) {
            for (int e = 0; e < own.length; e++) {
                own[e] += input[e];
            }
            return;
        }
        int[] empty = model.stages().get(state - 1).emptyValues();
        for (int s = 0; s < changedCount[state - 1]; s++) {
            int e = changed[state - 1][s];
            own[e] += values[state - 1][e] - empty[e];
        }
    }

    /** Adds a multiple of y_0 to {@link #input}. */
    private void addInput(FeatureSet active, int factor) {
        if (input == null) {
            return;
        }
        Codes codes = model.inputCodes();
        for (int s = 0; s < active.size(); s++) {
            for (int t = 0; t < codes.weight(active.get(s)); t++) {
                input[codes.neuron(active.get(s), t)] += factor;
            }
        }
    }

    /** The activation, and which neurons differ from the empty input. */
    private void rectify(ExactModel.Stage stage, int t, int[] own) {
        int count = 0;
        if (changeBounds[t] != null) {
            count = model.kernel().collectAtLeast(own, changeBounds[t], changed[t]);
            for (int s = 0; s < count; s++) {
                values[t][changed[t][s]] = own[changed[t][s]];
            }
        } else {
            for (int e = 0; e < own.length; e++) {
                int value = stage.activation().of(own[e]);
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
        return stateOf(output) == OutputState.ON;
    }

    private OutputState stateOf(int output) {
        Decoder decoder = model.decoder();
        return decoder.stateOf(output, decisive(output));
    }

    /** What is compared with the threshold of an output: below 2^24, so that it is a float32. */
    private int decisive(int output) {
        Codes codes = model.decoder().codes();
        int[] y = values[values.length - 1];
        int sum = 0;
        int least = Integer.MAX_VALUE;
        for (int t = 0; t < codes.weight(output); t++) {
            int value = y[codes.neuron(output, t)];
            sum += value;
            least = Math.min(least, value);
        }
        return model.decoder().kind() == Decoder.Kind.EVERY_ROW ? least : sum;
    }
}
