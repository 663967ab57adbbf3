package org.superpose.runner.mutant;

import java.util.random.RandomGenerator;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.WeightMatrix;

/** A weight matrix with few entries changed, of the same kind as before. */
final class ChangedWeights {
    private ChangedWeights() {}

    /** One entry changed: a bit is flipped; a number becomes zero or its negative, zero the largest of the matrix. */
    static WeightMatrix flip(WeightMatrix matrix, RandomGenerator random) {
        int row = random.nextInt(matrix.rows());
        int column = matrix instanceof DiagonalMatrix ? row : random.nextInt(matrix.columns());
        if (matrix instanceof BitMatrix bits) {
            long[] words = bits.words();
            words[row * BitMatrix.wordsPerRow(bits.columns()) + column / Long.SIZE] ^= 1L << column;
            return new BitMatrix(bits.rows(), bits.columns(), words, bits.clearValue(), bits.setValue());
        }
        float before = matrix.get(row, column);
        float after = before == 0 ? largest(matrix) : random.nextBoolean() ? 0 : -before;
        return rebuilt(matrix, (r, c) -> r == row && c == column ? after : matrix.get(r, c));
    }

    /** Two rows or two columns have changed places; of a diagonal matrix, two entries. */
    static WeightMatrix swap(WeightMatrix matrix, boolean rows, int first, int second) {
        boolean diagonal = matrix instanceof DiagonalMatrix;
        return rebuilt(
                matrix,
                (r, c) -> matrix.get(
                        rows || diagonal ? swapped(r, first, second) : r,
                        !rows || diagonal ? swapped(c, first, second) : c));
    }

    private static int swapped(int index, int first, int second) {
        return index == first ? second : index == second ? first : index;
    }

    private static float largest(WeightMatrix matrix) {
        float largest = 1;
        float[] row = new float[matrix.columns()];
        for (int r = 0; r < matrix.rows(); r++) {
            matrix.copyRow(r, row);
            for (float value : row) {
                largest = Math.max(largest, value);
            }
        }
        return largest;
    }

    /** The entries of a matrix. */
    private interface Entries {
        float get(int row, int column);
    }

    private static WeightMatrix rebuilt(WeightMatrix matrix, Entries entries) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        if (matrix instanceof DiagonalMatrix) {
            float[] diagonal = new float[rows];
            for (int r = 0; r < rows; r++) {
                diagonal[r] = entries.get(r, r);
            }
            return new DiagonalMatrix(diagonal);
        }
        if (matrix instanceof BitMatrix bits) {
            int wordsPerRow = BitMatrix.wordsPerRow(columns);
            long[] words = new long[rows * wordsPerRow];
            for (int i = 0; i < rows * columns; i++) {
                if (entries.get(i / columns, i % columns) == bits.setValue()) {
                    words[i / columns * wordsPerRow + i % columns / Long.SIZE] |= 1L << i % columns;
                }
            }
            return new BitMatrix(rows, columns, words, bits.clearValue(), bits.setValue());
        }
        float[] values = new float[rows * columns];
        short[] whole = new short[values.length];
        boolean isWhole = matrix instanceof IntegerMatrix;
        for (int i = 0; i < values.length; i++) {
            values[i] = entries.get(i / columns, i % columns);
            whole[i] = (short) values[i];
            isWhole &= whole[i] == values[i];
        }
        return isWhole ? new IntegerMatrix(rows, columns, whole) : new DenseMatrix(rows, columns, values);
    }
}
