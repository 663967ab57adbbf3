package org.superpose.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.OpenNetworks;
import org.superpose.core.verify.TestNetworks;

/** Networks beyond chains of ReLU layers: linear layers, skips and read-outs. */
class OpenNetworkTest {
    private static final float[] NO_BIAS = {0, 0};

    private static DenseMatrix matrix(int rows, float... values) {
        return new DenseMatrix(rows, values.length / rows, values);
    }

    private static SuperposedNetwork network(int features, Decoder decoder, Layer... layers) {
        return TestNetworks.network(
                Codes.identity(features), List.of(layers), decoder, InputDomain.sparse(features, features));
    }

    private static Layer layer(WeightMatrix weights, Activation activation, int skip) {
        return new Layer(weights, new float[weights.rows()], activation, OptionalInt.of(skip));
    }

    private static String fault(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }

    /** An embedding with an offset, a residual block on it and a read-out, by hand. */
    @Test
    void aResidualStreamIsAddedBeforeTheActivation() {
        SuperposedNetwork network = network(
                3,
                Decoder.readout(new float[] {0, -4}, new float[] {-1, -4}),
                Layer.linear(matrix(2, 1, -2, 3, -1, 1, 0), new float[] {0.5f, 0}),
                new Layer(matrix(2, 2, 0, 0, 1), new float[] {-1, 0}),
                layer(matrix(2, 1, 0, -3, 1), Activation.NONE, 1),
                layer(matrix(2, 1, 1, 0, -1), Activation.RELU, 0 + 1),
                Layer.linear(matrix(2, -1, 0, 0, -2), new float[] {5, 0}));
        for (Evaluator evaluator : List.of(
                new PlainEvaluator(network),
                new KernelEvaluator(network, Kernels.named("scalar")),
                new KernelEvaluator(network, Kernels.named("vector")))) {
            float[][] states = evaluator.activations(FeatureSet.of(0, 2));
            assertArrayEquals(new float[] {1, 0, 1}, states[0]);
            assertArrayEquals(new float[] {4.5f, -1}, states[1]);
            assertArrayEquals(new float[] {8, 0}, states[2]);
            assertArrayEquals(new float[] {12.5f, -25}, states[3]);
            assertArrayEquals(new float[] {0, 24}, states[4]);
            assertArrayEquals(new float[] {5, -48}, states[5]);
            assertEquals(new Reading(FeatureSet.of(0), FeatureSet.EMPTY), evaluator.read(FeatureSet.of(0, 2)));
        }
    }

    @Test
    void anOutputIsOnAtItsThresholdAndOffBelowOrAtTheOther() {
        Decoder single = Decoder.readout(new float[] {-0.5f});
        assertEquals(OutputState.ON, single.stateOf(0, -0.5f));
        assertEquals(OutputState.OFF, single.stateOf(0, Math.nextDown(-0.5f)));
        Decoder two = Decoder.readout(new float[] {0.9f}, new float[] {-0.25f});
        assertEquals(OutputState.ON, two.stateOf(0, 0.9f));
        assertEquals(OutputState.BETWEEN, two.stateOf(0, Math.nextDown(0.9f)));
        assertEquals(OutputState.BETWEEN, two.stateOf(0, Math.nextUp(-0.25f)));
        assertEquals(OutputState.OFF, two.stateOf(0, -0.25f));
        assertTrue(two.isTwoSided());
        assertFalse(single.isTwoSided());
        assertEquals(Decoder.readout(new float[] {0f}), Decoder.readout(new float[] {-0f}, new float[] {0f}));
    }

    @Test
    void aReadingKnowsWhatIsWrong() {
        Reading reading = new Reading(FeatureSet.of(1, 4), FeatureSet.of(3));
        assertEquals(OptionalInt.of(3), reading.firstWrong(FeatureSet.of(1, 4)));
        assertEquals(OptionalInt.of(3), reading.firstWrong(FeatureSet.of(1, 3, 4)));
        assertEquals(OptionalInt.of(0), reading.firstWrong(FeatureSet.of(0, 1, 4)));
        assertEquals(OptionalInt.of(1), reading.firstWrong(FeatureSet.EMPTY));
        assertFalse(reading.is(FeatureSet.of(1, 4)));
        assertTrue(new Reading(FeatureSet.of(1, 4), FeatureSet.EMPTY).is(FeatureSet.of(1, 4)));
        assertEquals(
                List.of(OutputState.OFF, OutputState.ON, OutputState.OFF, OutputState.BETWEEN),
                List.of(reading.of(0), reading.of(1), reading.of(2), reading.of(3)));
    }

