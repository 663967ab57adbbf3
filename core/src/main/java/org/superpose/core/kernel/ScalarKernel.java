package org.superpose.core.kernel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kernels as plain loops: the specification of {@link Kernel}, and what runs where there is no SIMD. */
public final class ScalarKernel implements Kernel {
    /** What {@link #matrixKinds} calls a loop of this class. */
    public static final String LOOP = "scalar loop";

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public String description() {
        return "scalar loops (no SIMD)";
    }

    @Override
    public Map<String, String> matrixKinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (String kind : new String[] {"float32", "sparse", "int8", "int16", "bit"}) {
            kinds.put(kind, LOOP);
        }
        return kinds;
    }

    @Override
    public void matrixVectorRelu(RowPanels matrix, int fromPanel, int toPanel, float[] bias, float[] x, float[] y) {
        product(matrix, fromPanel, toPanel, bias, x, 0, y, 0);
        rectify(y, fromPanel * RowPanels.HEIGHT, Math.min(matrix.rows(), toPanel * RowPanels.HEIGHT));
    }

    @Override
    public void matrixBlockRelu(RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y) {
        matrixBlock(matrix, bias, x, fromInput, toInput, y);
        rectify(y, fromInput * matrix.rows(), toInput * matrix.rows());
    }

    @Override
    public void matrixBlock(RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y) {
        for (int i = fromInput; i < toInput; i++) {
            product(matrix, 0, matrix.panels(), bias, x, i * matrix.columns(), y, i * matrix.rows());
        }
    }

    private static void rectify(float[] sums, int from, int to) {
        for (int t = from; t < to; t++) {
            sums[t] = Math.max(0, sums[t]);
        }
    }

    @Override
    public float raise(float[] most, float[] signs, float[] shifts, float[] values, int from) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int e = 0; e < most.length; e++) {
            float sum = signs[e] * values[from + e] + shifts[e];
            most[e] = sum > most[e] ? sum : most[e];
            largest = sum > largest ? sum : largest;
        }
        return largest;
    }

    /**
     * Strip by strip, whose entries of a column lie side by side; a row is summed over its columns in ascending order.
     */
    private static void product(
            RowPanels matrix, int fromPanel, int toPanel, float[] bias, float[] x, int xFrom, float[] y, int yFrom) {
        float[] values = matrix.values();
        int rows = Math.min(matrix.rows(), toPanel * RowPanels.HEIGHT);
        for (int from = fromPanel * RowPanels.HEIGHT; from < rows; from += RowPanels.STRIP) {
            int height = Math.min(rows - from, RowPanels.STRIP);
            int into = yFrom + from;
            System.arraycopy(bias, from, y, into, height);
            for (int c = 0; c < matrix.columns(); c++) {
                float factor = x[xFrom + c];
                int own = matrix.index(from, c);
                for (int r = 0; r < height; r++) {
                    y[into + r] += values[own + r] * factor;
                }
            }
        }
    }

    @Override
    public void matrixBlockRelu(byte[] matrix, int rows, int columns, int[] bias, byte[] x, int batch, int[] y) {
        for (int i = 0; i < batch; i++) {
            for (int r = 0; r < rows; r++) {
                int z = bias[r];
                for (int c = 0; c < columns; c++) {
                    z += matrix[r * columns + c] * x[i * columns + c];
                }
                y[i * rows + r] = Math.max(0, z);
            }
        }
    }

    @Override
    public void matrixBlockRelu(short[] matrix, int rows, int columns, int[] bias, short[] x, int batch, int[] y) {
        for (int i = 0; i < batch; i++) {
            for (int r = 0; r < rows; r++) {
                int z = bias[r];
                for (int c = 0; c < columns; c++) {
                    z += matrix[r * columns + c] * x[i * columns + c];
                }
                y[i * rows + r] = Math.max(0, z);
            }
        }
    }

    @Override
    public void columnSumRelu(float[][] columns, int[] chosen, float[] factors, int count, float[] bias, float[] y) {
        System.arraycopy(bias, 0, y, 0, bias.length);
        for (int t = 0; t < count; t++) {
            float[] column = columns[chosen[t]];
            float factor = factors[t];
            for (int r = 0; r < bias.length; r++) {
                y[r] += factor * column[r];
            }
        }
        for (int r = 0; r < bias.length; r++) {
            y[r] = Math.max(0, y[r]);
        }
    }

    @Override
    public void addScaled(short[] column, int factor, int[] sums) {
        for (int r = 0; r < column.length; r++) {
            sums[r] += factor * column[r];
        }
    }

    @Override
    public int collectAtLeast(int[] values, int[] bounds, int[] indices) {
        int found = 0;
        for (int e = 0; e < values.length; e++) {
            if (values[e] >= bounds[e]) {
                indices[found++] = e;
            }
        }
        return found;
    }

    @Override
    public int collectSumsAbove(float[] first, float[] second, float bound, int[] indices) {
        int found = 0;
        for (int e = 0; e < first.length; e++) {
            if (first[e] + second[e] > bound) {
                indices[found++] = e;
            }
        }
        return found;
    }

    @Override
    public void commonBits(long[] matrix, int rows, int wordsPerRow, long[] x, int batch, int[] counts) {
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < batch; i++) {
                int count = 0;
                for (int w = 0; w < wordsPerRow; w++) {
                    count += Long.bitCount(matrix[r * wordsPerRow + w] & x[i * wordsPerRow + w]);
                }
                counts[i * rows + r] = count;
            }
        }
    }

    @Override
    public void reach(long[] sets, int[] starts, int count, int from, int to, int reach, long[] reached) {
        // A counter of p bits starts at -reach modulo 2^p, so that it overflows exactly when it has counted to reach.
        int planes = Integer.SIZE - Integer.numberOfLeadingZeros(reach - 1);
        int start = -reach;
        long[] counter = new long[planes];
        for (int w = from; w < to; w++) {
            for (int p = 0; p < planes; p++) {
                counter[p] = -(start >>> p & 1L);
            }
            long overflowed = 0;
            for (int t = 0; t < count; t++) {
                long carry = sets[starts[t] + w];
                for (int p = 0; p < planes; p++) {
                    long sum = counter[p] ^ carry;
                    carry &= counter[p];
                    counter[p] = sum;
                }
                overflowed |= carry;
            }
            reached[w] = overflowed;
        }
    }

    @Override
    public boolean intersect(long[] sets, int[] starts, int count, int from, int to, long[] common) {
        System.arraycopy(sets, starts[0] + from, common, from, to - from);
        for (int t = 1; t < count; t++) {
            for (int w = from; w < to; w++) {
                common[w] &= sets[starts[t] + w];
            }
        }
        return Arrays.stream(common, from, to).anyMatch(word -> word != 0);
    }
}
