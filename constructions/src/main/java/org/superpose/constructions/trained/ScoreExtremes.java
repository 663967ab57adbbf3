package org.superpose.constructions.trained;

import java.util.function.IntPredicate;

/** The least score of one output where it has to be on, and the greatest where it has to be off. Mutable. */
final class ScoreExtremes {
    private final int unit;
    private int leastOn = Integer.MAX_VALUE;
    private int greatestOff;

    /** @param unit what scores are multiplied by, so that they are whole numbers */
    ScoreExtremes(int unit) {
        this.unit = unit;
    }

    private void add(boolean on, float score) {
        int whole = (int) (unit * score);
        if (on) {
            leastOn = Math.min(leastOn, whole);
        } else {
            greatestOff = Math.max(greatestOff, whole);
        }
    }

    void addPairs(PairScores pairs, float[] score) {
        for (int p = 0; p < pairs.responses().pairs(); p++) {
            add(pairs.isOn(p), pairs.total(p, score));
        }
    }

    void addSubsets(GateTargets target, GroupExtremes extremes, IntPredicate isLeftOut) {
        for (int q = 0; q < target.subsets().length; q++) {
            int subset = target.subsets()[q];
            if (!isLeftOut.test(subset)) {
                boolean on = target.on()[q];
                int others = target.others()[q];
                add(on, on ? extremes.lowest(subset, others) : extremes.highest(subset, others));
            }
        }
    }

    /** The least score with which the output has to be on; the largest int if it never has to. */
    int leastOn() {
        return leastOn;
    }

    /** The greatest score with which the output has to be off, at least the 0 of the empty input. */
    int greatestOff() {
        return greatestOff;
    }
}
