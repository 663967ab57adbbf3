package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * The gates that the current input of an enumeration touches, kept up to date as features come and go, and from them
 * the candidates for the last feature with which any output could differ from the resting state.
 *
 * <p>Of a layered instance only the first layer is followed: where all of its gates are as at rest, so is everything
 * behind them.
 */
final class ActiveGates {
    private final Gates gates;
    /** The sum by which each gate decides, over the features of the current input. */
    private final int[] sums;
    /** The number of features of the current input that each gate reads. */
    private final int[] counts;

    private final int[] touched;
    private int touchedCount;
    private int changedCount;
    private final boolean[] resting;
    private final ChangingReads changingReads;
    /** The features that change a gate all by themselves. */
    private final long[] alone;

    private final int[] active;
    private int size;

    ActiveGates(ProblemInstance instance) {
        this.gates = instance.layers().get(0);
        this.sums = new int[gates.outputs()];
        this.counts = new int[gates.outputs()];
        this.touched = new int[gates.outputs()];
        this.resting = new boolean[gates.outputs()];
        for (int s = 0; s < gates.resting().size(); s++) {
            resting[gates.resting().get(s)] = true;
        }
        this.alone = new long[Kernel.paddedWords(gates.inputs())];
        this.active = new int[instance.maxActive()];
        for (int j = 0; j < gates.inputs(); j++) {
            for (int t = 0; t < gates.influence(j); t++) {
                if (isChanged(gates.reader(j, t), gates.step(j, t))) {
                    alone[j / Long.SIZE] |= 1L << j;
                }
            }
        }
        this.changingReads = ChangingReads.of(gates, instance.maxActive());
    }

    private boolean isChanged(int gate, int sum) {
        return gates.isOn(gate, sum) != resting[gate];
    }

    void push(int feature) {
        active[size++] = feature;
        for (int t = 0; t < gates.influence(feature); t++) {
            int gate = gates.reader(feature, t);
            if (counts[gate]++ == 0) {
                touched[touchedCount++] = gate;
            }
            int before = sums[gate];
            sums[gate] = before + gates.step(feature, t);
            changedCount += (isChanged(gate, sums[gate]) ? 1 : 0) - (isChanged(gate, before) ? 1 : 0);
        }
    }

    void pop() {
        int feature = active[--size];
        for (int t = gates.influence(feature) - 1; t >= 0; t--) {
            int gate = gates.reader(feature, t);
            if (--counts[gate] == 0) {
                touchedCount--; // touched in this order, so the last one is this one
            }
            int before = sums[gate];
            sums[gate] = before - gates.step(feature, t);
            changedCount += (isChanged(gate, sums[gate]) ? 1 : 0) - (isChanged(gate, before) ? 1 : 0);
        }
    }

    int size() {
        return size;
    }

    /** The features of the current input, ascending; a live array, of which {@link #size()} entries count. */
    int[] active() {
        return active;
    }

    FeatureSet input() {
        return FeatureSet.ofSorted(active, size);
    }

    /** The current input with one more feature. */
    FeatureSet inputWith(int feature) {
        int[] more = Arrays.copyOf(active, size + 1);
        more[size] = feature;
        return FeatureSet.of(more);
    }

    /** The sum by which a gate of the first layer decides on the current input. */
    int sum(int gate) {
        return sums[gate];
    }

    /** True if every gate of the first layer is as at rest, so that every output is. */
    boolean allRest() {
        return changedCount == 0;
    }

    /** Adds to a bit set all those candidates for which some gate of the first layer is not as at rest. */
    void addCandidatesThatChange(long[] candidates, long[] result) {
        if (changedCount > 0) {
            // A gate that is changed may stay so: leave it to the evaluation of each candidate.
            for (int w = 0; w < candidates.length; w++) {
                result[w] |= candidates[w];
            }
            return;
        }
        for (int w = 0; w < candidates.length; w++) {
            result[w] |= candidates[w] & alone[w];
        }
        for (int t = 0; t < touchedCount; t++) {
            int gate = touched[t];
            if (gates.function(gate).isSymmetric()) {
                if (isChanged(gate, sums[gate] + 1)) {
                    addReads(gate, candidates, result);
                }
            } else {
                for (int s = 0; s < gates.fanIn(gate); s++) {
                    if (isChanged(gate, sums[gate] + gates.function(gate).step(s))) {
                        add(gates.read(gate, s), false, candidates, result);
                    }
                }
            }
        }
    }

    private void addReads(int gate, long[] candidates, long[] result) {
        for (int s = 0; s < gates.fanIn(gate); s++) {
            add(gates.read(gate, s), false, candidates, result);
        }
    }

    /**
     * Adds to a bit set all those candidates c for which some gate may change when c and up to {@code later} features
     * behind c join; may add more. Where k more of its reads have to join for that, c is not behind the k-th highest of
     * them, and is one of them if no feature to spare is left.
     *
     * @param candidates features behind those of the current input
     */
    void addCandidatesThatMayChange(long[] candidates, int later, long[] result) {
        if (changedCount > 0) {
            addUpTo(gates.inputs() - 1, candidates, result);
            return;
        }
        int last = size == 0 ? -1 : active[size - 1];
        for (int t = 0; t < touchedCount; t++) {
            int gate = touched[t];
            int missing = missing(gate, later + 1);
            if (missing > later + 1) {
                continue;
            }
            int position = gates.fanIn(gate) - missing;
            if (missing <= later) {
                add(gates.read(gate, position), true, candidates, result);
            } else {
                for (int s = position; s >= 0 && gates.read(gate, s) > last; s--) {
                    add(gates.read(gate, s), false, candidates, result);
                }
            }
        }
        addUpTo(changingReads.highestWith(later), candidates, result);
        for (int feature : changingReads.needing(later + 1)) {
            add(feature, false, candidates, result);
        }
    }

    /** The least number of further reads that have to join for a gate to change, or more than {@code most}. */
    private int missing(int gate, int most) {
        if (!gates.function(gate).isSymmetric()) {
            return 1; // no fewer, at least
        }
        int room = Math.min(most, gates.fanIn(gate) - counts[gate]);
        for (int more = 1; more <= room; more++) {
            if (isChanged(gate, sums[gate] + more)) {
                return more;
            }
        }
        return most + 1;
    }

    private static void add(int feature, boolean allBelow, long[] candidates, long[] result) {
        if (allBelow) {
            addUpTo(feature, candidates, result);
        } else {
            result[feature / Long.SIZE] |= candidates[feature / Long.SIZE] & 1L << feature;
        }
    }

    private static void addUpTo(int feature, long[] candidates, long[] result) {
        for (int w = 0; w * Long.SIZE <= feature; w++) {
            long mask = feature - w * Long.SIZE >= Long.SIZE - 1 ? -1L : (1L << feature + 1) - 1;
            result[w] |= candidates[w] & mask;
        }
    }
}
