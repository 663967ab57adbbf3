package org.superpose.core.kernel;

import java.util.stream.IntStream;

/**
 * Large float32 products split over threads: a matrix-vector product by panels, a matrix-block product by inputs. Every
 * entry is computed as by one thread, so the results are the same bit for bit.
 *
 * @param kernel computes the pieces
 * @param threads the number of pieces, at least 1; they run on the common pool
 */
public record ParallelProducts(Kernel kernel, int threads) {
    /** Below this many multiplications handing out work costs more than it saves. */
    private static final long LEAST_WORK = 1 << 20;
    /** Inputs are handed out in multiples of what the kernels work on together. */
    private static final int GROUP = 64;

    /** @throws IllegalArgumentException if there is no thread */
    public ParallelProducts {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " must be at least 1");
        }
    }

    /** As {@link Kernel#matrixVectorRelu(RowPanels, float[], float[], float[])}. */
    public void matrixVectorRelu(RowPanels matrix, float[] bias, float[] x, float[] y) {
        int pieces = pieces(matrix.panels(), (long) matrix.rows() * matrix.columns());
        IntStream.range(0, pieces)
                .parallel()
                .forEach(piece -> kernel.matrixVectorRelu(
                        matrix,
                        cut(matrix.panels(), piece, pieces),
                        cut(matrix.panels(), piece + 1, pieces),
                        bias,
                        x,
                        y));
    }

    /** As {@link Kernel#matrixBlockRelu(RowPanels, float[], float[], int, float[])}. */
    public void matrixBlockRelu(RowPanels matrix, float[] bias, float[] x, int batch, float[] y) {
        int groups = (batch + GROUP - 1) / GROUP;
        int pieces = pieces(groups, (long) batch * matrix.rows() * matrix.columns());
        IntStream.range(0, pieces)
                .parallel()
                .forEach(piece -> kernel.matrixBlockRelu(
                        matrix,
                        bias,
                        x,
                        Math.min(batch, cut(groups, piece, pieces) * GROUP),
                        Math.min(batch, cut(groups, piece + 1, pieces) * GROUP),
                        y));
    }

    private int pieces(int items, long work) {
        return work < LEAST_WORK ? 1 : Math.max(1, Math.min(threads, items));
    }

    private static int cut(int items, int piece, int pieces) {
        return (int) ((long) items * piece / pieces);
    }
}
