package org.superpose.core.problem;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;

/** The inputs that each output of a map depends on through all of its layers. Immutable. */
public final class OutputReads {
    private final ProblemInstance instance;
    private final List<Gates> layers;

    /** Of an instance with any number of layers. */
    public OutputReads(ProblemInstance instance) {
        this.instance = instance;
        this.layers = instance.layers();
    }

    /** What an output depends on: of one layer as its gate reads them, of several ascending. */
    public int[] of(int output) {
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
    public int most() {
        return layers.size() == 1
                ? layers.get(0).maxFanIn()
                : IntStream.range(0, instance.outputs())
                        .map(output -> of(output).length)
                        .max()
                        .orElse(0);
    }

    /**
     * What the {@code t}-th read adds to the sum by which {@link #isOn} decides. Only the gates of a single layer have
     * such a sum.
     */
    public int step(int output, int t) {
        return layers.size() == 1 ? layers.get(0).function(output).step(t) : 0;
    }

    /**
     * Whether an output is on where of its reads just the first {@code count} of an array are active.
     *
     * @param sum the steps of the active ones
     */
    public boolean isOn(int output, int[] active, int count, int sum) {
        return layers.size() == 1
                ? layers.get(0).isOn(output, sum)
                : instance.evaluate(FeatureSet.of(Arrays.copyOf(active, count))).contains(output);
    }
}
