package org.superpose.core.kernel;

/**
 * Whether the sums of a matrix of whole numbers can overflow. A kernel does not look; whoever prepares a matrix for it
 * does.
 */
public final class WholeSums {
    private WholeSums() {}

    /**
     * The largest |b| + sum of |W| over the rows, times what inputs may be: no sum can be larger.
     *
     * @param matrix W, rows x columns, row by row
     * @param bias b, one entry per row
     * @param largestInput of |x|, at least 0
     * @return exact; at most 2^31 + columns 2^46
     */
    public static long largest(short[] matrix, int rows, int columns, int[] bias, int largestInput) {
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

    /** Whether sums of up to this size, and all their partial sums, fit into 32 bits. */
    public static boolean fitInt(long largest) {
        return largest <= Integer.MAX_VALUE;
    }
}
