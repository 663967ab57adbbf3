package org.superpose.benchmarks;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * y = ReLU(W x + b) and Y = ReLU(W X + b) by OpenBLAS on one thread, all arrays in native memory, where it is fastest.
 * sgemv and sgemm start from the bias, and ReLU is a pass over the result.
 */
final class OpenBlas {
    private final int rows;
    private final int columns;
    private final int batch;
    private final FloatPointer matrix;
    private final FloatPointer bias;
    private final FloatPointer x;
    private final FloatPointer y;
    private final float[] result;

    /**
     * @param matrix rows x columns, row by row
     * @param x batch x columns, one input after another
     */
    OpenBlas(float[] matrix, int rows, int columns, float[] bias, float[] x, int batch) {
        openblas.blas_set_num_threads(1);
        this.rows = rows;
        this.columns = columns;
        this.batch = batch;
        this.matrix = new FloatPointer(matrix);
        float[] biases = new float[batch * rows];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(bias, 0, biases, i * rows, rows);
        }
        this.bias = new FloatPointer(biases);
        this.x = new FloatPointer(x);
        this.y = new FloatPointer((long) batch * rows);
        this.result = new float[batch * rows];
    }

    /** sgemv of the first input; the result is an array on the heap, as with our kernels. */
    float[] vector() {
        FloatPointer.memcpy(y, bias, 4L * rows);
        openblas.cblas_sgemv(
                openblas.CblasRowMajor, openblas.CblasNoTrans, rows, columns, 1, matrix, columns, x, 1, 1, y, 1);
        y.get(result, 0, rows);
        return rectified(rows);
    }

    /** sgemm of all inputs. */
    float[] block() {
        FloatPointer.memcpy(y, bias, 4L * batch * rows);
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                batch,
                rows,
                columns,
                1,
                x,
                columns,
                matrix,
                columns,
                1,
                y,
                rows);
        y.get(result);
        return rectified(result.length);
    }

    private float[] rectified(int length) {
        for (int t = 0; t < length; t++) {
            result[t] = Math.max(0, result[t]);
        }
        return result;
    }
}
