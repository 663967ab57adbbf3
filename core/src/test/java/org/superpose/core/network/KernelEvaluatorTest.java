package org.superpose.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.TestNetworks;

class KernelEvaluatorTest {
    private static void assertSame(ProblemInstance instance, SuperposedNetwork network, String kernel) {
        PlainEvaluator plain = new PlainEvaluator(network);
        KernelEvaluator fast = new KernelEvaluator(network, Kernels.named(kernel));
        instance.domain().forEach(input -> {
            float[][] expected = plain.activations(input);
            float[][] got = fast.activations(input);
            assertEquals(expected.length, got.length);
            for (int t = 0; t < expected.length; t++) {
                assertArrayEquals(expected[t], got[t]);
            }
            assertEquals(plain.evaluate(input), fast.evaluate(input));
        });
    }

    @Property(tries = 200)
    void isThePlainEvaluatorExactlyOnWholeNetworksOfAnyKind(@ForAll long seed, @ForAll @IntRange(max = 3) int flips) {
        BuiltNetwork pair = TestNetworks.interpolating(flips, false, new Seed(seed).generator());
        assertSame(pair.instance(), pair.network(), seed % 2 == 0 ? "scalar" : "vector");
    }

    @Tag("slow")
    @Property(tries = 60)
    void isThePlainEvaluatorExactlyOnClippedNetworks(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(9, 7, 2, random)), InputDomain.sparse(9, 3));
        SuperposedNetwork network = TestNetworks.clipped(instance, 20 + random.nextInt(60), 3, 3, 2, random);
        assertSame(instance, network, "vector");
        assertSame(instance, TestNetworks.saturated(network), "vector");
    }

    @Property(tries = 100)
    void staysWithinTheRoundingBoundOnOtherNetworks(@ForAll long seed) {
        BuiltNetwork pair = TestNetworks.interpolating(0, true, new Seed(seed).generator());
        PlainEvaluator plain = new PlainEvaluator(pair.network());
        KernelEvaluator fast = new KernelEvaluator(pair.network());
        pair.instance().domain().forEach(input -> {
            float[][] expected = plain.activations(input);
            float[][] got = fast.activations(input);
            for (int t = 0; t < expected.length; t++) {
                assertArrayEquals(expected[t], got[t], 1e-4f);
            }
            assertEquals(plain.evaluate(input), fast.evaluate(input));
        });
    }

    @Property(tries = 100)
    void bitMatricesReadFractionsToo(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int n = 1 + random.nextInt(140);
        Codes codes = TestNetworks.randomCodes(6, n, 1, random);
        long[] words = random.longs((long) n * BitMatrix.wordsPerRow(n)).toArray();
        if (n % 64 != 0) {
            for (int r = 1; r <= n; r++) {
                words[r * BitMatrix.wordsPerRow(n) - 1] &= ~(-1L << n);
            }
        }
        SuperposedNetwork network = TestNetworks.network(
                codes,
                List.of(
                        Layer.withBias(DiagonalMatrix.ofValue(n, 0.5f), random.nextInt(3) * 0.25f),
                        Layer.withBias(new BitMatrix(n, n, words, -1, 2), 1)),
                Decoder.withThreshold(codes, Decoder.Kind.SUM, 1.75f),
                InputDomain.sparse(6, 2));
        PlainEvaluator plain = new PlainEvaluator(network);
        KernelEvaluator fast = new KernelEvaluator(network);
        FeatureSet input = FeatureSet.of(1, 4);
        assertArrayEquals(plain.activations(input)[2], fast.activations(input)[2]);
        assertEquals(plain.evaluate(input), fast.evaluate(input));
    }

    @Property(tries = 200)
    void wholeNumbersAreMultipliedExactlyHoweverLargeTheyAre(@ForAll long seed) {
        // Weights and values around the limits of 8 and 16 bits: some sums fit, others
        // would overflow and must not be tried.
        RandomGenerator random = new Seed(seed).generator();
        int n = 1 + random.nextInt(60);
        int bits = 3 + random.nextInt(13);
        short[] weights = new short[n * n];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = (short) (random.nextInt() >> 32 - bits);
        }
        Codes codes = TestNetworks.randomCodes(3, n, 1 + random.nextInt(n), random);
        int scale = 1 << random.nextInt(16);
        SuperposedNetwork network = TestNetworks.network(
                codes,
                List.of(
                        Layer.withBias(DiagonalMatrix.ofValue(n, scale), 1),
                        Layer.withBias(new IntegerMatrix(n, n, weights), random.nextInt(-1000, 1000))),
                Decoder.withThreshold(codes, Decoder.Kind.SUM, 1),
                InputDomain.sparse(3, 2));
        double largest = Exactness.of(network, 2).largestSum();
        float[] expected = new PlainEvaluator(network).activations(FeatureSet.of(0, 2))[2];
        for (String kernel : List.of("scalar", "vector")) {
            float[] got = new KernelEvaluator(network, Kernels.named(kernel)).activations(FeatureSet.of(0, 2))[2];
            for (int r = 0; r < n; r++) {
                assertEquals(expected[r], got[r], largest < Exactness.LIMIT ? 0 : largest * n * 0x1p-22);
            }
        }
    }

    /** No entry or bias is whole, so that none can be mistaken for the integer below it. */
    @Property(tries = 50)
    void integerMatricesReadFractionsToo(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int n = 1 + random.nextInt(40);
        short[] weights = new short[n * n];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = (short) random.nextInt(-20, 21);
        }
        Codes codes = TestNetworks.randomCodes(6, n, 1, random);
        for (float bias : new float[] {1, 1.25f}) {
            for (float fraction : new float[] {0, 0.25f}) {
                SuperposedNetwork network = TestNetworks.network(
                        codes,
                        List.of(
                                Layer.withBias(DiagonalMatrix.ofValue(n, 1), 1 + fraction),
                                Layer.withBias(new IntegerMatrix(n, n, weights), bias)),
                        Decoder.withThreshold(codes, Decoder.Kind.SUM, 1.75f),
                        InputDomain.sparse(6, 2));
                FeatureSet input = FeatureSet.of(1, 4);
                assertArrayEquals(
                        new PlainEvaluator(network).activations(input)[2],
                        new KernelEvaluator(network).activations(input)[2]);
            }
        }
    }

    @Test
    void sumsBeyond32BitsAreNotTakenInWholeNumbers() {
        int n = 16;
        short[] weights = new short[n * n];
        Arrays.fill(weights, Short.MAX_VALUE);
        Codes codes = Codes.ofWeight(n, n, IntStream.range(0, n).toArray());
        for (float bias : new float[] {0, -0x1p24f, 0x1p40f}) {
            SuperposedNetwork network = TestNetworks.network(
                    codes,
                    List.of(
                            Layer.withBias(DiagonalMatrix.ofValue(n, 1), Short.MAX_VALUE - 1),
                            Layer.withBias(new IntegerMatrix(n, n, weights), bias)),
                    Decoder.withThreshold(codes, Decoder.Kind.SUM, 1),
                    InputDomain.sparse(1, 1));
            double exact = (double) n * Short.MAX_VALUE * Short.MAX_VALUE + bias;
            for (String kernel : List.of("scalar", "vector")) {
                float[] got = new KernelEvaluator(network, Kernels.named(kernel)).activations(FeatureSet.of(0))[2];
                for (float value : got) {
                    assertEquals(exact, value, exact * n * 0x1p-23);
                }
            }
        }
    }

    /** Some rows of a code may reach a sum, but only all of them can reach a least value. */
    @Property(tries = 100)
    void codesOfSeveralRowsAreDecodedAsByThePlainEvaluator(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int n = 6 + random.nextInt(20);
        Codes inputs = TestNetworks.randomCodes(7, n, 3, random);
        Codes outputs = TestNetworks.randomCodes(9, n, 2, random);
        for (Decoder.Kind kind : List.of(Decoder.Kind.SUM, Decoder.Kind.EVERY_ROW)) {
            for (float threshold : new float[] {1, 2, 3}) {
                SuperposedNetwork network = TestNetworks.network(
                        inputs,
                        List.of(Layer.withBias(DiagonalMatrix.ofValue(n, 1), 0)),
                        Decoder.withThreshold(outputs, kind, threshold),
                        InputDomain.sparse(7, 3));
                PlainEvaluator plain = new PlainEvaluator(network);
                KernelEvaluator fast = new KernelEvaluator(network);
                InputDomain.sparse(7, 3).forEach(input -> assertEquals(plain.evaluate(input), fast.evaluate(input)));
            }
        }
    }

    @Test
    void sumsThatMayOverflowAreDetectedBeforehand() {
        short[] matrix = {Short.MAX_VALUE, Short.MIN_VALUE, 1, 2};
        assertEquals(
                5 + (32767L + 32768) * 32767,
                WholeProduct.largestSum(matrix, 2, 2, new int[] {-5, 9}, Short.MAX_VALUE));
        short[] three = {Short.MAX_VALUE, Short.MAX_VALUE, Short.MAX_VALUE};
        assertTrue(WholeProduct.largestSum(three, 1, 3, new int[1], Short.MAX_VALUE) > Integer.MAX_VALUE);
        short[] two = {Short.MAX_VALUE, Short.MAX_VALUE};
        assertTrue(WholeProduct.largestSum(two, 1, 2, new int[1], Short.MAX_VALUE) <= Integer.MAX_VALUE);
        int[] least = {Integer.MIN_VALUE};
        assertTrue(WholeProduct.largestSum(new short[] {1}, 1, 1, least, 0) > Integer.MAX_VALUE);
    }
}
