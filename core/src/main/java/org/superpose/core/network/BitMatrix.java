package org.superpose.core.network;

import java.util.Arrays;

/**
 * A matrix with two values, one bit per entry: the 0/1 matrices of clipped channels (theory, section 5), their
 * negatives, and inhibition, where a clear bit stands for a small negative weight. Immutable.
 *
 * <p>Row r occupies the {@code wordsPerRow} words from {@code r * wordsPerRow}; column c is bit {@code c % 64} of word
 * {@code c / 64} of its row. Bits beyond the last column are clear.
 */
public final class BitMatrix implements WeightMatrix {
    private final int rows;
    private final int columns;
    private final int wordsPerRow;
    private final long[] words;
    private final int clearValue;
    private final int setValue;

    /**
     * @param words the packed rows; the array is taken over, not copied, and must not be changed afterwards
     * @param clearValue the weight where the bit is clear, -32768..32767
     * @param setValue the weight where the bit is set, -32768..32767
     * @throws IllegalArgumentException if the length does not fit the shape or a bit beyond the last column is set
     */
    public BitMatrix(int rows, int columns, long[] words, int clearValue, int setValue) {
        this.rows = rows;
        this.columns = columns;
        this.wordsPerRow = wordsPerRow(columns);
        this.words = words;
        this.clearValue = clearValue;
        this.setValue = setValue;
        if (rows < 1 || columns < 1 || (long) rows * wordsPerRow != words.length) {
            throw new IllegalArgumentException(
                    words.length + " words do not make a " + rows + " x " + columns + " bit matrix");
        }
        if ((short) clearValue != clearValue || (short) setValue != setValue) {
            throw new IllegalArgumentException("values " + clearValue + " and " + setValue + " must fit 16 bits");
        }
        long beyond = columns % Long.SIZE == 0 ? 0 : -1L << columns;
        for (int r = 0; r < rows; r++) {
            if ((words[(r + 1) * wordsPerRow - 1] & beyond) != 0) {
                throw new IllegalArgumentException("row " + r + " has a bit beyond column " + (columns - 1));
            }
        }
    }

    /** A 0/1 matrix. */
    public static BitMatrix ofBits(int rows, int columns, long[] words) {
        return new BitMatrix(rows, columns, words, 0, 1);
    }

    /** The words that one row of {@code columns} entries takes. */
    public static int wordsPerRow(int columns) {
        return (columns + Long.SIZE - 1) / Long.SIZE;
    }

    @Override
    public String kind() {
        return "bit";
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
        return isSet(row, column) ? setValue : clearValue;
    }

    /** Whether the bit of an entry is set. */
    public boolean isSet(int row, int column) {
        return (words[row * wordsPerRow + column / Long.SIZE] >>> column & 1) != 0;
    }

    /** The number of set bits in a row. */
    public int rowCount(int row) {
        int count = 0;
        for (int w = row * wordsPerRow; w < (row + 1) * wordsPerRow; w++) {
            count += Long.bitCount(words[w]);
        }
        return count;
    }

    /** The fraction of set bits: q of theory, section 5. */
    public double density() {
        long set = 0;
        for (long word : words) {
            set += Long.bitCount(word);
        }
        return (double) set / parameters();
    }

    /** The weight where the bit is clear. */
    public int clearValue() {
        return clearValue;
    }

    /** The weight where the bit is set. */
    public int setValue() {
        return setValue;
    }

    /** True if the values are 0 and 1. */
    public boolean isZeroOne() {
        return clearValue == 0 && setValue == 1;
    }

    @Override
    public boolean isInteger() {
        return true;
    }

    @Override
    public long parameters() {
        return (long) rows * columns;
    }

    @Override
    public int bitsPerWeight() {
        return 1;
    }

    /** The same bits with other values. */
    public BitMatrix withValues(int newClearValue, int newSetValue) {
        return new BitMatrix(rows, columns, words, newClearValue, newSetValue);
    }

    /** One word of a row, {@code 0 <= word < wordsPerRow(columns)}. */
    public long word(int row, int word) {
        return words[row * wordsPerRow + word];
    }

    /** A fresh copy of the packed rows. */
    public long[] words() {
        return words.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitMatrix that
                && rows == that.rows
                && columns == that.columns
                && clearValue == that.clearValue
                && setValue == that.setValue
                && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * columns + Arrays.hashCode(words);
    }
}
