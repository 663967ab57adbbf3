package org.superpose.benchmarks;

import java.util.concurrent.TimeUnit;
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
import org.superpose.core.random.Seed;

/** A 0/1 matrix times a 0/1 vector, n x n, on one thread: bit-packed, in bytes, in float32. */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PackedMatrixVector {
    /** Rows and columns. */
    @Param({"4096", "8192"})
    public int n;

    private final Kernel kernel = Kernels.best();
    private final Kernel scalarKernel = Kernels.named("scalar");
    private long[] bits;
    private long[] bitX;
    private int[] counts;
    private RowPanels panels;
    private float[] bias;
    private float[] x;
    private float[] y;
    private byte[] bytes;
    private byte[] byteX;
    private int[] intBias;
    private int[] intY;

    /** Draws the bits. */
    @Setup
    public void draw() {
        bits = new Seed(0).generator().longs((long) n * n / Long.SIZE).toArray();
        bitX = new Seed(1).generator().longs(n / Long.SIZE).toArray();
        counts = new int[n];
        float[] matrix = unpacked(bits);
        panels = RowPanels.of(matrix, n, n);
        x = unpacked(bitX);
        bias = new float[n];
        y = new float[n];
        bytes = toBytes(matrix);
        byteX = toBytes(x);
        intBias = new int[n];
        intY = new int[n];
    }

    private static byte[] toBytes(float[] values) {
        byte[] bytes = new byte[values.length];
        for (int t = 0; t < bytes.length; t++) {
            bytes[t] = (byte) values[t];
        }
        return bytes;
    }

    private static float[] unpacked(long[] words) {
        float[] values = new float[words.length * Long.SIZE];
        for (int t = 0; t < values.length; t++) {
            values[t] = words[t / Long.SIZE] >>> t & 1;
        }
        return values;
    }

    /** Our kernel, bit-packed. */
    @Benchmark
    public int[] superpose() {
        kernel.commonBits(bits, n, n / Long.SIZE, bitX, counts);
        return counts;
    }

    /** A plain loop over the words. */
    @Benchmark
    public int[] scalar() {
        scalarKernel.commonBits(bits, n, n / Long.SIZE, bitX, counts);
        return counts;
    }

    /** Our kernel, in bytes. */
    @Benchmark
    public int[] int8() {
        kernel.matrixBlockRelu(bytes, n, n, intBias, byteX, 1, intY);
        return intY;
    }

    /** Our kernel, in float32. */
    @Benchmark
    public float[] float32() {
        kernel.matrixVectorRelu(panels, bias, x, y);
        return y;
    }
}
