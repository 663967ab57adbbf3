package org.superpose.interop.tensor;

import org.superpose.core.file.NetworkDescription.LayerPart;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.WeightMatrix;

/**
 * Finds the structure that float32 weights from another tool still have: two whole values make a bit matrix, small
 * whole values an integer matrix, anything else stays dense. Exact verification depends on it.
 */
public final class RecognisedMatrix {
    private RecognisedMatrix() {}

    /**
     * The most structured matrix of the given entries.
     *
     * @param values finite entries row by row; taken over where they stay as they are
     */
    public static WeightMatrix of(int rows, int columns, float[] values) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        boolean small = true;
        for (float value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
            small &= (short) value == value;
        }
        if (!small) {
            return new DenseMatrix(rows, columns, values);
        }
        boolean two = true;
        for (float value : values) {
            two &= value == min || value == max;
        }
        return two ? bits(rows, columns, values, (short) min, (short) max) : integers(rows, columns, values);
    }

    private static WeightMatrix bits(int rows, int columns, float[] values, int min, int max) {
        // A clear bit is the ordinary case: no weight where one of the two values is 0, else the smaller one.
        int clear = min == 0 || max == 0 || min == max ? 0 : min;
        int set = min == max ? (min == 0 ? 1 : min) : min == clear ? max : min;
        return bits(rows, columns, clear, set, (r, c) -> values[r * columns + c] == set);
    }

    @FunctionalInterface
    private interface Predicate {
        boolean test(int row, int column);
    }

    private static BitMatrix bits(int rows, int columns, int clear, int set, Predicate isSet) {
        int wordsPerRow = BitMatrix.wordsPerRow(columns);
        long[] words = new long[Math.multiplyExact(rows, wordsPerRow)];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                if (isSet.test(r, c)) {
                    words[r * wordsPerRow + c / Long.SIZE] |= 1L << c;
                }
            }
        }
        return new BitMatrix(rows, columns, words, clear, set);
    }

    private static IntegerMatrix integers(int rows, int columns, float[] values) {
        short[] whole = new short[values.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (short) values[i];
        }
        return new IntegerMatrix(rows, columns, whole);
    }

    /**
     * The same entries in the form that a description names, as far as that form can hold them; otherwise as they are.
     */
    public static WeightMatrix inForm(LayerPart part, WeightMatrix matrix) {
        if (part.rows() != matrix.rows() || part.columns() != matrix.columns()) {
            return matrix;
        }
        int rows = matrix.rows();
        int columns = matrix.columns();
        if (part.kind().equals("bit") && matrix instanceof BitMatrix bits) {
            int clear = part.clearValue();
            int set = part.setValue();
            boolean holds = (bits.clearValue() == clear || bits.clearValue() == set || bits.density() == 1)
                    && (bits.setValue() == clear || bits.setValue() == set || bits.density() == 0);
            return holds ? bits(rows, columns, clear, set, (r, c) -> bits.get(r, c) == set) : matrix;
        }
        if (part.kind().equals("integer") && matrix instanceof BitMatrix) {
            return integers(rows, columns, entries(matrix));
        }
        if (part.kind().equals("dense") && !(matrix instanceof DenseMatrix)) {
            return new DenseMatrix(rows, columns, entries(matrix));
        }
        return matrix;
    }

    private static float[] entries(WeightMatrix matrix) {
        float[] values = new float[Math.multiplyExact(matrix.rows(), matrix.columns())];
        float[] row = new float[matrix.columns()];
        for (int r = 0; r < matrix.rows(); r++) {
            matrix.copyRow(r, row);
            System.arraycopy(row, 0, values, r * row.length, row.length);
        }
        return values;
    }
}
