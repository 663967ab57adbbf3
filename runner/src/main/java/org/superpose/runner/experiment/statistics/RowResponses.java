package org.superpose.runner.experiment.statistics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * What each row of the first matrix listens to, read off the arrays of a network of linear decompression: W E = C D E
 * is gain (C + noise).
 *
 * <p>A row listens to a feature if its response is above half of the gain and each neuron of the code adds to it: codes
 * that happen to overlap make large responses, but hardly ever cover one another. What is left is noise of variance
 * about R / n for a row with R ones.
 */
@Reference(value = "Decompression", standing = Standing.RECONSTRUCTED)
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
        return of(network.inputCodes(), network.layers().get(0));
    }

    /** Reads a layer of which only some features are of interest: those that the codes are of. */
    public static RowResponses of(Codes codes, Layer layer) {
        int rows = layer.rows();
        float[][] responses = new float[codes.features()][rows];
        BitSet[] covered = new BitSet[codes.features()];
        read(codes, layer, responses, covered);
        double gain = gain(responses, covered);
        int[] loads = new int[rows];
        double[] squares = new double[rows];
        int[][] rowsOf = new int[responses.length][];
        for (int j = 0; j < responses.length; j++) {
            int count = 0;
            int[] listening = new int[rows];
            for (int e = 0; e < rows; e++) {
                double response = responses[j][e] / gain;
                if (response > 0.5 && covered[j].get(e)) {
                    listening[count++] = e;
                    loads[e]++;
                    response -= 1;
                }
                squares[e] += response * response;
            }
            rowsOf[j] = Arrays.copyOf(listening, count);
        }
        return new RowResponses(codes.neurons(), gain, rowsOf, loads, squares);
    }

    /**
     * For each feature W E, the response of every row to its code, and the rows in which no neuron of the code is at
     * the row's least weight.
     */
    private static void read(Codes codes, Layer layer, float[][] responses, BitSet[] covered) {
        float[] weights = new float[layer.columns()];
        Arrays.setAll(covered, j -> new BitSet());
        for (int e = 0; e < layer.rows(); e++) {
            layer.weights().copyRow(e, weights);
            float base = Float.POSITIVE_INFINITY;
            for (float weight : weights) {
                base = Math.min(base, weight);
            }
            for (int j = 0; j < codes.features(); j++) {
                float sum = 0;
                float least = Float.POSITIVE_INFINITY;
                for (int t = 0; t < codes.weight(j); t++) {
                    float weight = weights[codes.neuron(j, t)];
                    sum += weight;
                    least = Math.min(least, weight);
                }
                responses[j][e] = sum;
                covered[j].set(e, least > base);
            }
        }
    }

    /** The mean of the responses above half of itself: a fixed point, reached in a few rounds from the largest one. */
    private static double gain(float[][] responses, BitSet[] covered) {
        double gain = 0;
        for (float[] column : responses) {
            for (float response : column) {
                gain = Math.max(gain, response);
            }
        }
        for (int round = 0; round < GAIN_ROUNDS; round++) {
            double sum = 0;
            long count = 0;
            for (int j = 0; j < responses.length; j++) {
                for (int e = 0; e < responses[j].length; e++) {
                    if (responses[j][e] > gain / 2 && covered[j].get(e)) {
                        sum += responses[j][e];
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
    double meanLoad() {
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

    /** The standard deviation of a row's noise, in units of one signal, with {@code active} random active features. */
    public double noise(int active) {
        double squares = Arrays.stream(noiseSquares).sum();
        return Math.sqrt(active * squares / ((double) rows() * rowsOf.length));
    }

    /** The same for one row. */
    public double noise(int row, int active) {
        return Math.sqrt(active * noiseSquares[row] / rowsOf.length);
    }

    /** What theory predicts for {@link #noise(int)}: sqrt(v R / n). */
    double predictedNoise(int active) {
        return Math.sqrt(active * meanLoad() / neurons);
    }

    /** What theory predicts for one row: sqrt(v R / n). */
    double predictedNoise(int row, int active) {
        return Math.sqrt((double) active * loads[row] / neurons);
    }
}
