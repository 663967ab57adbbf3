package org.superpose.core.kernel;

import java.util.stream.IntStream;

/**
 * Large float32 products split over threads: a matrix-vector product by rows, a matrix-block product by inputs. Every entry is computed as
 * by one thread, so the results are the same bit for bit.
 *
 * @param kernel computes the pieces
 * @param threads the number of pieces, at least 1; they run on the common pool
 */
public record ParallelProducts(Kernel kernel, int threads) {
    /** Below this many multiplications handing out work costs more than it saves. */
    private static final long LEAST_WORK = 1 << 20;
    /** Rows and inputs are handed out in multiples of what the kernels work on together. */
    private static final int GRAIN = 64;

    /**
     * @throws IllegalArgumentException if there is no thread
     */
    public ParallelProducts {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " must be at least 1");
        }
    }

    /** As {@link Kernel#matrixVectorRelu(float[], int, int, float[], float[], float[])}. */
    public void matrixVectorRelu(float[] matrix, int rows, int columns, float[] bias, float[] x, float[] y) {
        int pieces = pieces(rows, (long) rows * columns);
        IntStream.range(0, pieces)
                .parallel()
                .forEach(piece -> kernel.matrixVectorRelu(
                        matrix, cut(rows, piece, pieces), cut(rows, piece + 1, pieces), columns, bias, x, y));
    }

    /** As {@link Kernel#matrixBlockRelu(float[], int, int, float[], float[], int, float[])}. */
    public void matrixBlockRelu(float[] matrix, int rows, int columns, float[] bias, float[] x, int batch, float[] y) {
        int pieces = pieces(batch, (long) batch * rows * columns);
        IntStream.range(0, pieces)
                .parallel()
                .forEach(piece -> kernel.matrixBlockRelu(
                        matrix, rows, columns, bias, x, cut(batch, piece, pieces), cut(batch, piece + 1, pieces), y));
    }

    private int pieces(int items, long work) {
        return work < LEAST_WORK ? 1 : Math.max(1, Math.min(threads, items / GRAIN));
    }

    private static int cut(int items, int piece, int pieces) {
        return piece == pieces ? items : (int) ((long) items * piece / pieces) / GRAIN * GRAIN;
    }
}
