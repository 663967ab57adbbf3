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

    private static double largestSum(Codes inputs, int maxActive, Decoder decoder, Layer... layers) {
        return Exactness.of(
                        new SuperposedNetwork(
                                inputs,
                                List.of(layers),
                                decoder,
                                InputDomain.sparse(inputs.features(), 1),
                                false,
                                new Provenance("test", Map.of(), 0, Map.of())),
                        maxActive)
                .largestSum();
    }

    private static Layer dense(int rows, int columns, float[] bias, float... weights) {
        return new Layer(new DenseMatrix(rows, columns, weights), bias);
    }

    @Test
    void partialSumsCountOnBothSidesOfZeroUpToTheActiveFeaturesThatShareANeuron() {
        Codes codes = Codes.ofWeight(3, 2, new int[] {0, 1, 0, 2});
        Decoder decoder = Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 1);
        Layer layer = dense(1, 3, new float[] {-7}, 3, -5, 0);
        assertEquals(7 + 3 + 5, largestSum(codes, 1, decoder, layer));
        assertEquals(7 + 2 * 3 + 5, largestSum(codes, 2, decoder, layer));
        // No value shows what is lost: 2^23 - 2^23 is 0.
        Layer cancelling = dense(1, 2, new float[] {0}, 1 << 23, -(1 << 23));
        assertEquals(1 << 24, largestSum(Codes.identity(2), 2, decoder, cancelling));
        assertEquals(3, largestSum(Codes.identity(3), 3, decoder, dense(1, 3, new float[] {0}, 1, 0, 0)));
    }

    @Test
    void laterLayersReadWhatEarlierOnesMayHoldAndDecodersSumIt() {
        Codes identity = Codes.identity(2);
        Decoder one = Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 1);
        Decoder both = Decoder.withThreshold(Codes.ofWeight(2, 2, new int[] {0, 1}), Decoder.Kind.SUM, 1);
        Layer first = dense(1, 2, new float[] {1}, 2, -3); // at most 3
        assertEquals(30 + 4, largestSum(identity, 2, one, first, dense(1, 1, new float[] {-4}, -10)));
        assertEquals(6, largestSum(identity, 2, one, first, dense(1, 1, new float[] {0}, 1)));
        Layer threefold = dense(1, 1, new float[] {0}, 3);
        assertEquals(3 * 3 * 3, largestSum(identity, 2, one, first, threefold, threefold));
        Layer fivefold = new Layer(DiagonalMatrix.ofValue(1, 5), new float[] {0});
        assertEquals(2 * 15, largestSum(identity, 2, one, first, fivefold, dense(1, 1, new float[] {0}, 2)));
        assertEquals(9, largestSum(identity, 1, both, new Layer(new DiagonalMatrix(new float[] {-4, 2}), new float[] {
            5, 1
        })));
        assertEquals(12, largestSum(identity, 1, both, new Layer(new DiagonalMatrix(new float[] {-1, 2}), new float[] {
            6, 4
        })));
        assertEquals(8 + 16, largestSum(identity, 2, both, dense(2, 2, new float[] {4, 8}, 4, 0, 4, 4)));
    }

    @Test
    void aFractionInAnyLayerIsNotExact() {
        for (int fraction = 0; fraction < 2; fraction++) {
            SuperposedNetwork network = new SuperposedNetwork(
                    Codes.identity(1),
                    List.of(
                            dense(1, 1, new float[] {fraction == 0 ? 0.5f : 0}, 1),
                            dense(1, 1, new float[] {0}, fraction == 1 ? 1.5f : 1)),
                    Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 1),
                    InputDomain.sparse(1, 1),
                    false,
                    new Provenance("test", Map.of(), 0, Map.of()));
            assertFalse(Exactness.of(network, 1).isExact());
        }
    }
}
