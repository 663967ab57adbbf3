package org.superpose.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;

class NetworkValuesTest {
    /** Ways to make values, of which no two are equal. */
    private static final List<Supplier<Object>> DIFFERENT = List.of(
            () -> BitMatrix.ofBits(1, 2, new long[] {1}),
            () -> BitMatrix.ofBits(1, 3, new long[] {1}),
            () -> BitMatrix.ofBits(1, 2, new long[] {2}),
            () -> BitMatrix.ofBits(2, 2, new long[] {1, 0}),
            () -> new BitMatrix(1, 2, new long[] {1}, 0, 2),
            () -> new BitMatrix(1, 2, new long[] {1}, -1, 1),
            () -> new DenseMatrix(1, 2, new float[] {1, 0}),
            () -> new DenseMatrix(2, 1, new float[] {1, 0}),
            () -> new DenseMatrix(1, 2, new float[] {1, 1}),
            () -> new IntegerMatrix(1, 2, new short[] {1, 0}),
            () -> new IntegerMatrix(2, 1, new short[] {1, 0}),
            () -> new IntegerMatrix(1, 2, new short[] {1, 1}),
            () -> new DiagonalMatrix(new float[] {1, 0}),
            () -> new DiagonalMatrix(new float[] {1, 1}),
            () -> Codes.of(3, new int[] {0, 1, 3}, new int[] {0, 1, 2}),
            () -> Codes.of(4, new int[] {0, 1, 3}, new int[] {0, 1, 2}),
            () -> Codes.of(3, new int[] {0, 2, 3}, new int[] {0, 1, 2}),
            () -> Codes.of(3, new int[] {0, 1, 3}, new int[] {1, 1, 2}),
            () -> new Decoder(Codes.identity(2), Decoder.Kind.SUM, new float[] {1, 2}),
            () -> new Decoder(Codes.identity(2), Decoder.Kind.EVERY_ROW, new float[] {1, 2}),
            () -> new Decoder(Codes.identity(2), Decoder.Kind.SUM, new float[] {1, 1}),
            () -> new Decoder(Codes.ofWeight(2, 1, new int[] {1, 0}), Decoder.Kind.SUM, new float[] {1, 2}),
            () -> Layer.withBias(new DiagonalMatrix(new float[] {1, 0}), 1),
            () -> Layer.withBias(new DiagonalMatrix(new float[] {1, 0}), 0),
            () -> Layer.withBias(new DiagonalMatrix(new float[] {1, 1}), 1));

    @Test
    void areEqualIffTheirContentIs() {
        for (int a = 0; a < DIFFERENT.size(); a++) {
            Object value = DIFFERENT.get(a).get();
            for (int b = 0; b < DIFFERENT.size(); b++) {
                Object other = DIFFERENT.get(b).get();
                if (a == b) {
                    assertEquals(value, other);
                    assertEquals(value.hashCode(), other.hashCode());
                } else {
                    assertNotEquals(value, other);
                }
            }
        }
        assertTrue(DIFFERENT.stream()
                        .map(value -> value.get().hashCode())
                        .distinct()
                        .count()
                > 15);
    }

    @Test
    void sayWhatTheyAre() {
        assertTrue(BitMatrix.ofBits(1, 2, new long[] {1}).isZeroOne());
        assertFalse(new BitMatrix(1, 2, new long[] {1}, 0, 2).isZeroOne());
        assertFalse(new BitMatrix(1, 2, new long[] {1}, -1, 1).isZeroOne());
        assertTrue(BitMatrix.ofBits(1, 2, new long[] {1}).isInteger());
        List<WeightMatrix> matrices = List.of(
                BitMatrix.ofBits(1, 2, new long[] {1}),
                new DenseMatrix(1, 2, new float[] {1, 0.5f}),
                new IntegerMatrix(1, 2, new short[] {3, 0}),
                new DiagonalMatrix(new float[] {1, 2}));
        assertEquals(
                List.of("bit", "dense", "integer", "diagonal"),
                matrices.stream().map(WeightMatrix::kind).toList());
        for (WeightMatrix matrix : matrices) {
            assertEquals(2, matrix.parameters());
        }
        assertEquals(
                List.of(1, 32, 2, 32),
                matrices.stream().map(WeightMatrix::bitsPerWeight).toList());
        Codes codes = Codes.of(3, new int[] {0, 1, 3}, new int[] {0, 1, 2});
        assertArrayEquals(new int[] {0, 1, 3}, codes.offsets());
        assertArrayEquals(new int[] {0, 1, 2}, codes.members());
        assertEquals("2 codes of weight 1..2 in 3 neurons", codes.toString());
        assertEquals("2 codes of weight 1 in 2 neurons", Codes.identity(2).toString());
    }

    @Test
    void aNetworkCountsItsFullMatricesAndAllItsBits() {
        SuperposedNetwork network = new SuperposedNetwork(
                Codes.identity(2),
                List.of(
                        Layer.withBias(BitMatrix.ofBits(2, 2, new long[] {1, 2}), 0),
                        Layer.withBias(DiagonalMatrix.ofValue(2, 1), 0),
                        Layer.withBias(new DenseMatrix(3, 2, new float[6]), 0)),
                Decoder.withThreshold(Codes.identity(3), Decoder.Kind.SUM, 1),
                InputDomain.sparse(2, 1),
                false,
                new Provenance("test", Map.of(), 0, Map.of()));
        assertEquals(2, network.inputs());
        assertEquals(3, network.outputs());
        assertEquals(2, network.matrices());
        assertEquals(4 + 2 * 32 + 6 * 32, network.weightBits());
    }
}
