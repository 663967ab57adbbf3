package org.superpose.core.network;

import java.util.Arrays;

/** Any float32 matrix, row by row. Immutable. */
public final class DenseMatrix implements WeightMatrix {
    private final int rows;
    private final int columns;
    private final float[] values;

    /**
     * @param values the entries row by row; the array is taken over, not copied, and must not be changed afterwards
     * @throws IllegalArgumentException if the length is not rows x columns or an entry is not finite
     */
    public DenseMatrix(int rows, int columns, float[] values) {
        if (rows < 1 || columns < 1 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    values.length + " entries do not make a " + rows + " x " + columns + " matrix");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "entry (" + i / columns + ", " + i % columns + ") is " + values[i] + ", not a finite number");
            }
        }
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    @Override
    public String kind() {
        return "dense";
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public float get(int row, int column) {
        return values[row * columns + column];
    }

    @Override
    public boolean isInteger() {
        for (float value : values) {
            if (value != Math.rint(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long parameters() {
        return values.length;
    }

    @Override
    public int bitsPerWeight() {
        return Float.SIZE;
    }

    @Override
    public void copyRow(int row, float[] into) {
        System.arraycopy(values, row * columns, into, 0, columns);
    }

    /** A fresh copy of the entries, row by row. */
    public float[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DenseMatrix that && rows == that.rows && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * rows + Arrays.hashCode(values);
    }
}
