package org.superpose.core.network;

import org.jspecify.annotations.Nullable;
import org.superpose.core.kernel.Kernel;

/**
 * A layer of whole numbers prepared for the kernels of 8 and 16 bits: a quarter or half of the memory of float32, and
 * exact. It serves only inputs for which no sum can overflow or be rounded in float32; it tells which these are.
 * Belongs to one thread.
 */
final class WholeProduct {
    private final int rows;
    private final int columns;
    private final short[] matrix;
    /** The same, or null if an entry does not fit 8 bits. */
    private final byte @Nullable [] bytes;

    private final int[] bias;
    private final long largestPerUnit;
    private final long largestBias;
    private final short[] x;
    private final byte[] byteX;
    private final int[] y;

    private WholeProduct(int rows, int columns, short[] matrix, byte @Nullable [] bytes, int[] bias) {
        this.rows = rows;
        this.columns = columns;
        this.matrix = matrix;
        this.bytes = bytes;
        this.bias = bias;
        this.largestPerUnit = largestSum(matrix, rows, columns, new int[rows], 1);
        this.largestBias = largestSum(matrix, rows, columns, bias, 0);
        this.x = new short[columns];
        this.byteX = new byte[columns];
        this.y = new int[rows];
    }

    /**
     * A bound on |b| + sum of |W| |x|, over all rows and all their partial sums.
     *
     * @param largestInput of |x|, at least 0
     * @return exact; at most 2^31 + columns 2^46
     */
    static long largestSum(short[] matrix, int rows, int columns, int[] bias, int largestInput) {
        long largest = 0;
        for (int r = 0; r < rows; r++) {
            long sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += Math.abs(matrix[r * columns + c]);
            }
            largest = Math.max(largest, Math.abs((long) bias[r]) + sum * largestInput);
        }
        return largest;
    }

    /** The layer prepared, or null if it has no integer matrix or its biases are not whole numbers. */
    static @Nullable WholeProduct of(WeightMatrix weights, float[] bias) {
        if (!(weights instanceof IntegerMatrix whole)) {
            return null;
        }
        int[] biases = new int[bias.length];
        for (int r = 0; r < bias.length; r++) {
            biases[r] = (int) bias[r];
            if (biases[r] != bias[r]) {
                return null;
            }
        }
        short[] matrix = whole.values();
        byte @Nullable [] bytes = new byte[matrix.length];
        for (int t = 0; t < matrix.length && bytes != null; t++) {
            bytes[t] = (byte) matrix[t];
            bytes = bytes[t] == matrix[t] ? bytes : null;
        }
        return new WholeProduct(weights.rows(), weights.columns(), matrix, bytes, biases);
    }

    /**
     * Writes ReLU(W x + b), if x is of whole numbers for which that is exact.
     *
     * @return whether it is; if not, nothing is written
     */
    boolean apply(Kernel kernel, float[] values, float[] result) {
        int largest = 0;
        for (int c = 0; c < columns; c++) {
            x[c] = (short) values[c];
            if (x[c] != values[c]) {
                return false;
            }
            largest = Math.max(largest, Math.abs(x[c]));
        }
        // Below 2^24 the sum is a float32, and far below 2^31 nothing overflows.
        if (largestBias + largestPerUnit * largest >= (long) Exactness.LIMIT) {
            return false;
        }
        if (bytes != null && largest <= Byte.MAX_VALUE) {
            for (int c = 0; c < columns; c++) {
                byteX[c] = (byte) x[c];
            }
            kernel.matrixBlockRelu(bytes, rows, columns, bias, byteX, 1, y);
        } else {
            kernel.matrixBlockRelu(matrix, rows, columns, bias, x, 1, y);
        }
        for (int r = 0; r < rows; r++) {
            result[r] = y[r];
        }
        return true;
    }
}
