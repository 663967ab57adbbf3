package org.superpose.core.network;

import org.superpose.core.feature.FeatureSet;

/**
 * The network by definition, in plain float32 loops over every entry: the specification of {@link Evaluator}, and the
 * independent runtime in which every counterexample is replayed. It shares no code with the kernels.
 */
public final class PlainEvaluator implements Evaluator {
    private final SuperposedNetwork network;

    /** Evaluates the given network. */
    public PlainEvaluator(SuperposedNetwork network) {
        this.network = network;
    }

    @Override
    public float[][] activations(FeatureSet active) {
        float[][] states = new float[network.layers().size() + 1][];
        states[0] = encode(active);
        for (int t = 0; t < network.layers().size(); t++) {
            states[t + 1] = apply(network.layers().get(t), states, t);
        }
        return states;
    }

    private float[] encode(FeatureSet active) {
        Codes codes = network.inputCodes();
        float[] y = new float[codes.neurons()];
        for (int s = 0; s < active.size(); s++) {
            for (int neuron : codes.code(active.get(s))) {
                y[neuron] += 1;
            }
        }
        return y;
    }

    private static float[] apply(Layer layer, float[][] states, int t) {
        float[] x = states[t];
        float[] y = new float[layer.rows()];
        for (int r = 0; r < layer.rows(); r++) {
            float z = layer.bias(r);
            for (int c = 0; c < layer.columns(); c++) {
                z += layer.weights().get(r, c) * x[c];
            }
            if (layer.skip().isPresent()) {
                z += states[layer.skip().getAsInt()][r];
            }
            y[r] = layer.activation().of(z);
        }
        return y;
    }

    @Override
    public Reading read(FeatureSet active) {
        float[][] states = activations(active);
        return decode(states[states.length - 1]);
    }

    private Reading decode(float[] y) {
        Decoder decoder = network.decoder();
        int[] on = new int[decoder.outputs()];
        int[] between = new int[decoder.outputs()];
        int onCount = 0;
        int betweenCount = 0;
        for (int i = 0; i < decoder.outputs(); i++) {
            switch (decoder.stateOf(i, decisive(i, y))) {
                case ON -> on[onCount++] = i;
                case BETWEEN -> between[betweenCount++] = i;
                case OFF -> {}
            }
        }
        return new Reading(FeatureSet.ofSorted(on, onCount), FeatureSet.ofSorted(between, betweenCount));
    }

    /** What is compared with the threshold of an output. */
    private float decisive(int output, float[] y) {
        Decoder decoder = network.decoder();
        float sum = 0;
        float least = Float.POSITIVE_INFINITY;
        for (int neuron : decoder.codes().code(output)) {
            sum += y[neuron];
            least = Math.min(least, y[neuron]);
        }
        return switch (decoder.kind()) {
            case SUM -> sum;
            case EVERY_ROW -> least;
            case READOUT -> y[output];
        };
    }
}
