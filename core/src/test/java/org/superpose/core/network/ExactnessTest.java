package org.superpose.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    void fractionsAreExactWhereTwentyFourBitsHoldAllSumsInTheirUnits() {
        assertEquals(
                List.of(0, 0),
                single(new IntegerMatrix(1, 1, new short[] {6}), 4).exponents());
        assertEquals(List.of(0, -1), single(dense(1.5f), 3).exponents());
        assertEquals(
                List.of(0, -3),
                single(new IntegerMatrix(1, 1, new short[] {1}), 0.125f).exponents());
        assertEquals(List.of(0, 30), single(dense(0x3p30f), 0x1p31f).exponents());
        assertTrue(single(dense(0x1p-3f), 0x1p21f - 0x2p-3f).isExact());
        assertFalse(single(dense(0x1p-3f), 0x1p21f - 0x1p-3f).isExact()); // 2^24 units of 2^-3
        assertTrue(single(dense(0.1f), 0).isExact()); // nothing is added
        assertFalse(single(dense(0.1f), 0.2f).isExact());
    }

    @Test
    void nothingBelowTheSmallestNormalNumberIsExact() {
        assertTrue(single(dense(Float.MIN_NORMAL), 0).isExact());
        assertFalse(single(dense(Float.MIN_NORMAL / 2), 0).isExact());
        assertFalse(single(dense(1.5f * Float.MIN_NORMAL), 0).isExact()); // a unit of half of it
        assertFalse(single(dense(0), Float.MIN_NORMAL / 2).isExact());
        SuperposedNetwork network = network(new IntegerMatrix(1, 1, new short[] {1}), 0);
        assertTrue(Exactness.of(withThreshold(network, Float.MIN_NORMAL), 1).isExact());
        assertFalse(
                Exactness.of(withThreshold(network, Float.MIN_NORMAL / 2), 1).isExact());
    }

    @Test
    void inWholeNumbersEveryValueIsCountedInItsUnit() {
        SuperposedNetwork network = new SuperposedNetwork(
                Codes.identity(2),
                List.of(dense(2, 2, new float[] {0.25f, -1}, 1.5f, 2, 0, 1), dense(1, 2, new float[] {8}, 32, -4)),
                new Decoder(Codes.ofWeight(1, 1, new int[] {0, 0}), Decoder.Kind.SUM, new float[] {40, 1e-30f}),
                InputDomain.sparse(2, 2),
                false,
                new Provenance("test", Map.of(), 0, Map.of()));
        Exactness exactness = Exactness.of(network, 2);
        assertEquals(List.of(0, -2, 0), exactness.exponents());
        SuperposedNetwork whole = exactness.inWholeNumbers(network);
        assertEquals(
                dense(2, 2, new float[] {1, -4}, 6, 8, 0, 4), whole.layers().get(0));
        assertEquals(dense(1, 2, new float[] {8}, 8, -1), whole.layers().get(1));
        assertArrayEquals(new float[] {40, 1}, whole.decoder().thresholds());
        SuperposedNetwork integer = withThreshold(network(new IntegerMatrix(1, 1, new short[] {2}), 4), 0.5f);
        assertSame(integer, Exactness.of(integer, 1).inWholeNumbers(integer));
        SuperposedNetwork inexact = network(dense(0.1f), 0.2f);
        assertThrows(IllegalStateException.class, () -> Exactness.of(inexact, 1).inWholeNumbers(inexact));
    }

    @Test
    void linearLayersStayLinearAndTheThresholdsOfLogitsAreRoundedTowardsWhatTheyDecide() {
        SuperposedNetwork network = new SuperposedNetwork(
                Codes.identity(3),
                List.of(Layer.linear(
                        new DenseMatrix(3, 3, new float[] {0.5f, 0, 0, 0, -0.5f, 0, 0, 0, 1}), new float[3])),
                Decoder.readout(new float[] {0.7f, -0.7f, 1e9f}, new float[] {0.7f, -0.8f, -1e9f}),
                InputDomain.sparse(3, 1),
                false,
                new Provenance("test", Map.of(), 0, Map.of()));
        SuperposedNetwork whole = Exactness.of(network, 1).inWholeNumbers(network);
        assertFalse(whole.layers().get(0).hasRelu());
        assertArrayEquals(new float[] {2, -1, 1 << 24}, whole.decoder().thresholds());
        assertArrayEquals(new float[] {2, -2, -(1 << 24)}, whole.decoder().offThresholds());
    }

    @Test
    void aSkipIsExactInTheUnitOfTheSumOnly() {
        Layer relu = dense(1, 1, new float[] {0}, 0.5f);
        for (int from = 0; from < 2; from++) {
            Layer adding = new Layer(dense(3), new float[] {0}, Activation.RELU, OptionalInt.of(from));
            SuperposedNetwork network = network(dense(0.5f), 0).withLayers(List.of(relu, adding));
            assertEquals(from == 1, Exactness.of(network, 1).isExact());
        }
    }

    private static DenseMatrix dense(float weight) {
        return new DenseMatrix(1, 1, new float[] {weight});
    }

    private static SuperposedNetwork withThreshold(SuperposedNetwork network, float threshold) {
        return network.withDecoder(Decoder.withThreshold(
                network.decoder().codes(), network.decoder().kind(), threshold));
    }

    private static Exactness single(WeightMatrix weights, float bias) {
        return Exactness.of(network(weights, bias), 1);
    }

    private static SuperposedNetwork network(WeightMatrix weights, float bias) {
        return new SuperposedNetwork(
                Codes.identity(1),
                List.of(Layer.withBias(weights, bias)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 1),
                InputDomain.sparse(1, 1),
                false,
                new Provenance("test", Map.of(), 0, Map.of()));
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
    void ofFeaturesThatAreReadOneByOneOnlySoManyCountAsMayBeActive() {
        Codes features = Codes.identity(5);
        Decoder one = Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 1);
        Layer layer = dense(1, 5, new float[] {2}, 5, -3, 4, 1, -6);
        assertEquals(2 + 6, largestSum(features, 1, one, layer));
        assertEquals(2 + 6 + 5, largestSum(features, 2, one, layer));
        assertEquals(2 + 6 + 5 + 4, largestSum(features, 3, one, layer));
        assertEquals(2 + 6 + 5 + 4 + 3 + 1, largestSum(features, 5, one, layer));
        // Before the next layer it is between 2 - 6 - 3, which the ReLU cuts or not, and 2 + 5 + 4.
        Layer twofold = dense(1, 1, new float[] {0}, 2);
        assertEquals(2 * 11, largestSum(features, 2, one, layer, twofold));
        Layer linear = Layer.linear(new DenseMatrix(1, 5, new float[] {1, -3, 2, 1, -6}), new float[] {2});
        assertEquals(2 * 7, largestSum(features, 2, one, linear, twofold));
    }
}
