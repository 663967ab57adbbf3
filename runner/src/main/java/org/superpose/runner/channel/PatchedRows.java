package org.superpose.runner.channel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * Which hidden rows a set of inputs shares, found by running the network with one row patched: a row is shared if,
 * whichever of the inputs is left out, the row fires less, and putting that lower value in the row's place moves the
 * output back, in every row of its code where all of them have to be on. It knows nothing of how channels are read off
 * the weights. Belongs to one thread.
 */
final class PatchedRows {
    private final SuperposedNetwork network;
    private final Evaluator evaluator;
    /** The state whose rows are patched. */
    private final int state;

    PatchedRows(SuperposedNetwork network, Evaluator evaluator, int state) {
        this.network = network;
        this.evaluator = evaluator;
        this.state = state;
    }

    /** The shared rows, ascending. */
    int[] rows(int output, boolean turnsOff, FeatureSet set) {
        float[][] states = evaluator.activations(set);
        double[][] values = widened(states);
        double[] full = values(output, values);
        List<float[]> without = IntStream.range(0, set.size())
                .mapToObj(left -> evaluator.activations(without(set, left))[state])
                .toList();
        return IntStream.range(0, states[state].length)
                .filter(row -> without.stream().allMatch(each -> {
                    if (!(each[row] < states[state][row])) {
                        return false;
                    }
                    double own = values[state][row];
                    values[state][row] = each[row];
                    double[] patched = values(output, values);
                    values[state][row] = own;
                    return IntStream.range(0, full.length)
                            .allMatch(t -> turnsOff ? patched[t] > full[t] : patched[t] < full[t]);
                }))
                .toArray();
    }

    private static FeatureSet without(FeatureSet set, int left) {
        return FeatureSet.of(IntStream.range(0, set.size())
                .filter(t -> t != left)
                .map(set::get)
                .toArray());
    }

    private static double[][] widened(float[][] states) {
        double[][] values = new double[states.length][];
        for (int t = 0; t < states.length; t++) {
            values[t] = new double[states[t].length];
            for (int r = 0; r < values[t].length; r++) {
                values[t][r] = states[t][r];
            }
        }
        return values;
    }

    /** What decides on an output, given the states up to the patched one: the rows of its code, or their sum. */
    private double[] values(int output, double[][] given) {
        double[][] states = given.clone();
        List<Layer> layers = network.layers();
        for (int t = state; t < layers.size(); t++) {
            states[t + 1] = applied(layers.get(t), states, t);
        }
        double[] last = states[layers.size()];
        Decoder decoder = network.decoder();
        double[] rows = IntStream.of(decoder.codes().code(output))
                .mapToDouble(r -> last[r])
                .toArray();
        return decoder.kind() == Decoder.Kind.EVERY_ROW
                ? rows
                : new double[] {Arrays.stream(rows).sum()};
    }

    private static double[] applied(Layer layer, double[][] states, int from) {
        double[] y = new double[layer.rows()];
        float[] row = new float[layer.columns()];
        for (int r = 0; r < y.length; r++) {
            layer.weights().copyRow(r, row);
            y[r] = layer.bias(r);
            for (int c = 0; c < row.length; c++) {
                y[r] += states[from][c] == 0 ? 0 : row[c] * states[from][c];
            }
            y[r] += layer.skip().isPresent() ? states[layer.skip().getAsInt()][r] : 0;
            y[r] = layer.hasRelu() ? Math.max(0, y[r]) : y[r];
        }
        return y;
    }
}
