package org.superpose.constructions.dedicated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Literals;
import org.superpose.core.problem.SymmetricFunction;
import org.superpose.core.problem.Table;
import org.superpose.core.problem.Weighted;

/**
 * The neurons that compute one gate, each y = ReLU(weights . reads + bias): the sum of {@code outgoing} times y is at
 * least 1 if the gate is on, and at most 0 if it is off.
 *
 * <p>A threshold function needs one. A function of the number S of active reads is interpolated by ReLU(S - j), j = 0,
 * 1, ..., which is exact in whole numbers. Any other is covered by conjunctions of literals, one neuron each: rows of
 * its table with more active reads than there can be do not matter.
 *
 * @param neurons at least one
 * @param overshoots whether the sum may be more than 1
 */
record GateNeurons(List<Neuron> neurons, boolean overshoots) {
    /**
     * One neuron.
     *
     * @param weights one for each read
     * @param outgoing its weight in the gate's sum
     */
    record Neuron(int[] weights, int bias, int outgoing) {}

    /** @param most the largest number of reads that can be active */
    static GateNeurons of(GateFunction function, int fanIn, int most) {
        if (function instanceof SymmetricFunction.And) {
            return threshold(ones(fanIn), fanIn);
        }
        if (function instanceof SymmetricFunction.AtLeast atLeast) {
            return threshold(ones(fanIn), atLeast.threshold());
        }
        if (function instanceof Literals literals) {
            int[] weights = IntStream.range(0, fanIn).map(literals::step).toArray();
            int negated =
                    (int) IntStream.of(weights).filter(weight -> weight < 0).count();
            return threshold(weights, literals.connective() == Literals.Connective.AND ? fanIn - negated : 1 - negated);
        }
        if (function instanceof Weighted weighted) {
            return threshold(IntStream.range(0, fanIn).map(weighted::weight).toArray(), weighted.threshold());
        }
        return function instanceof Table table ? cover(table, most) : interpolation(function, fanIn, most);
    }

    private static int[] ones(int fanIn) {
        int[] ones = new int[fanIn];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static GateNeurons threshold(int[] weights, int threshold) {
        int largest = IntStream.of(weights).map(weight -> Math.max(0, weight)).sum();
        return new GateNeurons(List.of(new Neuron(weights, 1 - threshold, 1)), largest > threshold);
    }

    private static GateNeurons interpolation(GateFunction function, int fanIn, int most) {
        List<Neuron> neurons = new ArrayList<>();
        int slope = 0;
        int value = function.isOn(0, fanIn) ? 1 : 0;
        if (value == 1) {
            neurons.add(new Neuron(new int[fanIn], 1, 1)); // on at rest
        }
        for (int count = 0; count < Math.min(fanIn, most); count++) {
            int next = function.isOn(count + 1, fanIn) ? 1 : 0;
            if (next - value != slope) {
                neurons.add(new Neuron(ones(fanIn), -count, next - value - slope));
                slope = next - value;
            }
            value = next;
        }
        return neurons.isEmpty() ? never(fanIn) : new GateNeurons(neurons, false);
    }

    private static GateNeurons never(int fanIn) {
        return new GateNeurons(List.of(new Neuron(new int[fanIn], 0, 1)), false);
    }

    private static GateNeurons cover(Table table, int most) {
        int fanIn = table.fanIn();
        BitSet left = new BitSet();
        BitSet allowed = new BitSet();
        for (int row = 0; row < 1 << fanIn; row++) {
            boolean possible = Integer.bitCount(row) <= most;
            left.set(row, possible && table.isOn(row));
            allowed.set(row, !possible || table.isOn(row));
        }
        List<Neuron> neurons = new ArrayList<>();
        for (int row = left.nextSetBit(0); row >= 0; row = left.nextSetBit(0)) {
            int free = freed(row, fanIn, allowed);
            neurons.add(conjunction(row, free, fanIn));
            for (int part = free; ; part = (part - 1) & free) {
                left.clear(row & ~free | part);
                if (part == 0) {
                    break;
                }
            }
        }
        return neurons.isEmpty() ? never(fanIn) : new GateNeurons(neurons, neurons.size() > 1);
    }

    /** Reads that a row's conjunction need not look at: as many as can be left out one after another. */
    private static int freed(int row, int fanIn, BitSet allowed) {
        int free = 0;
        for (int t = 0; t < fanIn; t++) {
            if (isAllowed(row, free | 1 << t, allowed)) {
                free |= 1 << t;
            }
        }
        return free;
    }

    private static boolean isAllowed(int row, int free, BitSet allowed) {
        for (int part = free; ; part = (part - 1) & free) {
            if (!allowed.get(row & ~free | part)) {
                return false;
            }
            if (part == 0) {
                return true;
            }
        }
    }

    private static Neuron conjunction(int row, int free, int fanIn) {
        int[] weights = new int[fanIn];
        for (int t = 0; t < fanIn; t++) {
            if ((free >> t & 1) == 0) {
                weights[t] = (row >> t & 1) != 0 ? 1 : -1;
            }
        }
        return new Neuron(weights, 1 - Integer.bitCount(row & ~free), 1);
    }
}
