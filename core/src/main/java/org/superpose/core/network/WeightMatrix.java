package org.superpose.core.network;

/** The weights of one layer: a real matrix in the form that suits its entries. Immutable. */
public sealed interface WeightMatrix permits BitMatrix, DenseMatrix, DiagonalMatrix, IntegerMatrix {
    /** The name of the kind in files and reports: bit, dense, diagonal, integer. */
    String kind();

    /** The number of neurons that it writes. */
    int rows();

    /** The number of neurons that it reads. */
    int columns();

    /** One entry. */
    float get(int row, int column);

    /** True if every entry is a whole number. */
    boolean isInteger();

    /** The number of entries that are stored: rows x columns, or n for a diagonal. */
    long parameters();

    /** The bits that one stored entry takes: 1, 32, or what the range of the integers needs. */
    int bitsPerWeight();

    /** The bits of all entries as stored. */
    default long storedBits() {
        return parameters() * bitsPerWeight();
    }

    /** A fresh copy of the entries, column by column. */
    default float[][] byColumn() {
        float[][] byColumn = new float[columns()][rows()];
        float[] row = new float[columns()];
        for (int r = 0; r < rows(); r++) {
            copyRow(r, row);
            for (int c = 0; c < row.length; c++) {
                byColumn[c][r] = row[c];
            }
        }
        return byColumn;
    }

    /** Writes one row into the start of a buffer of at least {@code columns} entries. */
    default void copyRow(int row, float[] into) {
        for (int c = 0; c < columns(); c++) {
            into[c] = get(row, c);
        }
    }
}
