package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * The gates that the current input of an enumeration touches, kept up to date as features come and go, and from them
 * the candidates for the last feature with which any output could be on.
 *
 * <p>Of a layered instance only the first layer is followed: where none of its gates is on, nothing behind it is.
 */
final class ActiveGates {
    private final ProblemInstance instance;
    private final Gates gates;
    private final int[] counts;
    private final int[] touched;
    private int touchedCount;
    private int onCount;
    /** The features that turn a gate on all by themselves. */
    private final long[] alone;
    /** For each fan-in the lowest inputs of the gates that have it, distinct and ascending. */
    private final int[][] lowestReads;

    private final int[] active;
    private int size;

    ActiveGates(ProblemInstance instance) {
        this.instance = instance;
        this.gates = instance.layers().get(0);
        this.counts = new int[gates.outputs()];
        this.touched = new int[gates.outputs()];
        this.alone = new long[Kernel.paddedWords(gates.inputs())];
        this.active = new int[instance.maxActive()];
        this.lowestReads = new int[gates.maxFanIn() + 1][];
        for (int fanIn = 1; fanIn < lowestReads.length; fanIn++) {
            int wanted = fanIn;
            lowestReads[fanIn] = IntStream.range(0, gates.outputs())
                    .filter(gate -> gates.fanIn(gate) == wanted)
                    .map(gate -> gates.read(gate, 0))
                    .sorted()
                    .distinct()
                    .toArray();
        }
        for (int j = 0; j < gates.inputs(); j++) {
            for (int t = 0; t < gates.influence(j); t++) {
                if (isOn(gates.reader(j, t), 1)) {
                    alone[j / Long.SIZE] |= 1L << j;
                }
            }
        }
    }

    private boolean isOn(int gate, int count) {
        return count > 0 && gates.function().isOn(count, gates.fanIn(gate));
    }

    void push(int feature) {
        active[size++] = feature;
        for (int t = 0; t < gates.influence(feature); t++) {
            int gate = gates.reader(feature, t);
            int before = counts[gate]++;
            if (before == 0) {
                touched[touchedCount++] = gate;
            }
            onCount += (isOn(gate, before + 1) ? 1 : 0) - (isOn(gate, before) ? 1 : 0);
        }
    }

    void pop() {
        int feature = active[--size];
        for (int t = gates.influence(feature) - 1; t >= 0; t--) {
            int gate = gates.reader(feature, t);
            int before = counts[gate]--;
            if (before == 1) {
                touchedCount--; // touched in this order, so the last one is this one
            }
            onCount += (isOn(gate, before - 1) ? 1 : 0) - (isOn(gate, before) ? 1 : 0);
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

    /** The number of features of the current input that a gate of the first layer reads. */
    int count(int gate) {
        return counts[gate];
    }

    /** True if no gate of the first layer is on, so that no output is. */
    boolean allOff() {
        return onCount == 0;
    }

    /** Adds to a bit set all those candidates for which some gate of the first layer is on. */
    void addCandidatesThatTurnOn(long[] candidates, long[] result) {
        if (onCount > 0) {
            // A gate that is on may stay on: leave it to the evaluation of each candidate.
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
            if (isOn(gate, counts[gate] + 1)) {
                for (int s = 0; s < gates.fanIn(gate); s++) {
                    int feature = gates.read(gate, s);
                    result[feature / Long.SIZE] |= candidates[feature / Long.SIZE] & 1L << feature;
                }
            }
        }
    }

    /**
     * Adds to a bit set all those candidates c for which some gate may be on when c and up to {@code later} features
     * behind c join. For AND gates only; may add more.
     *
     * @param candidates features behind those of the current input
     */
    void addCandidatesThatMayTurnOn(long[] candidates, int later, long[] result) {
        if (onCount > 0) {
            addUpTo(gates.inputs() - 1, candidates, result);
            return;
        }
        int last = size == 0 ? -1 : active[size - 1];
        for (int t = 0; t < touchedCount; t++) {
            int gate = touched[t];
            int missing = gates.fanIn(gate) - counts[gate];
            if (missing <= later + 1) {
                int lowest = lowestMissing(gate);
                if (lowest > last) {
                    add(lowest, missing <= later, candidates, result);
                }
            }
        }
        for (int fanIn = 1; fanIn <= Math.min(later + 1, lowestReads.length - 1); fanIn++) {
            int[] lowest = lowestReads[fanIn];
            if (fanIn <= later && lowest.length > 0) {
                addUpTo(lowest[lowest.length - 1], candidates, result);
            } else {
                for (int feature : lowest) {
                    add(feature, false, candidates, result);
                }
            }
        }
    }

    private int lowestMissing(int gate) {
        for (int s = 0; s < gates.fanIn(gate); s++) {
            int feature = gates.read(gate, s);
            if (Arrays.binarySearch(active, 0, size, feature) < 0) {
                return feature;
            }
        }
        throw new IllegalStateException("gate " + gate + " is on");
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
