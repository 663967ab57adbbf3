package org.superpose.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.TestNetworks;

class CodeIndexTest {
    @Property(tries = 300)
    void aFeatureIsFoundIffItsWholeCodeIsInTheSetAndByItsFirstNeuron(
            @ForAll long seed, @ForAll @IntRange(min = 5, max = 200) int neurons) {
        RandomGenerator random = new Seed(seed).generator();
        Codes codes = Codes.of(
                neurons,
                IntStream.range(0, 30)
                        .mapToObj(i -> TestNetworks.subset(1 + random.nextInt(5), neurons, random))
                        .toList());
        long[] set = new long[Kernel.paddedWords(neurons)];
        int share = 1 + random.nextInt(8);
        for (int neuron = 0; neuron < neurons; neuron++) {
            set[neuron / Long.SIZE] |= random.nextInt(share + 1) > 0 ? 1L << neuron : 0;
        }
        int[] expected = IntStream.range(0, 30)
                .filter(i -> Arrays.stream(codes.code(i)).allMatch(n -> (set[n / Long.SIZE] >>> n & 1) != 0))
                .toArray();
        int[] found = new int[30];
        int count = new CodeIndex(codes).within(set, found);
        assertEquals(FeatureSet.of(expected), FeatureSet.of(Arrays.copyOf(found, count)));
        int[] byFirstNeuron = IntStream.of(expected)
                .boxed()
                .sorted(Comparator.comparingInt(i -> codes.neuron(i, 0)))
                .mapToInt(i -> i)
                .toArray();
        assertArrayEquals(byFirstNeuron, Arrays.copyOf(found, count));
    }
}
