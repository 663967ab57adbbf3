package org.superpose.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.random.Seed;

class ExactnessTest {
    @Property(tries = 60)
    void noActivationExceedsTheBound(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int maxActive) {
        SuperposedNetwork network = randomNetwork(new Seed(seed).generator(), maxActive);
        Exactness exactness = Exactness.of(network, maxActive);
        Evaluator evaluator = new PlainEvaluator(network);
        network.domain().forEach(input -> {
            for (float[] state : evaluator.activations(input)) {
                for (float value : state) {
                    assertTrue(value <= exactness.largestSum(), value + " on " + input);
                }
            }
        });
        assertTrue(exactness.isExact());
    }

    @Test
    void aSumOfTwoToThe24thIsNotExact() {
        assertTrue(single(new IntegerMatrix(1, 1, new short[] {32767}), 1 - 32768 + (1 << 24) - 1 - 32767)
                .isExact());
        assertFalse(single(new IntegerMatrix(1, 1, new short[] {32767}), (1 << 24) - 32767)
                .isExact());
    }

    @Test
    void fractionsAreNotExact() {
        assertFalse(single(new DenseMatrix(1, 1, new float[] {0.5f}), 0).isExact());
        assertFalse(single(new IntegerMatrix(1, 1, new short[] {1}), 0.5f).isExact());
        assertEquals(2, single(new IntegerMatrix(1, 1, new short[] {1}), 1).largestSum());
    }

    private static Exactness single(WeightMatrix weights, float bias) {
        SuperposedNetwork network = new SuperposedNetwork(
                Codes.identity(1),
                List.of(Layer.withBias(weights, bias)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 1),
                InputDomain.sparse(1, 1),
                false,
                new Provenance("test", Map.of(), 0, Map.of()));
        return Exactness.of(network, 1);
    }

    private static SuperposedNetwork randomNetwork(RandomGenerator random, int maxActive) {
        int neurons = 6;
        short[] first = new short[neurons * neurons];
        short[] second = new short[neurons * neurons];
        for (int i = 0; i < first.length; i++) {
            first[i] = (short) (random.nextInt(9) - 4);
            second[i] = (short) (random.nextInt(9) - 4);
        }
        return new SuperposedNetwork(
                Codes.ofWeight(neurons, 2, new int[] {0, 1, 0, 2, 3, 5, 2, 4}),
                List.of(
                        Layer.withBias(new IntegerMatrix(neurons, neurons, first), -1),
                        Layer.withBias(DiagonalMatrix.ofValue(neurons, -1), 1),
                        Layer.withBias(new IntegerMatrix(neurons, neurons, second), 2)),
                Decoder.withThreshold(Codes.identity(neurons), Decoder.Kind.EVERY_ROW, 1),
                InputDomain.sparse(4, maxActive),
                false,
                new Provenance("test", Map.of(), 0, Map.of()));
    }
}
