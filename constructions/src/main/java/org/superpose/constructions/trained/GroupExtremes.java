package org.superpose.constructions.trained;

import java.util.Arrays;
import org.superpose.core.feature.InputDomain;

/**
 * The extreme sums of scores over the inputs of a domain that have a given part of some features, the reads of a gate.
 * Other features join where they help, at most one of each group.
 */
final class GroupExtremes {
    private final int[] reads;
    private final float[] readScores;
    private final int[] readGroups;
    /** The highest scores of groups, best first, and the group of each. */
    private final Best highest;

    private final Best lowest;

    /** @param score the score of every feature; those of the reads are set to 0 */
    GroupExtremes(InputDomain domain, int[] reads, float[] score) {
        this.reads = reads;
        this.readScores = new float[reads.length];
        this.readGroups = new int[reads.length];
        for (int t = 0; t < reads.length; t++) {
            readScores[t] = score[reads[t]];
            readGroups[t] = domain.groupOf(reads[t]);
            score[reads[t]] = 0;
        }
        int count = Math.min(domain.groupCount(), domain.maxActive() + (domain.isGrouped() ? reads.length : 0));
        this.highest = new Best(domain, score, 1, count);
        this.lowest = new Best(domain, score, -1, count);
    }

    /**
     * The greatest sum of an input that has exactly a subset of the reads and at most {@code others} other features.
     */
    int highest(int subset, int others) {
        return (int) (sum(subset) + highest.sumOf(others, subset, readGroups));
    }

    /** The least such sum. */
    int lowest(int subset, int others) {
        return (int) (sum(subset) - lowest.sumOf(others, subset, readGroups));
    }

    private float sum(int subset) {
        float sum = 0;
        for (int t = 0; t < reads.length; t++) {
            sum += (subset >> t & 1) == 0 ? 0 : readScores[t];
        }
        return sum;
    }

    /** The best scores above 0 of different groups, after a change of sign. */
    private static final class Best {
        private final float[] values;
        private final int[] groups;

        Best(InputDomain domain, float[] score, int sign, int count) {
            this.values = new float[count];
            this.groups = new int[count];
            Arrays.fill(groups, -1);
            for (int j = 0; j < score.length; j++) {
                float value = sign * score[j];
                if (value > values[count - 1]) {
                    insert(value, domain.groupOf(j));
                }
            }
        }

        private void insert(float value, int group) {
            int at = 0;
            while (at < groups.length - 1 && groups[at] != group) {
                at++; // the place of the same group, or the last one
            }
            if (value <= values[at]) {
                return;
            }
            while (at > 0 && values[at - 1] < value) {
                values[at] = values[at - 1];
                groups[at] = groups[at - 1];
                at--;
            }
            values[at] = value;
            groups[at] = group;
        }

        float sumOf(int others, int subset, int[] readGroups) {
            float sum = 0;
            int taken = 0;
            for (int t = 0; t < values.length && taken < others; t++) {
                if (groups[t] >= 0 && !isTaken(groups[t], subset, readGroups)) {
                    sum += values[t];
                    taken++;
                }
            }
            return sum;
        }

        private static boolean isTaken(int group, int subset, int[] readGroups) {
            for (int t = 0; t < readGroups.length; t++) {
                if ((subset >> t & 1) != 0 && readGroups[t] == group) {
                    return true;
                }
            }
            return false;
        }
    }
}
