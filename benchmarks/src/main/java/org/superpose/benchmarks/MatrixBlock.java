package org.superpose.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.kernel.RowPanels;

/** Y = ReLU(W X + b) in float32 for 256 inputs at once, n x n, on one thread. */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MatrixBlock {
    static final int BATCH = 256;

    /** Rows and columns. */
    @Param({"512", "1024", "2048"})
    public int n;

    private final Kernel kernel = Kernels.best();
    private float[] matrix;
    private RowPanels panels;
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
        panels = RowPanels.of(matrix, n, n);
        openBlas = new OpenBlas(matrix, n, n, bias, x, BATCH);
        ejmlMatrix = FMatrixRMaj.wrap(n, n, matrix);
        ejmlX = FMatrixRMaj.wrap(BATCH, n, x);
        ejmlY = new FMatrixRMaj(BATCH, n);
    }

    /** Our kernel; W is packed once, when the network is prepared. */
    @Benchmark
    public float[] superpose() {
        kernel.matrixBlockRelu(panels, bias, x, BATCH, y);
        return y;
    }

    /** A plain loop. */
    @Benchmark
    public float[] scalar() {
        for (int i = 0; i < BATCH; i++) {
            for (int r = 0; r < n; r++) {
                float z = bias[r];
                for (int c = 0; c < n; c++) {
                    z += matrix[r * n + c] * x[i * n + c];
                }
                y[i * n + r] = Math.max(0, z);
            }
        }
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
