package org.superpose.constructions.trained;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;

/** Layers of gates as one: each output as a function of the inputs that it depends on. */
public final class ComposedGates {
    private ComposedGates() {}

    /**
     * The composition of layers, first applied first. One layer is given back as it is.
     *
     * @param maxFanIn the largest number of inputs that a gate may depend on on the way
     * @return empty if a gate of some layer depends on more inputs
     */
    public static Optional<Gates> of(List<Gates> layers, int maxFanIn) {
        Gates composed = layers.get(0);
        for (Gates layer : layers.subList(1, layers.size())) {
            List<Gate> gates = new ArrayList<>();
            for (int i = 0; i < layer.outputs(); i++) {
                int[] reads = inputsOf(layer.reads(i), composed);
                if (reads.length > maxFanIn) {
                    return Optional.empty();
                }
                gates.add(compose(layer, i, composed, reads));
            }
            composed = Gates.of(composed.inputs(), gates);
        }
        return Optional.of(composed);
    }

    private static int[] inputsOf(int[] gates, Gates below) {
        return IntStream.of(gates)
                .flatMap(gate -> IntStream.of(below.reads(gate)))
                .sorted()
                .distinct()
                .toArray();
    }

    private static Gate compose(Gates layer, int output, Gates below, int[] reads) {
        int[] gates = layer.reads(output);
        int[][] places = new int[gates.length][];
        for (int t = 0; t < gates.length; t++) {
            places[t] = IntStream.of(below.reads(gates[t]))
                    .map(input -> Arrays.binarySearch(reads, input))
                    .toArray();
        }
        GateFunction function = layer.function(output);
        return Gate.of(
                x -> {
                    int sum = 0;
                    for (int t = 0; t < gates.length; t++) {
                        sum += isOn(below.function(gates[t]), places[t], x) ? function.step(t) : 0;
                    }
                    return function.isOn(sum, gates.length);
                },
                reads);
    }

    private static boolean isOn(GateFunction function, int[] places, boolean[] x) {
        int sum = 0;
        for (int t = 0; t < places.length; t++) {
            sum += x[places[t]] ? function.step(t) : 0;
        }
        return function.isOn(sum, places.length);
    }
}
