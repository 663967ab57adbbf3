package org.superpose.core.verify.argument;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** The inputs that each output of a map depends on through all of its layers. Immutable. */
final class OutputReads {
    private final ProblemInstance instance;
    private final List<Gates> layers;

    OutputReads(ProblemInstance instance) {
        this.instance = instance;
        this.layers = instance.layers();
    }

    /** What an output depends on: of one layer as its gate reads them, of several ascending. */
    int[] of(int output) {
        int[] reads = layers.get(layers.size() - 1).reads(output);
        for (int t = layers.size() - 2; t >= 0; t--) {
            Gates below = layers.get(t);
            reads = IntStream.of(reads)
                    .flatMap(gate -> IntStream.of(below.reads(gate)))
                    .sorted()
                    .distinct()
                    .toArray();
        }
        return reads;
    }

    /** The most inputs that an output depends on. */
    int most() {
        return layers.size() == 1
                ? layers.get(0).maxFanIn()
                : IntStream.range(0, instance.outputs())
                        .map(output -> of(output).length)
                        .max()
                        .orElse(0);
    }

    /** Whether an output is on where of its reads just the first {@code count} of an array are active. */
    boolean isOn(int output, int[] active, int count) {
        FeatureSet input = FeatureSet.of(Arrays.copyOf(active, count));
        if (layers.size() > 1) {
            return instance.evaluate(input).contains(output);
        }
        Gates gates = layers.get(0);
        int sum = 0;
        for (int t = 0; t < gates.fanIn(output); t++) {
            sum += input.contains(gates.read(output, t))
                    ? gates.function(output).step(t)
                    : 0;
        }
        return gates.isOn(output, sum);
    }
}
