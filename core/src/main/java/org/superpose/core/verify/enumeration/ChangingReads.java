package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Table;

/**
 * How many of its reads have to be active at least for a gate to differ from rest, and where these lie: if k are
 * needed, the lowest of them is not behind the k-th highest read. Immutable.
 */
final class ChangingReads {
    /** For each k the reads of gates that need exactly k, up to the k-th highest of each gate; ascending. */
    private final int[][] reads;
    /** For each k the highest of the reads of gates that need at most k, or -1. */
    private final int[] highest;

    private ChangingReads(int[][] reads) {
        this.reads = reads;
        this.highest = new int[reads.length];
        highest[0] = -1;
        for (int k = 1; k < reads.length; k++) {
            int own = reads[k].length == 0 ? -1 : reads[k][reads[k].length - 1];
            highest[k] = Math.max(highest[k - 1], own);
        }
    }

    /** @param most the largest number of reads that may be active */
    static ChangingReads of(Gates gates, int most) {
        BitSet[] sets = new BitSet[most + 1];
        Arrays.setAll(sets, k -> new BitSet());
        Map<GateFunction, Map<Integer, Integer>> known = new HashMap<>();
        for (int i = 0; i < gates.outputs(); i++) {
            GateFunction function = gates.function(i);
            int needed = known.computeIfAbsent(function, any -> new HashMap<>())
                    .computeIfAbsent(gates.fanIn(i), fanIn -> needed(function, fanIn, most));
            if (needed <= most) {
                for (int t = 0; t <= gates.fanIn(i) - needed; t++) {
                    sets[needed].set(gates.read(i, t));
                }
            }
        }
        return new ChangingReads(
                Arrays.stream(sets).map(set -> set.stream().toArray()).toArray(int[][]::new));
    }

    /** The least number of active reads with which a gate may differ from rest; more than {@code most} if none does. */
    private static int needed(GateFunction function, int fanIn, int most) {
        boolean rest = function.isOn(0, fanIn);
        if (function instanceof Table) {
            return IntStream.range(1, 1 << fanIn)
                    .filter(row -> function.isOn(row, fanIn) != rest)
                    .map(Integer::bitCount)
                    .min()
                    .orElse(most + 1);
        }
        // The sum decides by a threshold, or counts: the largest steps get furthest up, the least furthest down.
        int[] steps = IntStream.range(0, fanIn).map(function::step).sorted().toArray();
        int up = 0;
        int down = 0;
        for (int k = 1; k <= Math.min(fanIn, most); k++) {
            up += steps[fanIn - k];
            down += steps[k - 1];
            if (function.isOn(up, fanIn) != rest || function.isOn(down, fanIn) != rest) {
                return k;
            }
        }
        return most + 1;
    }

    /**
     * The highest feature that may be the lowest of those that change a gate of which at most k reads are needed, or
     * -1.
     */
    int highestWith(int k) {
        return highest[Math.min(k, highest.length - 1)];
    }

    /** The features that may be the lowest of those that change a gate of which k reads are needed. */
    int[] needing(int k) {
        return k < reads.length ? reads[k] : new int[0];
    }
}
