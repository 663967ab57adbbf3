package org.superpose.interop.truth;

import java.util.Arrays;
import java.util.List;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.OutputState;
import org.superpose.core.network.Reading;
import org.superpose.core.network.SuperposedNetwork;

/**
 * Runs a network from any real y_0, by columns and in the order of the plain evaluator: the same bits on every machine.
 * May be used by any number of threads.
 */
public final class StateRun {
    private final SuperposedNetwork network;
    /** The columns of each full matrix; null where a layer is diagonal. */
    private final float[][][] columns;

    private final float[][] biases;

    /** Prepares a network. */
    public StateRun(SuperposedNetwork network) {
        this.network = network;
        List<Layer> layers = network.layers();
        this.columns = new float[layers.size()][][];
        this.biases = new float[layers.size()][];
        for (int t = 0; t < layers.size(); t++) {
            Layer layer = layers.get(t);
            columns[t] = layer.weights() instanceof DiagonalMatrix
                    ? null
                    : layer.weights().byColumn();
            biases[t] = layer.bias();
        }
    }

    /** y_0 of active features, each with a magnitude; null stands for ones. */
    public float[] encode(FeatureSet active, float[] magnitudes) {
        Codes codes = network.inputCodes();
        float[] y = new float[codes.neurons()];
        for (int s = 0; s < active.size(); s++) {
            float value = magnitudes == null ? 1 : magnitudes[s];
            for (int t = 0; t < codes.weight(active.get(s)); t++) {
                y[codes.neuron(active.get(s), t)] += value;
            }
        }
        return y;
    }

    /** y_0..y_L for features of magnitude 1. */
    public float[][] states(FeatureSet active) {
        return states(encode(active, null));
    }

    /** y_0..y_L; the first is the given array. */
    public float[][] states(float[] first) {
        float[][] states = new float[columns.length + 1][];
        states[0] = first;
        for (int t = 0; t < columns.length; t++) {
            states[t + 1] = apply(t, states);
        }
        return states;
    }

    private float[] apply(int t, float[][] states) {
        Layer layer = network.layers().get(t);
        float[] x = states[t];
        float[] y = biases[t].clone();
        if (layer.weights() instanceof DiagonalMatrix diagonal) {
            for (int r = 0; r < y.length; r++) {
                y[r] += diagonal.get(r, r) * x[r];
            }
        } else {
            for (int c = 0; c < x.length; c++) {
                if (x[c] != 0) {
                    addScaled(columns[t][c], x[c], y);
                }
            }
        }
        if (layer.skip().isPresent()) {
            addScaled(states[layer.skip().getAsInt()], 1, y);
        }
        if (layer.hasRelu()) {
            for (int r = 0; r < y.length; r++) {
                y[r] = Math.max(0, y[r]);
            }
        }
        return y;
    }

    /** sums += factor x column. */
    public static void addScaled(float[] column, float factor, float[] sums) {
        for (int r = 0; r < sums.length; r++) {
            sums[r] += factor * column[r];
        }
    }

    /** What the decoder reads from y_L. */
    public Reading read(float[] last) {
        Decoder decoder = network.decoder();
        int[] on = new int[decoder.outputs()];
        int[] between = new int[decoder.outputs()];
        int count = 0;
        int undecided = 0;
        for (int i = 0; i < decoder.outputs(); i++) {
            OutputState state = decoder.stateOf(i, combined(decoder, i, last));
            if (state == OutputState.ON) {
                on[count++] = i;
            } else if (state == OutputState.BETWEEN) {
                between[undecided++] = i;
            }
        }
        return new Reading(FeatureSet.of(Arrays.copyOf(on, count)), FeatureSet.of(Arrays.copyOf(between, undecided)));
    }

    private static float combined(Decoder decoder, int output, float[] y) {
        Codes codes = decoder.codes();
        float sum = 0;
        float least = Float.POSITIVE_INFINITY;
        for (int t = 0; t < codes.weight(output); t++) {
            float value = y[codes.neuron(output, t)];
            sum += value;
            least = Math.min(least, value);
        }
        return decoder.kind() == Decoder.Kind.EVERY_ROW ? least : sum;
    }
}
