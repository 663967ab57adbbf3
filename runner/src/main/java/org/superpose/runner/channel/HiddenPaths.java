package org.superpose.runner.channel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * The two ends of a network's first hidden layer, read off its weights. What leads into it is affine: row r hears
 * feature j with response C[r][j], and rests at b[r]. What leads out of it is taken as linear: output i hears row r
 * with the weight of all paths between them, which is exact where one matrix follows. Where every row of an output's
 * code has to be on, the weight is the least of theirs. Immutable.
 */
final class HiddenPaths {
    private final SuperposedNetwork network;
    /** The first layer with ReLU, counted from 0. */
    private final int layer;

    private final double[] rest;
    private final double[][] responses;

    private HiddenPaths(SuperposedNetwork network, int layer, double[] rest, double[][] responses) {
        this.network = network;
        this.layer = layer;
        this.rest = rest;
        this.responses = responses;
    }

    /** @throws InvalidInputException if no layer has ReLU */
    static HiddenPaths of(SuperposedNetwork network) {
        List<Layer> layers = network.layers();
        int first = 0;
        while (first < layers.size() && !layers.get(first).hasRelu()) {
            first++;
        }
        if (first == layers.size()) {
            throw new InvalidInputException("the network has no layer with ReLU, so it has no hidden rows to share");
        }
        Codes codes = network.inputCodes();
        double[] rest = sums(network, first, new double[codes.neurons()]);
        double[][] responses = new double[codes.features()][];
        for (int j = 0; j < responses.length; j++) {
            double[] code = new double[codes.neurons()];
            for (int t = 0; t < codes.weight(j); t++) {
                code[codes.neuron(j, t)] = 1;
            }
            responses[j] = sums(network, first, code);
            for (int r = 0; r < rest.length; r++) {
                responses[j][r] -= rest[r];
            }
        }
        return new HiddenPaths(network, first, rest, responses);
    }

    /** The sums of the first layer with ReLU, before it. */
    private static double[] sums(SuperposedNetwork network, int last, double[] encoded) {
        double[][] states = new double[last + 2][];
        states[0] = encoded;
        for (int t = 0; t <= last; t++) {
            states[t + 1] = affine(network.layers().get(t), states);
        }
        return states[last + 1];
    }

    private static double[] affine(Layer layer, double[][] states) {
        int from = 0;
        while (from + 1 < states.length && states[from + 1] != null) {
            from++;
        }
        double[] x = states[from];
        double[] y = new double[layer.rows()];
        float[] row = new float[layer.columns()];
        for (int r = 0; r < y.length; r++) {
            layer.weights().copyRow(r, row);
            y[r] = layer.bias(r);
            for (int c = 0; c < row.length; c++) {
                y[r] += x[c] == 0 ? 0 : row[c] * x[c];
            }
            y[r] += layer.skip().isPresent() ? states[layer.skip().getAsInt()][r] : 0;
        }
        return y;
    }

    /** The number of rows of the first hidden layer. */
    int rows() {
        return rest.length;
    }

    /** m, the number of features. */
    int features() {
        return responses.length;
    }

    /** The layer whose rows these are, counted from 1. */
    int layerNumber() {
        return layer + 1;
    }

    /** b[r]: the sum of a row while nothing is active. */
    double rest(int row) {
        return rest[row];
    }

    /** C[.][j]: what a feature adds to the sum of each row; not to be changed. */
    double[] responses(int feature) {
        return responses[feature];
    }

    /** The weight with which an output hears each row. */
    double[] weights(int output) {
        Decoder decoder = network.decoder();
        if (decoder.kind() != Decoder.Kind.EVERY_ROW) {
            return back(decoder.codes().code(output));
        }
        double[] least = null;
        for (int row : decoder.codes().code(output)) {
            double[] weights = back(new int[] {row});
            for (int r = 0; least != null && r < weights.length; r++) {
                weights[r] = Math.min(weights[r], least[r]);
            }
            least = weights;
        }
        return least;
    }

    /** The weights with which the sum of some rows of the last layer hears each row of the hidden one. */
    private double[] back(int[] rowsOfLast) {
        List<Layer> layers = network.layers();
        double[][] weights = new double[layers.size() + 1][];
        weights[layers.size()] = new double[layers.get(layers.size() - 1).rows()];
        for (int row : rowsOfLast) {
            weights[layers.size()][row] = 1;
        }
        for (int t = layers.size() - 1; t > layer; t--) {
            Layer each = layers.get(t);
            add(weights, t, transposed(each, weights[t + 1]));
            OptionalInt skip = each.skip();
            if (skip.isPresent() && skip.getAsInt() > layer) {
                add(weights, skip.getAsInt(), weights[t + 1]);
            }
        }
        return weights[layer + 1];
    }

    private static void add(double[][] weights, int state, double[] more) {
        double[] sums = Optional.ofNullable(weights[state]).orElseGet(() -> new double[more.length]);
        for (int r = 0; r < more.length; r++) {
            sums[r] += more[r];
        }
        weights[state] = sums;
    }

    private static double[] transposed(Layer layer, double[] y) {
        double[] x = new double[layer.columns()];
        float[] row = new float[x.length];
        for (int r = 0; r < y.length; r++) {
            if (y[r] != 0) {
                layer.weights().copyRow(r, row);
                for (int c = 0; c < x.length; c++) {
                    x[c] += row[c] * y[r];
                }
            }
        }
        return x;
    }
}
