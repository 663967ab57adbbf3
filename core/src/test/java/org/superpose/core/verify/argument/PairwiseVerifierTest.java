package org.superpose.core.verify.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.MintermNetworks;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;

class PairwiseVerifierTest {
    private final PairwiseVerifier pairwise = new PairwiseVerifier();
    private final PairwiseVerifier inRangesOfFour = new PairwiseVerifier(4);
    private final ExhaustiveVerifier exhaustive = new ExhaustiveVerifier();

    private static ProblemInstance twoAnd(int m, int outputs, RandomGenerator random) {
        return TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(m, outputs, 2, random)),
                TestNetworks.randomDomain(m, 2, random));
    }

    private void assertAgree(ProblemInstance instance, SuperposedNetwork network, int threads) {
        VerificationBudget budget = VerificationBudget.unlimited().withThreads(threads);
        Verdict expected = exhaustive.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        Verdict got = pairwise.verify(new BuiltNetwork(instance, network), budget);
        assertEquals(got, inRangesOfFour.verify(new BuiltNetwork(instance, network), budget));
        assertEquals(expected.status(), got.status());
        assertEquals(expected.inputsCovered(), got.inputsCovered());
        assertEquals(expected.domainSize(), got.domainSize());
        if (got instanceof Verdict.Refuted refuted) {
            assertEquals(((Verdict.Refuted) expected).counterexample(), refuted.counterexample());
            assertTrue(refuted.counterexample().isConfirmedBy(new BuiltNetwork(instance, network)));
        }
    }

    @Tag("slow")
    @Property(tries = 500)
    void agreesWithExhaustiveOnBothSidesOfTheWorkableWidth(
            @ForAll long seed,
            @ForAll @IntRange(min = 12, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 4) int s) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = twoAnd(6 + random.nextInt(20), 3 + random.nextInt(20), random);
        SuperposedNetwork network = TestNetworks.clipped(instance, width, 1 + random.nextInt(4), s, 2, random);
        assertAgree(instance, network, 1 + random.nextInt(3));
    }

    /** A row for each pair on which the map is not silent: right on every map that single features do not turn on. */
    private static SuperposedNetwork rowPerPair(ProblemInstance instance, int flips, RandomGenerator random) {
        int m = instance.inputs();
        List<FeatureSet> pairs = new ArrayList<>();
        for (int a = 0; a < m; a++) {
            for (int b = a + 1; b < m; b++) {
                FeatureSet pair = FeatureSet.of(a, b);
                if (pairs.isEmpty() || !instance.evaluate(pair).isEmpty()) {
                    pairs.add(pair);
                }
            }
        }
        long[] first = new long[pairs.size()];
        long[] second = new long[instance.outputs() * BitMatrix.wordsPerRow(pairs.size())];
        for (int e = 0; e < first.length; e++) {
            for (int j : pairs.get(e).toArray()) {
                first[e] |= 1L << j;
            }
            for (int i : instance.evaluate(pairs.get(e)).toArray()) {
                second[i * BitMatrix.wordsPerRow(pairs.size()) + e / 64] |= 1L << e;
            }
        }
        for (int flip = 0; flip < flips; flip++) {
            first[random.nextInt(first.length)] ^= 1L << random.nextInt(m);
        }
        return TestNetworks.network(
                Codes.identity(m),
                List.of(
                        Layer.withBias(BitMatrix.ofBits(first.length, m, first), -1),
                        Layer.withBias(BitMatrix.ofBits(instance.outputs(), first.length, second), 0)),
                Decoder.withThreshold(Codes.identity(instance.outputs()), Decoder.Kind.EVERY_ROW, 1),
                instance.domain());
    }

    /** Truth tables, and layers of them, of which mostly no row with fewer than two active features is on. */
    private static ProblemInstance quietMap(RandomGenerator random) {
        int m = 4 + random.nextInt(6);
        List<Gate> gates = new ArrayList<>();
        for (int i = 2 + random.nextInt(5); i >= 0; i--) {
            int[] reads = TestNetworks.subset(random.nextInt(5), m, random);
            boolean[] rows = new boolean[1 << reads.length];
            for (int x = 0; x < rows.length; x++) {
                rows[x] = (Integer.bitCount(x) > 1 || random.nextInt(30) == 0) && random.nextBoolean();
            }
            gates.add(Gate.of(GateFunction.table(rows), reads));
        }
        List<Gates> layers = new ArrayList<>(List.of(Gates.of(m, gates)));
        if (random.nextInt(3) == 0) {
            layers.add(MintermNetworks.randomGates(gates.size(), 1 + random.nextInt(4), 3, random));
        }
        return TestNetworks.instance(layers, MintermNetworks.randomDomain(m, 1 + random.nextInt(2), random));
    }

    @Tag("slow")
    @Property(tries = 1500)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void agreesWithExhaustiveOnEveryMapThatSingleFeaturesDoNotTurnOn(
            @ForAll long seed, @ForAll @IntRange(max = 2) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = quietMap(random);
        SuperposedNetwork network = rowPerPair(instance, flips, random);
        boolean silent = true;
        for (FeatureSet input : InputDomain.sparse(instance.inputs(), 1)) {
            silent &= instance.evaluate(input).isEmpty();
        }
        BuiltNetwork built = new BuiltNetwork(instance, network);
        assertEquals(silent, pairwise.accepts(built).isAccepted());
        if (silent) {
            assertAgree(instance, network, 1 + random.nextInt(2));
            boolean verified = pairwise.verify(built, VerificationBudget.unlimited()) instanceof Verdict.Verified;
            assertTrue(flips > 0 || verified, "a right network is refuted");
            Statistics.label("verdicts").collect(flips, verified);
        }
        Statistics.label("verdicts").coverage(seen -> {
            seen.check(0, true).percentage(share -> share > 3);
            seen.check(1, false).percentage(share -> share > 3);
        });
    }

    @Property(tries = 300)
    void aFlippedBitIsRefutedOrHarmlessButNeverMissed(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = twoAnd(10, 8, random);
        SuperposedNetwork network =
                TestNetworks.withFlippedBit(TestNetworks.clipped(instance, 60, 3, 3, 2, random), random);
        assertAgree(instance, network, 1);
    }

    @Property(tries = 300)
    void agreesWithExhaustiveWithAnyWholeSecondMatrixAndOneThresholdPerRow(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = twoAnd(8, 6, random);
        SuperposedNetwork clipped = TestNetworks.clipped(instance, 20 + random.nextInt(40), 3, 3, 2, random);
        BitMatrix bits = (BitMatrix) clipped.layers().get(1).weights();
        int inhibition = random.nextInt(2);
        short[] values = new short[bits.rows() * bits.columns()];
        float[] bias = new float[bits.rows()];
        for (int f = 0; f < bits.rows(); f++) {
            int scale = 1 + random.nextInt(3);
            for (int e = 0; e < bits.columns(); e++) {
                values[f * bits.columns() + e] = (short) (bits.isSet(f, e) ? scale : -inhibition);
            }
            bias[f] = 1 - 3 * scale + random.nextInt(scale);
        }
        SuperposedNetwork network = TestNetworks.withLayers(
                clipped,
                clipped.layers().get(0),
                new Layer(new IntegerMatrix(bits.rows(), bits.columns(), values), bias));
        assertAgree(instance, network, 1);
    }

    @Test
    void refutesBelowTheWorkableWidthAndVerifiesAboveIt() {
        RandomGenerator random = new Seed(7).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(200, 200, 2, random)), InputDomain.sparse(200, 2));
        assertInstanceOf(
                Verdict.Refuted.class,
                pairwise.verify(
                        new BuiltNetwork(instance, TestNetworks.clipped(instance, 60, 4, 4, 4, random)),
                        VerificationBudget.unlimited()));
        Verdict wide = pairwise.verify(
                new BuiltNetwork(instance, TestNetworks.clipped(instance, 400, 5, 5, 5, random)),
                VerificationBudget.unlimited());
        assertInstanceOf(Verdict.Verified.class, wide);
        assertEquals(BigInteger.valueOf(1 + 200 + 199 * 100), wide.inputsCovered());
    }

    @Test
    void refusesEveryNetworkThatBreaksAPrecondition() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 5, 2, random)), InputDomain.sparse(8, 2));
        SuperposedNetwork good = TestNetworks.clipped(instance, 30, 3, 3, 2, random);
        assertTrue(pairwise.accepts(new BuiltNetwork(instance, good)).isAccepted());
        Layer first = good.layers().get(0);
        Layer second = good.layers().get(1);
        float[] oneOff = first.bias();
        oneOff[17]++;
        float[] positive = second.bias();
        positive[3] = 1;
        float[] fraction = second.bias();
        fraction[3] += 0.5f;
        BitMatrix bits = (BitMatrix) first.weights();
        float[] thresholds = good.decoder().thresholds();
        thresholds[2] = 1.5f;
        Codes uneven = Codes.of(30, new int[] {0, 2, 5, 8, 11, 14, 17, 20, 23}, new int[] {
            0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 1, 2, 4, 1, 2, 5, 1, 2, 6
        });
        List<SuperposedNetwork> broken = List.of(
                TestNetworks.withLayers(good, new Layer(bits, oneOff), second),
                TestNetworks.withLayers(good, first, new Layer(second.weights(), positive)),
                TestNetworks.withLayers(good, first, new Layer(second.weights(), fraction)),
                TestNetworks.withLayers(good, new Layer(bits.withValues(0, 2), first.bias()), second),
                TestNetworks.withLayers(good, new Layer(bits.withValues(-1, 1), first.bias()), second),
                TestNetworks.saturated(good),
                TestNetworks.network(uneven, good.layers(), good.decoder(), good.domain()),
                TestNetworks.network(
                        good.inputCodes(),
                        good.layers(),
                        new Decoder(good.decoder().codes(), Decoder.Kind.EVERY_ROW, thresholds),
                        good.domain()),
                TestNetworks.network(
                        good.inputCodes(),
                        good.layers(),
                        Decoder.withThreshold(good.decoder().codes(), Decoder.Kind.SUM, 1),
                        good.domain()));
        for (SuperposedNetwork network : broken) {
            assertFalse(pairwise.accepts(new BuiltNetwork(instance, network)).isAccepted());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> pairwise.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
        }
        assertFalse(pairwise.accepts(new BuiltNetwork(instance.withMaxActive(3), good))
                .isAccepted());
    }

    @Test
    void noTimeMeansUndecided() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance instance = twoAnd(8, 5, random);
        Verdict verdict = pairwise.verify(
                new BuiltNetwork(instance, TestNetworks.clipped(instance, 30, 3, 3, 2, random)),
                VerificationBudget.unlimited().withMaxSeconds(1e-9));
        assertInstanceOf(Verdict.Undecided.class, verdict);
        assertEquals(BigInteger.ONE, verdict.inputsCovered());
    }

    @Property(tries = 300)
    void agreesWithExhaustiveWithBitMatricesOfAnyValuesAndBiases(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = twoAnd(8, 6, random);
        boolean sum = random.nextBoolean();
        SuperposedNetwork clipped = TestNetworks.clipped(instance, 20 + random.nextInt(40), 3, 3, sum ? 1 : 2, random);
        BitMatrix bits = (BitMatrix) clipped.layers().get(1).weights();
        int clear = -random.nextInt(2);
        boolean wide = random.nextInt(4) == 0; // beyond 16 bits
        int set = wide ? 1 : 1 + random.nextInt(2);
        float[] bias = clipped.layers().get(1).bias();
        for (int f = 0; f < bias.length && random.nextBoolean(); f++) {
            bias[f] = -random.nextInt(4);
        }
        SuperposedNetwork network = TestNetworks.network(
                clipped.inputCodes(),
                List.of(
                        clipped.layers().get(0),
                        wide ? scaled(bits, bias) : new Layer(bits.withValues(clear, set), bias)),
                Decoder.withThreshold(clipped.decoder().codes(), sum ? Decoder.Kind.SUM : Decoder.Kind.EVERY_ROW, 1),
                clipped.domain());
        assertAgree(instance, network, 1);
    }

    @Test
    void featuresBeyondTheFirstThousandAreLookedAtToo() {
        RandomGenerator random = new Seed(9).generator();
        ProblemInstance instance = lastPair(1099);
        SuperposedNetwork network = TestNetworks.clipped(instance, 200, 5, 5, 4, random);
        assertInstanceOf(
                Verdict.Verified.class,
                pairwise.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
        Verdict.Refuted refuted = assertInstanceOf(
                Verdict.Refuted.class,
                pairwise.verify(new BuiltNetwork(lastPair(1098), network), VerificationBudget.unlimited()));
        assertEquals(FeatureSet.of(1097, 1098), refuted.counterexample().input());
    }

    /** Thirty pairs of the lowest of 1,100 features, and the pair of feature 1097 and another one. */
    private static ProblemInstance lastPair(int other) {
        int[] reads = IntStream.range(0, 62).toArray();
        reads[60] = 1097;
        reads[61] = other;
        return TestNetworks.instance(List.of(Gates.conjunctions(1100, 2, reads)), InputDomain.sparse(1100, 2));
    }

    @Test
    void moreCommonRowsThanAByteCountsAreNoObstacle() {
        RandomGenerator random = new Seed(6).generator();
        for (int channel : new int[] {128, 140, 256, 300}) {
            ProblemInstance instance = twoAnd(7, 5, random);
            SuperposedNetwork network = TestNetworks.clipped(instance, channel + 10, 30, channel, 2, random);
            assertAgree(instance, network, 1);
            assertAgree(instance, TestNetworks.clipped(instance, 3 * channel, 30, channel, 2, random), 1);
        }
    }

    /** The network with another second layer. */
    private static SuperposedNetwork withSecond(SuperposedNetwork network, WeightMatrix weights, float bias) {
        return TestNetworks.withLayers(network, network.layers().get(0), Layer.withBias(weights, bias));
    }

    @Test
    void sumsThatFloat32MayNotHoldAreLeftToOthers() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 5, 2, random)), InputDomain.sparse(8, 2));
        SuperposedNetwork good = TestNetworks.clipped(instance, 30, 3, 3, 2, random);
        BitMatrix bits = (BitMatrix) good.layers().get(1).weights();
        short[] large = new short[30 * 30];
        for (int c = 0; c < 30; c++) {
            large[7 * 30 + c] = (short) (c % 2 == 0 ? 32767 : -32767);
        }
        for (WeightMatrix weights :
                List.of(new IntegerMatrix(30, 30, large), bits.withValues(0, 32767), bits.withValues(-32767, 5))) {
            int most = (1 << 24) - 30 * 32767;
            assertTrue(pairwise.accepts(new BuiltNetwork(instance, withSecond(good, weights, 1 - most)))
                    .isAccepted());
            assertEquals(
                    "sums of the second layer may reach 2^24",
                    pairwise.accepts(new BuiltNetwork(instance, withSecond(good, weights, -most)))
                            .reason()
                            .orElseThrow());
        }
    }

    @Test
    void refusalsSayWhatDoesNotFit() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 5, 2, random)), InputDomain.sparse(8, 2));
        SuperposedNetwork good = TestNetworks.clipped(instance, 30, 3, 3, 2, random);
        float[] bias = good.layers().get(0).bias();
        bias[17]++;
        assertEquals(
                "the bias of row 17 of the first layer is -4.0, not -5",
                pairwise.accepts(new BuiltNetwork(
                                instance,
                                TestNetworks.withLayers(
                                        good,
                                        new Layer(good.layers().get(0).weights(), bias),
                                        good.layers().get(1))))
                        .reason()
                        .orElseThrow());
        List<Gates> chain = new ArrayList<>(instance.layers());
        chain.add(Gates.conjunctions(5, 1, IntStream.range(0, 5).toArray()));
        assertTrue(pairwise.accepts(new BuiltNetwork(TestNetworks.instance(chain, instance.domain()), good))
                .isAccepted());
        ProblemInstance resting = TestNetworks.instance(
                List.of(Gates.of(8, Collections.nCopies(5, Gate.constant(true)))), instance.domain());
        assertEquals(
                "output 0 is on while nothing is active, where a network of this form is silent",
                pairwise.accepts(new BuiltNetwork(resting, good)).reason().orElseThrow());
        for (Gates gates : List.of(
                TestNetworks.randomConjunctions(8, 5, 1, random),
                Gates.of(8, GateFunction.AND, new int[] {0, 2, 4, 6, 8, 9}, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 3}),
                Gates.of(
                        8,
                        GateFunction.PARITY,
                        instance.gates().offsets(),
                        instance.gates().reads()))) {
            ProblemInstance other = TestNetworks.instance(List.of(gates), instance.domain());
            String reason =
                    pairwise.accepts(new BuiltNetwork(other, good)).reason().orElseThrow();
            assertTrue(
                    reason.matches("output \\d is on while only feature \\d is active, where a network of this form is"
                            + " silent"),
                    reason);
            assertEquals(Double.POSITIVE_INFINITY, pairwise.cost(new BuiltNetwork(other, good)));
        }
    }

    @Test
    void progressRunsFromWhatIsProvedToTheWhole() {
        RandomGenerator random = new Seed(7).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(500, 20, 2, random)), InputDomain.sparse(500, 2));
        SuperposedNetwork network = TestNetworks.clipped(instance, 200, 5, 5, 5, random);
        BitSet half = new BitSet();
        half.set(250, 500);
        List<Double> reached = new ArrayList<>();
        pairwise.resume(
                new BuiltNetwork(instance, network),
                VerificationBudget.unlimited().withProgress(reached::add),
                new Coverage(half, List.of()));
        assertEquals(0.5, reached.get(0));
        assertEquals(1, reached.get(reached.size() - 1));
        assertEquals(126, reached.size()); // one feature in two hundred
        assertEquals(reached.stream().sorted().toList(), reached);
    }

    @Test
    void withOneActiveFeatureEveryNetworkOfTheFormIsSilentAndRight() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance instance = twoAnd(8, 5, random).withMaxActive(1);
        assertAgree(instance, TestNetworks.clipped(instance, 9, 3, 3, 2, random), 1);
    }

    @Test
    void aFeatureOfHundredsOfPairsIsLookedAtWithAllItsPartners() {
        RandomGenerator random = new Seed(8).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(Gates.conjunctions(
                        400,
                        2,
                        IntStream.range(0, 600)
                                .map(t -> t % 2 == 0 ? 0 : t / 2 + 1)
                                .toArray())),
                InputDomain.sparse(400, 2));
        assertAgree(instance, TestNetworks.clipped(instance, 300, 6, 2, 4, random), 1);
        assertAgree(instance, TestNetworks.clipped(instance, 1200, 6, 3, 4, random), 1);
    }

    private static Layer scaled(BitMatrix bits, float[] bias) {
        float[] weights = new float[bits.rows() * bits.columns()];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = 40_000 * bits.get(t / bits.columns(), t % bits.columns());
        }
        float[] scaledBias = new float[bias.length];
        for (int f = 0; f < bias.length; f++) {
            scaledBias[f] = Math.min(0, 40_000 * bias[f] + 7);
        }
        return new Layer(new DenseMatrix(bits.rows(), bits.columns(), weights), scaledBias);
    }
}
