package org.superpose.core.audit;

import java.util.Arrays;
import java.util.List;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.verify.arithmetic.RoundedModel;
import org.superpose.core.verify.block.Readout;

/**
 * One input at a time in double, with a bound on how far any float32 evaluation may be from it: for decisions that the
 * bound of the whole domain leaves open, and for the figures of a report. Belongs to one thread.
 */
final class PointEvaluation {
    private final SuperposedNetwork network;
    private final Readout readout;
    private final boolean isExact;
    private final float[][][] weights;
    private final double[][] states;
    private final double[][] errors;
    private FeatureSet input;

    PointEvaluation(SuperposedNetwork network, Readout readout, boolean isExact) {
        this.network = network;
        this.readout = readout;
        this.isExact = isExact;
        List<Layer> layers = network.layers();
        this.weights = new float[layers.size()][][];
        this.states = new double[layers.size() + 1][];
        this.errors = new double[layers.size() + 1][];
        states[0] = new double[network.inputCodes().neurons()];
        errors[0] = new double[states[0].length];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = layers.get(t).weights() instanceof DiagonalMatrix diagonal
                    ? new float[][] {diagonal.diagonal()}
                    : layers.get(t).weights().byColumn();
            states[t + 1] = new double[layers.get(t).rows()];
            errors[t + 1] = new double[layers.get(t).rows()];
        }
    }

    /** Evaluates an input, if it is not the one that was evaluated last. */
    void at(FeatureSet active) {
        if (active.equals(input)) {
            return;
        }
        input = active;
        Arrays.fill(states[0], 0);
        for (int s = 0; s < active.size(); s++) {
            for (int t = 0; t < network.inputCodes().weight(active.get(s)); t++) {
                states[0][network.inputCodes().neuron(active.get(s), t)] += 1;
            }
        }
        for (int t = 0; t < weights.length; t++) {
            apply(network.layers().get(t), t);
        }
    }

    private void apply(Layer layer, int t) {
        double[] x = states[t];
        double[] xErrors = errors[t];
        double[] y = states[t + 1];
        double[] inherited = errors[t + 1];
        double[] magnitudes = new double[y.length];
        for (int r = 0; r < y.length; r++) {
            y[r] = layer.bias(r);
            magnitudes[r] = Math.abs(y[r]);
        }
        Arrays.fill(inherited, 0);
        boolean isDiagonal = layer.weights() instanceof DiagonalMatrix;
        int terms = isDiagonal ? 1 : 0;
        for (int c = 0; c < x.length; c++) {
            if (x[c] == 0 && xErrors[c] == 0) {
                continue;
            }
            double value = x[c];
            double error = xErrors[c];
            double most = Math.abs(value) + error;
            terms += isDiagonal ? 0 : 1;
            float[] column = isDiagonal ? weights[t][0] : weights[t][c];
            for (int r = isDiagonal ? c : 0; r < (isDiagonal ? c + 1 : y.length); r++) {
                double weight = column[r];
                double size = Math.abs(weight);
                y[r] += weight * value;
                inherited[r] += size * error + (size < RoundedModel.FLUSHED ? size * most : 0);
                magnitudes[r] += size * most;
            }
        }
        double[] skipped = layer.skip().isPresent() ? states[layer.skip().getAsInt()] : null;
        for (int r = 0; r < y.length; r++) {
            if (skipped != null) {
                double error = errors[layer.skip().getAsInt()][r];
                y[r] += skipped[r];
                inherited[r] += error;
                magnitudes[r] += Math.abs(skipped[r]) + error;
            }
            inherited[r] = isExact ? 0 : error(terms + 1, inherited[r], magnitudes[r]);
            if (layer.hasRelu()) {
                if (y[r] + inherited[r] <= 0) {
                    inherited[r] = 0;
                }
                y[r] = Math.max(0, y[r]);
            }
        }
    }

    private static double error(int terms, double inherited, double magnitude) {
        // Where a sum may overflow, nothing is known of it.
        return magnitude < Float.MAX_VALUE / 4
                ? RoundedModel.error(terms, inherited, magnitude)
                : Double.POSITIVE_INFINITY;
    }

    /** The value of an output. */
    double value(int output) {
        Codes codes = readout.codes();
        double[] last = states[states.length - 1];
        double value = last[codes.neuron(output, 0)];
        for (int t = 1; t < codes.weight(output); t++) {
            double next = last[codes.neuron(output, t)];
            value = readout.isLeast() ? Math.min(value, next) : value + next;
        }
        return value;
    }

    /** How far the value of an output may be from that of any float32 evaluation. */
    double error(int output) {
        if (isExact) {
            return 0;
        }
        Codes codes = readout.codes();
        double[] last = states[states.length - 1];
        double[] lastErrors = errors[errors.length - 1];
        double most = 0;
        double sum = 0;
        double magnitude = 0;
        for (int t = 0; t < codes.weight(output); t++) {
            int neuron = codes.neuron(output, t);
            most = Math.max(most, lastErrors[neuron]);
            sum += lastErrors[neuron];
            magnitude += Math.abs(last[neuron]) + lastErrors[neuron];
        }
        if (readout.isLeast() || codes.weight(output) == 1) {
            return most + RoundedModel.FLUSHED; // the threshold
        }
        return RoundedModel.error(codes.weight(output), sum, magnitude);
    }

    /** The margin of an output. */
    double margin(int output, boolean expected) {
        return expected ? value(output) - readout.on(output) : readout.off(output) - value(output);
    }
}
