package org.superpose.core.problem;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;

/**
 * One layer of a Boolean map: output i applies one symmetric function to the inputs J_i that it reads. Immutable.
 *
 * <p>The read sets are kept in compressed sparse row form: those of output i are {@code reads[offsets[i] .. offsets[i +
 * 1])}, ascending and distinct. The transposed form, which outputs read an input, is kept beside it, so that evaluation
 * costs only the influence of the active inputs.
 */
public final class Gates {
    private final int inputs;
    private final GateFunction function;
    private final int[] offsets;
    private final int[] reads;
    private final int[] readerOffsets;
    private final int[] readers;

    private Gates(int inputs, GateFunction function, int[] offsets, int[] reads) {
        this.inputs = inputs;
        this.function = function;
        this.offsets = offsets;
        this.reads = reads;
        this.readerOffsets = new int[inputs + 1];
        this.readers = new int[reads.length];
        transpose();
    }

    /**
     * Gates in compressed sparse row form; the arrays are copied.
     *
     * @param inputs m, the number of inputs
     * @param function what every gate computes
     * @param offsets length m' + 1, from 0 to reads.length, strictly ascending: no gate is empty
     * @param reads the inputs that each gate reads, each in 0..m-1, ascending and distinct within a gate
     * @throws IllegalArgumentException if the arrays break one of these rules; the message names the gate
     */
    public static Gates of(int inputs, GateFunction function, int[] offsets, int[] reads) {
        if (offsets.length < 2 || offsets[0] != 0 || offsets[offsets.length - 1] != reads.length) {
            throw new IllegalArgumentException("gate offsets must run from 0 to the number of reads (" + reads.length
                    + ") and there must be at least one gate");
        }
        for (int i = 0; i + 1 < offsets.length; i++) {
            if (offsets[i + 1] <= offsets[i] || offsets[i + 1] > reads.length) {
                throw new IllegalArgumentException("gate " + i + " reads no input: offsets must ascend");
            }
            for (int t = offsets[i]; t < offsets[i + 1]; t++) {
                if (reads[t] < 0 || reads[t] >= inputs) {
                    throw new IllegalArgumentException(
                            "gate " + i + " reads input " + reads[t] + ", which is not in 0.." + (inputs - 1));
                }
                if (t > offsets[i] && reads[t] <= reads[t - 1]) {
                    throw new IllegalArgumentException(
                            "the inputs of gate " + i + " must ascend, but " + reads[t] + " follows " + reads[t - 1]);
                }
            }
        }
        return new Gates(inputs, function, offsets.clone(), reads.clone());
    }

    /** Gates that read the given sets of inputs, each ascending and distinct. */
    public static Gates of(int inputs, GateFunction function, List<int[]> reads) {
        int[] offsets = new int[reads.size() + 1];
        Arrays.setAll(offsets, i -> i == 0 ? 0 : Math.addExact(offsets[i - 1], reads.get(i - 1).length));
        return of(
                inputs,
                function,
                offsets,
                reads.stream().flatMapToInt(Arrays::stream).toArray());
    }

    /** AND gates that all read {@code fanIn} inputs: those of output i are reads[i * fanIn .. (i + 1) * fanIn). */
    public static Gates conjunctions(int inputs, int fanIn, int[] reads) {
        int outputs = reads.length / fanIn;
        return of(
                inputs,
                GateFunction.AND,
                IntStream.rangeClosed(0, outputs).map(i -> i * fanIn).toArray(),
                reads);
    }

    private void transpose() {
        for (int input : reads) {
            readerOffsets[input + 1]++;
        }
        for (int j = 0; j < inputs; j++) {
            readerOffsets[j + 1] += readerOffsets[j];
        }
        int[] next = Arrays.copyOf(readerOffsets, inputs);
        for (int i = 0; i < outputs(); i++) {
            for (int t = offsets[i]; t < offsets[i + 1]; t++) {
                readers[next[reads[t]]++] = i;
            }
        }
    }

    /** m, the number of inputs. */
    public int inputs() {
        return inputs;
    }

    /** m', the number of outputs. */
    public int outputs() {
        return offsets.length - 1;
    }

    /** What every gate computes of the inputs that it reads. */
    public GateFunction function() {
        return function;
    }

    /** The number of inputs that an output reads. */
    public int fanIn(int output) {
        return offsets[output + 1] - offsets[output];
    }

    /** r, the largest fan-in. */
    public int maxFanIn() {
        return IntStream.range(0, outputs()).map(this::fanIn).max().orElse(0);
    }

    /** The smallest fan-in. */
    public int minFanIn() {
        return IntStream.range(0, outputs()).map(this::fanIn).min().orElse(0);
    }

    /** The {@code t}-th of the inputs that an output reads, in ascending order. */
    public int read(int output, int t) {
        return reads[offsets[output] + t];
    }

    /** J_i as a fresh ascending array. */
    public int[] reads(int output) {
        return Arrays.copyOfRange(reads, offsets[output], offsets[output + 1]);
    }

    /** d_j, the number of outputs that read an input. */
    public int influence(int input) {
        return readerOffsets[input + 1] - readerOffsets[input];
    }

    /** The {@code t}-th of the outputs that read an input, in ascending order, {@code 0 <= t < influence}. */
    public int reader(int input, int t) {
        return readers[readerOffsets[input] + t];
    }

    /** How unevenly the inputs are read. */
    public InfluenceProfile influenceProfile() {
        return InfluenceProfile.of(
                IntStream.range(0, inputs).map(this::influence).toArray());
    }

    /** A fresh copy of the offsets, length m' + 1. */
    public int[] offsets() {
        return offsets.clone();
    }

    /** A fresh copy of all read sets, one after another. */
    public int[] reads() {
        return reads.clone();
    }

    /**
     * The outputs that are on, by definition: the reference that every network is held against.
     *
     * @param active the active inputs, each below m
     */
    public FeatureSet evaluate(FeatureSet active) {
        int touched = 0;
        for (int s = 0; s < active.size(); s++) {
            touched += influence(active.get(s));
        }
        int[] candidates = new int[touched];
        int filled = 0;
        for (int s = 0; s < active.size(); s++) {
            int from = readerOffsets[active.get(s)];
            int count = influence(active.get(s));
            System.arraycopy(readers, from, candidates, filled, count);
            filled += count;
        }
        Arrays.sort(candidates);
        int on = 0;
        for (int start = 0; start < touched; ) {
            int end = start;
            while (end < touched && candidates[end] == candidates[start]) {
                end++;
            }
            int output = candidates[start];
            if (function.isOn(end - start, fanIn(output))) {
                candidates[on++] = output;
            }
            start = end;
        }
        return FeatureSet.ofSorted(candidates, on);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Gates that
                && inputs == that.inputs
                && function.equals(that.function)
                && Arrays.equals(offsets, that.offsets)
                && Arrays.equals(reads, that.reads);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(reads);
    }

    @Override
    public String toString() {
        return outputs() + " " + function.name() + " gates over " + inputs + " inputs";
    }
}
