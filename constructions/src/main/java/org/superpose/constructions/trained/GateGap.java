package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;

/**
 * The exact test of a matrix of whole numbers on every input of a domain: each output's least score where it has to be
 * on, and its greatest where it has to be off.
 *
 * <p>Scores add up, so for each subset of the features that a gate reads the extremes are reached with the other
 * features of the most extreme single scores, one from each group; no input has to be enumerated. A lower bound on the
 * number of active features is not used, which makes the test stricter than it need be.
 *
 * @param threshold the score from which an output counts as on, at least 1: the one that leaves the fewest outputs
 *     wrong
 * @param wrongOutputs the number of outputs that are wrong on some input with this threshold
 */
record GateGap(int threshold, int wrongOutputs) {

    /** Tests the matrix that the scores have read. */
    static GateGap of(CodeScores scores, Gates gates, List<GateTargets> targets, InputDomain domain) {
        int[] leastOn = new int[gates.outputs()];
        int[] greatestOff = new int[gates.outputs()];
        float[] score = new float[scores.inputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            scores.scoresOf(i, score);
            GateTargets target = targets.get(i);
            GroupExtremes extremes = new GroupExtremes(domain, gates.reads(i), score);
            leastOn[i] = Integer.MAX_VALUE;
            greatestOff[i] = 0;
            for (int q = 0; q < target.subsets().length; q++) {
                int subset = target.subsets()[q];
                if (target.on()[q]) {
                    leastOn[i] = Math.min(leastOn[i], extremes.lowest(subset, target.others()[q]));
                } else {
                    greatestOff[i] = Math.max(greatestOff[i], extremes.highest(subset, target.others()[q]));
                }
            }
        }
        return leastWrong(leastOn, greatestOff);
    }

    boolean isRight() {
        return wrongOutputs == 0;
    }

    /**
     * The least bad threshold: between two neighbours of all extremes nothing changes, so the values of one kind
     * suffice.
     */
    private static GateGap leastWrong(int[] leastOn, int[] greatestOff) {
        int[] on = leastOn.clone();
        int[] off = greatestOff.clone();
        Arrays.sort(on);
        Arrays.sort(off);
        GateGap best = new GateGap(1, Integer.MAX_VALUE);
        int onBelow = 0;
        int offBelow = 0;
        for (int candidate : on) {
            int threshold = Math.max(1, Math.min(candidate, off[off.length - 1] + 1));
            while (onBelow < on.length && on[onBelow] < threshold) {
                onBelow++;
            }
            while (offBelow < off.length && off[offBelow] < threshold) {
                offBelow++;
            }
            int wrong = onBelow + off.length - offBelow;
            if (wrong < best.wrongOutputs()) {
                best = new GateGap(threshold, wrong);
            }
        }
        return best;
    }
}
