package org.superpose.runner.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.problem.Gates;

/**
 * Where the results of the first map of a layered network are written, and which sub-problems of the next map they
 * feed: all of it read off the network. A result is written into the neurons that are on while just its own inputs are.
 * The sub-problems are the parts into which the next matrix falls: no neuron of one has a weight to a neuron of
 * another.
 *
 * @param subProblems how many parts the matrix falls into
 * @param neurons for each neuron between the maps, the part that reads it, or -1 where none does
 * @param results the results by the parts they feed: those of the first part alone first, then those of several
 * @param written for each of the results the neurons it is written into, ascending
 */
@Reference(value = "Figure 5: partition", standing = Standing.RECONSTRUCTED)
public record FedSubProblems(
        int subProblems, List<Integer> neurons, List<Integer> results, List<List<Integer>> written) {
    /** Clean values are 0 or 1. */
    private static final float ON = 0.5f;

    /**
     * Reads the network.
     *
     * @param evaluator runs the same network
     * @throws InvalidInputException if it has one map, or its blocks do not have the same number of layers
     */
    public static FedSubProblems of(BuiltNetwork built, Evaluator evaluator) {
        int maps = built.instance().layers().size();
        int layers = built.network().layers().size();
        if (maps < 2 || layers % maps != 0) {
            throw new InvalidInputException(
                    "--figure partition is about a network for several maps, with as many layers"
                            + " for each of them; this one has " + maps + " and " + layers
                            + " layers. Maybe build one with"
                            + " --problem layered --construction linear-partitioned?");
        }
        int block = layers / maps;
        int[] partOf = parts(built.network().layers().get(block));
        Gates gates = built.instance().layers().get(0);
        List<List<Integer>> written = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            float[] state = evaluator.activations(FeatureSet.of(gates.reads(i)))[block];
            written.add(IntStream.range(0, state.length)
                    .filter(neuron -> state[neuron] >= ON)
                    .boxed()
                    .toList());
        }
        List<Integer> results = IntStream.range(0, gates.outputs())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> meanPart(fed(written.get(i), partOf)))
                        .thenComparing(i -> i))
                .toList();
        return new FedSubProblems(
                Arrays.stream(partOf).max().orElse(-1) + 1,
                Arrays.stream(partOf).boxed().toList(),
                results,
                results.stream().map(written::get).toList());
    }

    /** The parts that the result in a place feeds. */
    public BitSet fed(int place) {
        return fed(
                written.get(place), neurons.stream().mapToInt(Integer::intValue).toArray());
    }

    /** How many results feed this many parts. */
    public long feeding(int parts) {
        return IntStream.range(0, results.size())
                .filter(place -> fed(place).cardinality() == parts)
                .count();
    }

    private static BitSet fed(List<Integer> neurons, int[] partOf) {
        BitSet fed = new BitSet();
        for (int neuron : neurons) {
            if (partOf[neuron] >= 0) {
                fed.set(partOf[neuron]);
            }
        }
        return fed;
    }

    private static double meanPart(BitSet fed) {
        return fed.stream().average().orElse(Double.MAX_VALUE);
    }

    /**
     * The part of each column: columns that some row has weights of belong together. Numbered from the first column.
     */
    private static int[] parts(Layer layer) {
        int columns = layer.columns();
        int[] parent = IntStream.range(0, columns).toArray();
        boolean[] read = new boolean[columns];
        float[] row = new float[columns];
        for (int r = 0; r < layer.rows(); r++) {
            layer.weights().copyRow(r, row);
            int first = -1;
            for (int c = 0; c < columns; c++) {
                if (row[c] != 0) {
                    read[c] = true;
                    if (first < 0) {
                        first = c;
                    }
                    parent[root(parent, c)] = root(parent, first);
                }
            }
        }
        int[] number = new int[columns];
        Arrays.fill(number, -1);
        int[] partOf = new int[columns];
        int next = 0;
        for (int c = 0; c < columns; c++) {
            int root = root(parent, c);
            if (read[c] && number[root] < 0) {
                number[root] = next++;
            }
            partOf[c] = read[c] ? number[root] : -1;
        }
        return partOf;
    }

    private static int root(int[] parent, int column) {
        int root = column;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }
}
