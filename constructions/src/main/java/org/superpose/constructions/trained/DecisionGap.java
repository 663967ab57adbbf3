package org.superpose.constructions.trained;

import java.util.Arrays;
import org.superpose.core.problem.Gates;

/**
 * The exact test of a matrix of whole numbers on every input with at most v active features: each output's least score
 * where it has to be on, and its greatest where it has to be off.
 *
 * <p>Scores add up, so the extremes are reached with the features of the most extreme single scores; no input has to be
 * enumerated. Where a domain is narrower (groups), the test is stricter than it need be.
 *
 * @param threshold the score from which an output counts as on, at least 1: the one that leaves the fewest outputs
 *     wrong
 * @param wrongOutputs the number of outputs that are wrong on some input with this threshold
 */
record DecisionGap(int threshold, int wrongOutputs) {

    /**
     * Tests the matrix that the scores have read.
     *
     * @param gates outputs that copy one input each
     * @param maxActive v, at least 1
     */
    static DecisionGap of(CodeScores scores, Gates gates, int maxActive) {
        int[] leastOn = new int[gates.outputs()];
        int[] greatestOff = new int[gates.outputs()];
        float[] own = new float[scores.inputs()];
        float[] extremes = new float[maxActive];
        for (int i = 0; i < gates.outputs(); i++) {
            scores.scoresOf(i, own);
            int target = gates.read(i, 0);
            float on = own[target];
            own[target] = 0; // both sums only take what helps, so that the target counts for nothing among the others
            leastOn[i] = (int) on + sumOfLowest(own, extremes, maxActive - 1);
            greatestOff[i] = -sumOfLowest(negated(own), extremes, maxActive);
        }
        int threshold = threshold(leastOn, greatestOff);
        int wrong = 0;
        for (int i = 0; i < leastOn.length; i++) {
            if (leastOn[i] < threshold || greatestOff[i] >= threshold) {
                wrong++;
            }
        }
        return new DecisionGap(threshold, wrong);
    }

    boolean isRight() {
        return wrongOutputs == 0;
    }

    private static float[] negated(float[] values) {
        for (int j = 0; j < values.length; j++) {
            values[j] = -values[j];
        }
        return values;
    }

    /** The sum of the {@code count} lowest values, of those below zero only. */
    private static int sumOfLowest(float[] values, float[] lowest, int count) {
        if (count == 0) {
            return 0;
        }
        Arrays.fill(lowest, 0, count, 0);
        for (float value : values) {
            if (value < lowest[count - 1]) {
                int at = count - 1;
                while (at > 0 && lowest[at - 1] > value) {
                    lowest[at] = lowest[at - 1];
                    at--;
                }
                lowest[at] = value;
            }
        }
        float sum = 0;
        for (int t = 0; t < count; t++) {
            sum += lowest[t];
        }
        return (int) sum;
    }

    /**
     * The least bad threshold: between two neighbours of all extremes nothing changes, so the values of one kind
     * suffice.
     */
    private static int threshold(int[] leastOn, int[] greatestOff) {
        int[] on = leastOn.clone();
        int[] off = greatestOff.clone();
        Arrays.sort(on);
        Arrays.sort(off);
        int best = 1;
        int fewest = Integer.MAX_VALUE;
        int onBelow = 0;
        int offBelow = 0;
        for (int candidate : on) {
            int threshold = Math.max(1, candidate);
            while (onBelow < on.length && on[onBelow] < threshold) {
                onBelow++;
            }
            while (offBelow < off.length && off[offBelow] < threshold) {
                offBelow++;
            }
            int wrong = onBelow + off.length - offBelow;
            if (wrong < fewest) {
                fewest = wrong;
                best = threshold;
            }
        }
        return best;
    }
}
