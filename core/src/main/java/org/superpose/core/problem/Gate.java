package org.superpose.core.problem;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One gate: a Boolean function and the inputs it is applied to, in normal form. Immutable.
 *
 * <p>The normal form: reads are distinct and ascending, the function depends on each of them, and equal functions of up
 * to {@value Table#MAX_FAN_IN} inputs have one name, the first that applies of {@code and}, {@code at-least},
 * {@code parity}, {@code literals(and)}, {@code literals(or)}, {@code exactly}, {@code table}; a constant reads nothing
 * and is {@code table(0)} or {@code table(1)}. Wider functions are simplified as far as their form shows.
 *
 * <p>The reads are ascending and distinct: those of {@link #read}.
 */
public final class Gate {
    private final int[] reads;
    private final GateFunction function;

    private Gate(int[] reads, GateFunction function) {
        this.reads = reads;
        this.function = function;
    }

    /**
     * A function of some inputs, in normal form.
     *
     * @param function applied to the inputs in the order given
     * @param reads the inputs, at least 0, in any order; one may occur several times where it has at most
     *     {@value Table#MAX_FAN_IN} in all
     * @throws IllegalArgumentException if the function is not one of so many inputs, an input is negative, or one of
     *     many inputs occurs twice
     */
    public static Gate of(GateFunction function, int... reads) {
        if (!function.fits(reads.length)) {
            throw new IllegalArgumentException(
                    function.name() + " is no function of " + reads.length + " inputs: " + Arrays.toString(reads));
        }
        if (reads.length <= Table.MAX_FAN_IN) {
            return tabulated(row -> isOn(function, row, reads.length), reads);
        }
        return WideGates.normalForm(function, reads);
    }

    /**
     * Any function of up to {@value Table#MAX_FAN_IN} inputs, which is tabulated at once.
     *
     * @param function applied to the values of the inputs in the order given: {@code x -> x[0] && !x[1]}; the array is
     *     the same one every time
     * @param reads the inputs, at least 0, in any order
     * @throws IllegalArgumentException if there are more inputs, or one is negative
     */
    public static Gate of(Predicate<boolean[]> function, int... reads) {
        if (reads.length > Table.MAX_FAN_IN) {
            throw new IllegalArgumentException("a function of " + reads.length + " inputs cannot be tabulated: at most "
                    + Table.MAX_FAN_IN + " are allowed");
        }
        boolean[] values = new boolean[reads.length];
        return tabulated(
                row -> {
                    for (int t = 0; t < values.length; t++) {
                        values[t] = (row >> t & 1) != 0;
                    }
                    return function.test(values);
                },
                reads);
    }

    /** On iff all of the inputs are active. */
    public static Gate and(int... reads) {
        return of(GateFunction.AND, reads);
    }

    /** On iff any of the inputs is active. */
    public static Gate or(int... reads) {
        return of(GateFunction.atLeast(1), reads);
    }

    /** A gate that never changes. */
    public static Gate constant(boolean value) {
        return new Gate(new int[0], GateFunction.table(value));
    }

    /** A gate whose normal form is known. */
    static Gate ofNormalForm(GateFunction function, int... reads) {
        return new Gate(reads, function);
    }

    private static boolean isOn(GateFunction function, int row, int fanIn) {
        int sum = 0;
        for (int t = 0; t < fanIn; t++) {
            sum += (row >> t & 1) == 0 ? 0 : function.step(t);
        }
        return function.isOn(sum, fanIn);
    }

    private interface Rows {
        boolean isOn(int row);
    }

    private static Gate tabulated(Rows function, int[] reads) {
        int[] distinct = IntStream.of(reads).sorted().distinct().toArray();
        if (distinct.length > 0 && distinct[0] < 0) {
            throw new IllegalArgumentException("a gate reads input " + distinct[0] + ", which is negative");
        }
        int[] place = IntStream.of(reads)
                .map(read -> Arrays.binarySearch(distinct, read))
                .toArray();
        BitSet rows = new BitSet(1 << distinct.length);
        for (int x = 0; x < 1 << distinct.length; x++) {
            int row = 0;
            for (int t = 0; t < place.length; t++) {
                row |= (x >> place[t] & 1) << t;
            }
            rows.set(x, function.isOn(row));
        }
        return TableForm.normalForm(rows, distinct);
    }

    /** What it computes of its reads. */
    public GateFunction function() {
        return function;
    }

    /** The number of inputs that it reads. */
    public int fanIn() {
        return reads.length;
    }

    /** The {@code t}-th of its reads, in ascending order. */
    public int read(int t) {
        return reads[t];
    }

    /** Its reads as a fresh ascending array. */
    public int[] reads() {
        return reads.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Gate that && function.equals(that.function) && Arrays.equals(reads, that.reads);
    }

    @Override
    public int hashCode() {
        return 31 * function.hashCode() + Arrays.hashCode(reads);
    }

    /** For example {@code literals(and,+-) of [3, 17]}. */
    @Override
    public String toString() {
        return function.name() + " of " + Arrays.toString(reads);
    }
}
