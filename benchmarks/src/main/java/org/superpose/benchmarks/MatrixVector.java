package org.superpose.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
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

/**
 * y = ReLU(W x + b) in float32, n x n, on one thread; and what it takes merely to read W. Where W just fits a cache, it
 * matters which pages of memory it gets, so close peers are measured in three JVMs.
 */
@State(Scope.Thread)
@Fork(3)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MatrixVector {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    /** Rows and columns. */
    @Param({"256", "512", "1024", "2048", "4096", "8192"})
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
        x = RandomFloats.of(n, "x");
        y = new float[n];
        panels = RowPanels.of(matrix, n, n);
        openBlas = new OpenBlas(matrix, n, n, bias, x, 1);
        ejmlMatrix = FMatrixRMaj.wrap(n, n, matrix);
        ejmlX = FMatrixRMaj.wrap(n, 1, x);
        ejmlY = new FMatrixRMaj(n, 1);
    }

    /** Our kernel; W is packed once, when the network is prepared. */
    @Benchmark
    public float[] superpose() {
        kernel.matrixVectorRelu(panels, bias, x, y);
        return y;
    }

    /** A plain loop. */
    @Benchmark
    @Fork(1)
    public float[] scalar() {
        for (int r = 0; r < n; r++) {
            float z = bias[r];
            for (int c = 0; c < n; c++) {
                z += matrix[r * n + c] * x[c];
            }
            y[r] = Math.max(0, z);
        }
        return y;
    }

    /** OpenBLAS sgemv, then ReLU. */
    @Benchmark
    public float[] openBlas() {
        return openBlas.vector();
    }

    /** EJML, then ReLU. */
    @Benchmark
    @Fork(1)
    public float[] ejml() {
        CommonOps_FDRM.mult(ejmlMatrix, ejmlX, ejmlY);
        for (int r = 0; r < n; r++) {
            y[r] = Math.max(0, ejmlY.data[r] + bias[r]);
        }
        return y;
    }

    /** The available bandwidth: the sum of all entries of W, in SIMD with eight accumulators. */
    @Benchmark
    public float read() {
        int lanes = LANES.length();
        FloatVector a0 = FloatVector.zero(LANES);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector a6 = a0;
        FloatVector a7 = a0;
        for (int t = 0; t < matrix.length; t += 8 * lanes) {
            a0 = a0.add(FloatVector.fromArray(LANES, matrix, t));
            a1 = a1.add(FloatVector.fromArray(LANES, matrix, t + lanes));
            a2 = a2.add(FloatVector.fromArray(LANES, matrix, t + 2 * lanes));
            a3 = a3.add(FloatVector.fromArray(LANES, matrix, t + 3 * lanes));
            a4 = a4.add(FloatVector.fromArray(LANES, matrix, t + 4 * lanes));
            a5 = a5.add(FloatVector.fromArray(LANES, matrix, t + 5 * lanes));
            a6 = a6.add(FloatVector.fromArray(LANES, matrix, t + 6 * lanes));
            a7 = a7.add(FloatVector.fromArray(LANES, matrix, t + 7 * lanes));
        }
        return a0.add(a1).add(a2.add(a3)).add(a4.add(a5).add(a6.add(a7))).reduceLanes(VectorOperators.ADD);
    }
}
