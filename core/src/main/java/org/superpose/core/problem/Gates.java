package org.superpose.core.problem;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.superpose.core.feature.FeatureSet;

/**
 * One layer of a Boolean map: output i applies its function to the inputs J_i that it reads. Immutable.
 *
 * <p>Gates may be on while no input is active: these make up the {@link #resting resting state} F(0). An input changes
 * only outputs that read one of its active features.
 *
 * <p>The read sets are kept in compressed sparse row form: those of output i are {@code reads[offsets[i] .. offsets[i +
 * 1])}, ascending and distinct. The transposed form, which outputs read an input, is kept beside it, so that evaluation
 * costs only the influence of the active inputs.
 */
public final class Gates {
    private final int inputs;
    /** The distinct functions, in the order of the first gate that computes each. */
    private final List<GateFunction> functions;
    /** The index of each gate's function, or null where there is only one. */
    private final int @Nullable [] functionOf;

    private final int[] offsets;
    private final int[] reads;
    private final int[] readerOffsets;
    private final int[] readers;
    /** What each input adds to the sum of each of its readers, or null where all functions are symmetric: 1. */
    private final int @Nullable [] steps;

    private final FeatureSet resting;

    private Gates(int inputs, List<GateFunction> functions, int @Nullable [] functionOf, int[] offsets, int[] reads) {
        this.inputs = inputs;
        this.functions = functions;
        this.functionOf = functionOf;
        this.offsets = offsets;
        this.reads = reads;
        this.readerOffsets = new int[inputs + 1];
        this.readers = new int[reads.length];
        this.steps = functions.stream().allMatch(GateFunction::isSymmetric) ? null : new int[reads.length];
        transpose();
        int[] on = IntStream.range(0, outputs()).filter(i -> isOn(i, 0)).toArray();
        this.resting = FeatureSet.ofSorted(on, on.length);
    }

    /**
     * Gates that all compute the same function, in compressed sparse row form; the arrays are copied.
     *
     * @param inputs m, the number of inputs
     * @param function what every gate computes
     * @param offsets length m' + 1, from 0 to reads.length, ascending, strictly but for functions of no input
     * @param reads the inputs that each gate reads, each in 0..m-1, ascending and distinct within a gate
     * @throws IllegalArgumentException if the arrays break one of these rules, or the function is not one of so many
     *     inputs; the message names the gate
     */
    public static Gates of(int inputs, GateFunction function, int[] offsets, int[] reads) {
        return of(inputs, List.of(function), null, offsets, reads);
    }

