package org.superpose.runner.experiment.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * What each row of the first matrix listens to, read off the arrays of a network of linear decompression: W E = C D E is gain (C + noise), so
 * an entry above half of the gain is a 1 of the routing matrix C, and the rest is noise of variance about R / n for a row with R ones.
 */
@Reference("Section 4, decompression")
public final class RowResponses {
    private static final int GAIN_ROUNDS = 4;

    private final int neurons;
    private final double gain;
    private final int[][] rowsOf;
    private final int[] loads;
    private final double[] noiseSquares;

    private RowResponses(int neurons, double gain, int[][] rowsOf, int[] loads, double[] noiseSquares) {
        this.neurons = neurons;
        this.gain = gain;
        this.rowsOf = rowsOf;
        this.loads = loads;
        this.noiseSquares = noiseSquares;
    }

    /** Reads the first layer; it takes rows x m x k additions and rows x m numbers of memory. */
    public static RowResponses of(SuperposedNetwork network) {
        float[][] responses = responses(network.inputCodes(), network.layers().get(0));
        double gain = gain(responses);
        int rows = network.layers().get(0).rows();
        int[] loads = new int[rows];
        double[] squares = new double[rows];
        int[][] rowsOf = new int[responses.length][];
        int[] listening = new int[rows];
        for (int j = 0; j < responses.length; j++) {
            int count = 0;
            for (int e = 0; e < rows; e++) {
                double response = responses[j][e] / gain;
                if (response > 0.5) {
                    listening[count++] = e;
                    loads[e]++;
                    response -= 1;
                }
                squares[e] += response * response;
            }
            rowsOf[j] = Arrays.copyOf(listening, count);
        }
        return new RowResponses(network.inputCodes().neurons(), gain, rowsOf, loads, squares);
    }

    /** W E: for each feature the response of every row to its code. */
    private static float[][] responses(Codes codes, Layer layer) {
        float[][] responses = new float[codes.features()][layer.rows()];
        float[] weights = new float[layer.columns()];
        for (int e = 0; e < layer.rows(); e++) {
            layer.weights().copyRow(e, weights);
            for (int j = 0; j < codes.features(); j++) {
                float sum = 0;
                for (int t = 0; t < codes.weight(j); t++) {
                    sum += weights[codes.neuron(j, t)];
                }
                responses[j][e] = sum;
            }
        }
        return responses;
    }

    /** The mean of the responses above half of itself: a fixed point that a few rounds from the largest response come to. */
    private static double gain(float[][] responses) {
        double gain = 0;
        for (float[] column : responses) {
            for (float response : column) {
                gain = Math.max(gain, response);
            }
        }
        for (int round = 0; round < GAIN_ROUNDS; round++) {
            double sum = 0;
            long count = 0;
            for (float[] column : responses) {
                for (float response : column) {
                    if (response > gain / 2) {
                        sum += response;
                        count++;
                    }
                }
            }
            gain = count == 0 ? 1 : sum / count;
        }
        return gain;
    }

    /** The response to a feature that a row listens to; what the entries of W are scaled by. */
    public double gain() {
        return gain;
    }

    /** The rows that listen to a feature: the ones in its column of C, ascending; not to be changed. */
    public int[] rowsOf(int feature) {
        return rowsOf[feature];
    }

    public int rows() {
        return loads.length;
    }

    /** R, the number of features that a row listens to. */
    public int load(int row) {
        return loads[row];
    }

    /** R of all rows on average. */
    public double meanLoad() {
        return IntStream.of(loads).average().orElse(0);
    }

    /** The number of rows that listen to both features. */
    public int common(int first, int second) {
        int[] a = rowsOf[first];
        int[] b = rowsOf[second];
        int common = 0;
        for (int s = 0, t = 0; s < a.length && t < b.length; ) {
            if (a[s] == b[t]) {
                common++;
                s++;
                t++;
            } else if (a[s] < b[t]) {
                s++;
            } else {
                t++;
            }
        }
        return common;
    }

    /** The standard deviation of the noise of a row, in units of one signal, when {@code active} random features are active. */
    public double noise(int active) {
        double squares = Arrays.stream(noiseSquares).sum();
        return Math.sqrt(active * squares / ((double) rows() * rowsOf.length));
    }

    /** The same for one row. */
    public double noise(int row, int active) {
        return Math.sqrt(active * noiseSquares[row] / rowsOf.length);
    }

    /** What theory predicts for {@link #noise(int)}: sqrt(v R / n). */
    public double predictedNoise(int active) {
        return Math.sqrt(active * meanLoad() / neurons);
    }

    /** What theory predicts for one row: sqrt(v R / n). */
    public double predictedNoise(int row, int active) {
        return Math.sqrt((double) active * loads[row] / neurons);
    }
}
