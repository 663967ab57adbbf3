package org.superpose.core.kernel.simd;

import java.util.LinkedHashMap;
import java.util.Map;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.superpose.core.InvalidInputException;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.kernel.RowPanels;
import org.superpose.core.kernel.ScalarKernel;

/**
 * The kernels on the Vector API. Every loop has a main part in full vectors and a scalar tail; there are no masks in
 * the hot loops, because on some JDKs a mask costs more than the work it saves.
 *
 * <p>Loaded by name from {@link Kernels}: no other class may refer to this one, so that the rest of the library runs
 * without the incubator module.
 */
public final class VectorKernel implements Kernel {
    // Static finals, because the compiler has to see the species as constants to turn the calls into instructions.
    static final VectorShape SHAPE = shape();
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);
    // As many shorts as ints, in half the width: they widen into one int vector.
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, SHAPE.vectorBitSize() / 2)));
    private static final boolean SHORTS_WIDEN = SHORTS.length() == INTS.length();
    // As many bytes as shorts in a whole vector.
    private static final VectorSpecies<Short> WIDE_SHORTS = VectorSpecies.of(short.class, SHAPE);
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, SHAPE.vectorBitSize() / 2)));
    private static final boolean BYTES_WIDEN = BYTES.length() == WIDE_SHORTS.length();

    /** The most turns of a loop over bytes: JDK 25 unrolls a longer one so that it takes three times as long. */
    private static final int MOST_TURNS = 64;

    private final ScalarKernel scalar = new ScalarKernel();

    /** Made by reflection; fails with a LinkageError if the incubator module is absent. */
    public VectorKernel() {}

    private static VectorShape shape() {
        String bits = System.getProperty(Kernels.BITS_PROPERTY);
        if (bits == null) {
            return VectorShape.preferredShape();
        }
        return switch (bits) {
            case "64", "128", "256", "512" -> VectorShape.forBitSize(Integer.parseInt(bits));
            default ->
                throw new InvalidInputException("vector width \"" + bits + "\" (system property "
                        + Kernels.BITS_PROPERTY + ") must be 64, 128, 256 or 512");
        };
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public String description() {
        return "SIMD, " + SHAPE.vectorBitSize() + "-bit vectors: " + FLOATS.length() + " float, " + INTS.length()
                + " int, " + LONGS.length() + " long lanes";
    }

    @Override
    public Map<String, String> matrixKinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("float32", "SIMD, strips of " + RowPanels.STRIP + " rows, " + FLOATS.length() + " lanes");
        kinds.put("sparse", "SIMD, sums of columns, " + FLOATS.length() + " lanes");
        kinds.put("int8", BYTES_WIDEN ? "SIMD, products in " + WIDE_SHORTS.length() + " lanes" : ScalarKernel.LOOP);
        kinds.put("int16", SHORTS_WIDEN ? "SIMD, " + INTS.length() + " lanes" : ScalarKernel.LOOP);
        kinds.put("bit", "AND and population count, 64 to a word");
        return kinds;
    }

    @Override
    public void matrixVectorRelu(RowPanels matrix, int fromPanel, int toPanel, float[] bias, float[] x, float[] y) {
        PanelProducts.matrixVectorRelu(matrix, fromPanel, toPanel, bias, x, y);
    }

    @Override
    public void matrixBlockRelu(RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y) {
        PanelProducts.matrixBlock(matrix, bias, x, fromInput, toInput, y, true);
    }

    @Override
    public void matrixBlock(RowPanels matrix, float[] bias, float[] x, int fromInput, int toInput, float[] y) {
        PanelProducts.matrixBlock(matrix, bias, x, fromInput, toInput, y, false);
    }

    @Override
    public float raise(float[] most, float[] signs, float[] shifts, float[] values, int from) {
        int full = FLOATS.loopBound(most.length);
        FloatVector least = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector largest = least;
        for (int e = 0; e < full; e += FLOATS.length()) {
            FloatVector before = FloatVector.fromArray(FLOATS, most, e);
            FloatVector sum = FloatVector.fromArray(FLOATS, signs, e)
                    .fma(FloatVector.fromArray(FLOATS, values, from + e), FloatVector.fromArray(FLOATS, shifts, e));
            sum = least.blend(sum, sum.compare(VectorOperators.EQ, sum)); // what is not a number is not equal to itself
            before.max(sum).intoArray(most, e);
            largest = largest.max(sum);
        }
        float result = largest.reduceLanes(VectorOperators.MAX);
        for (int e = full; e < most.length; e++) {
            float sum = signs[e] * values[from + e] + shifts[e];
            most[e] = sum > most[e] ? sum : most[e];
            result = sum > result ? sum : result;
        }
        return result;
    }

    @Override
    public void columnSumRelu(float[][] columns, int[] chosen, float[] factors, int count, float[] bias, float[] y) {
        int lanes = FLOATS.length();
        int rows = bias.length;
        System.arraycopy(bias, 0, y, 0, rows);
        int full = FLOATS.loopBound(rows);
        for (int t = 0; t < count; t++) {
            float[] column = columns[chosen[t]];
            float factor = factors[t];
            FloatVector spread = FloatVector.broadcast(FLOATS, factor);
            for (int r = 0; r < full; r += lanes) {
                FloatVector.fromArray(FLOATS, column, r)
                        .fma(spread, FloatVector.fromArray(FLOATS, y, r))
                        .intoArray(y, r);
            }
            for (int r = full; r < rows; r++) {
                y[r] += factor * column[r];
            }
        }
        for (int r = 0; r < full; r += lanes) {
            FloatVector.fromArray(FLOATS, y, r).max(0).intoArray(y, r);
        }
        for (int r = full; r < rows; r++) {
            y[r] = Math.max(0, y[r]);
        }
    }

    @Override
    public void matrixBlockRelu(byte[] matrix, int rows, int columns, int[] bias, byte[] x, int batch, int[] y) {
        if (!BYTES_WIDEN) {
            scalar.matrixBlockRelu(matrix, rows, columns, bias, x, batch, y);
            return;
        }
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < batch; i++) {
                y[i * rows + r] = Math.max(0, bias[r] + dot(matrix, r * columns, x, i * columns, columns));
            }
        }
    }

    private static int dot(byte[] matrix, int from, byte[] x, int xFrom, int columns) {
        int full = BYTES.loopBound(columns);
        int turns = MOST_TURNS * BYTES.length();
        int z = 0;
        for (int c = 0; c < full; c += turns) {
            z += partOfDot(matrix, from + c, x, xFrom + c, Math.min(turns, full - c));
        }
        for (int c = full; c < columns; c++) {
            z += matrix[from + c] * x[xFrom + c];
        }
        return z;
    }

    /**
     * Products of two bytes fit 16 bits, so twice as many lanes multiply as add. Even and odd products are widened by
     * shifts: JDK 25 may compile the conversion of the upper half of a vector to one lane after the other.
     */
    private static int partOfDot(byte[] matrix, int from, byte[] x, int xFrom, int columns) {
        IntVector even = IntVector.zero(INTS);
        IntVector odd = even;
        for (int c = 0; c < columns; c += BYTES.length()) {
            IntVector pairs =
                    widened(matrix, from + c).mul(widened(x, xFrom + c)).reinterpretAsInts();
            even = even.add(
                    pairs.lanewise(VectorOperators.LSHL, Short.SIZE).lanewise(VectorOperators.ASHR, Short.SIZE));
            odd = odd.add(pairs.lanewise(VectorOperators.ASHR, Short.SIZE));
        }
        return even.add(odd).reduceLanes(VectorOperators.ADD);
    }

    private static ShortVector widened(byte[] values, int from) {
        return (ShortVector)
                ByteVector.fromArray(BYTES, values, from).convertShape(VectorOperators.B2S, WIDE_SHORTS, 0);
    }

    @Override
    public void matrixBlockRelu(short[] matrix, int rows, int columns, int[] bias, short[] x, int batch, int[] y) {
        if (!SHORTS_WIDEN) {
            scalar.matrixBlockRelu(matrix, rows, columns, bias, x, batch, y);
            return;
        }
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < batch; i++) {
                y[i * rows + r] = Math.max(0, bias[r] + dot(matrix, r * columns, x, i * columns, columns));
            }
        }
    }

    private static int dot(short[] matrix, int from, short[] x, int xFrom, int columns) {
        int lanes = SHORTS.length();
        IntVector a = IntVector.zero(INTS);
        IntVector b = a;
        int c = 0;
        for (; c <= columns - 2 * lanes; c += 2 * lanes) {
            a = a.add(widened(matrix, from + c).mul(widened(x, xFrom + c)));
            b = b.add(widened(matrix, from + c + lanes).mul(widened(x, xFrom + c + lanes)));
        }
        int z = a.add(b).reduceLanes(VectorOperators.ADD);
        for (; c < columns; c++) {
            z += matrix[from + c] * x[xFrom + c];
        }
        return z;
    }

    private static IntVector widened(short[] values, int from) {
        return (IntVector) ShortVector.fromArray(SHORTS, values, from).convertShape(VectorOperators.S2I, INTS, 0);
    }

    @Override
    public void addScaled(short[] column, int factor, int[] sums) {
        if (!SHORTS_WIDEN) {
            scalar.addScaled(column, factor, sums);
            return;
        }
        int lanes = INTS.length();
        int full = INTS.loopBound(column.length);
        int r = 0;
        if (factor == 1) {
            for (; r < full; r += lanes) {
                IntVector.fromArray(INTS, sums, r).add(widened(column, r)).intoArray(sums, r);
            }
        }
        for (; r < full; r += lanes) {
            IntVector.fromArray(INTS, sums, r)
                    .add(widened(column, r).mul(factor))
                    .intoArray(sums, r);
        }
        for (; r < column.length; r++) {
            sums[r] += factor * column[r];
        }
    }

    @Override
    public int collectAtLeast(int[] values, int[] bounds, int[] indices) {
        int lanes = INTS.length();
        int step = 4 * lanes;
        int found = 0;
        int e = 0;
        // Hits are rare: four vectors are judged by one comparison, and only a block with
        // a hit is looked at one by one.
        for (; e <= values.length - step; e += step) {
            IntVector d0 = IntVector.fromArray(INTS, values, e).sub(IntVector.fromArray(INTS, bounds, e));
            IntVector d1 =
                    IntVector.fromArray(INTS, values, e + lanes).sub(IntVector.fromArray(INTS, bounds, e + lanes));
            IntVector d2 = IntVector.fromArray(INTS, values, e + 2 * lanes)
                    .sub(IntVector.fromArray(INTS, bounds, e + 2 * lanes));
            IntVector d3 = IntVector.fromArray(INTS, values, e + 3 * lanes)
                    .sub(IntVector.fromArray(INTS, bounds, e + 3 * lanes));
            if (d0.max(d1).max(d2.max(d3)).compare(VectorOperators.GE, 0).anyTrue()) {
                for (int t = e; t < e + step; t++) {
                    if (values[t] >= bounds[t]) {
                        indices[found++] = t;
                    }
                }
            }
        }
        for (; e < values.length; e++) {
            if (values[e] >= bounds[e]) {
                indices[found++] = e;
            }
        }
        return found;
    }

    @Override
    public int collectSumsAbove(float[] first, float[] second, float bound, int[] indices) {
        int lanes = FLOATS.length();
        int step = 4 * lanes;
        int found = 0;
        int e = 0;
        for (; e <= first.length - step; e += step) {
            FloatVector s0 = FloatVector.fromArray(FLOATS, first, e).add(FloatVector.fromArray(FLOATS, second, e));
            FloatVector s1 = FloatVector.fromArray(FLOATS, first, e + lanes)
                    .add(FloatVector.fromArray(FLOATS, second, e + lanes));
            FloatVector s2 = FloatVector.fromArray(FLOATS, first, e + 2 * lanes)
                    .add(FloatVector.fromArray(FLOATS, second, e + 2 * lanes));
            FloatVector s3 = FloatVector.fromArray(FLOATS, first, e + 3 * lanes)
                    .add(FloatVector.fromArray(FLOATS, second, e + 3 * lanes));
            if (s0.max(s1).max(s2.max(s3)).compare(VectorOperators.GT, bound).anyTrue()) {
                for (int t = e; t < e + step; t++) {
                    if (first[t] + second[t] > bound) {
                        indices[found++] = t;
                    }
                }
            }
        }
        for (; e < first.length; e++) {
            if (first[e] + second[e] > bound) {
                indices[found++] = e;
            }
        }
        return found;
    }

    /**
     * The plain loop: Java 17 has no count of bits by lanes, and the compiler turns the loop into vectors where the
     * processor counts so.
     */
    @Override
    public void commonBits(long[] matrix, int rows, int wordsPerRow, long[] x, int batch, int[] counts) {
        scalar.commonBits(matrix, rows, wordsPerRow, x, batch, counts);
    }

    @Override
    public void reach(long[] sets, int[] starts, int count, int from, int to, int reach, long[] reached) {
        int planes = Integer.SIZE - Integer.numberOfLeadingZeros(reach - 1);
        if (planes > 4) {
            scalar.reach(sets, starts, count, from, to, reach, reached);
            return;
        }
        int start = -reach;
        int full = from + LONGS.loopBound(to - from);
        // One method for each number of planes, so that the counters stay in registers.
        switch (planes) {
            case 0 -> reachOnce(sets, starts, count, from, full, reached);
            case 1 -> reachTwo(sets, starts, count, from, full, reached);
            case 2 -> reachFour(sets, starts, count, from, full, start, reached);
            case 3 -> reachEight(sets, starts, count, from, full, start, reached);
            default -> reachSixteen(sets, starts, count, from, full, start, reached);
        }
        scalar.reach(sets, starts, count, full, to, reach, reached);
    }

    private static LongVector plane(int start, int bit) {
        return LongVector.broadcast(LONGS, -(start >>> bit & 1L));
    }

    private static void reachOnce(long[] sets, int[] starts, int count, int from, int to, long[] reached) {
        for (int w = from; w < to; w += LONGS.length()) {
            LongVector over = LongVector.zero(LONGS);
            for (int t = 0; t < count; t++) {
                over = over.or(LongVector.fromArray(LONGS, sets, starts[t] + w));
            }
            over.intoArray(reached, w);
        }
    }

    private static void reachTwo(long[] sets, int[] starts, int count, int from, int to, long[] reached) {
        for (int w = from; w < to; w += LONGS.length()) {
            LongVector over = LongVector.zero(LONGS);
            LongVector p0 = over;
            for (int t = 0; t < count; t++) {
                LongVector set = LongVector.fromArray(LONGS, sets, starts[t] + w);
                over = over.or(p0.and(set));
                // Saturating: once counted, always counted. The sticky overflow makes that as good as a sum.
                p0 = p0.or(set);
            }
            over.intoArray(reached, w);
        }
    }

    private static void reachFour(long[] sets, int[] starts, int count, int from, int to, int start, long[] reached) {
        for (int w = from; w < to; w += LONGS.length()) {
            LongVector over = LongVector.zero(LONGS);
            LongVector p0 = plane(start, 0);
            LongVector p1 = plane(start, 1);
            for (int t = 0; t < count; t++) {
                LongVector set = LongVector.fromArray(LONGS, sets, starts[t] + w);
                LongVector carry0 = p0.and(set);
                p0 = p0.lanewise(VectorOperators.XOR, set);
                over = over.or(p1.and(carry0));
                p1 = p1.lanewise(VectorOperators.XOR, carry0);
            }
            over.intoArray(reached, w);
        }
    }

    private static void reachEight(long[] sets, int[] starts, int count, int from, int to, int start, long[] reached) {
        for (int w = from; w < to; w += LONGS.length()) {
            LongVector over = LongVector.zero(LONGS);
            LongVector p0 = plane(start, 0);
            LongVector p1 = plane(start, 1);
            LongVector p2 = plane(start, 2);
            for (int t = 0; t < count; t++) {
                LongVector set = LongVector.fromArray(LONGS, sets, starts[t] + w);
                LongVector carry0 = p0.and(set);
                p0 = p0.lanewise(VectorOperators.XOR, set);
                LongVector carry1 = p1.and(carry0);
                p1 = p1.lanewise(VectorOperators.XOR, carry0);
                over = over.or(p2.and(carry1));
                p2 = p2.lanewise(VectorOperators.XOR, carry1);
            }
            over.intoArray(reached, w);
        }
    }

    private static void reachSixteen(
            long[] sets, int[] starts, int count, int from, int to, int start, long[] reached) {
        for (int w = from; w < to; w += LONGS.length()) {
            LongVector over = LongVector.zero(LONGS);
            LongVector p0 = plane(start, 0);
            LongVector p1 = plane(start, 1);
            LongVector p2 = plane(start, 2);
            LongVector p3 = plane(start, 3);
            for (int t = 0; t < count; t++) {
                LongVector set = LongVector.fromArray(LONGS, sets, starts[t] + w);
                LongVector carry0 = p0.and(set);
                p0 = p0.lanewise(VectorOperators.XOR, set);
                LongVector carry1 = p1.and(carry0);
                p1 = p1.lanewise(VectorOperators.XOR, carry0);
                LongVector carry2 = p2.and(carry1);
                p2 = p2.lanewise(VectorOperators.XOR, carry1);
                over = over.or(p3.and(carry2));
                p3 = p3.lanewise(VectorOperators.XOR, carry2);
            }
            over.intoArray(reached, w);
        }
    }

    @Override
    public boolean intersect(long[] sets, int[] starts, int count, int from, int to, long[] common) {
        int full = from + LONGS.loopBound(to - from);
        LongVector any = LongVector.zero(LONGS);
        for (int w = from; w < full; w += LONGS.length()) {
            LongVector all = LongVector.fromArray(LONGS, sets, starts[0] + w);
            for (int t = 1; t < count; t++) {
                all = all.and(LongVector.fromArray(LONGS, sets, starts[t] + w));
            }
            all.intoArray(common, w);
            any = any.or(all);
        }
        long rest = any.reduceLanes(VectorOperators.OR);
        for (int w = full; w < to; w++) {
            long all = sets[starts[0] + w];
            for (int t = 1; t < count; t++) {
                all &= sets[starts[t] + w];
            }
            common[w] = all;
            rest |= all;
        }
        return rest != 0;
    }
}
