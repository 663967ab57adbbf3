package org.superpose.problems;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;

/**
 * A row of a truth table in the notation of logic synthesis: for each input 0, 1, or - where its value does not matter.
 *
 * @param literals one symbol for each input
 */
record Cube(String literals) {
    /** Whether a text consists of literals. */
    static boolean isCube(String text) {
        return text.matches("[01-]*");
    }

    /** The inputs whose value matters to one of several, ascending. */
    static int[] support(Collection<Cube> cubes) {
        TreeSet<Integer> inputs = new TreeSet<>();
        for (Cube cube : cubes) {
            for (int j = 0; j < cube.literals.length(); j++) {
                if (cube.dependsOn(j)) {
                    inputs.add(j);
                }
            }
        }
        return inputs.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean dependsOn(int input) {
        return literals.charAt(input) != '-';
    }

    private boolean wants(int input) {
        return literals.charAt(input) == '1';
    }

    /**
     * Whether the row matches.
     *
     * @param inputs some of the inputs, among them all that matter
     * @param x their values
     */
    boolean matches(int[] inputs, boolean[] x) {
        for (int t = 0; t < inputs.length; t++) {
            if (dependsOn(inputs[t]) && wants(inputs[t]) != x[t]) {
                return false;
            }
        }
        return true;
    }

    /** Whether some values of the inputs match both. */
    boolean meets(Cube other) {
        for (int j = 0; j < literals.length(); j++) {
            if (dependsOn(j) && other.dependsOn(j) && wants(j) != other.wants(j)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The gate that has a value where the row matches and the other value elsewhere: an AND of literals, or an OR of
     * the opposite ones.
     *
     * @param place where each input lies among those that the gate may read
     */
    Gate gate(boolean value, IntUnaryOperator place) {
        int[] inputs = support(List.of(this));
        if (inputs.length == 0) {
            return Gate.constant(value);
        }
        int[] reads = new int[inputs.length];
        boolean[] positive = new boolean[inputs.length];
        for (int t = 0; t < inputs.length; t++) {
            reads[t] = place.applyAsInt(inputs[t]);
            positive[t] = wants(inputs[t]) == value;
        }
        return Gate.of(value ? GateFunction.allOf(positive) : GateFunction.anyOf(positive), reads);
    }
}