    /**
     * Gates in compressed sparse row form, each with a function of its own; the arrays are copied.
     *
     * @param functions distinct functions
     * @param functionOf for each gate the index of its function, or null where there is only one
     * @throws IllegalArgumentException as {@link #of(int, GateFunction, int[], int[])}, or if an index is out of range
     */
    public static Gates of(
            int inputs, List<GateFunction> functions, int @Nullable [] functionOf, int[] offsets, int[] reads) {
        if (offsets.length < 2 || offsets[0] != 0 || offsets[offsets.length - 1] != reads.length) {
            throw new IllegalArgumentException("gate offsets must run from 0 to the number of reads (" + reads.length
                    + ") and there must be at least one gate");
        }
        if (functionOf == null ? functions.size() != 1 : functionOf.length != offsets.length - 1) {
            throw new IllegalArgumentException("every gate needs a function");
        }
        for (int i = 0; i + 1 < offsets.length; i++) {
            if (offsets[i + 1] < offsets[i] || offsets[i + 1] > reads.length) {
                throw new IllegalArgumentException("gate " + i + " reads no input: offsets must ascend");
            }
            int index = functionOf == null ? 0 : functionOf[i];
            if (index < 0 || index >= functions.size()) {
                throw new IllegalArgumentException(
                        "the function of gate " + i + " is number " + index + " of " + functions.size());
            }
            requireFit(i, functions.get(index), offsets[i + 1] - offsets[i]);
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
        if (functionOf != null) {
            requireFirstUses(functions, functionOf);
        }
        return new Gates(
                inputs,
                List.copyOf(functions),
                functionOf == null || functions.size() == 1 ? null : functionOf.clone(),
                offsets.clone(),
                reads.clone());
    }

    /**
     * One layer is written in one way: functions are distinct, and stand in the order of the gates that compute them.
     */
    private static void requireFirstUses(List<GateFunction> functions, int[] functionOf) {
        int used = 0;
        for (int index : functionOf) {
            if (index > used) {
                break;
            }
            used += index == used ? 1 : 0;
        }
        if (used != functions.size() || new HashSet<>(functions).size() != used) {
            throw new IllegalArgumentException(
                    "the functions of gates must be distinct and stand in the order of the first gate of each");
        }
    }

    private static void requireFit(int gate, GateFunction function, int fanIn) {
        if (!function.fits(fanIn)) {
            throw new IllegalArgumentException(
                    fanIn == 0
                            ? "gate " + gate + " reads no input: offsets must ascend"
                            : "gate " + gate + " reads " + fanIn + " inputs, of which " + function.name()
                                    + " is no function");
        }
    }

    /**
     * Gates of any functions; those that all compute the same function are the same as if they had been made so.
     *
     * @param inputs m, the number of inputs
     * @param gates at least one; output i is gate i
     * @throws IllegalArgumentException if there is no gate, or one reads an input that is not in 0..m-1
     */
    public static Gates of(int inputs, List<Gate> gates) {
        Numbers numbers = new Numbers();
        int[] functionOf = new int[gates.size()];
        int[] offsets = new int[gates.size() + 1];
        for (int i = 0; i < functionOf.length; i++) {
            Gate gate = gates.get(i);
            functionOf[i] = numbers.of(gate.function());
            offsets[i + 1] = Math.addExact(offsets[i], gate.fanIn());
        }
        int[] reads = new int[offsets[gates.size()]];
        for (int i = 0; i < functionOf.length; i++) {
            for (int t = 0; t < gates.get(i).fanIn(); t++) {
                reads[offsets[i] + t] = gates.get(i).read(t);
            }
        }
        List<GateFunction> functions = numbers.functions();
        return of(inputs, functions, functions.size() == 1 ? null : functionOf, offsets, reads);
    }

    /** Functions with numbers, by their first appearance. */
    private static final class Numbers {
        private final Map<GateFunction, Integer> numbers = new LinkedHashMap<>();

        int of(GateFunction function) {
            Integer known = numbers.putIfAbsent(function, numbers.size());
            return known == null ? numbers.size() - 1 : known;
        }

        List<GateFunction> functions() {
            return List.copyOf(numbers.keySet());
        }
    }

    /**
     * The same gates over renamed inputs.
     *
     * @param newInputs the number of inputs afterwards
     * @param renamed for each of today's inputs its new index; no two that one gate reads have the same
     * @throws IllegalArgumentException if an index is out of range, or two inputs of a gate become one
     */
    public Gates withInputs(int newInputs, int[] renamed) {
        if (steps != null) {
            return of(
                    newInputs,
                    IntStream.range(0, outputs())
                            .mapToObj(i -> Gate.of(
                                    function(i),
                                    IntStream.of(reads(i)).map(j -> renamed[j]).toArray()))
                            .toList());
        }
        int[] newReads = IntStream.of(reads).map(j -> renamed[j]).toArray();
        for (int i = 0; i < outputs(); i++) {
            Arrays.sort(newReads, offsets[i], offsets[i + 1]);
        }
        return of(newInputs, functions, functionOf, offsets, newReads);
    }

    /**
     * Some of the gates, in the order given.
     *
     * @param outputs at least one
     */
    public Gates withOutputs(int[] outputs) {
        Numbers numbers = new Numbers();
        int[] newFunctionOf = new int[outputs.length];
        int[] newOffsets = new int[outputs.length + 1];
        for (int i = 0; i < outputs.length; i++) {
            newFunctionOf[i] = numbers.of(function(outputs[i]));
            newOffsets[i + 1] = newOffsets[i] + fanIn(outputs[i]);
        }
        int[] newReads =
                IntStream.of(outputs).flatMap(i -> IntStream.of(reads(i))).toArray();
        return of(inputs, numbers.functions(), newFunctionOf, newOffsets, newReads);
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
                int place = next[reads[t]]++;
                readers[place] = i;
                if (steps != null) {
                    steps[place] = function(i).step(t - offsets[i]);
                }
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

    /** What a gate computes of the inputs that it reads. */
    public GateFunction function(int output) {
        return functions.get(functionOf == null ? 0 : functionOf[output]);
    }

    /** The distinct functions, in the order of the first gate that computes each. */
    public List<GateFunction> functions() {
        return functions;
    }

    /** What all gates compute, or empty if they differ. */
    public Optional<GateFunction> commonFunction() {
        return functions.size() == 1 ? Optional.of(functions.get(0)) : Optional.empty();
    }

    /** True if every gate computes a function. */
    public boolean areAll(GateFunction function) {
        return functions.size() == 1 && functions.get(0).equals(function);
    }

    /** The functions for people: {@code and}, or {@code and, parity and 3 other}. */
    public String functionNames() {
        int shown = functions.size() > 3 ? 2 : functions.size();
        StringBuilder names = new StringBuilder();
        for (int f = 0; f < shown; f++) {
            String name = functions.get(f).name();
            names.append(f == 0 ? "" : ", ").append(name.length() <= 40 ? name : name.substring(0, 37) + "...");
        }
        return shown == functions.size() ? names.toString() : names + " and " + (functions.size() - shown) + " other";
    }

    /**
     * Whether a gate is on.
     *
     * @param sum the sum of the {@link #step steps} of the active inputs that it reads
     */
    public boolean isOn(int output, int sum) {
        return function(output).isOn(sum, fanIn(output));
    }

    /** F(0): the outputs that are on while no input is active. */
    public FeatureSet resting() {
        return resting;
    }

    /** A fresh copy of the index of each gate's function in {@link #functions}, length m'. */
    public int[] functionIndices() {
        return functionOf == null ? new int[outputs()] : functionOf.clone();
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

    /** What an active input adds to the sum of its {@code t}-th reader: 1 where the function is symmetric. */
    public int step(int input, int t) {
        return steps == null ? 1 : steps[readerOffsets[input] + t];
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
        FeatureSet changed = changes(active);
        return resting.isEmpty() ? changed : resting.symmetricDifference(changed);
    }

    /**
     * The outputs that are not as in the resting state; these are among those that read an active input.
     *
     * @param active the active inputs, each below m
     */
    public FeatureSet changes(FeatureSet active) {
        return changes(active, FeatureSet.EMPTY, null);
    }

    /**
     * The outputs that change when some inputs change.
     *
     * @param changed the inputs that change, each below m
     * @param on the inputs that were active before
     * @param sums the sum of each gate before, or null for zeros
     */
    FeatureSet changes(FeatureSet changed, FeatureSet on, int @Nullable [] sums) {
        int touched = 0;
        for (int s = 0; s < changed.size(); s++) {
            touched += influence(changed.get(s));
        }
        // Each read of a changed input: the output in the upper half, what it adds to the sum in the lower.
        long[] touches = new long[touched];
        int filled = 0;
        for (int s = 0; s < changed.size(); s++) {
            int input = changed.get(s);
            int sign = on.contains(input) ? -1 : 1;
            for (int t = 0; t < influence(input); t++) {
                touches[filled++] = (long) reader(input, t) << Integer.SIZE | sign * step(input, t) & 0xffff_ffffL;
            }
        }
        Arrays.sort(touches);
        int[] outputs = new int[touched];
        int count = 0;
        for (int start = 0; start < touched; ) {
            int output = (int) (touches[start] >> Integer.SIZE);
            int before = sums == null ? 0 : sums[output];
            int after = before;
            int end = start;
            while (end < touched && touches[end] >> Integer.SIZE == output) {
                after += (int) touches[end++];
            }
            if (isOn(output, after) != isOn(output, before)) {
                outputs[count++] = output;
            }
            start = end;
        }
        return FeatureSet.ofSorted(outputs, count);
    }

    /** The sum of each gate when some inputs are active. */
    int[] sums(FeatureSet active) {
        int[] sums = new int[outputs()];
        for (int s = 0; s < active.size(); s++) {
            for (int t = 0; t < influence(active.get(s)); t++) {
                sums[reader(active.get(s), t)] += step(active.get(s), t);
            }
        }
        return sums;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Gates that
                && inputs == that.inputs
                && functions.equals(that.functions)
                && Arrays.equals(functionOf, that.functionOf)
                && Arrays.equals(offsets, that.offsets)
                && Arrays.equals(reads, that.reads);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(offsets) + Arrays.hashCode(reads)) + functions.hashCode();
    }

    @Override
    public String toString() {
        return outputs() + " " + functionNames() + " gates over " + inputs + " inputs";
    }
}
