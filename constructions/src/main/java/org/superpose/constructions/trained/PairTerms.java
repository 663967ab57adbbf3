package org.superpose.constructions.trained;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.problem.Gates;

/**
 * The pair rows of a network: what pairs of features add to scores beside what each feature adds alone.
 *
 * @param corrections what they are there for
 * @param channels which rows tell the pair of each correction
 * @param rows the rows themselves
 * @param responses which pairs fire which rows
 */
record PairTerms(List<Correction> corrections, PairChannels channels, PairRows rows, PairResponses responses) {
    /**
     * A pair of features for which the scores of a gate are wrong.
     *
     * @param missing what the pair should add
     */
    record Correction(int output, int first, int second, float missing) {}

    /** What a pair is to be beyond the threshold at first. */
    private static final float CLEAR = 0.1f;

    /** The corrections that gates ask for, in their order. */
    static List<Correction> corrections(Gates gates, List<GateTargets> targets) {
        List<Correction> corrections = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            GateTargets target = targets.get(i);
            for (int q = 0; q < target.subsets().length; q++) {
                if (target.corrected()[q]) {
                    int subset = target.subsets()[q];
                    int low = Integer.numberOfTrailingZeros(subset);
                    int high = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(subset);
                    float sum = target.weights()[low] + target.weights()[high];
                    float wanted = target.on()[q] ? 1 + CLEAR : 1 - CLEAR;
                    corrections.add(new Correction(i, gates.read(i, low), gates.read(i, high), wanted - sum));
                }
            }
        }
        return corrections;
    }

    /**
     * Chooses channels and trains the rows.
     *
     * @param rows the number of rows, at least {@code channelWeight}
     * @param random breaks ties between rows
     */
    static PairTerms build(
            List<Correction> corrections,
            InputDomain domain,
            Codes inputCodes,
            int rows,
            int channelWeight,
            RandomGenerator random) {
        List<int[]> pairs = corrections.stream()
                .map(correction -> new int[] {correction.first(), correction.second()})
                .toList();
        PairChannels channels = PairChannels.choose(rows, channelWeight, pairs, random);
        PairRows trained = PairRows.train(inputCodes, channels);
        return new PairTerms(corrections, channels, trained, new PairResponses(trained, domain));
    }

    /**
     * The layer that passes all neurons on, {@link PairRows#UNIT} times as large, and has the pair rows behind them.
     *
     * @param neurons the number of neurons of y_0
     */
    Layer layer(int neurons) {
        int height = neurons + rows.rows();
        short[] weights = new short[Math.multiplyExact(height, neurons)];
        float[] biases = new float[height];
        for (int c = 0; c < neurons; c++) {
            weights[c * neurons + c] = PairRows.UNIT;
        }
        short[] pairWeights = rows.weights();
        System.arraycopy(pairWeights, 0, weights, neurons * neurons, pairWeights.length);
        for (int e = 0; e < rows.rows(); e++) {
            biases[neurons + e] = -rows.threshold(e);
        }
        return new Layer(new IntegerMatrix(height, neurons, weights), biases);
    }
}
