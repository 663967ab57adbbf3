package org.superpose.core.kernel.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.superpose.core.kernel.RowPanels;

/**
 * The float32 products. Lanes are rows of a panel, and four vectors of them are worked on together: the four strips
 * with 512 bits, both halves of two strips with 256, and so on.
 */
final class PanelProducts {
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, VectorKernel.SHAPE);
    private static final int LANES = FLOATS.length();
    private static final int STRIP = RowPanels.STRIP;
    private static final int HEIGHT = RowPanels.HEIGHT;
    /** Inputs of one pass over a panel: their sums stay in the second-level cache. */
    private static final int BLOCK_INPUTS = 256;
    /** Columns of one pass over a panel: that part of it stays in the second-level cache too. */
    private static final int BLOCK_COLUMNS = 512;

    private PanelProducts() {}

    /**
     * The distance from the start of a panel to the vector of its rows from {@code row} on.
     *
     * @param columns of the matrix
     */
    private static int offset(int row, int columns) {
        return row / STRIP * columns * STRIP + row % STRIP;
    }

    static void matrixVectorRelu(RowPanels matrix, int fromPanel, int toPanel, float[] bias, float[] x, float[] y) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        for (int panel = fromPanel; panel < toPanel; panel++) {
            int row = panel * HEIGHT;
            int start = matrix.index(row, 0);
            if (rows - row >= HEIGHT) {
                System.arraycopy(bias, row, y, row, HEIGHT);
                addProduct(matrix.values(), start, columns, 0, columns, x, 0, y, row);
                rectify(y, row);
            } else {
                float[] last = Arrays.copyOfRange(bias, row, row + HEIGHT);
                addProduct(matrix.values(), start, columns, 0, columns, x, 0, last, 0);
                rectify(last, 0);
                System.arraycopy(last, 0, y, row, rows - row);
            }
        }
    }

    private static void rectify(float[] sums, int from) {
        for (int t = from; t < from + HEIGHT; t += LANES) {
            FloatVector.fromArray(FLOATS, sums, t).max(0).intoArray(sums, t);
        }
    }

    /**
     * Two columns at a time make eight accumulators, enough to hide the latency of the FMA units.
     *
     * @param from,to the columns
     * @param x has the entry of column c at {@code xFrom + c}
     */
    private static void addProduct(
            float[] values,
            int start,
            int columns,
            int from,
            int to,
            float[] x,
            int xFrom,
            float[] sums,
            int sumsFrom) {
        int even = from + (to - from & ~1);
        for (int row = 0; row < HEIGHT; row += 4 * LANES) {
            int into = sumsFrom + row;
            FloatVector a0 = FloatVector.fromArray(FLOATS, sums, into);
            FloatVector a1 = FloatVector.fromArray(FLOATS, sums, into + LANES);
            FloatVector a2 = FloatVector.fromArray(FLOATS, sums, into + 2 * LANES);
            FloatVector a3 = FloatVector.fromArray(FLOATS, sums, into + 3 * LANES);
            FloatVector b0 = FloatVector.zero(FLOATS);
            FloatVector b1 = b0;
            FloatVector b2 = b0;
            FloatVector b3 = b0;
            int p0 = start + offset(row, columns);
            int p1 = start + offset(row + LANES, columns);
            int p2 = start + offset(row + 2 * LANES, columns);
            int p3 = start + offset(row + 3 * LANES, columns);
            for (int c = from; c < even; c += 2) {
                int e = c * STRIP;
                FloatVector first = FloatVector.broadcast(FLOATS, x[xFrom + c]);
                FloatVector second = FloatVector.broadcast(FLOATS, x[xFrom + c + 1]);
                a0 = FloatVector.fromArray(FLOATS, values, p0 + e).fma(first, a0);
                a1 = FloatVector.fromArray(FLOATS, values, p1 + e).fma(first, a1);
                a2 = FloatVector.fromArray(FLOATS, values, p2 + e).fma(first, a2);
                a3 = FloatVector.fromArray(FLOATS, values, p3 + e).fma(first, a3);
                b0 = FloatVector.fromArray(FLOATS, values, p0 + e + STRIP).fma(second, b0);
                b1 = FloatVector.fromArray(FLOATS, values, p1 + e + STRIP).fma(second, b1);
                b2 = FloatVector.fromArray(FLOATS, values, p2 + e + STRIP).fma(second, b2);
                b3 = FloatVector.fromArray(FLOATS, values, p3 + e + STRIP).fma(second, b3);
            }
            if (even < to) {
                int e = even * STRIP;
                FloatVector last = FloatVector.broadcast(FLOATS, x[xFrom + even]);
                a0 = FloatVector.fromArray(FLOATS, values, p0 + e).fma(last, a0);
                a1 = FloatVector.fromArray(FLOATS, values, p1 + e).fma(last, a1);
                a2 = FloatVector.fromArray(FLOATS, values, p2 + e).fma(last, a2);
                a3 = FloatVector.fromArray(FLOATS, values, p3 + e).fma(last, a3);
            }
            a0.add(b0).intoArray(sums, into);
            a1.add(b1).intoArray(sums, into + LANES);
            a2.add(b2).intoArray(sums, into + 2 * LANES);
            a3.add(b3).intoArray(sums, into + 3 * LANES);
        }
    }

    /** @param isRectified whether ReLU follows */
    static void matrixBlock(
            RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y, boolean isRectified) {
        float[] values = matrix.values();
        int rows = matrix.rows();
        int columns = matrix.columns();
        float[] sums = new float[Math.min(BLOCK_INPUTS, toInput - fromInput) * HEIGHT];
        for (int first = fromInput; first < toInput; first += BLOCK_INPUTS) {
            int inputs = Math.min(BLOCK_INPUTS, toInput - first);
            for (int row = 0; row < rows; row += HEIGHT) {
                int height = Math.min(HEIGHT, rows - row);
                for (int i = 0; i < inputs; i++) {
                    System.arraycopy(bias, row, sums, i * HEIGHT, height);
                }
                int start = matrix.index(row, 0);
                for (int from = 0; from < columns; from += BLOCK_COLUMNS) {
                    int to = Math.min(columns, from + BLOCK_COLUMNS);
                    int i = 0;
                    for (; i + 4 <= inputs; i += 4) {
                        addFourProducts(values, start, columns, from, to, x, (first + i) * columns, sums, i * HEIGHT);
                    }
                    for (; i < inputs; i++) {
                        addProduct(values, start, columns, from, to, x, (first + i) * columns, sums, i * HEIGHT);
                    }
                }
                for (int i = 0; i < inputs; i++) {
                    if (isRectified) {
                        rectify(sums, i * HEIGHT);
                    }
                    System.arraycopy(sums, i * HEIGHT, y, (first + i) * rows + row, height);
                }
            }
        }
    }

    /**
     * Sixteen accumulators for four loads and four spread entries of x: enough work for each to keep the FMA units
     * busy.
     */
    private static void addFourProducts(
            float[] values,
            int start,
            int columns,
            int from,
            int to,
            float[] x,
            int xFrom,
            float[] sums,
            int sumsFrom) {
        int x0 = xFrom;
        int x1 = x0 + columns;
        int x2 = x1 + columns;
        int x3 = x2 + columns;
        for (int row = 0; row < HEIGHT; row += 4 * LANES) {
            int t0 = sumsFrom + row;
            int t1 = t0 + HEIGHT;
            int t2 = t1 + HEIGHT;
            int t3 = t2 + HEIGHT;
            FloatVector s00 = FloatVector.fromArray(FLOATS, sums, t0);
            FloatVector s01 = FloatVector.fromArray(FLOATS, sums, t0 + LANES);
            FloatVector s02 = FloatVector.fromArray(FLOATS, sums, t0 + 2 * LANES);
            FloatVector s03 = FloatVector.fromArray(FLOATS, sums, t0 + 3 * LANES);
            FloatVector s10 = FloatVector.fromArray(FLOATS, sums, t1);
            FloatVector s11 = FloatVector.fromArray(FLOATS, sums, t1 + LANES);
            FloatVector s12 = FloatVector.fromArray(FLOATS, sums, t1 + 2 * LANES);
            FloatVector s13 = FloatVector.fromArray(FLOATS, sums, t1 + 3 * LANES);
            FloatVector s20 = FloatVector.fromArray(FLOATS, sums, t2);
            FloatVector s21 = FloatVector.fromArray(FLOATS, sums, t2 + LANES);
            FloatVector s22 = FloatVector.fromArray(FLOATS, sums, t2 + 2 * LANES);
            FloatVector s23 = FloatVector.fromArray(FLOATS, sums, t2 + 3 * LANES);
            FloatVector s30 = FloatVector.fromArray(FLOATS, sums, t3);
            FloatVector s31 = FloatVector.fromArray(FLOATS, sums, t3 + LANES);
            FloatVector s32 = FloatVector.fromArray(FLOATS, sums, t3 + 2 * LANES);
            FloatVector s33 = FloatVector.fromArray(FLOATS, sums, t3 + 3 * LANES);
            int p0 = start + offset(row, columns);
            int p1 = start + offset(row + LANES, columns);
            int p2 = start + offset(row + 2 * LANES, columns);
            int p3 = start + offset(row + 3 * LANES, columns);
            for (int c = from; c < to; c++) {
                int e = c * STRIP;
                FloatVector w0 = FloatVector.fromArray(FLOATS, values, p0 + e);
                FloatVector w1 = FloatVector.fromArray(FLOATS, values, p1 + e);
                FloatVector w2 = FloatVector.fromArray(FLOATS, values, p2 + e);
                FloatVector w3 = FloatVector.fromArray(FLOATS, values, p3 + e);
                FloatVector v = FloatVector.broadcast(FLOATS, x[x0 + c]);
                s00 = v.fma(w0, s00);
                s01 = v.fma(w1, s01);
                s02 = v.fma(w2, s02);
                s03 = v.fma(w3, s03);
                v = FloatVector.broadcast(FLOATS, x[x1 + c]);
                s10 = v.fma(w0, s10);
                s11 = v.fma(w1, s11);
                s12 = v.fma(w2, s12);
                s13 = v.fma(w3, s13);
                v = FloatVector.broadcast(FLOATS, x[x2 + c]);
                s20 = v.fma(w0, s20);
                s21 = v.fma(w1, s21);
                s22 = v.fma(w2, s22);
                s23 = v.fma(w3, s23);
                v = FloatVector.broadcast(FLOATS, x[x3 + c]);
                s30 = v.fma(w0, s30);
                s31 = v.fma(w1, s31);
                s32 = v.fma(w2, s32);
                s33 = v.fma(w3, s33);
            }
            s00.intoArray(sums, t0);
            s01.intoArray(sums, t0 + LANES);
            s02.intoArray(sums, t0 + 2 * LANES);
            s03.intoArray(sums, t0 + 3 * LANES);
            s10.intoArray(sums, t1);
            s11.intoArray(sums, t1 + LANES);
            s12.intoArray(sums, t1 + 2 * LANES);
            s13.intoArray(sums, t1 + 3 * LANES);
            s20.intoArray(sums, t2);
            s21.intoArray(sums, t2 + LANES);
            s22.intoArray(sums, t2 + 2 * LANES);
            s23.intoArray(sums, t2 + 3 * LANES);
            s30.intoArray(sums, t3);
            s31.intoArray(sums, t3 + LANES);
            s32.intoArray(sums, t3 + 2 * LANES);
            s33.intoArray(sums, t3 + 3 * LANES);
        }
    }
}
