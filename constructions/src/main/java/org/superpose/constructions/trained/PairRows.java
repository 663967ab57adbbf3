package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.BitSet;
import org.superpose.core.network.Codes;

/**
 * Rows of small whole weights that fire where two of their members are active, and for no feature alone: a row's sum is
 * about the same for each member and at most 0 for all others, and its bias asks for more than the largest of them.
 * Found by gradient descent ({@link Adam}); where a row is not as it should be, the values say so, and what reads them
 * is trained with these.
 */
final class PairRows {
    /** The whole number that stands for a member. */
    static final int UNIT = 8;
    /** The sum from which a row fires, two members being 2. */
    private static final double FIRING = 1.25;

    private static final int STEPS = 150;
    private static final float RATE = 0.03f;
    private static final float MEMBER_LEAST = 0.95f;
    private static final float MEMBER_MOST = 1.05f;
    private static final float OTHERS_MOST = -0.1f;
    private static final float MEMBER_WEIGHT = 4;

    private final Codes codes;
    private final short[] weights;
    private final int[] thresholds;
    private final int[][] sums;

    private PairRows(Codes codes, int rows) {
        this.codes = codes;
        this.weights = new short[Math.multiplyExact(rows, codes.neurons())];
        this.thresholds = new int[rows];
        this.sums = new int[rows][codes.features()];
    }

    /** Trains every row by itself. */
    static PairRows train(Codes codes, PairChannels channels) {
        PairRows rows = new PairRows(codes, channels.rows());
        for (int e = 0; e < channels.rows(); e++) {
            rows.round(e, trained(codes, channels.members(e)));
        }
        return rows;
    }

    private static float[] trained(Codes codes, BitSet members) {
        float[] weights = new float[codes.neurons()];
        float[] gradient = new float[weights.length];
        Adam adam = new Adam(weights, RATE, STEPS);
        for (int step = 1; step <= STEPS; step++) {
            Arrays.fill(gradient, 0);
            for (int j = 0; j < codes.features(); j++) {
                float sum = 0;
                for (int t = 0; t < codes.weight(j); t++) {
                    sum += weights[codes.neuron(j, t)];
                }
                float slope = members.get(j)
                        ? MEMBER_WEIGHT * (sum - Math.max(MEMBER_LEAST, Math.min(sum, MEMBER_MOST)))
                        : Math.max(0, sum - OTHERS_MOST);
                for (int t = 0; t < codes.weight(j) && slope != 0; t++) {
                    gradient[codes.neuron(j, t)] += slope;
                }
            }
            adam.descend(gradient, step);
        }
        return weights;
    }

    private void round(int row, float[] trained) {
        int start = row * codes.neurons();
        for (int c = 0; c < trained.length; c++) {
            weights[start + c] = (short) Math.rint(trained[c] * UNIT);
        }
        int largest = 0;
        for (int j = 0; j < codes.features(); j++) {
            for (int t = 0; t < codes.weight(j); t++) {
                sums[row][j] += weights[start + codes.neuron(j, t)];
            }
            largest = Math.max(largest, sums[row][j]);
        }
        thresholds[row] = Math.max((int) (FIRING * UNIT), largest);
    }

    /** The number of rows. */
    int rows() {
        return thresholds.length;
    }

    /** m, the number of features. */
    int features() {
        return codes.features();
    }

    /** The value of a row where exactly two features are active; it is 0 where there are fewer. */
    int value(int row, int first, int second) {
        return Math.max(0, sums[row][first] + sums[row][second] - thresholds[row]);
    }

    /** A fresh copy of the weights, row by row. */
    short[] weights() {
        return weights.clone();
    }

    /** What the sum of a row has to exceed; the bias is its negative. */
    int threshold(int row) {
        return thresholds[row];
    }
}
