package org.superpose.core.verify;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Activation;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Reading;
import org.superpose.core.network.SuperposedNetwork;

/** A network evaluated by its definition, with all terms of each sum, bias and skip among them, in a chosen order. */
final class OrderedEvaluation {
    private final SuperposedNetwork network;
    private final Summation summation;

    private OrderedEvaluation(SuperposedNetwork network, Summation summation) {
        this.network = network;
        this.summation = summation;
    }

    /** Adds products a_t b_t. */
    private interface Summation {
        double sum(float[] a, double[] b);
    }

    /**
     * In double, and in float32 forwards, backwards with fused multiply-add, in parts, and forwards by a runtime that
     * takes every number below the smallest normal one for zero.
     */
    static List<OrderedEvaluation> all(SuperposedNetwork network, RandomGenerator random) {
        int cut = 1 + random.nextInt(4);
        return List.of(
                new OrderedEvaluation(network, OrderedEvaluation::inDouble),
                new OrderedEvaluation(network, OrderedEvaluation::forwards),
                new OrderedEvaluation(network, OrderedEvaluation::fusedBackwards),
                new OrderedEvaluation(network, (a, b) -> inParts(a, b, 0, a.length, cut)),
                new OrderedEvaluation(network, OrderedEvaluation::flushed));
    }

    private static double inDouble(float[] a, double[] b) {
        double sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += a[t] * b[t];
        }
        return sum;
    }

    private static double forwards(float[] a, double[] b) {
        float sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += a[t] * (float) b[t];
        }
        return sum;
    }

    private static double fusedBackwards(float[] a, double[] b) {
        float sum = 0;
        for (int t = a.length - 1; t >= 0; t--) {
            sum = Math.fma(a[t], (float) b[t], sum);
        }
        return sum;
    }

    private static double flushed(float[] a, double[] b) {
        float sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum = flushed(sum + flushed(flushed(a[t]) * flushed((float) b[t])));
        }
        return sum;
    }

    private static float flushed(float value) {
        return Math.abs(value) < Float.MIN_NORMAL ? 0 : value;
    }

    private static float inParts(float[] a, double[] b, int from, int to, int cut) {
        if (to - from == 1) {
            return a[from] * (float) b[from];
        }
        int middle = from + Math.max(1, Math.min(to - from - 1, (to - from) * cut / 5));
        return inParts(a, b, middle, to, cut) + inParts(a, b, from, middle, cut);
    }

    Reading read(FeatureSet active) {
        double[][] states = new double[network.layers().size() + 1][];
        Codes codes = network.inputCodes();
        states[0] = new double[codes.neurons()];
        for (int j : active.toArray()) {
            for (int neuron : codes.code(j)) {
                states[0][neuron]++;
            }
        }
        for (int t = 0; t < network.layers().size(); t++) {
            Layer layer = network.layers().get(t);
            double[] skipped = layer.skip().isPresent() ? states[layer.skip().getAsInt()] : new double[layer.rows()];
            states[t + 1] = new double[layer.rows()];
            for (int r = 0; r < layer.rows(); r++) {
                float[] a = new float[layer.columns() + 2];
                double[] b = Arrays.copyOf(states[t], a.length);
                layer.weights().copyRow(r, a);
                a[a.length - 2] = layer.bias(r);
                b[a.length - 2] = 1;
                a[a.length - 1] = 1;
                b[a.length - 1] = skipped[r];
                double sum = summation.sum(a, b);
                states[t + 1][r] = layer.activation() == Activation.NONE ? sum : Math.max(0, sum);
            }
        }
        return decode(states[states.length - 1]);
    }

    private Reading decode(double[] y) {
        Decoder decoder = network.decoder();
        int[] on = new int[decoder.outputs()];
        int[] between = new int[decoder.outputs()];
        int onCount = 0;
        int betweenCount = 0;
        for (int i = 0; i < decoder.outputs(); i++) {
            double value = value(i, y);
            if (value >= decoder.threshold(i)) {
                on[onCount++] = i;
            } else if (!decoder.isSingle(i) && value > decoder.offThreshold(i)) {
                between[betweenCount++] = i;
            }
        }
        return new Reading(FeatureSet.ofSorted(on, onCount), FeatureSet.ofSorted(between, betweenCount));
    }

    private double value(int output, double[] y) {
        int[] code = network.decoder().codes().code(output);
        if (network.decoder().kind() == Decoder.Kind.EVERY_ROW) {
            return Arrays.stream(code).mapToDouble(neuron -> y[neuron]).min().orElseThrow();
        }
        float[] ones = new float[code.length];
        Arrays.fill(ones, 1);
        return summation.sum(
                ones, Arrays.stream(code).mapToDouble(neuron -> y[neuron]).toArray());
    }
}
