package org.superpose.constructions.clipped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;

/**
 * Removes layers that only copy: gates after a layer of copies read through it, and copies at the end relabel the gates
 * before them. What is left computes the same map; a chain of permutations becomes the one permutation that it is
 * (theory, section 3).
 */
final class CopyFolding {
    private CopyFolding() {}

    /**
     * The layers that are left, at least one; a single layer of copies if there was nothing else.
     *
     * <p>A gate that reads two copies of one feature reads one input less afterwards.
     */
    static List<Gates> fold(List<Gates> layers) {
        List<Gates> left = new ArrayList<>();
        int[] source = null; // where each feature comes from, through the copies that are not folded in yet
        for (Gates layer : layers) {
            if (isCopies(layer)) {
                int[] through = source;
                source = IntStream.range(0, layer.outputs())
                        .map(i -> through == null ? layer.read(i, 0) : through[layer.read(i, 0)])
                        .toArray();
            } else {
                int inputs = left.isEmpty()
                        ? layers.get(0).inputs()
                        : left.get(left.size() - 1).outputs();
                left.add(source == null ? layer : readingThrough(layer, source, inputs));
                source = null;
            }
        }
        if (source != null) {
            if (left.isEmpty()) {
                left.add(Gates.conjunctions(layers.get(0).inputs(), 1, source));
            } else {
                left.add(left.remove(left.size() - 1).withOutputs(source));
            }
        }
        return left;
    }

    private static boolean isCopies(Gates layer) {
        return layer.maxFanIn() == 1 && layer.areAll(GateFunction.AND);
    }

    private static Gates readingThrough(Gates layer, int[] source, int inputs) {
        return Gates.of(
                inputs,
                GateFunction.AND,
                IntStream.range(0, layer.outputs())
                        .mapToObj(i -> Arrays.stream(layer.reads(i))
                                .map(input -> source[input])
                                .distinct()
                                .sorted()
                                .toArray())
                        .toList());
    }
}
