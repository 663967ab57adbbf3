package org.superpose.core.verify.enumeration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.arithmetic.ExactModel;

class BranchAndBoundVerifierTest {
    private final BranchAndBoundVerifier bounded = new BranchAndBoundVerifier();
    private final ExhaustiveVerifier exhaustive = new ExhaustiveVerifier();

    private void assertAgree(ProblemInstance instance, SuperposedNetwork network, int threads) {
        Verdict expected = exhaustive.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        Verdict got = bounded.verify(
                new BuiltNetwork(instance, network),
                VerificationBudget.unlimited().withThreads(threads));
        assertEquals(expected.status(), got.status());
        assertEquals(expected.domainSize(), got.domainSize());
        assertGenuine(instance, network, got);
    }

    private static void assertGenuine(ProblemInstance instance, SuperposedNetwork network, Verdict verdict) {
        if (verdict instanceof Verdict.Refuted refuted) {
            assertTrue(refuted.counterexample().isConfirmedBy(new BuiltNetwork(instance, network)));
            assertTrue(refuted.inputsCovered().compareTo(refuted.domainSize()) <= 0);
        }
    }

    /** A clipped network around the width at which it begins to work, saturated or not, with a flipped bit or not. */
    private static SuperposedNetwork clipped(ProblemInstance instance, RandomGenerator random) {
        int k = 2 + random.nextInt(3);
        SuperposedNetwork network = TestNetworks.clipped(
                instance, 12 + random.nextInt(120), k, 2 + random.nextInt(4), 2 + random.nextInt(2), random);
        if (random.nextInt(3) == 0) {
            network = TestNetworks.withFlippedBit(network, random);
        }
        return random.nextBoolean() ? TestNetworks.saturated(network) : network;
    }

