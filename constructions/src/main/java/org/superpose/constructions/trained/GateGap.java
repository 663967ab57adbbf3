package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;

/**
 * The exact test of a matrix of whole numbers on every input of a domain: each output's least score where it has to be
 * on, and its greatest where it has to be off.
 *
 * <p>Scores add up, so for each subset of the features that a gate reads the extremes are reached with the other
 * features of the most extreme single scores, one from each group; no input has to be enumerated. Pairs that fire pair
 * rows are looked at one by one as well.
 *
 * <p>The test is stricter than it need be where a domain has a lower bound on the number of active features, which is
 * not used, and where the features of an extreme fire a pair row together.
 *
 * @param threshold the score from which an output counts as on, at least 1: the one that leaves the fewest outputs
 *     wrong
 * @param wrong the outputs that are wrong on some input with this threshold
 */
record GateGap(int threshold, BitSet wrong) {

    /** Tests the matrix that the scores have read, which has no pair rows. */
    static GateGap of(CodeScores scores, Gates gates, List<GateTargets> targets, InputDomain domain) {
        int[] leastOn = new int[gates.outputs()];
        int[] greatestOff = new int[gates.outputs()];
        float[] score = new float[scores.inputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            scores.scoresOf(i, score);
            ScoreExtremes extremes = new ScoreExtremes(1);
            extremes.addSubsets(targets.get(i), new GroupExtremes(domain, gates.reads(i), score), any -> false);
            leastOn[i] = extremes.leastOn();
            greatestOff[i] = extremes.greatestOff();
        }
        return leastWrong(leastOn, greatestOff);
    }

    /**
     * Tests a matrix with pair rows. The threshold is in parts of {@link PairRows#UNIT}.
     *
     * @param scores have read it
     * @param weights the matrix, for the pair rows
     */
    static GateGap of(
            CodeScores scores,
            Gates gates,
            List<GateTargets> targets,
            InputDomain domain,
            PairScores pairs,
            float[] weights) {
        int[] leastOn = new int[gates.outputs()];
        int[] greatestOff = new int[gates.outputs()];
        float[] score = new float[scores.inputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            scores.scoresOf(i, score);
            pairs.read(weights, i);
            int[] reads = gates.reads(i);
            ScoreExtremes extremes = new ScoreExtremes(PairRows.UNIT);
            extremes.addPairs(pairs, score);
            extremes.addSubsets(
                    targets.get(i),
                    new GroupExtremes(domain, reads, score),
                    subset -> Integer.bitCount(subset) == 2
                            && pairs.responses()
                                    .contains(
                                            reads[Integer.numberOfTrailingZeros(subset)],
                                            reads[Integer.SIZE - 1 - Integer.numberOfLeadingZeros(subset)]));
            leastOn[i] = extremes.leastOn();
            greatestOff[i] = extremes.greatestOff();
        }
        return leastWrong(leastOn, greatestOff);
    }

    /** The number of outputs that are wrong. */
    int wrongOutputs() {
        return wrong.cardinality();
    }

    boolean isRight() {
        return wrong.isEmpty();
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
        int best = 1;
        int fewest = Integer.MAX_VALUE;
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
            if (wrong < fewest) {
                fewest = wrong;
                best = threshold;
            }
        }
        BitSet wrong = new BitSet(on.length);
        for (int i = 0; i < on.length; i++) {
            wrong.set(i, leastOn[i] < best || greatestOff[i] >= best);
        }
        return new GateGap(best, wrong);
    }
}
