package org.superpose.core.kernel;

import java.util.Map;

/** Checks the arguments once, at the facade, so that the loops behind it need not. */
final class CheckedKernel implements Kernel {
    private final Kernel kernel;

    CheckedKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    // Messages are put together only where they are thrown: this runs millions of times a second.
    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }

    private static void requireDistinct(float[] x, float[] y) {
        if (x == y) {
            throw new IllegalArgumentException("x and y must not be the same array");
        }
    }

    private static void requireLength(String name, int length, long needed) {
        if (length < needed) {
            throw new IllegalArgumentException(name + " has " + length + " entries, but " + needed + " are needed");
        }
    }

    private static void requireShape(int rows, int columns) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("a matrix cannot be " + rows + " x " + columns);
        }
    }

    @Override
    public String name() {
        return kernel.name();
    }

    @Override
    public String description() {
        return kernel.description();
    }

    @Override
    public Map<String, String> matrixKinds() {
        return kernel.matrixKinds();
    }

    private static void requireRange(String name, int from, int to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException(name + " " + from + " to " + to + " are no range");
        }
    }

    @Override
    public void matrixVectorRelu(RowPanels matrix, int fromPanel, int toPanel, float[] bias, float[] x, float[] y) {
        requireRange("panels", fromPanel, toPanel);
        if (toPanel > matrix.panels()) {
            throw new IllegalArgumentException(
                    "there are " + matrix.panels() + " panels, but " + toPanel + " are asked for");
        }
        requireLength("bias", bias.length, matrix.rows());
        requireLength("x", x.length, matrix.columns());
        requireLength("y", y.length, matrix.rows());
        requireDistinct(x, y);
        kernel.matrixVectorRelu(matrix, fromPanel, toPanel, bias, x, y);
    }

    @Override
    public void matrixBlockRelu(RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y) {
        requireInputs(matrix, bias, x, fromInput, toInput, y);
        kernel.matrixBlockRelu(matrix, bias, x, fromInput, toInput, y);
    }

    private static void requireInputs(
            RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y) {
        requireRange("inputs", fromInput, toInput);
        requireLength("bias", bias.length, matrix.rows());
        requireLength("x", x.length, (long) toInput * matrix.columns());
        requireLength("y", y.length, (long) toInput * matrix.rows());
        requireDistinct(x, y);
    }

    private static void requireBlock(
            int rows, int columns, int batch, int matrixLength, int biasLength, int xLength, int yLength) {
        requireShape(rows, columns);
        requireAtLeast("batch", batch, 0);
        requireLength("matrix", matrixLength, (long) rows * columns);
        requireLength("bias", biasLength, rows);
        requireLength("x", xLength, (long) batch * columns);
        requireLength("y", yLength, (long) batch * rows);
    }

    @Override
    public void matrixBlock(RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y) {
        requireInputs(matrix, bias, x, fromInput, toInput, y);
        kernel.matrixBlock(matrix, bias, x, fromInput, toInput, y);
    }

    @Override
    public void matrixBlockRelu(byte[] matrix, int rows, int columns, int[] bias, byte[] x, int batch, int[] y) {
        requireBlock(rows, columns, batch, matrix.length, bias.length, x.length, y.length);
        kernel.matrixBlockRelu(matrix, rows, columns, bias, x, batch, y);
    }

    @Override
    public void matrixBlockRelu(short[] matrix, int rows, int columns, int[] bias, short[] x, int batch, int[] y) {
        requireBlock(rows, columns, batch, matrix.length, bias.length, x.length, y.length);
        kernel.matrixBlockRelu(matrix, rows, columns, bias, x, batch, y);
    }

    @Override
    public void columnSumRelu(float[][] columns, int[] chosen, float[] factors, int count, float[] bias, float[] y) {
        requireLength("chosen", chosen.length, count);
        requireLength("factors", factors.length, count);
        requireLength("y", y.length, bias.length);
        for (int t = 0; t < count; t++) {
            if (chosen[t] < 0 || chosen[t] >= columns.length) {
                throw new IllegalArgumentException("there is no column " + chosen[t]);
            }
            requireLength("column", columns[chosen[t]].length, bias.length);
        }
        kernel.columnSumRelu(columns, chosen, factors, count, bias, y);
    }

    @Override
    public void addScaled(short[] column, int factor, int[] sums) {
        requireLength("sums", sums.length, column.length);
        kernel.addScaled(column, factor, sums);
    }

    @Override
    public int collectAtLeast(int[] values, int[] bounds, int[] indices) {
        requireLength("bounds", bounds.length, values.length);
        requireLength("indices", indices.length, values.length);
        return kernel.collectAtLeast(values, bounds, indices);
    }

    @Override
    public int collectSumsAbove(float[] first, float[] second, float bound, int[] indices) {
        requireLength("second", second.length, first.length);
        requireLength("indices", indices.length, first.length);
        return kernel.collectSumsAbove(first, second, bound, indices);
    }

    @Override
    public float raise(float[] most, float[] signs, float[] shifts, float[] values, int from) {
        requireLength("signs", signs.length, most.length);
        requireLength("shifts", shifts.length, most.length);
        requireAtLeast("from", from, 0);
        requireLength("values", values.length, (long) from + most.length);
        return kernel.raise(most, signs, shifts, values, from);
    }

    @Override
    public void commonBits(long[] matrix, int rows, int wordsPerRow, long[] x, int batch, int[] counts) {
        requireShape(rows, wordsPerRow);
        requireAtLeast("batch", batch, 0);
        requireLength("matrix", matrix.length, (long) rows * wordsPerRow);
        requireLength("x", x.length, (long) batch * wordsPerRow);
        requireLength("counts", counts.length, (long) batch * rows);
        kernel.commonBits(matrix, rows, wordsPerRow, x, batch, counts);
    }

    @Override
    public void reach(long[] sets, int[] starts, int count, int from, int to, int reach, long[] reached) {
        requireAtLeast("reach", reach, 1);
        requireSets(sets, starts, count, from, to, reached);
        kernel.reach(sets, starts, count, from, to, reach, reached);
    }

    @Override
    public boolean intersect(long[] sets, int[] starts, int count, int from, int to, long[] common) {
        requireAtLeast("count", count, 1);
        requireSets(sets, starts, count, from, to, common);
        return kernel.intersect(sets, starts, count, from, to, common);
    }

    private static void requireSets(long[] sets, int[] starts, int count, int from, int to, long[] result) {
        requireRange("words", from, to);
        requireLength("starts", starts.length, count);
        requireLength("result", result.length, to);
        for (int t = 0; t < count; t++) {
            if (starts[t] < 0 || (long) starts[t] + to > sets.length) {
                throw new IllegalArgumentException(
                        "a set that begins at " + starts[t] + " does not lie within " + sets.length + " words");
            }
        }
    }
}
