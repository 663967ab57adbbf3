package org.superpose.core.network;

import java.util.Arrays;

/** A matrix of whole numbers from -32768 to 32767, row by row. Immutable. */
public final class IntegerMatrix implements WeightMatrix {
    private final int rows;
    private final int columns;
    private final short[] values;
    private final int bits;

    /**
     * @param values the entries row by row; the array is taken over, not copied, and must not be changed afterwards
     * @throws IllegalArgumentException if the length is not rows x columns
     */
    public IntegerMatrix(int rows, int columns, short[] values) {
        if (rows < 1 || columns < 1 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    values.length + " entries do not make a " + rows + " x " + columns + " matrix");
        }
        this.rows = rows;
        this.columns = columns;
        this.values = values;
        int min = Short.MAX_VALUE;
        int max = Short.MIN_VALUE;
        for (short value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        this.bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(max - min));
    }

    @Override
    public String kind() {
        return "integer";
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
        return true;
    }

    @Override
    public long parameters() {
        return values.length;
    }

    /** The bits that tell the smallest from the largest entry and all between apart: ceil(log2(max - min + 1)). */
    @Override
    public int bitsPerWeight() {
        return bits;
    }

    /** A fresh copy of the entries, row by row. */
    public short[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntegerMatrix that && rows == that.rows && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * rows + Arrays.hashCode(values);
    }
}