    @Property(tries = 400)
    void theKernelEvaluatorIsThePlainOneOnWholeNumbers(@ForAll long seed) {
        SuperposedNetwork network = OpenNetworks.whole(new Seed(seed).generator());
        Evaluator plain = new PlainEvaluator(network);
        Evaluator fast = new KernelEvaluator(network);
        network.domain().forEach(input -> {
            float[][] expected = plain.activations(input);
            float[][] got = fast.activations(input);
            for (int t = 0; t < expected.length; t++) {
                assertArrayEquals(positiveZeros(expected[t]), positiveZeros(got[t]));
            }
            assertEquals(plain.read(input), fast.read(input));
            assertEquals(plain.read(input).on(), plain.evaluate(input));
        });
    }

    private static float[] positiveZeros(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] += 0f;
        }
        return values;
    }

    @Property(tries = 300)
    void noValueOfAnySignExceedsTheBoundOnSums(@ForAll long seed) {
        SuperposedNetwork network = OpenNetworks.whole(new Seed(seed).generator());
        Exactness exactness = Exactness.of(network, network.domain().maxActive());
        Evaluator evaluator = new PlainEvaluator(network);
        network.domain().forEach(input -> {
            for (float[] state : evaluator.activations(input)) {
                for (float value : state) {
                    assertTrue(Math.abs(value) <= exactness.largestSum(), value + " on " + input);
                }
            }
        });
    }

    @Test
    void largeNegativeValuesOfALinearLayerAreNotExactBehindIt() {
        Decoder decoder = Decoder.readout(new float[] {0});
        Layer negative = Layer.linear(matrix(1, -4095), new float[] {0});
        Layer large = Layer.linear(matrix(1, 4099), new float[] {0});
        assertTrue(Exactness.of(network(1, decoder, negative), 1).isExact());
        Exactness exactness = Exactness.of(network(1, decoder, negative, large), 1);
        assertEquals(4095 * 4099, exactness.largestSum());
        assertFalse(exactness.isExact());
        Layer added = layer(matrix(1, 1), Activation.NONE, 1);
        assertEquals(
                2 * 4095, Exactness.of(network(1, decoder, negative, added), 1).largestSum());
    }

    @Test
    void aSkipHasToFit() {
        Decoder decoder = Decoder.readout(NO_BIAS);
        Layer narrow = Layer.linear(matrix(2, 1, 2, 3, 4, 5, 6), NO_BIAS);
        assertEquals(
                "layer 0 has 2 rows, but state 0, which it adds, has 3 entries",
                fault(() -> network(3, decoder, layer(narrow.weights(), Activation.NONE, 0))));
        assertEquals(
                "layer 1 adds state 2, but only states 0..1 are there before it",
                fault(() -> network(3, decoder, narrow, layer(matrix(2, 1, 2, 3, 4), Activation.RELU, 2))));
        assertEquals(
                "the skip is from state -1, but states count from 0",
                fault(() -> layer(narrow.weights(), Activation.NONE, -1)));
    }

    @Test
    void thresholdsOfAReadoutHaveToBeFiniteAndInOrder() {
        assertEquals(
                "output 1 is on from 0.5 and off up to 0.75: the off-threshold must be at most the other",
                fault(() -> Decoder.readout(new float[] {0, 0.5f}, new float[] {0, 0.75f})));
        assertEquals(
                "the threshold of output 0 is NaN, not a finite number",
                fault(() -> Decoder.readout(new float[] {Float.NaN})));
        assertEquals(
                "the off-threshold of output 0 is -Infinity, not a finite number",
                fault(() -> Decoder.readout(new float[] {1}, new float[] {Float.NEGATIVE_INFINITY})));
        assertEquals(
                "a read-out takes entry i of the last state for the logit of output i, so its codes must be the "
                        + "identity",
                fault(() -> Decoder.withThreshold(Codes.ofWeight(2, 1, new int[] {1, 0}), Decoder.Kind.READOUT, 1)));
        assertEquals(
                "a decoder of kind SUM has one threshold for each output",
                fault(() ->
                        new Decoder(Codes.identity(2), Decoder.Kind.SUM, new float[] {1, 1}, new float[] {1, 0.5f})));
        assertEquals(
                "the threshold of output 0 is 0.0, not a positive finite number",
                fault(() -> new Decoder(Codes.identity(2), Decoder.Kind.EVERY_ROW, NO_BIAS)));
    }

    @Test
    void onlyNeuronsCountAsWidth() {
        Layer encoder = Layer.linear(matrix(2, 1, 2, 3, 4, 5, 6), NO_BIAS);
        Layer hidden = new Layer(matrix(5, new float[10]), new float[5]);
        Layer readout = Layer.linear(matrix(9, new float[45]), new float[9]);
        Decoder nine = Decoder.readout(new float[9]);
        SuperposedNetwork dense = network(3, nine, encoder, hidden, readout);
        assertEquals(5, dense.width());
        assertEquals(OptionalInt.of(2), dense.embeddingWidth());
        assertEquals(9, dense.largestState());
        assertEquals(3, dense.matrices());
        assertEquals(Optional.of("layer 0 has no ReLU"), dense.departure());

        Layer direct = new Layer(matrix(5, new float[15]), new float[5]);
        SuperposedNetwork read = network(3, nine, direct, readout);
        assertEquals(5, read.width());
        assertEquals(OptionalInt.empty(), read.embeddingWidth());
        assertEquals(Optional.of("layer 1 has no ReLU"), read.departure());

        SuperposedNetwork linear = network(3, Decoder.readout(NO_BIAS), encoder);
        assertEquals(0, linear.width());
        assertEquals(OptionalInt.empty(), linear.embeddingWidth());

        SuperposedNetwork coded = TestNetworks.network(
                Codes.ofWeight(2, 1, new int[] {0, 1, 0, 1}), List.of(hidden, readout), nine, InputDomain.sparse(4, 2));
        assertEquals(5, coded.width());
        assertEquals(OptionalInt.of(2), coded.embeddingWidth());

        SuperposedNetwork plain = network(
                7,
                Decoder.withThreshold(Codes.identity(2), Decoder.Kind.SUM, 1),
                new Layer(matrix(2, new float[14]), NO_BIAS));
        assertEquals(7, plain.width());
        assertEquals(OptionalInt.empty(), plain.embeddingWidth());
        assertEquals(Optional.empty(), plain.departure());
        assertEquals(
                Optional.of("its outputs are read by a linear read-out"),
                plain.withDecoder(Decoder.readout(NO_BIAS)).departure());
        assertEquals(
                Optional.of("layer 1 adds state 1"),
                network(
                                2,
                                Decoder.withThreshold(Codes.identity(2), Decoder.Kind.SUM, 1),
                                new Layer(matrix(2, 1, 0, 0, 1), NO_BIAS),
                                layer(matrix(2, 1, 0, 0, 1), Activation.RELU, 1))
                        .departure());
    }

    @Test
    void layersAreEqualOnlyWithOneActivationAndSkip() {
        DenseMatrix weights = matrix(2, 1, 2, 3, 4);
        List<Layer> different = List.of(
                new Layer(weights, NO_BIAS),
                Layer.linear(weights, NO_BIAS),
                layer(weights, Activation.RELU, 0),
                layer(weights, Activation.RELU, 1));
        for (int a = 0; a < different.size(); a++) {
            for (int b = 0; b < different.size(); b++) {
                assertEquals(a == b, different.get(a).equals(different.get(b)));
            }
            assertEquals(different.get(a), different.get(a).withWeights(weights).withBias(NO_BIAS));
        }
        assertFalse(Decoder.readout(new float[] {1}).equals(Decoder.readout(new float[] {1}, new float[] {0})));
    }
}
