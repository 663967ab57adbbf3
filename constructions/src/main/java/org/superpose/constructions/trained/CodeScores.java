package org.superpose.constructions.trained;

import org.superpose.core.network.Codes;

/**
 * The scores of one matrix on single features: S[i][j], the sum of the pre-activations W E(j) over the rows of the code
 * of output i, for one output at a time. On inputs on which no ReLU cuts, scores of several active features add up.
 *
 * <p>Every sum has a fixed order, element by element, so that it is the same bits whether it runs in vectors or not.
 * With whole weights it is exact. Mutable: {@link #read} replaces the matrix.
 */
final class CodeScores {
    private final Codes inputCodes;
    private final Codes outputCodes;
    /** The columns of a matrix, those that read the input codes first. */
    private final int columns;
    /** W E, one array per row of W. */
    private final float[][] sums;

    CodeScores(Codes inputCodes, Codes outputCodes) {
        this(inputCodes, outputCodes, inputCodes.neurons());
    }

    /**
     * @param columns the columns of the matrices, of which those behind the neurons of the input codes do not matter
     */
    CodeScores(Codes inputCodes, Codes outputCodes, int columns) {
        this.inputCodes = inputCodes;
        this.outputCodes = outputCodes;
        this.columns = columns;
        this.sums = new float[outputCodes.neurons()][inputCodes.features()];
    }

    /** m, the number of features. */
    int inputs() {
        return inputCodes.features();
    }

    /** Takes over the products of a matrix, row by row, with the codes. */
    void read(float[] weights) {
        for (int f = 0; f < sums.length; f++) {
            float[] row = sums[f];
            for (int j = 0; j < row.length; j++) {
                float sum = 0;
                for (int t = 0; t < inputCodes.weight(j); t++) {
                    sum += weights[f * columns + inputCodes.neuron(j, t)];
                }
                row[j] = sum;
            }
        }
    }

    /** The scores of one output on every feature alone. */
    void scoresOf(int output, float[] scores) {
        System.arraycopy(sums[outputCodes.neuron(output, 0)], 0, scores, 0, scores.length);
        for (int u = 1; u < outputCodes.weight(output); u++) {
            add(sums[outputCodes.neuron(output, u)], scores);
        }
    }

    /** Adds a value to all entries of a matrix that the score of an output on a feature is the sum of. */
    void addTo(float[] matrix, int output, int input, float value) {
        for (int u = 0; u < outputCodes.weight(output); u++) {
            int row = outputCodes.neuron(output, u) * columns;
            for (int t = 0; t < inputCodes.weight(input); t++) {
                matrix[row + inputCodes.neuron(input, t)] += value;
            }
        }
    }

    private static void add(float[] row, float[] into) {
        for (int j = 0; j < into.length; j++) {
            into[j] += row[j];
        }
    }
}
