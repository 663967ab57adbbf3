package org.superpose.core.kernel;

import java.util.Map;

/**
 * The loops that evaluation and verification spend their time in, behind one interface: a plain scalar form that reads
 * as the specification, and a SIMD form that has to agree with it. Callers never know which they got; {@link Kernels}
 * decides.
 *
 * <p>Integer and bit forms give the same result bit for bit in every implementation. Float32 forms may add in any
 * order, so that two implementations differ by at most twice the rounding bound gamma_{c+1} (|W| |x| + |b|), with c the
 * number of nonzero terms of a row and gamma_c = c u / (1 - c u), u = 2^-24; on networks that
 * {@link org.superpose.core.network.Exactness} calls exact they do not differ at all. Implementations are stateless and
 * may be used by any number of threads.
 *
 * <p>Bit sets are stored as words, element c as bit {@code c % 64} of word {@code c / 64}; several of them lie in one
 * array, each at a start of its own.
 *
 * <p>Implementations trust their arguments. What {@link Kernels} hands out checks them first: an argument that is too
 * short gives an IllegalArgumentException.
 */
public interface Kernel {
    /** The words of a bit set, filled up to whole vectors of 512 bits, so that loops over its words have no tail. */
    static int paddedWords(int elements) {
        return (elements + 511) / 512 * 8;
    }

    /** The name by which it is asked for: scalar or vector. */
    String name();

    /** What it is, for {@code superpose doctor}: species and lanes. */
    String description();

    /**
     * How it works on each kind of matrix, for {@code superpose doctor}: keys are float32, sparse (few columns of a
     * float32 matrix), int8, int16 and bit.
     */
    Map<String, String> matrixKinds();

    /**
     * y = ReLU(W x + b) in float32, for the rows of the panels {@code fromPanel} to {@code toPanel - 1} of W.
     *
     * @param bias b, one entry per row
     * @param x one entry per column
     * @param y one entry per row; those of the panels are overwritten; not the same array as x
     */
    void matrixVectorRelu(RowPanels matrix, int fromPanel, int toPanel, float[] bias, float[] x, float[] y);

    /** All rows of y = ReLU(W x + b) in float32. */
    default void matrixVectorRelu(RowPanels matrix, float[] bias, float[] x, float[] y) {
        matrixVectorRelu(matrix, 0, matrix.panels(), bias, x, y);
    }

    /**
     * Inputs {@code fromInput} to {@code toInput - 1} of Y = ReLU(W X + b) in float32 for a batch of inputs.
     *
     * @param bias b, one entry per row
     * @param x the inputs one after another, batch x columns
     * @param y the results one after another, batch x rows; those of the range are overwritten
     */
    void matrixBlockRelu(RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y);

    /** Y = ReLU(W X + b) in float32 for a whole batch of inputs. */
    default void matrixBlockRelu(RowPanels matrix, float[] bias, float[] x, int batch, float[] y) {
        matrixBlockRelu(matrix, bias, x, 0, batch, y);
    }

    /** Inputs {@code fromInput} to {@code toInput - 1} of Y = W X + b, without ReLU; the arguments are those above. */
    void matrixBlock(RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y);

    /**
     * Y = ReLU(W X + b) in whole numbers of 8 bits for a batch of inputs. The results are exact if |b| + the sum of |W|
     * |x| stays below 2^31 in every row, which is for the caller to know; beyond, they wrap, in every implementation
     * alike.
     *
     * @param matrix W, rows x columns, row by row
     * @param bias b, one entry per row
     * @param x the inputs one after another, batch x columns
     * @param y the results one after another, batch x rows; overwritten
     */
    void matrixBlockRelu(byte[] matrix, int rows, int columns, int[] bias, byte[] x, int batch, int[] y);

    /** The same in whole numbers of 16 bits. */
    void matrixBlockRelu(short[] matrix, int rows, int columns, int[] bias, short[] x, int batch, int[] y);

    /**
     * y = ReLU(sum of factor x column over the chosen columns + b) in float32: a layer whose input has few nonzero
     * entries, such as the first one, whose input is a few code words.
     *
     * @param columns W by columns, each of one entry per row
     * @param chosen the columns to add
     * @param factors what each of them is multiplied by
     * @param count how many entries of {@code chosen} and {@code factors} count
     * @param bias b, one entry per row
     * @param y one entry per row; overwritten
     */
    void columnSumRelu(float[][] columns, int[] chosen, float[] factors, int count, float[] bias, float[] y);

    /**
     * sums += factor x column, in whole numbers.
     *
     * @param column one entry for each of the sums
     * @param factor such that no sum leaves the int range
     */
    void addScaled(short[] column, int factor, int[] sums);

    /**
     * Finds the positions where {@code values[e] >= bounds[e]}, ascending. The difference of the two must fit an int.
     *
     * @param indices is given the positions; as long as {@code values}
     * @return how many there are
     */
    int collectAtLeast(int[] values, int[] bounds, int[] indices);

    /**
     * Finds the positions where {@code first[e] + second[e] > bound} in float32, ascending. The sums must be finite.
     *
     * @param indices is given the positions; as long as {@code first}
     * @return how many there are
     */
    int collectSumsAbove(float[] first, float[] second, float bound, int[] indices);

    /**
     * Raises each {@code most[e]} to {@code signs[e] values[from + e] + shifts[e]}, where that is larger; what is not a
     * number raises nothing.
     *
     * @param signs 1 or -1; as long as {@code most}
     * @param shifts as long as {@code most}
     * @return the largest of the sums, or negative infinity if there is none
     */
    float raise(float[] most, float[] signs, float[] shifts, float[] values, int from);

    /**
     * counts[i rows + r] = the number of bits that row r of a bit matrix has in common with input i: a 0/1 matrix times
     * 0/1 vectors.
     *
     * @param matrix rows x wordsPerRow words
     * @param x the inputs one after another, batch x wordsPerRow words
     * @param counts batch x rows entries; overwritten
     */
    void commonBits(long[] matrix, int rows, int wordsPerRow, long[] x, int batch, int[] counts);

    /** The same for one input. */
    default void commonBits(long[] matrix, int rows, int wordsPerRow, long[] x, int[] counts) {
        commonBits(matrix, rows, wordsPerRow, x, 1, counts);
    }

    /**
     * Finds the elements that are in at least {@code reach} of several bit sets, all elements of a word at a time: the
     * words {@code from} to {@code to} of each set are added into counters that lie across words, one bit of every
     * counter in each.
     *
     * @param sets holds the bit sets
     * @param starts where each set begins in {@code sets}; a set that occurs twice counts twice
     * @param count how many entries of {@code starts} count
     * @param reach at least 1
     * @param reached the words from..to-1 are overwritten
     */
    void reach(long[] sets, int[] starts, int count, int from, int to, int reach, long[] reached);

    /**
     * Finds the elements that are in all of several bit sets.
     *
     * @param count how many entries of {@code starts} count, at least 1
     * @param common the words from..to-1 are overwritten
     * @return whether there is any element
     */
    boolean intersect(long[] sets, int[] starts, int count, int from, int to, long[] common);
}
