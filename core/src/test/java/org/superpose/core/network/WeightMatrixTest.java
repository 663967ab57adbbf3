package org.superpose.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.random.Seed;

class WeightMatrixTest {
    @Property(tries = 50)
    void aBitMatrixHoldsItsBits(@ForAll long seed, @ForAll @IntRange(min = 1, max = 140) int columns) {
        int rows = 3;
        var random = new Seed(seed).generator();
        boolean[][] bits = new boolean[rows][columns];
        long[] words = new long[rows * BitMatrix.wordsPerRow(columns)];
        int set = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                bits[r][c] = random.nextBoolean();
                if (bits[r][c]) {
                    words[r * BitMatrix.wordsPerRow(columns) + c / 64] |= 1L << c % 64;
                    set++;
                }
            }
        }
        BitMatrix matrix = BitMatrix.ofBits(rows, columns, words).withValues(-1, 3);
        int counted = 0;
        for (int r = 0; r < rows; r++) {
            float[] row = new float[columns];
            matrix.copyRow(r, row);
            for (int c = 0; c < columns; c++) {
                assertEquals(bits[r][c] ? 3 : -1, matrix.get(r, c));
                assertEquals(matrix.get(r, c), row[c]);
            }
            counted += matrix.rowCount(r);
        }
        assertEquals(set, counted);
        assertEquals((double) set / (rows * columns), matrix.density(), 1e-12);
        assertEquals((long) rows * columns, matrix.storedBits());
    }

    @Test
    void bitsOfAnIntegerMatrixAreWhatItsRangeNeeds() {
        assertEquals(1, new IntegerMatrix(1, 2, new short[] {0, 1}).bitsPerWeight());
        assertEquals(2, new IntegerMatrix(1, 2, new short[] {-1, 1}).bitsPerWeight());
        assertEquals(2, new IntegerMatrix(1, 2, new short[] {-1, 2}).bitsPerWeight());
        assertEquals(3, new IntegerMatrix(1, 2, new short[] {-1, 3}).bitsPerWeight());
        assertEquals(16, new IntegerMatrix(1, 2, new short[] {-32768, 32767}).bitsPerWeight());
    }

    @Test
    void matricesKnowWhetherTheyAreWholeAndWordsMayBeFull() {
        assertTrue(new DenseMatrix(1, 2, new float[] {1, -3}).isInteger());
        assertFalse(new DenseMatrix(1, 2, new float[] {1, -3.5f}).isInteger());
        assertEquals(64, BitMatrix.ofBits(1, 64, new long[] {-1L}).rowCount(0));
    }

    @Test
    void aDiagonalMatrixIsZeroOffItsDiagonal() {
        WeightMatrix matrix = new DiagonalMatrix(new float[] {2, -1});
        float[] row = new float[2];
        matrix.copyRow(1, row);
        assertArrayEquals(new float[] {0, -1}, row);
        assertEquals(2, matrix.parameters());
        assertTrue(matrix.isInteger());
        assertFalse(DiagonalMatrix.ofValue(2, 0.5f).isInteger());
    }

    @Test
    void nonFiniteEntriesAndWrongShapesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DenseMatrix(1, 2, new float[] {1, Float.NaN}));
        assertThrows(IllegalArgumentException.class, () -> new DiagonalMatrix(new float[] {Float.POSITIVE_INFINITY}));
        assertThrows(IllegalArgumentException.class, () -> new DenseMatrix(2, 2, new float[3]));
        assertThrows(IllegalArgumentException.class, () -> BitMatrix.ofBits(1, 3, new long[] {8}));
        assertThrows(
                IllegalArgumentException.class, () -> new Layer(DiagonalMatrix.ofValue(1, 1), new float[] {Float.NaN}));
        assertThrows(
                IllegalArgumentException.class, () -> Decoder.withThreshold(Codes.identity(2), Decoder.Kind.SUM, 0));
    }
}
