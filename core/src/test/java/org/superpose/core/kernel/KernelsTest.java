package org.superpose.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;

@Tag("jdk")
class KernelsTest {
    private final Kernel scalar = Kernels.named("scalar");
    private final Kernel vector = Kernels.named("vector");

    /** Lengths around every number of lanes that exists, and around the multiples at which loops are unrolled. */
    @Provide
    Arbitrary<Integer> awkwardLengths() {
        return Arbitraries.oneOf(
                Arbitraries.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129),
                Arbitraries.integers().between(0, 200));
    }

    private static float[] floats(int length, RandomGenerator random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return values;
    }

    /** The bound on the distance of two float32 evaluations of one row, twice gamma times the sum of magnitudes. */
    private static double bound(int terms, double magnitude) {
        double gamma = (terms + 2) * 0x1p-24 / (1 - (terms + 2) * 0x1p-24);
        return 2 * gamma * magnitude;
    }

    @Property(tries = 300)
    void matrixProductsAreThoseOfThePlainDoubleLoopWithinTheRoundingBound(
            @ForAll("awkwardLengths") int rows, @ForAll("awkwardLengths") int columns, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        float[] matrix = floats(rows * columns, random);
        float[] bias = floats(rows, random);
        float[] x = floats(columns, random);
        float[] got = new float[rows];
        for (Kernel kernel : new Kernel[] {scalar, vector}) {
            kernel.matrixVectorRelu(RowPanels.of(matrix, rows, columns), bias, x, got);
            for (int r = 0; r < rows; r++) {
                double z = bias[r];
                for (int c = 0; c < columns; c++) {
                    z += (double) matrix[r * columns + c] * x[c];
                }
                assertEquals(Math.max(0, z), got[r], bound(columns, columns + 1));
            }
        }
    }

    @Property(tries = 300)
    void aBlockGivesWhatItsInputsGiveOneByOne(
            @ForAll("awkwardLengths") int rows, @ForAll("awkwardLengths") int columns, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int batch = random.nextInt(10);
        RowPanels matrix = RowPanels.of(floats(rows * columns, random), rows, columns);
        float[] bias = floats(rows, random);
        float[] x = floats(batch * columns, random);
        float[] got = new float[batch * rows];
        float[] gotScalar = new float[batch * rows];
        vector.matrixBlockRelu(matrix, bias, x, batch, got);
        scalar.matrixBlockRelu(matrix, bias, x, batch, gotScalar);
        for (int i = 0; i < batch; i++) {
            float[] expected = new float[rows];
            scalar.matrixVectorRelu(matrix, bias, Arrays.copyOfRange(x, i * columns, (i + 1) * columns), expected);
            for (int r = 0; r < rows; r++) {
                assertEquals(expected[r], got[i * rows + r], bound(columns, columns + 1));
                assertEquals(expected[r], gotScalar[i * rows + r]);
            }
        }
    }

    /** Without ReLU a block is what ReLU leaves of it and what ReLU leaves of its negative. */
    @Property(tries = 300)
    void aBlockWithoutReluIsTheDifferenceOfTwoWithIt(
            @ForAll("awkwardLengths") int rows, @ForAll("awkwardLengths") int columns, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int batch = random.nextInt(10);
        float[] matrix = floats(rows * columns, random);
        float[] bias = floats(rows, random);
        float[] x = floats(batch * columns, random);
        for (Kernel kernel : List.of(vector, scalar)) {
            float[] plus = new float[batch * rows];
            float[] minus = new float[batch * rows];
            float[] got = new float[batch * rows];
            kernel.matrixBlockRelu(RowPanels.of(matrix, rows, columns), bias, x, batch, plus);
            kernel.matrixBlockRelu(RowPanels.of(negated(matrix), rows, columns), negated(bias), x, batch, minus);
            kernel.matrixBlock(RowPanels.of(matrix, rows, columns), bias, x, 0, batch, got);
            for (int t = 0; t < got.length; t++) {
                assertEquals(plus[t] - minus[t], got[t]);
            }
        }
    }

    private static float[] negated(float[] values) {
        float[] negated = new float[values.length];
        for (int t = 0; t < values.length; t++) {
            negated[t] = -values[t];
        }
        return negated;
    }

    @Property(tries = 300)
    void everyEntryIsRaisedAndTheLargestSumIsGiven(@ForAll("awkwardLengths") int entries, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int from = random.nextInt(5);
        float[] signs = new float[entries];
        float[] shifts = floats(entries, random);
        float[] values = floats(from + entries, random);
        float[] before = floats(entries, random);
        for (int e = 0; e < entries; e++) {
            signs[e] = random.nextBoolean() ? 1 : -1;
            values[from + e] = switch (random.nextInt(20)) {
                case 0 -> Float.NaN;
                case 1 -> Float.NEGATIVE_INFINITY * signs[e];
                default -> values[from + e];
            };
        }
        for (Kernel kernel : List.of(vector, scalar)) {
            float[] most = before.clone();
            float largest = kernel.raise(most, signs, shifts, values, from);
            float expected = Float.NEGATIVE_INFINITY;
            for (int e = 0; e < entries; e++) {
                float sum = signs[e] * values[from + e] + shifts[e];
                assertEquals(Float.isNaN(sum) ? before[e] : Math.max(before[e], sum), most[e]);
                expected = Float.isNaN(sum) ? expected : Math.max(expected, sum);
            }
            assertEquals(expected, largest);
        }
    }

    @Test
    void aWideBlockIsCutIntoPassesWithoutLosingColumns() {
        int columns = 2500;
        float[] matrix = new float[5 * columns];
        float[] x = new float[6 * columns];
        Arrays.fill(matrix, 1);
        Arrays.fill(x, 2);
        float[] got = new float[30];
        vector.matrixBlockRelu(RowPanels.of(matrix, 5, columns), new float[5], x, 6, got);
        for (float value : got) {
            assertEquals(5000, value);
        }
    }

    @Property(tries = 200)
    void wholeNumbersGiveTheSameMatrixProductInEveryKernel(
            @ForAll("awkwardLengths") int rows, @ForAll("awkwardLengths") int columns, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        float[] matrix = new float[rows * columns];
        float[] x = new float[columns];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = random.nextInt(-50, 51);
        }
        for (int c = 0; c < columns; c++) {
            x[c] = random.nextInt(-50, 51);
        }
        float[] expected = new float[rows];
        float[] got = new float[rows];
        RowPanels panels = RowPanels.of(matrix, rows, columns);
        scalar.matrixVectorRelu(panels, new float[rows], x, expected);
        vector.matrixVectorRelu(panels, new float[rows], x, got);
        assertArrayEquals(expected, got);
    }

    @Property(tries = 200)
    void scalarAndVectorColumnSumsAgreeWithinTheRoundingBound(@ForAll("awkwardLengths") int rows, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        float[][] columns = new float[9][];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = floats(rows, random);
        }
        int count = random.nextInt(10);
        int[] chosen = random.ints(count, 0, 9).toArray();
        float[] factors = floats(count, random);
        float[] bias = floats(rows, random);
        float[] expected = new float[rows];
        float[] got = new float[rows];
        scalar.columnSumRelu(columns, chosen, factors, count, bias, expected);
        vector.columnSumRelu(columns, chosen, factors, count, bias, got);
        for (int r = 0; r < rows; r++) {
            assertEquals(expected[r], got[r], bound(count, count + 1));
            double z = bias[r];
            for (int t = 0; t < count; t++) {
                z += (double) factors[t] * columns[chosen[t]][r];
            }
            assertEquals(Math.max(0, z), got[r], bound(count, count + 1));
        }
    }

    @Property(tries = 200)
    void integerKernelsAgreeBitForBit(@ForAll("awkwardLengths") int length, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        short[] column = new short[length];
        int[] sums = new int[length];
        int[] bounds = new int[length];
        for (int i = 0; i < length; i++) {
            column[i] = (short) random.nextInt();
            sums[i] = random.nextInt(-1000, 1000);
            bounds[i] = random.nextInt(8) == 0 ? sums[i] + random.nextInt(-1, 2) : 1 << 30;
        }
        int[] expectedIndices = new int[length];
        int[] gotIndices = new int[length];
        assertEquals(
                scalar.collectAtLeast(sums, bounds, expectedIndices), vector.collectAtLeast(sums, bounds, gotIndices));
        assertArrayEquals(expectedIndices, gotIndices);
        assertFound(IntStream.range(0, length).filter(e -> sums[e] >= bounds[e]), gotIndices);
        int factor = random.nextBoolean() ? random.nextInt(-1, 2) : random.nextInt(-30000, 30000);
        int[] expected = sums.clone();
        int[] got = sums.clone();
        scalar.addScaled(column, factor, expected);
        vector.addScaled(column, factor, got);
        assertArrayEquals(expected, got);
        for (int i = 0; i < length; i++) {
            assertEquals(sums[i] + factor * column[i], got[i]);
        }
    }

    @Property(tries = 200)
    void floatSumsAboveABoundAreCollectedAlike(@ForAll("awkwardLengths") int length, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        float[] first = floats(length, random);
        float[] second = floats(length, random);
        float bound = random.nextBoolean() || length == 0 ? 1.5f : first[length - 1] + second[length - 1];
        int[] expected = new int[length];
        int[] got = new int[length];
        int count = scalar.collectSumsAbove(first, second, bound, expected);
        assertEquals(count, vector.collectSumsAbove(first, second, bound, got));
        assertArrayEquals(expected, got);
        assertFound(IntStream.range(0, length).filter(e -> first[e] + second[e] > bound), got);
    }

    /** The positions come first, in ascending order; entries behind them are left as they were, zero. */
    private static void assertFound(IntStream positions, int[] got) {
        assertArrayEquals(Arrays.copyOf(positions.toArray(), got.length), got);
    }

    /** One comparison judges many positions: it must not overlook any of them, nor use the bound of another. */
    @Test
    void oneHitAmongManyIsFoundWhereverItIs() {
        int length = 150;
        for (int slope : new int[] {-7, 0, 7}) {
            int[] bounds = IntStream.range(0, length).map(e -> slope * e).toArray();
            int[] values = IntStream.of(bounds).map(bound -> bound - 1).toArray();
            float[] first = new float[length];
            float[] second = new float[length];
            for (int e = 0; e < length; e++) {
                first[e] = slope * e;
                second[e] = -slope * e;
            }
            for (int e = 0; e < length; e++) {
                values[e]++;
                first[e]++;
                for (Kernel kernel : new Kernel[] {scalar, vector}) {
                    int[] indices = new int[length];
                    assertEquals(1, kernel.collectAtLeast(values, bounds, indices));
                    assertEquals(e, indices[0]);
                    assertEquals(1, kernel.collectSumsAbove(first, second, 0, indices));
                    assertEquals(e, indices[0]);
                }
                values[e]--;
                first[e]--;
            }
        }
    }

    @Property(tries = 200)
    void commonBitsAgreeBitForBit(@ForAll("awkwardLengths") int words, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int rows = random.nextInt(5);
        long[] matrix = random.longs((long) rows * words).toArray();
        long[] x = random.longs(words).toArray();
        int[] expected = new int[rows];
        int[] got = new int[rows];
        scalar.commonBits(matrix, rows, words, x, expected);
        vector.commonBits(matrix, rows, words, x, got);
        assertArrayEquals(expected, got);
        for (int r = 0; r < rows; r++) {
            BitSet common = BitSet.valueOf(Arrays.copyOfRange(matrix, r * words, (r + 1) * words));
            common.and(BitSet.valueOf(x));
            assertEquals(common.cardinality(), got[r]);
        }
    }

    @Property(tries = 500)
    void anElementIsReachedWhenItIsInEnoughSets(@ForAll("awkwardLengths") int words, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int count = random.nextInt(40);
        int reach = 1 + random.nextInt(random.nextBoolean() ? 5 : 40);
        long[] sets = new long[(count + 1) * words];
        for (int w = 0; w < sets.length; w++) {
            sets[w] = random.nextLong() & random.nextLong();
        }
        int[] starts = random.ints(count, 0, count + 1).map(t -> t * words).toArray();
        int from = words == 0 ? 0 : random.nextInt(words);
        long[] expected = new long[words];
        long[] got = new long[words];
        scalar.reach(sets, starts, count, from, words, reach, expected);
        vector.reach(sets, starts, count, from, words, reach, got);
        assertArrayEquals(expected, got);
        for (int element = from * 64; element < words * 64; element++) {
            int in = 0;
            for (int start : starts) {
                in += (int) (sets[start + element / 64] >>> element & 1);
            }
            assertEquals(in >= reach, (got[element / 64] >>> element & 1) != 0);
        }
    }

    @Property(tries = 200)
    void anIntersectionHoldsWhatIsInEverySet(@ForAll("awkwardLengths") int words, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int count = 1 + random.nextInt(6);
        long[] sets = random.longs((long) count * words).toArray();
        int[] starts = new int[count];
        for (int t = 0; t < count; t++) {
            starts[t] = t * words;
        }
        long[] expected = new long[words];
        long[] got = new long[words];
        int from = words == 0 ? 0 : random.nextInt(words);
        int to = from + (words == from ? 0 : random.nextInt(words - from + 1));
        boolean any = scalar.intersect(sets, starts, count, from, to, expected);
        assertEquals(any, vector.intersect(sets, starts, count, from, to, got));
        assertArrayEquals(expected, got);
        for (int w = 0; w < words; w++) {
            if (w < from || w >= to) {
                assertEquals(0, got[w]);
                continue;
            }
            long all = -1;
            for (int start : starts) {
                all &= sets[start + w];
            }
            assertEquals(all, got[w]);
        }
        assertEquals(Arrays.stream(got).anyMatch(word -> word != 0), any);
    }

    /** Rows of bytes are multiplied in parts of at most 2048. */
    @Provide
    Arbitrary<Integer> shortAndLongRows() {
        return Arbitraries.oneOf(
                awkwardLengths(), Arbitraries.of(511, 512, 513, 1025, 2047, 2048, 2049, 2080, 4096, 4097, 6150));
    }

    @Property(tries = 300)
    void blocksOfWholeNumbersAgreeBitForBit(
            @ForAll("shortAndLongRows") int columns, @ForAll @IntRange(max = 5) int rows, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int batch = random.nextInt(4);
        byte[] bytes = new byte[rows * columns];
        byte[] byteX = new byte[batch * columns];
        random.nextBytes(bytes);
        random.nextBytes(byteX);
        short[] shorts = new short[bytes.length];
        short[] shortX = new short[byteX.length];
        for (int t = 0; t < shorts.length; t++) {
            shorts[t] = (short) random.nextInt();
        }
        for (int t = 0; t < shortX.length; t++) {
            shortX[t] = (short) random.nextInt();
        }
        int[] bias = random.ints(rows, -100_000, 100_000).toArray();
        int[] expected = new int[batch * rows];
        int[] got = new int[batch * rows];
        scalar.matrixBlockRelu(bytes, rows, columns, bias, byteX, batch, expected);
        vector.matrixBlockRelu(bytes, rows, columns, bias, byteX, batch, got);
        assertArrayEquals(expected, got);
        for (int i = 0; i < batch; i++) {
            for (int r = 0; r < rows; r++) {
                int z = bias[r];
                for (int c = 0; c < columns; c++) {
                    z += bytes[r * columns + c] * byteX[i * columns + c];
                }
                assertEquals(Math.max(0, z), got[i * rows + r]);
            }
        }
        // Sums of 16-bit products may exceed 32 bits; then they wrap around in both kernels alike.
        scalar.matrixBlockRelu(shorts, rows, columns, bias, shortX, batch, expected);
        vector.matrixBlockRelu(shorts, rows, columns, bias, shortX, batch, got);
        assertArrayEquals(expected, got);
        for (int i = 0; i < batch; i++) {
            for (int r = 0; r < rows; r++) {
                int z = bias[r];
                for (int c = 0; c < columns; c++) {
                    z += shorts[r * columns + c] * shortX[i * columns + c];
                }
                assertEquals(Math.max(0, z), got[i * rows + r]);
            }
        }
    }

    @Test
    void theLargestBytesDoNotSaturate() {
        int columns = 1000;
        byte[] matrix = new byte[columns];
        byte[] x = new byte[columns];
        Arrays.fill(matrix, Byte.MIN_VALUE);
        Arrays.fill(x, Byte.MIN_VALUE);
        int[] y = new int[1];
        for (Kernel kernel : new Kernel[] {scalar, vector}) {
            kernel.matrixBlockRelu(matrix, 1, columns, new int[] {7}, x, 1, y);
            assertEquals(7 + columns * 128 * 128, y[0]);
        }
    }

    @Property(tries = 100)
    void commonBitsOfABlockAreThoseOfItsInputs(@ForAll("awkwardLengths") int words, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int rows = random.nextInt(4);
        int batch = random.nextInt(4);
        long[] matrix = random.longs((long) rows * words).toArray();
        long[] x = random.longs((long) batch * words).toArray();
        int[] got = new int[batch * rows];
        int[] gotScalar = new int[batch * rows];
        vector.commonBits(matrix, rows, words, x, batch, got);
        scalar.commonBits(matrix, rows, words, x, batch, gotScalar);
        assertArrayEquals(gotScalar, got);
        for (int i = 0; i < batch; i++) {
            int[] expected = new int[rows];
            scalar.commonBits(matrix, rows, words, Arrays.copyOfRange(x, i * words, (i + 1) * words), expected);
            assertArrayEquals(expected, Arrays.copyOfRange(got, i * rows, (i + 1) * rows));
        }
    }

    @Property(tries = 100)
    void aRangeLeavesTheRestAlone(
            @ForAll("awkwardLengths") int rows, @ForAll("awkwardLengths") int columns, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        RowPanels matrix = RowPanels.of(floats(rows * columns, random), rows, columns);
        float[] bias = floats(rows, random);
        float[] x = floats(3 * columns, random);
        int from = random.nextInt(matrix.panels() + 1);
        int to = from + random.nextInt(matrix.panels() - from + 1);
        for (Kernel kernel : new Kernel[] {scalar, vector}) {
            float[] all = new float[rows];
            float[] some = new float[rows];
            Arrays.fill(some, -1);
            kernel.matrixVectorRelu(matrix, bias, x, all);
            kernel.matrixVectorRelu(matrix, from, to, bias, x, some);
            for (int r = 0; r < rows; r++) {
                int panel = r / RowPanels.HEIGHT;
                assertEquals(from <= panel && panel < to ? all[r] : -1, some[r]);
            }
            float[] block = new float[3 * rows];
            float[] middle = new float[3 * rows];
            Arrays.fill(middle, -1);
            kernel.matrixBlockRelu(matrix, bias, x, 3, block);
            kernel.matrixBlockRelu(matrix, bias, x, 1, 2, middle);
            for (int t = 0; t < middle.length; t++) {
                assertEquals(t / Math.max(1, rows) == 1 ? block[t] : -1, middle[t], bound(columns, columns + 1));
            }
        }
    }

    @Tag("slow")
    @Test
    void productsSplitOverThreadsAreThoseOfOneThread() {
        int rows = 1100;
        int columns = 1003;
        RandomGenerator random = new Seed(5).generator();
        RowPanels matrix = RowPanels.of(floats(rows * columns, random), rows, columns);
        float[] bias = floats(rows, random);
        float[] x = floats(150 * columns, random);
        float[] expected = new float[rows];
        float[] got = new float[rows];
        float[] expectedBlock = new float[150 * rows];
        float[] gotBlock = new float[150 * rows];
        vector.matrixVectorRelu(matrix, bias, x, expected);
        vector.matrixBlockRelu(matrix, bias, x, 150, expectedBlock);
        for (int pieces : new int[] {1, 2, 3, 18}) {
            Arrays.fill(got, -1);
            Arrays.fill(gotBlock, -1);
            IntStream.range(0, pieces).parallel().forEach(piece -> {
                int panels = matrix.panels();
                int from = panels * piece / pieces;
                vector.matrixVectorRelu(matrix, from, panels * (piece + 1) / pieces, bias, x, got);
                // Four inputs are processed together, so pieces begin at multiples of four.
                int fromInput = 37 * piece / pieces * 4;
                int toInput = piece == pieces - 1 ? 150 : 37 * (piece + 1) / pieces * 4;
                vector.matrixBlockRelu(matrix, bias, x, fromInput, toInput, gotBlock);
            });
            assertArrayEquals(expected, got);
            assertArrayEquals(expectedBlock, gotBlock);
        }
    }

    @Test
    void theVectorKernelIsChosenWhereTheIncubatorModuleIs() {
        assertEquals("vector", Kernels.choose(null).kernel().name());
        assertTrue(Kernels.named("vector").description().contains("float"));
    }

    @Test
    void theKernelOfThisProcessIsOneOfThemAndIsDescribed() {
        Kernel best = Kernels.best();
        assertEquals(Kernels.named(best.name()).description(), Kernels.describe());
        assertEquals("scalar loops (no SIMD)", scalar.description());
        assertEquals("scalar", scalar.name());
        assertEquals("vector", vector.name());
    }

    @Test
    void aKernelSaysHowItWorksOnEveryKindOfMatrix() {
        assertEquals(scalar.matrixKinds().keySet(), vector.matrixKinds().keySet());
        assertEquals(Set.of(ScalarKernel.LOOP), Set.copyOf(scalar.matrixKinds().values()));
        String lanes = vector.description().replaceAll(".*: (\\d+) float.*", "$1 lanes");
        assertTrue(
                vector.matrixKinds().get("float32").endsWith(" " + lanes),
                vector.matrixKinds().toString());
        boolean isNarrow = vector.description().contains(" 64-bit");
        for (String kind : new String[] {"int8", "int16"}) {
            assertEquals(isNarrow, vector.matrixKinds().get(kind).equals(ScalarKernel.LOOP));
        }
    }

    @Test
    void thePropertyForcesAKernelAndRefusesUnknownNames() {
        assertEquals("scalar", Kernels.choose("scalar").kernel().name());
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> Kernels.choose("gpu"));
        assertEquals(
                "kernel \"gpu\" (system property superpose.kernel) must be scalar or vector", refused.getMessage());
    }
}
