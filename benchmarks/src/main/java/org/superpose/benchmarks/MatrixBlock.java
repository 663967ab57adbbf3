package org.superpose.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;

/** Y = ReLU(W X + b) in float32 for 256 inputs at once, n x n, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MatrixBlock {
    static final int BATCH = 256;

    /** Rows and columns. */
    @Param({"512", "1024", "2048"})
    public int n;

    private final Kernel kernel = Kernels.best();
    private final Kernel scalarKernel = Kernels.named("scalar");
    private float[] matrix;
    private float[] bias;
    private float[] x;
    private float[] y;
    private OpenBlas openBlas;
    private FMatrixRMaj ejmlMatrix;
    private FMatrixRMaj ejmlX;
    private FMatrixRMaj ejmlY;

    /** Draws the numbers. */
    @Setup
    public void draw() {
        matrix = RandomFloats.of(n * n, "matrix");
        bias = RandomFloats.of(n, "bias");
        x = RandomFloats.of(BATCH * n, "x");
        y = new float[BATCH * n];
        openBlas = new OpenBlas(matrix, n, n, bias, x, BATCH);
        ejmlMatrix = FMatrixRMaj.wrap(n, n, matrix);
        ejmlX = FMatrixRMaj.wrap(BATCH, n, x);
        ejmlY = new FMatrixRMaj(BATCH, n);
    }

    /** Ours. */
    @Benchmark
    public float[] superpose() {
        kernel.matrixBlockRelu(matrix, n, n, bias, x, BATCH, y);
        return y;
    }

    /** A plain loop. */
    @Benchmark
    public float[] scalar() {
        scalarKernel.matrixBlockRelu(matrix, n, n, bias, x, BATCH, y);
        return y;
    }

    /** OpenBLAS sgemm, then ReLU. */
    @Benchmark
    public float[] openBlas() {
        return openBlas.block();
    }

    /** EJML, then ReLU. */
    @Benchmark
    public float[] ejml() {
        CommonOps_FDRM.multTransB(ejmlX, ejmlMatrix, ejmlY);
        for (int t = 0; t < y.length; t++) {
            y[t] = Math.max(0, ejmlY.data[t] + bias[t % n]);
        }
        return y;
    }
}