    @Tag("slow")
    @Property(tries = 1500)
    void agreesWithExhaustiveOnGoodAndBrokenNetworks(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 4) int v,
            @ForAll @IntRange(min = 1, max = 4) int fanIn) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 6 + random.nextInt(v == 4 ? 6 : 12);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(m, 3 + random.nextInt(10), fanIn, random)),
                TestNetworks.randomDomain(m, v, random));
        assertAgree(instance, clipped(instance, random), 1 + random.nextInt(3));
    }

    @net.jqwik.api.Tag("slow")
    @Property(tries = 1000)
    void goingByPartsFindsWhatExhaustiveFinds(@ForAll long seed, @ForAll @IntRange(min = 3, max = 4) int v) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 6 + random.nextInt(v == 4 ? 6 : 12);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(m, 3 + random.nextInt(8), 1 + random.nextInt(v - 1), random)),
                InputDomain.sparse(m, v));
        SuperposedNetwork network = clipped(instance, random);
        BoundedSearch.Outcome outcome = searchByParts(instance, network);
        boolean right = exhaustive.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited())
                instanceof Verdict.Verified;
        assertEquals(right, outcome.wrong() == null);
        assertEquals(right, outcome.complete());
        if (outcome.wrong() != null) {
            assertFalse(
                    new PlainEvaluator(network).evaluate(outcome.wrong()).equals(instance.evaluate(outcome.wrong())));
        } else {
            assertEquals(instance.domain().size(), outcome.covered());
        }
    }

    /**
     * Three features fire three rows of one output, each pair a different row: the network is wrong on all three only,
     * and no two of them have more than one row.
     */
    @Test
    void findsAnInputWhosePartsAreAsWeakAsTheyCanBe() {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(5, 2, new int[] {3, 4})), InputDomain.sparse(5, 3));
        Codes codes = Codes.ofWeight(15, 3, IntStream.range(0, 15).toArray());
        int[][] pairs = {{0, 1}, {0, 2}, {1, 2}, {3, 4}, {3, 4}, {3, 4}};
        long[] first = new long[pairs.length];
        for (int e = 0; e < pairs.length; e++) {
            for (int feature : pairs[e]) {
                first[e] |= 7L << 3 * feature;
            }
        }
        SuperposedNetwork network = TestNetworks.network(
                codes,
                List.of(
                        Layer.withBias(BitMatrix.ofBits(6, 15, first), -5),
                        Layer.withBias(BitMatrix.ofBits(1, 6, new long[] {0b111111}), -2)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 1),
                instance.domain());
        assertEquals(
                FeatureSet.of(0, 1, 2),
                TestNetworks.Naive.verify(new BuiltNetwork(instance, network)).wrong());
        assertEquals(FeatureSet.of(0, 1, 2), searchByParts(instance, network).wrong());
        assertAgree(instance, network, 1);
    }

    private static BoundedSearch.Outcome searchByParts(ProblemInstance instance, SuperposedNetwork network) {
        ExactModel model = new ExactModel(network, Kernels.best(), 1 << 20);
        Optional<SecondLayerFilter> quiet = SecondLayerFilter.of(model, instance.maxActive(), 1 << 22);
        Supplier<ExactChecker> checkers = () -> new ExactChecker(instance, model, quiet, Optional.empty());
        BoundedSearch search = new BoundedSearch(
                instance, VerificationBudget.unlimited(), Deadline.in(Double.POSITIVE_INFINITY), Coverage.NONE);
        assertTrue(search.partsApply(quiet.orElseThrow()));
        return search.run(checkers, true);
    }

    @Property(tries = 200)
    void partsCoverTheInputsAllOfWhosePartsAreFinished(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 4) int v, @ForAll boolean byParts) {
        RandomGenerator random = new Seed(seed).generator();
        InputDomain domain = InputDomain.sparse(v + random.nextInt(8), v);
        boolean[] done = new boolean[domain.features()];
        for (int a = 0; a < done.length; a++) {
            done[a] = random.nextInt(4) > 0;
        }
        long[] expected = {0};
        domain.forEach(input -> {
            boolean lowest = input.isEmpty() || done[input.get(0)];
            boolean second = !byParts || input.size() < v || done[input.get(1)];
            expected[0] += lowest && second ? 1 : 0;
        });
        assertEquals(BigInteger.valueOf(expected[0]), BoundedSearch.covered(domain, done, byParts));
    }

    @org.junit.jupiter.api.Tag("slow")
    @Test
    void provesADomainThatIsFarTooLargeToEnumerate() {
        RandomGenerator random = new Seed(7).generator();
        int m = 600;
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(m, 300, 4, random)), InputDomain.sparse(m, 4));
        Verdict verdict = bounded.verify(
                new BuiltNetwork(instance, TestNetworks.clipped(instance, 500, 4, 5, 4, random)),
                VerificationBudget.unlimited());
        assertInstanceOf(Verdict.Verified.class, verdict);
        assertEquals(instance.domain().size(), verdict.inputsCovered());
        assertTrue(verdict.domainSize().compareTo(BigInteger.valueOf(5_000_000_000L)) > 0);
    }

    @Test
    void refusesWhatNoBoundIsKnownFor() {
        RandomGenerator random = new Seed(1).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 5, 2, random)), InputDomain.sparse(8, 3));
        SuperposedNetwork good = TestNetworks.clipped(instance, 30, 3, 3, 2, random);
        assertTrue(bounded.accepts(new BuiltNetwork(instance, good)).isAccepted());
        assertFalse(bounded.accepts(new BuiltNetwork(instance.withMaxActive(1), good))
                .isAccepted());
        assertFalse(bounded.accepts(new BuiltNetwork(instance, TestNetworks.rounding(good)))
                .isAccepted());
        ProblemInstance parity = TestNetworks.instance(
                List.of(Gates.of(
                        8,
                        GateFunction.PARITY,
                        instance.gates().offsets(),
                        instance.gates().reads())),
                instance.domain());
        assertTrue(bounded.accepts(new BuiltNetwork(parity, good)).isAccepted());
        assertInstanceOf(
                Verdict.Refuted.class, bounded.verify(new BuiltNetwork(parity, good), VerificationBudget.unlimited()));
        BuiltNetwork copies = TestNetworks.clippedPermutation(InputDomain.sparse(8, 3), 60, 3, 2, random);
        assertFalse(bounded.accepts(copies).isAccepted());
    }

    @Test
    void noTimeMeansUndecidedAndACountOfWhatIsProved() {
        RandomGenerator random = new Seed(2).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(20, 10, 3, random)), InputDomain.sparse(20, 3));
        Verdict verdict = bounded.verify(
                new BuiltNetwork(instance, TestNetworks.clipped(instance, 60, 3, 3, 2, random)),
                VerificationBudget.unlimited().withMaxSeconds(1e-9));
        assertInstanceOf(Verdict.Undecided.class, verdict);
        assertEquals(BigInteger.ONE, verdict.inputsCovered());
    }

    @Property(tries = 40)
    void theVerdictDependsNeitherOnThreadsNorOnTheKernel(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int v = 3 + random.nextInt(2);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(24, 16, 2 + random.nextInt(v - 1), random)),
                InputDomain.sparse(24, v));
        SuperposedNetwork network =
                TestNetworks.saturated(TestNetworks.clipped(instance, 40 + random.nextInt(80), 3, 3, 3, random));
        Verdict expected = bounded.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        assertEquals(
                expected,
                bounded.verify(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited().withThreads(3)));
        assertEquals(
                expected,
                new BranchAndBoundVerifier(Kernels.named("scalar"))
                        .verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
        assertGenuine(instance, network, expected);
    }

    @Test
    void theEmptyInputIsLookedAt() {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(4, 2, new int[] {0, 1})), InputDomain.sparse(4, 3));
        SuperposedNetwork network = TestNetworks.clipped(instance, 20, 2, 2, 2, new Seed(3).generator());
        float[] bias = network.layers().get(1).bias();
        for (int t = 0; t < 2; t++) {
            bias[network.decoder().codes().neuron(0, t)] = 1;
        }
        SuperposedNetwork broken = TestNetworks.withLayers(
                network,
                network.layers().get(0),
                new Layer(network.layers().get(1).weights(), bias));
        Verdict verdict = bounded.verify(new BuiltNetwork(instance, broken), VerificationBudget.unlimited());
        assertFalse(verdict instanceof Verdict.Verified, verdict.toString());
        if (verdict instanceof Verdict.Refuted refuted) {
            assertEquals(FeatureSet.EMPTY, refuted.counterexample().input());
        }
    }

    @Test
    void partsAreSearchedOnlyWhereEveryInputHasThemAndEveryGateFits() {
        RandomGenerator random = new Seed(3).generator();
        int[] groups = IntStream.range(0, 9).map(j -> j % 5).toArray();
        assertTrue(partsApply(InputDomain.sparse(9, 3), 2, random));
        assertTrue(partsApply(InputDomain.sparse(9, 3), 1, random));
        assertTrue(partsApply(InputDomain.sparse(9, 3), 4, random)); // never on
        assertFalse(partsApply(InputDomain.sparse(9, 3), 3, random));
        assertFalse(partsApply(InputDomain.sparse(9, 2), 1, random));
        assertFalse(partsApply(InputDomain.grouped(groups, 3), 2, random));
    }

    private static boolean partsApply(InputDomain domain, int fanIn, RandomGenerator random) {
        ProblemInstance instance =
                TestNetworks.instance(List.of(TestNetworks.randomConjunctions(9, 4, fanIn, random)), domain);
        ExactModel model = new ExactModel(TestNetworks.clipped(instance, 30, 3, 3, 2, random), Kernels.best(), 1 << 20);
        SecondLayerFilter quiet =
                SecondLayerFilter.of(model, domain.maxActive(), 1 << 22).orElseThrow();
        return new BoundedSearch(
                        instance, VerificationBudget.unlimited(), Deadline.in(Double.POSITIVE_INFINITY), Coverage.NONE)
                .partsApply(quiet);
    }

    /** The instance with a gate that reads more features than may be active, so that it is never on. */
    private static ProblemInstance without(ProblemInstance instance, int gate) {
        Gates gates = instance.gates();
        List<int[]> reads = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            reads.add(i == gate ? IntStream.rangeClosed(0, instance.maxActive()).toArray() : gates.reads(i));
        }
        Gates fewer = Gates.of(gates.inputs(), GateFunction.AND, reads);
        return TestNetworks.instance(List.of(fewer), instance.domain());
    }

    @net.jqwik.api.Tag("slow")
    @Property(tries = 60)
    void outputsOfAGateThatIsNotThereAreFoundHoweverFewInputsTheyAreOn(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 4) int v) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 7 + random.nextInt(5);
        int fanIn = 2 + random.nextInt(v - 1);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(m, 4, fanIn, random)), InputDomain.sparse(m, v));
        SuperposedNetwork network = TestNetworks.clipped(instance, 150, 3, 4, 2, random);
        if (random.nextBoolean()) {
            network = TestNetworks.saturated(network);
        }
        for (int gate = 0; gate < 4; gate++) {
            ProblemInstance fewer = without(instance, gate);
            boolean right = exhaustive.verify(new BuiltNetwork(fewer, network), VerificationBudget.unlimited())
                    instanceof Verdict.Verified;
            for (boolean parts : new boolean[] {false, true}) {
                ExactModel model = new ExactModel(network, Kernels.best(), 1 << 20);
                Optional<SecondLayerFilter> quiet = SecondLayerFilter.of(model, v, 1 << 22);
                BoundedSearch search = new BoundedSearch(
                        fewer, VerificationBudget.unlimited(), Deadline.in(Double.POSITIVE_INFINITY), Coverage.NONE);
                if (parts && !search.partsApply(quiet.orElseThrow())) {
                    continue;
                }
                BoundedSearch.Outcome outcome =
                        search.run(() -> new ExactChecker(fewer, model, quiet, Optional.empty()), parts);
                assertEquals(right, outcome.complete());
                assertEquals(outcome.complete(), outcome.wrong() == null);
            }
        }
    }

    @Test
    void aDeadlineInTheMiddleIsNotTakenForTheEnd() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 4, 2, random)), InputDomain.sparse(8, 4));
        SuperposedNetwork network = TestNetworks.clipped(instance, 400, 4, 5, 3, random);
        assertInstanceOf(
                Verdict.Verified.class,
                exhaustive.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
        ExactModel model = new ExactModel(network, Kernels.best(), 1 << 20);
        Optional<SecondLayerFilter> quiet = SecondLayerFilter.of(model, 4, 1 << 22);
        Supplier<ExactChecker> checkers = () -> new ExactChecker(instance, model, quiet, Optional.empty());
        for (boolean parts : new boolean[] {false, true}) {
            boolean ended = false;
            for (int looks = 1; !ended; looks++) {
                // Time passes only when the clock is read.
                AtomicLong now = new AtomicLong();
                Deadline deadline = new Deadline(looks * 1e-9, now::getAndIncrement);
                BoundedSearch search =
                        new BoundedSearch(instance, VerificationBudget.unlimited(), deadline, Coverage.NONE);
                BoundedSearch.Outcome outcome = search.run(checkers, parts);
                ended = now.get() <= looks + 1;
                assertNull(outcome.wrong());
                assertEquals(ended, outcome.complete());
                assertEquals(ended, outcome.covered().equals(instance.domain().size()));
                BoundedSearch rest = new BoundedSearch(
                        instance,
                        VerificationBudget.unlimited(),
                        Deadline.in(Double.POSITIVE_INFINITY),
                        outcome.coverage());
                assertTrue(rest.run(checkers, parts).complete());
            }
        }
    }

    /** The search by prefixes or by parts; empty where it does not apply. */
    private static Optional<BoundedSearch.Outcome> search(
            ProblemInstance instance, SuperposedNetwork network, boolean parts, Deadline deadline, Coverage before) {
        ExactModel model = new ExactModel(network, Kernels.best(), 1 << 20);
        Optional<SecondLayerFilter> quiet = SecondLayerFilter.of(model, instance.maxActive(), 1 << 22);
        BoundedSearch search = new BoundedSearch(instance, VerificationBudget.unlimited(), deadline, before);
        return !parts || search.partsApply(quiet.orElseThrow())
                ? Optional.of(search.run(() -> new ExactChecker(instance, model, quiet, Optional.empty()), parts))
                : Optional.empty();
    }

    /** Both ways to search, where they apply. */
    private static List<BoundedSearch.Outcome> searches(ProblemInstance instance, SuperposedNetwork network) {
        return Stream.of(false, true)
                .flatMap(parts -> search(instance, network, parts, never(), Coverage.NONE).stream())
                .toList();
    }

    private static Deadline never() {
        return Deadline.in(Double.POSITIVE_INFINITY);
    }

    /**
     * A row that features 0, 1 and 2 fire together: feature 0 adds one, the others four each; gates read other
     * features.
     */
    @Test
    void findsAnInputWhoseFirstFeaturesAreWeak() {
        Codes codes = Codes.ofWeight(24, 4, IntStream.range(0, 24).toArray());
        for (int fanIn = 2; fanIn <= 3; fanIn++) {
            ProblemInstance instance = TestNetworks.instance(
                    List.of(Gates.conjunctions(
                            6, fanIn, IntStream.range(3, 3 + fanIn).toArray())),
                    InputDomain.sparse(6, 3));
            // Two rows: the stray one, and one that the inputs of the gate fire.
            long gate = ((1L << 4 * fanIn) - 1) << 12;
            Layer first = new Layer(
                    BitMatrix.ofBits(2, 24, new long[] {0b1111_1111_0001, gate}), new float[] {-8, 1 - 4 * fanIn});
            SuperposedNetwork network = TestNetworks.network(
                    codes,
                    List.of(first, Layer.withBias(BitMatrix.ofBits(1, 2, new long[] {0b11}), 0)),
                    Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 1),
                    instance.domain());
            assertEquals(
                    FeatureSet.of(0, 1, 2),
                    TestNetworks.Naive.verify(new BuiltNetwork(instance, network))
                            .wrong());
            List<BoundedSearch.Outcome> outcomes = searches(instance, network);
            assertEquals(fanIn == 2 ? 2 : 1, outcomes.size());
            for (BoundedSearch.Outcome outcome : outcomes) {
                assertEquals(FeatureSet.of(0, 1, 2), outcome.wrong());
            }
            assertAgree(instance, network, 1);
        }
    }

    @Test
    void aNetworkThatIsAlwaysSilentIsRefutedByItsGates() {
        RandomGenerator random = new Seed(4).generator();
        for (int v = 2; v <= 4; v++) {
            for (int fanIn = 1; fanIn <= v; fanIn++) {
                int[] reads = IntStream.range(9 - fanIn, 9).toArray();
                ProblemInstance instance =
                        TestNetworks.instance(List.of(Gates.conjunctions(9, fanIn, reads)), InputDomain.sparse(9, v));
                SuperposedNetwork network = TestNetworks.clipped(instance, 20, 3, 3, 2, random);
                SuperposedNetwork silent = TestNetworks.withLayers(
                        network,
                        new Layer(
                                BitMatrix.ofBits(20, 20, new long[20]),
                                network.layers().get(0).bias()),
                        network.layers().get(1));
                for (BoundedSearch.Outcome outcome : searches(instance, silent)) {
                    assertTrue(outcome.wrong() != null, "v " + v + ", fan-in " + fanIn);
                    assertFalse(instance.evaluate(outcome.wrong()).isEmpty());
                }
            }
        }
    }

    @org.junit.jupiter.api.Tag("slow")
    @Test
    void whatADeadlineLeftOutIsNotTakenForProved() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance whole = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 4, 2, random)), InputDomain.sparse(8, 4));
        SuperposedNetwork network = TestNetworks.clipped(whole, 200, 4, 5, 3, random);
        int cut = 0;
        for (int run = 0; run < 2 * 4 * 60; run++) {
            ProblemInstance instance = without(whole, run % 4); // the network is wrong on few inputs
            boolean parts = run % 8 < 4;
            // Time passes only when the clock is read.
            AtomicLong now = new AtomicLong();
            Deadline deadline = new Deadline((1 + run / 8) * 1e-9, now::getAndIncrement);
            BoundedSearch.Outcome outcome =
                    search(instance, network, parts, deadline, Coverage.NONE).orElseThrow();
            assertFalse(outcome.complete());
            if (outcome.wrong() == null) {
                cut++;
                assertFalse(search(instance, network, parts, never(), outcome.coverage())
                        .orElseThrow()
                        .complete());
            }
        }
        assertTrue(cut > 20, "deadlines in the middle: " + cut);
    }

    private static final ProblemInstance ONE_GATE =
            TestNetworks.instance(List.of(Gates.conjunctions(6, 2, new int[] {0, 1})), InputDomain.sparse(6, 3));

    private static SuperposedNetwork oneGateNetwork() {
        return TestNetworks.clipped(ONE_GATE, 20, 2, 2, 2, new Seed(3).generator());
    }

    @Test
    void anOutputThatIsOnForTheEmptyInputBehindASilentLayerIsFound() {
        SuperposedNetwork network = oneGateNetwork();
        SuperposedNetwork negated = TestNetworks.withLayers(
                network,
                network.layers().get(0),
                network.layers().get(1),
                Layer.withBias(DiagonalMatrix.ofValue(20, -1), 1));
        Verdict.Refuted refuted = assertInstanceOf(
                Verdict.Refuted.class,
                bounded.verify(new BuiltNetwork(ONE_GATE, negated), VerificationBudget.unlimited()));
        assertEquals(FeatureSet.EMPTY, refuted.counterexample().input());
    }

    @Test
    void sumsThatFloat32MayNotHoldAreUndecided() {
        SuperposedNetwork network = oneGateNetwork();
        SuperposedNetwork large = TestNetworks.withLayers(
                network,
                network.layers().get(0),
                Layer.withBias(network.layers().get(1).weights(), -(1 << 24)));
        Verdict.Undecided undecided = assertInstanceOf(
                Verdict.Undecided.class,
                bounded.verify(new BuiltNetwork(ONE_GATE, large), VerificationBudget.unlimited()));
        assertTrue(undecided.reason().endsWith("which float32 does not hold exactly"), undecided.reason());
    }
}
