package org.superpose.constructions.sequential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Layer;

/**
 * The layers that compute one layer of gates in turn. A state has up to three parts: the features that are read, 0 or 1
 * in each neuron; what the outputs have so far, in each neuron the number of clauses that have turned it on; and the
 * clauses of the last layer. The features are kept while there are clauses to come.
 *
 * @param clauses of the gates
 * @param read the codes of the features that they read
 * @param written the codes of the outputs
 * @param batches how many clauses each layer computes
 */
record Hop(Clauses clauses, Codes read, Codes written, List<Integer> batches) {
    /**
     * Fills each layer: the first has no outputs beside the features, and the last no features beside the outputs.
     *
     * @param width n, at least {@link #leastWidth}
     */
    static List<Integer> batches(int clauses, int read, int written, int width) {
        List<Integer> batches = new ArrayList<>();
        int left = clauses;
        while (left > 0) {
            int outputs = batches.isEmpty() ? 0 : written;
            boolean last = left <= width - outputs;
            int batch = last ? left : Math.min(left, width - outputs - read);
            batches.add(batch);
            left -= batch;
        }
        return batches;
    }

    /** The smallest width: of one layer for all clauses, of two, or of as many as it takes. */
    static int leastWidth(int clauses, int read, int written) {
        int codes = Math.max(read, written);
        int one = Math.max(codes, clauses);
        int two = Math.max(codes + 1, (clauses + read + written + 1) / 2);
        return Math.min(one, Math.min(two, read + written + 1));
    }

    /** How many weights its layers have. */
    static long weights(List<Integer> batches, int read, int written) {
        long weights = 0;
        long columns = read;
        for (int t = 0; t < batches.size(); t++) {
            long rows = (t == 0 ? 0 : written) + batches.get(t) + (t + 1 < batches.size() ? read : 0);
            weights += rows * columns;
            columns = rows;
        }
        return weights + columns * written;
    }

    /** Adds the layers to those before, the last of which has the features as 0 and 1. */
    void addTo(List<Layer> layers) {
        int from = 0;
        int outputs = 0;
        int before = 0;
        for (int t = 0; t < batches.size(); t++) {
            boolean keeps = t + 1 < batches.size();
            int kept = keeps ? read.neurons() : 0;
            int written = t == 0 ? 0 : this.written.neurons();
            int batch = batches.get(t);
            Rows rows = new Rows(kept + written + batch, read.neurons() + outputs + before);
            for (int f = 0; f < kept; f++) {
                rows.set(f, f);
            }
            if (t > 0) {
                addOutputs(rows, kept, read.neurons(), outputs, from - before, before);
            }
            for (int c = 0; c < batch; c++) {
                rows.detect(kept + written + c, clauses.reads().get(from + c), read);
            }
            layers.add(rows.layer());
            from += batch;
            outputs = written;
            before = batch;
        }
        Rows rows = new Rows(written.neurons(), outputs + before);
        addOutputs(rows, 0, 0, outputs, from - before, before);
        layers.add(rows.layer());
    }

    /**
     * The outputs so far, with what the clauses of the layer before turn on.
     *
     * @param row the first row of the outputs
     * @param column the first column behind the features
     * @param outputs how many columns the outputs so far take, 0 in the beginning
     * @param first the first clause of the layer before
     */
    private void addOutputs(Rows rows, int row, int column, int outputs, int first, int count) {
        for (int f = 0; f < outputs; f++) {
            rows.set(row + f, column + f);
        }
        for (int c = 0; c < count; c++) {
            for (int f : written.code(clauses.gateOf()[first + c])) {
                rows.set(row + f, column + outputs + c);
            }
        }
    }

    /** The rows of one layer of zeros and ones. */
    private static final class Rows {
        private final int rows;
        private final int columns;
        private final long[] words;
        private final float[] bias;

        Rows(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            this.words = new long[Math.multiplyExact(rows, BitMatrix.wordsPerRow(columns))];
            this.bias = new float[rows];
        }

        void set(int row, int column) {
            words[row * BitMatrix.wordsPerRow(columns) + column / Long.SIZE] |= 1L << column;
        }

        /** A neuron that is 1 where all neurons of all features are on, else 0. */
        void detect(int row, int[] features, Codes codes) {
            int[] neurons = Arrays.stream(features)
                    .flatMap(feature -> Arrays.stream(codes.code(feature)))
                    .distinct()
                    .toArray();
            for (int f : neurons) {
                set(row, f);
            }
            bias[row] = 1 - neurons.length;
        }

        Layer layer() {
            return new Layer(BitMatrix.ofBits(rows, columns, words), bias);
        }
    }
}
