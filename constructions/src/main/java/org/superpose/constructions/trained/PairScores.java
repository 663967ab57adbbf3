package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.List;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * What pairs of features add to the score of one output at a time, and whether the output has to be on where exactly
 * such a pair is active. Mutable: {@link #read} turns to another output.
 */
final class PairScores {
    private final Gates gates;
    private final List<GateTargets> targets;
    private final Codes outputCodes;
    private final PairResponses responses;
    /** The columns of the matrix, those of the pair rows last. */
    private final int columns;

    private final float[] rowWeights;
    private final float[] rowSlopes;
    /** For each feature the bit of its place among the reads, or 0. */
    private final int[] bits;

    private int output = -1;

    PairScores(Gates gates, List<GateTargets> targets, Codes outputCodes, PairTerms terms, int columns) {
        this.gates = gates;
        this.targets = targets;
        this.outputCodes = outputCodes;
        this.responses = terms.responses();
        this.columns = columns;
        this.rowWeights = new float[terms.rows().rows()];
        this.rowSlopes = new float[rowWeights.length];
        this.bits = new int[gates.inputs()];
    }

    /** Turns to an output, with the weights of a matrix. */
    void read(float[] weights, int newOutput) {
        mark(false);
        output = newOutput;
        mark(true);
        Arrays.fill(rowWeights, 0);
        int rows = rowWeights.length;
        for (int u = 0; u < outputCodes.weight(output); u++) {
            int start = (outputCodes.neuron(output, u) + 1) * columns - rows;
            for (int e = 0; e < rows; e++) {
                rowWeights[e] += weights[start + e];
            }
        }
    }

    private void mark(boolean on) {
        for (int t = 0; output >= 0 && t < gates.fanIn(output); t++) {
            bits[gates.read(output, t)] = on ? 1 << t : 0;
        }
    }

    PairResponses responses() {
        return responses;
    }

    /** The sum of the scores of a pair. */
    float total(int pair, float[] score) {
        return score[responses.first(pair)] + score[responses.second(pair)] + responses.score(pair, rowWeights);
    }

    /** How many of a pair's features the gate reads: 0..2. */
    int reads(int pair) {
        return (bits[responses.first(pair)] == 0 ? 0 : 1) + (bits[responses.second(pair)] == 0 ? 0 : 1);
    }

    /** Whether the output has to be on where exactly the pair is active. */
    boolean isOn(int pair) {
        int subset = bits[responses.first(pair)] | bits[responses.second(pair)];
        return subset != 0 && targets.get(output).isOn(subset);
    }

    /** Notes what is missing in a pair's score: the gradient of its rows. */
    void addSlope(int pair, float slope) {
        responses.addTo(rowSlopes, pair, slope);
    }

    /** Adds all that was noted for this output to a gradient, and forgets it. */
    void addTo(float[] gradient) {
        int rows = rowSlopes.length;
        for (int u = 0; u < outputCodes.weight(output); u++) {
            int start = (outputCodes.neuron(output, u) + 1) * columns - rows;
            for (int e = 0; e < rows; e++) {
                gradient[start + e] += rowSlopes[e];
            }
        }
        Arrays.fill(rowSlopes, 0);
    }
}
