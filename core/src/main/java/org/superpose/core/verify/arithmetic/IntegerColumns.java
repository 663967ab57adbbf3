package org.superpose.core.verify.arithmetic;

import java.util.Arrays;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.WeightMatrix;

/** A matrix of whole numbers by columns: 16 bits an entry where they fit, else 32. Immutable. */
public final class IntegerColumns {
    private final short[][] narrow;
    private final int[][] wide;

    private IntegerColumns(short[][] narrow, int[][] wide) {
        this.narrow = narrow;
        this.wide = wide;
    }

    /** Copies a matrix, all of whose entries are whole numbers below 2^24. */
    public static IntegerColumns of(WeightMatrix weights) {
        if (weights instanceof BitMatrix bits) {
            return ofBits(bits);
        }
        boolean fits = true;
        float[] row = new float[weights.columns()];
        int[][] wide = new int[weights.columns()][weights.rows()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.copyRow(r, row);
            for (int c = 0; c < row.length; c++) {
                wide[c][r] = (int) row[c];
                fits &= wide[c][r] == (short) wide[c][r];
            }
        }
        if (!fits) {
            return new IntegerColumns(null, wide);
        }
        short[][] narrow = new short[wide.length][];
        for (int c = 0; c < wide.length; c++) {
            narrow[c] = new short[wide[c].length];
            for (int r = 0; r < wide[c].length; r++) {
                narrow[c][r] = (short) wide[c][r];
            }
            wide[c] = null;
        }
        return new IntegerColumns(narrow, null);
    }

    private static IntegerColumns ofBits(BitMatrix bits) {
        short[][] narrow = new short[bits.columns()][bits.rows()];
        for (int c = 0; c < bits.columns() && bits.clearValue() != 0; c++) {
            Arrays.fill(narrow[c], (short) bits.clearValue());
        }
        int words = BitMatrix.wordsPerRow(bits.columns());
        for (int r = 0; r < bits.rows(); r++) {
            for (int w = 0; w < words; w++) {
                for (long word = bits.word(r, w); word != 0; word &= word - 1) {
                    narrow[w * Long.SIZE + Long.numberOfTrailingZeros(word)][r] = (short) bits.setValue();
                }
            }
        }
        return new IntegerColumns(narrow, null);
    }

    /** The number of columns. */
    public int count() {
        return narrow == null ? wide.length : narrow.length;
    }

    /** One entry. */
    public int get(int row, int column) {
        return narrow == null ? wide[column][row] : narrow[column][row];
    }

    /** sums += factor x column. */
    public void add(Kernel kernel, int column, int factor, int[] sums) {
        if (narrow != null) {
            kernel.addScaled(narrow[column], factor, sums);
            return;
        }
        int[] entries = wide[column];
        for (int r = 0; r < entries.length; r++) {
            sums[r] += factor * entries[r];
        }
    }
}
