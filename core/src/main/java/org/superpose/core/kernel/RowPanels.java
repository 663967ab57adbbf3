package org.superpose.core.kernel;

import java.util.function.IntFunction;

/**
 * A dense float32 matrix in the order in which the kernels read it: strips of {@value #STRIP} rows, in a strip column
 * after column. A vector then holds entries of one column, so that nothing is summed across lanes. {@value #HEIGHT}
 * rows, four strips, make a panel and are read together: four streams keep more of the memory busy than one. The last
 * panel is filled up with rows of zeros.
 *
 * <p>Immutable; needs 4 bytes for each entry.
 */
public final class RowPanels {
    /** Rows of a strip. */
    public static final int STRIP = 16;

    /** Rows of a panel. */
    public static final int HEIGHT = 4 * STRIP;

    /**
     * Where the first strip starts: large arrays begin 16 bytes behind an address that is a multiple of 64, and a
     * vector that lies across two cache lines costs two reads.
     */
    private static final int START = 12;

    private final float[] values;
    private final int rows;
    private final int columns;

    private RowPanels(float[] values, int rows, int columns) {
        this.values = values;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Packs a matrix.
     *
     * @param row gives row r, one entry for each column; asked once for each row, ascending, and may return the same
     *     array again
     * @throws IllegalArgumentException if the shape is negative, or the matrix has more entries than an array
     */
    public static RowPanels of(int rows, int columns, IntFunction<float[]> row) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("a matrix cannot be " + rows + " x " + columns);
        }
        long entries = START + ((long) rows + HEIGHT - 1) / HEIGHT * HEIGHT * columns;
        if (entries > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a matrix of " + rows + " x " + columns + " has more entries than an array can hold");
        }
        float[] values = new float[(int) entries];
        RowPanels panels = new RowPanels(values, rows, columns);
        for (int r = 0; r < rows; r++) {
            float[] entriesOfRow = row.apply(r);
            int own = panels.index(r, 0);
            for (int c = 0; c < columns; c++) {
                values[own + c * STRIP] = entriesOfRow[c];
            }
        }
        return panels;
    }

    /**
     * Packs a matrix that lies row by row.
     *
     * @throws IllegalArgumentException if the shape is negative or does not fit the array
     */
    public static RowPanels of(float[] matrix, int rows, int columns) {
        if ((long) rows * columns != matrix.length) {
            throw new IllegalArgumentException(
                    "a matrix of " + rows + " x " + columns + " does not have " + matrix.length + " entries");
        }
        float[] row = new float[Math.max(0, columns)];
        return of(rows, columns, r -> {
            System.arraycopy(matrix, r * columns, row, 0, columns);
            return row;
        });
    }

    /** Rows of the matrix. */
    public int rows() {
        return rows;
    }

    /** Columns of the matrix. */
    public int columns() {
        return columns;
    }

    /** How many panels there are; panel p holds the rows from {@code p * HEIGHT}. */
    public int panels() {
        return (rows + HEIGHT - 1) / HEIGHT;
    }

    /** The entry in row r and column c. */
    public float at(int r, int c) {
        return values[index(r, c)];
    }

    /** All panels; not to be written. */
    public float[] values() {
        return values;
    }

    /**
     * Where row r has its entry of column c in {@link #values}; the next row of its strip comes next, the next column
     * {@value #STRIP} further.
     */
    public int index(int r, int c) {
        return START + (r / STRIP * columns + c) * STRIP + r % STRIP;
    }
}
