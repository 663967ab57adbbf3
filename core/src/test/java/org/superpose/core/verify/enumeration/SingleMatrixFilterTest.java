package org.superpose.core.verify.enumeration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.arithmetic.ExactModel;

class SingleMatrixFilterTest {
    private static ExactModel model(SuperposedNetwork network) {
        return new ExactModel(network, Kernels.best(), 0);
    }

    private static Optional<SingleMatrixFilter> filter(ProblemInstance instance, SuperposedNetwork network) {
        return SingleMatrixFilter.of(model(network), instance, Long.MAX_VALUE);
    }

    private static int small(int from, int to, RandomGenerator random) {
        return from + random.nextInt(to - from + 1);
    }

    /** One matrix of small weights of either sign and gates of any function: right on many inputs and wrong on many. */
    private static BuiltNetwork random(int features, int v, RandomGenerator random) {
        int rows = small(2, 6, random);
        int outputs = small(1, 5, random);
        short[] weights = new short[rows * features];
        int most = small(0, 2, random);
        int least = small(-2, 1, random);
        for (int t = 0; t < weights.length; t++) {
            weights[t] = (short) small(Math.min(least, most), Math.max(least, most), random);
        }
        float[] bias = new float[rows];
        for (int r = 0; r < rows; r++) {
            bias[r] = small(-3, 1, random);
        }
        Layer matrix = new Layer(new IntegerMatrix(rows, features, weights), bias);
        Codes codes = TestNetworks.randomCodes(outputs, rows, small(1, 2, random), random);
        float[] thresholds = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            thresholds[i] = small(1, 4, random) / 2f;
        }
        boolean isSum = codes.maxWeight() == 1 && random.nextBoolean();
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(features),
                random.nextBoolean()
                        ? List.of(matrix)
                        : List.of(matrix, Layer.withBias(DiagonalMatrix.ofValue(rows, 2), -1)),
                new Decoder(codes, isSum ? Decoder.Kind.SUM : Decoder.Kind.EVERY_ROW, thresholds),
                InputDomain.sparse(features, v));
        return new BuiltNetwork(
                TestNetworks.instance(
                        List.of(TestNetworks.randomGates(features, outputs, random)), InputDomain.sparse(features, v)),
                network);
    }

    @Tag("slow")
    @Property(tries = 400)
    void findsExactlyTheCandidatesForWhichTheNetworkIsWrong(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int v, @ForAll boolean wide) {
        RandomGenerator random = new Seed(seed).generator();
        int features = wide ? small(500, 600, random) : small(4, 70, random);
        BuiltNetwork pair = random(features, v, random);
        PlainEvaluator evaluator = new PlainEvaluator(pair.network());
        ExactModel model = model(pair.network());
        SingleMatrixFilter.Scan scan = filter(pair.instance(), pair.network()).orElseThrow().new Scan();
        int[] prefix = TestNetworks.subset(v - 1, features, random);
        ActiveGates active = new ActiveGates(pair.instance());
        int[] sums = model.first().bias().clone();
        for (int feature : prefix) {
            active.push(feature);
            model.addFeature(feature, sums);
        }
        long[] candidates = new long[Kernel.paddedWords(features)];
        long[] expected = new long[candidates.length];
        int from = wide && random.nextBoolean() ? 8 : 0;
        for (int c = from * Long.SIZE; c < features; c++) {
            int candidate = c;
            if (Arrays.stream(prefix).anyMatch(feature -> feature == candidate) || random.nextInt(8) == 0) {
                continue;
            }
            candidates[c / Long.SIZE] |= 1L << c;
            FeatureSet input = active.inputWith(c);
            if (!evaluator.evaluate(input).equals(pair.instance().evaluate(input))) {
                expected[c / Long.SIZE] |= 1L << c;
            }
        }
        long[] wrong = new long[candidates.length];
        Arrays.fill(wrong, from, wrong.length, -1L); // left from before
        scan.wrong(active, sums, candidates, from, candidates.length, wrong);
        assertArrayEquals(expected, wrong);
    }

    private static final ProblemInstance COPY =
            TestNetworks.instance(List.of(Gates.conjunctions(2, 1, new int[] {0})), InputDomain.sparse(2, 2));

    private static SuperposedNetwork network(Codes outputs, Decoder.Kind kind, float threshold, Layer... layers) {
        return TestNetworks.network(
                Codes.identity(2),
                List.of(layers),
                Decoder.withThreshold(outputs, kind, threshold),
                InputDomain.sparse(2, 2));
    }

    private static Layer matrix(int bias, int... weights) {
        short[] values = new short[weights.length];
        for (int t = 0; t < values.length; t++) {
            values[t] = (short) weights[t];
        }
        return Layer.withBias(new IntegerMatrix(values.length / 2, 2, values), bias);
    }

    @Test
    void appliesToOneMatrixWhoseOutputsAreOnIffEveryRowIs() {
        Codes one = Codes.identity(1);
        Codes two = Codes.ofWeight(2, 2, new int[] {0, 1});
        Layer copy = matrix(0, 1, 0);
        Layer copies = matrix(0, 1, 0, 1, 0);
        assertTrue(filter(COPY, network(one, Decoder.Kind.EVERY_ROW, 1, copy)).isPresent());
        assertTrue(filter(COPY, network(one, Decoder.Kind.SUM, 1, copy)).isPresent());
        assertTrue(filter(COPY, network(two, Decoder.Kind.EVERY_ROW, 1, copies)).isPresent());
        assertTrue(filter(COPY, network(two, Decoder.Kind.SUM, 1, copies)).isEmpty());
        assertTrue(filter(COPY, network(two, Decoder.Kind.EVERY_ROW, 1, copies, copies))
                .isEmpty());
        Gates again = Gates.conjunctions(1, 1, new int[] {0});
        ProblemInstance layered = TestNetworks.instance(List.of(COPY.gates(), again), COPY.domain());
        assertTrue(
                filter(layered, network(one, Decoder.Kind.EVERY_ROW, 1, copy)).isEmpty());
    }

    @Test
    void doesNotApplyWhereALargerSumTurnsARowOffAgain() {
        Codes one = Codes.identity(1);
        Layer copy = matrix(0, 1, 0);
        Layer saturation = Layer.withBias(DiagonalMatrix.ofValue(1, -1), 1);
        assertTrue(filter(COPY, network(one, Decoder.Kind.EVERY_ROW, 1, copy, saturation))
                .isEmpty());
        assertTrue(filter(COPY, network(one, Decoder.Kind.EVERY_ROW, 1, copy, saturation, saturation))
                .isPresent());
    }

    @Test
    void rowsWhoseSumsTakeTooManyValuesAreNotSortedIntoLevels() {
        Codes one = Codes.identity(1);
        for (int bias : new int[] {0, -255, 300}) {
            // Two features with 127 and -128, or with 128 and -128, one of them counted twice.
            assertTrue(filter(COPY, network(one, Decoder.Kind.EVERY_ROW, 1, matrix(bias, 127, -128)))
                    .isPresent());
            assertTrue(filter(COPY, network(one, Decoder.Kind.EVERY_ROW, 1, matrix(bias, 128, -128)))
                    .isEmpty());
        }
    }

    @Test
    void takesMemoryForTheLevelsThatDecideOnly() {
        // Row 0 is on from a sum of 1 and features add 0 or 2, so one of them suffices:
        // levels 1 and 2. Row 1 is in no code.
        Codes one = Codes.ofWeight(2, 1, new int[] {0});
        ExactModel model = model(network(one, Decoder.Kind.EVERY_ROW, 1, matrix(-1, 2, 0, 2, 0)));
        int words = Kernel.paddedWords(2);
        assertTrue(SingleMatrixFilter.of(model, COPY, 2 * words).isPresent());
        assertTrue(SingleMatrixFilter.of(model, COPY, 2 * words - 1).isEmpty());
        // With 5 more to reach, a first feature helps a second one only if it adds 2: level 2 only, or none.
        ExactModel higher = model(network(one, Decoder.Kind.EVERY_ROW, 1, matrix(-3, 2, 0, 2, 0)));
        assertTrue(SingleMatrixFilter.of(higher, COPY, words).isPresent());
        assertTrue(SingleMatrixFilter.of(higher, COPY, words - 1).isEmpty());
        ExactModel never = model(network(one, Decoder.Kind.EVERY_ROW, 1, matrix(-4, 2, 0, 2, 0)));
        assertTrue(SingleMatrixFilter.of(never, COPY, 0).isPresent());
    }

    @Test
    void levelSetsHoldTheFeaturesThatAddAtLeastSoMuch() {
        ExactModel model = model(network(Codes.identity(2), Decoder.Kind.EVERY_ROW, 1, matrix(0, 3, 5, -4, -2)));
        int[][] extremes = LevelSets.extremes(model);
        assertArrayEquals(new int[] {3, -4}, extremes[0]);
        assertArrayEquals(new int[] {5, -2}, extremes[1]);
        LevelSets levels = LevelSets.of(model, extremes[0], extremes[1], new int[] {4, -3}, Long.MAX_VALUE)
                .orElseThrow();
        assertEquals(4, levels.lowestLevel(0));
        assertEquals(-3, levels.lowestLevel(1));
        assertEquals(3, levels.least(0));
        assertEquals(-2, levels.most(1));
        for (int[] each : new int[][] {{0, 4}, {0, 5}, {1, -3}, {1, -2}}) {
            assertEquals(0b10, levels.sets()[levels.start(each[0], each[1])]);
        }
        assertFalse(levels.start(0, 4) == levels.start(0, 5));
    }
}
