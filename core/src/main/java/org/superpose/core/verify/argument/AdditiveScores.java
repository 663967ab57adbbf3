package org.superpose.core.verify.argument;

import java.util.Arrays;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * What single features add to the rows and to the decoded sums of a network of {@link AdditiveForm}, in whole numbers.
 * Immutable.
 */
public final class AdditiveScores {
    private final Codes inputCodes;
    private final Decoder decoder;
    private final InputDomain domain;
    private final double unit;
    private final int[][] weights;
    private final int[] bias;
    /** The rows of a linear read-out and what it adds, none where sums over codes are read. */
    private final int[][] readout;

    private final int[] offset;

    /** Prepares a network that has the form. */
    public AdditiveScores(BuiltNetwork built) {
        this.domain = built.instance().domain();
        Exactness exactness = Exactness.of(built.network(), domain.maxActive());
        SuperposedNetwork network = exactness.inWholeNumbers(built.network());
        List<Layer> layers = network.layers();
        this.unit = Math.scalb(1.0, exactness.exponents().get(layers.size()));
        this.inputCodes = network.inputCodes();
        this.decoder = network.decoder();
        this.weights = weights(layers.get(0));
        this.bias = biases(layers.get(0));
        boolean isReadout = decoder.isReadout();
        this.readout = isReadout ? weights(layers.get(1)) : new int[0][];
        this.offset = isReadout ? biases(layers.get(1)) : new int[0];
    }

    private static int[][] weights(Layer layer) {
        int[][] weights = new int[layer.rows()][layer.columns()];
        for (int f = 0; f < weights.length; f++) {
            for (int c = 0; c < weights[f].length; c++) {
                weights[f][c] = (int) layer.weights().get(f, c);
            }
        }
        return weights;
    }

    private static int[] biases(Layer layer) {
        int[] biases = new int[layer.rows()];
        for (int f = 0; f < biases.length; f++) {
            biases[f] = (int) layer.bias(f);
        }
        return biases;
    }

    /**
     * The first row whose pre-activation is negative on some input, so that sums of scores are not what is read; or -1.
     */
    public int firstRowThatCuts() {
        int[] scores = new int[inputCodes.features()];
        for (int f = 0; f < weights.length; f++) {
            fill(weights[f], scores);
            if (bias[f] + leastTotal(scores) < 0) {
                return f;
            }
        }
        return -1;
    }

    private int leastTotal(int[] scores) {
        int[] least = new int[domain.maxActive()];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int score : scores) {
            int at = least.length - 1;
            if (score >= least[at]) {
                continue;
            }
            while (at > 0 && least[at - 1] > score) {
                least[at] = least[at - 1];
                at--;
            }
            least[at] = score;
        }
        int total = 0;
        for (int t = 0; t < least.length && (t < domain.minActive() || least[t] < 0); t++) {
            total += least[t];
        }
        return total;
    }

    /** The value of one unit of these numbers in the network. */
    public double unit() {
        return unit;
    }

    /** The decoded sum, or the logit, of an output while no feature is active. */
    public int base(int output) {
        if (decoder.isReadout()) {
            int base = offset[output];
            for (int f = 0; f < bias.length; f++) {
                base += readout[output][f] * bias[f];
            }
            return base;
        }
        int base = 0;
        for (int u = 0; u < decoder.codes().weight(output); u++) {
            base += bias[decoder.codes().neuron(output, u)];
        }
        return base;
    }

    /** The decoded sum, or the logit, from which on an output is on. */
    public int threshold(int output) {
        return (int) Math.ceil(decoder.threshold(output));
    }

    /** What each feature adds to the decoded sum, or the logit, of an output. */
    public int[] of(int output) {
        int[] row = new int[inputCodes.neurons()];
        if (decoder.isReadout()) {
            for (int f = 0; f < weights.length; f++) {
                addTimes(readout[output][f], weights[f], row);
            }
        } else {
            for (int u = 0; u < decoder.codes().weight(output); u++) {
                addTimes(1, weights[decoder.codes().neuron(output, u)], row);
            }
        }
        int[] scores = new int[inputCodes.features()];
        fill(row, scores);
        return scores;
    }

    private static void addTimes(int factor, int[] added, int[] row) {
        for (int c = 0; c < row.length; c++) {
            row[c] += factor * added[c];
        }
    }

    /** Fills in what each feature alone adds through a row of weights. */
    private void fill(int[] row, int[] scores) {
        for (int j = 0; j < scores.length; j++) {
            int sum = 0;
            for (int t = 0; t < inputCodes.weight(j); t++) {
                sum += row[inputCodes.neuron(j, t)];
            }
            scores[j] = sum;
        }
    }
}
