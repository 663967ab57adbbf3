package org.superpose.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;

/** This evaluator replays every counterexample, so its results are worked out by hand. */
class PlainEvaluatorTest {
    private static SuperposedNetwork network(Decoder.Kind kind) {
        return new SuperposedNetwork(
                Codes.ofWeight(3, 2, new int[] {0, 1, 1, 2, 0, 2}),
                List.of(
                        new Layer(new DenseMatrix(2, 3, new float[] {1, 2, -1, -4, 0.5f, 3}), new float[] {-0.5f, 0}),
                        new Layer(new DiagonalMatrix(new float[] {2, -1}), new float[] {0, 4}),
                        new Layer(new IntegerMatrix(3, 2, new short[] {1, 0, 0, 1, 1, -2}), new float[] {0, 0, 1})),
                new Decoder(Codes.of(3, new int[] {0, 1, 3}, new int[] {0, 1, 2}), kind, new float[] {5, 2}),
                InputDomain.sparse(3, 2),
                false,
                new Provenance("test", Map.of(), 0, Map.of()));
    }

    @Test
    void addsCodesMultipliesAddsTheBiasAndCutsLayerByLayer() {
        float[][] states = new PlainEvaluator(network(Decoder.Kind.SUM)).activations(FeatureSet.of(0, 1));
        assertArrayEquals(new float[] {1, 2, 1}, states[0]);
        assertArrayEquals(new float[] {1 + 4 - 1 - 0.5f, -4 + 1 + 3}, states[1]);
        assertArrayEquals(new float[] {7, 4}, states[2]);
        assertArrayEquals(new float[] {7, 4, 7 - 8 + 1}, states[3]);
        float[][] cut = new PlainEvaluator(network(Decoder.Kind.SUM)).activations(FeatureSet.of(0));
        assertArrayEquals(new float[] {1 + 2 - 0.5f, 0}, cut[1]); // -3.5 becomes 0
        assertArrayEquals(
                new float[] {0, 0}, new PlainEvaluator(network(Decoder.Kind.SUM)).activations(FeatureSet.EMPTY)[1]);
    }

    @Test
    void anOutputIsOnFromItsThresholdOnByTheSumOrByEveryRow() {
        // Inputs {0, 1}: rows 7, 4, 0; sums 7 and 4. Input {0}: rows 5, 4, and 0 for 5 - 8 + 1.
        assertEquals(FeatureSet.of(0, 1), new PlainEvaluator(network(Decoder.Kind.SUM)).evaluate(FeatureSet.of(0, 1)));
        assertEquals(
                FeatureSet.of(0), new PlainEvaluator(network(Decoder.Kind.EVERY_ROW)).evaluate(FeatureSet.of(0, 1)));
        assertEquals(FeatureSet.of(0, 1), new PlainEvaluator(network(Decoder.Kind.SUM)).evaluate(FeatureSet.of(0)));
        assertEquals(
                FeatureSet.of(1),
                new PlainEvaluator(network(Decoder.Kind.SUM)).evaluate(FeatureSet.EMPTY)); // 4 + 0 of 2
        assertEquals(FeatureSet.EMPTY, new PlainEvaluator(network(Decoder.Kind.EVERY_ROW)).evaluate(FeatureSet.EMPTY));
    }
}
