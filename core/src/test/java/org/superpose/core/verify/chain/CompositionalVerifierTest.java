package org.superpose.core.verify.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.MintermNetworks;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.arithmetic.BlockJudge;
import org.superpose.core.verify.arithmetic.Judgement;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;

class CompositionalVerifierTest {
    private final CompositionalVerifier compositional = new CompositionalVerifier();
    private final ExhaustiveVerifier exhaustive = new ExhaustiveVerifier();

    private Verdict assertSound(ProblemInstance instance, SuperposedNetwork network) {
        Verdict expected = exhaustive.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        Verdict got = compositional.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        assertEquals(expected.domainSize(), got.domainSize());
        if (got instanceof Verdict.Verified) {
            assertInstanceOf(Verdict.Verified.class, expected);
            assertEquals(expected.domainSize(), got.inputsCovered());
        }
        if (got instanceof Verdict.Refuted refuted) {
            assertInstanceOf(Verdict.Refuted.class, expected);
            assertTrue(refuted.counterexample().isConfirmedBy(new BuiltNetwork(instance, network)));
        }
        return got;
    }

    private static ProblemInstance chain(int m, int v, RandomGenerator random) {
        int middle = 3 + random.nextInt(4);
        return TestNetworks.instance(
                List.of(
                        TestNetworks.randomConjunctions(m, middle, 1 + random.nextInt(2), random),
                        TestNetworks.randomConjunctions(middle, 2 + random.nextInt(4), 1 + random.nextInt(2), random)),
                TestNetworks.randomDomain(m, v, random));
    }

    @Tag("slow")
    @Property(tries = 1000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void agreesWithExhaustiveOnClippedChainsGoodAndBroken(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int v, @ForAll boolean broken) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = chain(5 + random.nextInt(4), v, random);
        SuperposedNetwork network = TestNetworks.clippedChain(instance, 20 + random.nextInt(180), 3, 3, random);
        if (broken) {
            network = TestNetworks.withFlippedBit(network, random);
        }
        Verdict verdict = assertSound(instance, network);
        Statistics.collect(verdict.status());
        Statistics.coverage(seen -> {
            seen.check("VERIFIED").percentage(share -> share > 3);
            seen.check("REFUTED").percentage(share -> share > 1);
        });
    }

    private static ProblemInstance chainOfThree(int m, int v, RandomGenerator random) {
        return TestNetworks.instance(
                List.of(
                        TestNetworks.randomConjunctions(m, 5, 1 + random.nextInt(2), random),
                        TestNetworks.randomConjunctions(5, 4, 1 + random.nextInt(2), random),
                        TestNetworks.randomConjunctions(4, 3, 1 + random.nextInt(2), random)),
                TestNetworks.randomDomain(m, v, random));
    }

    @net.jqwik.api.Tag("slow")
    @Property(tries = 300)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void agreesWithExhaustiveOnChainsOfThreeBlocksWhetherFloatRoundsOnThemOrNot(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int v,
            @ForAll boolean broken,
            @ForAll boolean rounding) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = chainOfThree(5 + random.nextInt(3), v, random);
        SuperposedNetwork network = TestNetworks.clippedChain(instance, 30 + random.nextInt(60), 3, 3, random);
        if (broken) {
            network = TestNetworks.withFlippedBit(network, random);
        }
        if (rounding) {
            network = TestNetworks.roundingChain(network);
        }
        Verdict verdict = assertSound(instance, network);
        Statistics.collect(verdict.status(), rounding);
        Statistics.coverage(seen -> {
            seen.check("VERIFIED", true).percentage(share -> share > 0.5);
            seen.check("VERIFIED", false).percentage(share -> share > 0.5);
        });
    }

    @Property(tries = 1500)
    void agreesWithExhaustiveOnInterpolatingChainsOfAnyMatrixKind(
            @ForAll long seed, @ForAll @IntRange(max = 2) int flips, @ForAll boolean rounded) {
        BuiltNetwork pair = TestNetworks.interpolating(flips, rounded, new Seed(seed).generator());
        if (compositional.accepts(pair).isAccepted()) {
            assertSound(pair.instance(), pair.network());
        }
    }

    @Property(tries = 200)
    void theStatesOfALayerAreExactlyThoseThatItsInputsProduce(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int v) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 5 + random.nextInt(5);
        Gates gates = TestNetworks.randomConjunctions(m, 1 + random.nextInt(8), 1 + random.nextInt(3), random);
        InputDomain domain = TestNetworks.randomDomain(m, v, random);
        Set<FeatureSet> expected = new HashSet<>();
        domain.forEach(input -> expected.add(gates.evaluate(input)));
        Set<FeatureSet> got = new HashSet<>();
        for (FeatureSet input : StateInputs.of(gates, domain, Integer.MAX_VALUE).orElseThrow()) {
            assertTrue(domain.contains(input));
            assertTrue(got.add(gates.evaluate(input)), "a state is listed twice");
        }
        assertEquals(expected, got);
        assertTrue(StateInputs.of(gates, domain, got.size()).isPresent());
        if (got.size() > 1) {
            assertTrue(StateInputs.of(gates, domain, got.size() - 1).isEmpty());
        }
    }

    @org.junit.jupiter.api.Tag("slow")
    @Test
    void provesAWorkableChainInMuchLessThanEnumeration() {
        RandomGenerator random = new Seed(11).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(
                        TestNetworks.randomConjunctions(60, 40, 2, random),
                        TestNetworks.randomConjunctions(40, 30, 2, random)),
                InputDomain.sparse(60, 4));
        SuperposedNetwork network = TestNetworks.clippedChain(instance, 900, 6, 7, random);
        Verdict verdict = compositional.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        assertInstanceOf(Verdict.Verified.class, verdict, verdict.toString());
        assertEquals(instance.domain().size(), verdict.inputsCovered());
    }

    /** One feature is copied twice, by blocks that multiply it: the state before the saturation may be any number. */
    private static SuperposedNetwork copies(float first, float bias) {
        return TestNetworks.network(
                Codes.identity(1),
                List.of(
                        new Layer(new DenseMatrix(1, 1, new float[] {first}), new float[] {bias}),
                        Layer.withBias(DiagonalMatrix.ofValue(1, -1), 1),
                        Layer.withBias(new DenseMatrix(1, 1, new float[] {-1}), 1)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 0.5f),
                InputDomain.sparse(1, 1));
    }

    @Test
    void aStateThatIsNeitherOnNorOffIsNotClean() {
        Gates copy = Gates.conjunctions(1, 1, new int[] {0});
        ProblemInstance instance = TestNetworks.instance(List.of(copy, copy), InputDomain.sparse(1, 1));
        assertInstanceOf(
                Verdict.Verified.class,
                compositional.verify(new BuiltNetwork(instance, copies(1.5f, -0.1f)), VerificationBudget.unlimited()));
        Verdict half =
                compositional.verify(new BuiltNetwork(instance, copies(0.7f, 0)), VerificationBudget.unlimited());
        Verdict.Undecided undecided = assertInstanceOf(Verdict.Undecided.class, half);
        assertEquals("no state between the layers is clean", undecided.reason());
        assertInstanceOf(
                Verdict.Verified.class,
                exhaustive.verify(new BuiltNetwork(instance, copies(0.7f, 0)), VerificationBudget.unlimited()));
    }

    @Test
    void refusesWhatHasNoCleanStates() {
        RandomGenerator random = new Seed(3).generator();
        ProblemInstance single = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 5, 2, random)), InputDomain.sparse(8, 2));
        SuperposedNetwork clipped = TestNetworks.clipped(single, 30, 3, 3, 2, random);
        assertFalse(compositional.accepts(new BuiltNetwork(single, clipped)).isAccepted());
        List<Gates> gates = new ArrayList<>(single.layers());
        gates.add(Gates.conjunctions(5, 1, IntStream.range(0, 5).toArray()));
        ProblemInstance layered = TestNetworks.instance(gates, single.domain());
        assertEquals(
                "no saturation ReLU(1 - y) stands between its matrices, so no state is known to be clean",
                compositional
                        .accepts(new BuiltNetwork(layered, clipped))
                        .reason()
                        .orElseThrow());
        assertTrue(compositional
                .accepts(new BuiltNetwork(layered, TestNetworks.saturated(clipped)))
                .isAccepted());
    }

    @Test
    void aSaturationInsideABlockIsNoObstacle() {
        // Its state is that of the channels: whether clean or not, the verdict must be that of the enumeration.
        RandomGenerator random = new Seed(4).generator();
        for (int round = 0; round < 40; round++) {
            ProblemInstance single = TestNetworks.instance(
                    List.of(TestNetworks.randomConjunctions(8, 6, 2, random)), InputDomain.sparse(8, 3));
            List<Gates> gates = new ArrayList<>(single.layers());
            gates.add(Gates.conjunctions(6, 1, IntStream.range(0, 6).toArray()));
            ProblemInstance layered = TestNetworks.instance(gates, single.domain());
            assertSound(
                    layered,
                    TestNetworks.saturated(TestNetworks.clipped(single, 30 + random.nextInt(60), 3, 3, 2, random)));
        }
    }

    @Test
    void noTimeMeansUndecided() {
        RandomGenerator random = new Seed(6).generator();
        ProblemInstance instance = chain(8, 3, random);
        SuperposedNetwork network = TestNetworks.clippedChain(instance, 80, 3, 3, random);
        Verdict verdict = compositional.verify(
                new BuiltNetwork(instance, network),
                VerificationBudget.unlimited().withMaxSeconds(1e-9));
        assertNotEquals("VERIFIED", verdict.status());
        assertEquals(
                0,
                verdict instanceof Verdict.Undecided ? verdict.inputsCovered().signum() : 0);
    }

    private static Layer dense(int rows, float[] weights, float... bias) {
        return new Layer(new DenseMatrix(rows, weights.length / rows, weights), bias);
    }

    private static Layer saturation(int neurons) {
        return Layer.withBias(DiagonalMatrix.ofValue(neurons, -1), 1);
    }

    /** The layer that undoes a saturation: 1 - t. */
    private static Layer inversion(int neurons) {
        float[] weights = new float[neurons * neurons];
        for (int f = 0; f < neurons; f++) {
            weights[f * neurons + f] = -1;
        }
        return Layer.withBias(new DenseMatrix(neurons, neurons, weights), 1);
    }

    private static Decoder decoder(int outputs, float threshold) {
        return Decoder.withThreshold(Codes.identity(outputs), Decoder.Kind.EVERY_ROW, threshold);
    }

    private static SuperposedNetwork network(int inputs, int outputs, Layer... layers) {
        return TestNetworks.network(
                Codes.identity(inputs), List.of(layers), decoder(outputs, 1), InputDomain.sparse(inputs, 1));
    }

    /** Layers of gates that pass on the first features. */
    private static ProblemInstance copying(int layers, int inputs, int outputs, int v) {
        int[] reads = IntStream.range(0, outputs).toArray();
        List<Gates> gates = new ArrayList<>(List.of(Gates.conjunctions(inputs, 1, reads)));
        while (gates.size() < layers) {
            gates.add(Gates.conjunctions(outputs, 1, reads));
        }
        return TestNetworks.instance(gates, InputDomain.sparse(inputs, v));
    }

    private Verdict verdict(ProblemInstance instance, SuperposedNetwork network) {
        return compositional.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
    }

    private void assertRefutes(ProblemInstance instance, SuperposedNetwork network, FeatureSet input) {
        Verdict.Refuted refuted = assertInstanceOf(Verdict.Refuted.class, verdict(instance, network));
        assertEquals(input, refuted.counterexample().input());
        assertTrue(refuted.counterexample().isConfirmedBy(new BuiltNetwork(instance, network)));
    }

    private void assertUndecided(String reason, ProblemInstance instance, SuperposedNetwork network) {
        Verdict.Undecided undecided = assertInstanceOf(Verdict.Undecided.class, verdict(instance, network));
        assertEquals(reason, undecided.reason());
    }

    @Test
    void aDiagonalLayerThatIsNoSaturationSeparatesNothing() {
        // Features 0 and 1 together make neuron 0 two, which turns the output off; on
        // unions of gate inputs the network is right.
        ProblemInstance instance = copying(2, 2, 1, 2);
        Layer first = dense(2, new float[] {2, 1, 1, 0}, -1, 0);
        Layer last = dense(1, new float[] {-2, 3}, 0);
        SuperposedNetwork network = network(2, 1, first, Layer.withBias(DiagonalMatrix.ofValue(2, 1), 0), last);
        assertInstanceOf(
                Verdict.Refuted.class,
                exhaustive.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
        assertFalse(compositional.accepts(new BuiltNetwork(instance, network)).isAccepted());
        assertThrows(IllegalArgumentException.class, () -> verdict(instance, network));
        DiagonalMatrix negation = DiagonalMatrix.ofValue(2, -1);
        for (float[] bias : new float[][] {{1, 2}, {2, 1}, {0.5f, 1}}) {
            assertFalse(compositional
                    .accepts(new BuiltNetwork(instance, network(2, 1, first, new Layer(negation, bias), last)))
                    .isAccepted());
        }
        assertFalse(compositional
                .accepts(new BuiltNetwork(
                        instance,
                        network(2, 1, first, Layer.withBias(new DiagonalMatrix(new float[] {-1, -2}), 1), last)))
                .isAccepted());
        assertTrue(compositional
                .accepts(new BuiltNetwork(instance, network(2, 1, first, saturation(2), last)))
                .isAccepted());
    }

    @Test
    void onlyASaturationBetweenMatricesSeparatesBlocks() {
        ProblemInstance instance = copying(2, 1, 1, 1);
        assertFalse(compositional
                .accepts(new BuiltNetwork(
                        instance, network(1, 1, dense(1, new float[] {1}, 0), saturation(1), saturation(1))))
                .isAccepted());
        assertFalse(compositional
                .accepts(new BuiltNetwork(instance, network(1, 1, saturation(1), inversion(1))))
                .isAccepted());
    }

    @Test
    void ofTwoSaturationsInARowTheStateBeforeTheFirstIsTheCleanOne() {
        Layer copy = dense(2, new float[] {1, 0, 0, 1}, 0, 0);
        assertInstanceOf(
                Verdict.Verified.class,
                verdict(copying(2, 2, 2, 2), network(2, 2, copy, saturation(2), saturation(2), copy)));
    }

    @Test
    void aPlaceThatIsNotCleanEverywhereIsPassedOverIfTheOthersAreEnough() {
        // Feature 1, which no gate reads, turns on a neuron that no later layer reads; neuron 2 is in no code.
        SuperposedNetwork network = network(
                3,
                1,
                dense(3, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 0}, 0, 0, 0),
                saturation(3),
                dense(2, new float[] {-1, 0, 0, 0, 0, 0}, 1, 0),
                saturation(2),
                dense(1, new float[] {-1, 0}, 1));
        assertInstanceOf(Verdict.Verified.class, verdict(copying(3, 3, 1, 2), network));
        assertUndecided(
                "on input {0, 1} the state before layer 1 is not the union of the codes of the features that are on",
                copying(2, 3, 1, 2),
                network(3, 1, network.layers().get(0), network.layers().get(1), dense(1, new float[] {-1, 0, 0}, 1)));
    }

    @Test
    void aFeatureThatIsNeverOnNeedsNoCodeButOneThatIsOnlyOnWithOthersDoes() {
        Layer pair = dense(2, new float[] {1, 1, 1, 0, 1, 0}, -1, 0);
        Layer never = dense(2, new float[] {1, 1, 1, 0, 1, 0}, -2, 0);
        int[] copies = {0, 1};
        SuperposedNetwork network = network(3, 2, never, saturation(2), inversion(2));
        for (int v = 2; v <= 3; v++) {
            ProblemInstance instance = TestNetworks.instance(
                    List.of(
                            Gates.of(3, GateFunction.AND, new int[] {0, 3, 4}, new int[] {0, 1, 2, 1}),
                            Gates.conjunctions(2, 1, copies)),
                    InputDomain.sparse(3, v));
            Verdict verdict = assertSound(instance, network);
            if (v == 2) {
                assertInstanceOf(Verdict.Verified.class, verdict);
            } else {
                assertEquals(
                        "no state between the layers is clean",
                        assertInstanceOf(Verdict.Undecided.class, verdict).reason());
            }
        }
        ProblemInstance together = TestNetworks.instance(
                List.of(
                        Gates.of(3, GateFunction.AND, new int[] {0, 2, 3}, new int[] {0, 1, 1}),
                        Gates.conjunctions(2, 1, copies)),
                InputDomain.sparse(3, 2));
        assertUndecided(
                "no state between the layers is clean", together, network(3, 2, pair, saturation(2), inversion(2)));
    }

    @Test
    void aNeuronThatIsHalfOnIsFoundWhereNoGateReadsTheInput() {
        // Feature 1 makes the neuron a half, which is neither 0 nor 1, and the output wrong.
        SuperposedNetwork network =
                network(2, 1, dense(1, new float[] {1, 0.5f}, 0), saturation(1), dense(1, new float[] {-2}, 2));
        assertRefutes(copying(2, 2, 1, 2), network, FeatureSet.of(1));
    }

    @Test
    void aWrongStateThatNoTriedInputShowsIsRefutedByTheBlockBehind() {
        // 1 + 46 + 1035 states; at first every second one is run through the network, and {0, 1} is not among them.
        int m = 46;
        ProblemInstance two = copying(2, m, m, 2);
        float[] copy = new float[m * m];
        float[] wrong = new float[m * m];
        for (int f = 0; f < m; f++) {
            copy[f * m + f] = 1;
            wrong[f * m + f] = -2;
        }
        wrong[2 * m] = -1; // neuron 2 also for 0 and 1 together
        wrong[2 * m + 1] = -1;
        float[] bias = new float[m];
        Arrays.fill(bias, 2);
        bias[2] = 3;
        Layer first = dense(m, copy, new float[m]);
        assertRefutes(two, network(m, m, first, saturation(m), dense(m, wrong, bias)), FeatureSet.of(0, 1));
        assertRefutes(
                copying(3, m, m, 2),
                network(m, m, first, saturation(m), dense(m, wrong, bias), saturation(m), inversion(m)),
                FeatureSet.of(0, 1));
        // Where float32 rounds: neuron 2 holds a quarter for 0 and 1 together, which is
        // neither on nor off, and turns output 2 on.
        float[] last = new float[m * m];
        for (int f = 0; f < m; f++) {
            copy[f * m + f] = 2;
            last[f * m + f] = -8;
        }
        Arrays.fill(bias, 1.5f);
        wrong[2 * m] = -0.75f;
        wrong[2 * m + 1] = -0.75f;
        wrong[2 * m + 2] = -2.5f;
        bias[2] = 2.75f;
        float[] lastBias = new float[m];
        Arrays.fill(lastBias, 7.5f);
        assertRefutes(
                copying(3, m, m, 2),
                network(
                        m,
                        m,
                        dense(m, copy, new float[m]),
                        saturation(m),
                        dense(m, wrong, bias),
                        saturation(m),
                        dense(m, last, lastBias)),
                FeatureSet.of(0, 1));
    }

    @Test
    void aBlockBehindACutThatCannotBeDecidedIsUndecided() {
        ProblemInstance instance = copying(2, 1, 1, 1);
        Layer first = dense(1, new float[] {1}, 0);
        assertUndecided(
                "sums of the network may overflow float32",
                instance,
                network(1, 1, first, saturation(1), dense(1, new float[] {-3e38f}, 3e38f)));
        float atOne = (float) (3.3 - 1.1f);
        assertUndecided(
                "on input {0} a margin is within the float32 rounding bound",
                instance,
                TestNetworks.network(
                        Codes.identity(1),
                        List.of(first, saturation(1), dense(1, new float[] {-1.1f}, atOne)),
                        decoder(1, atOne),
                        instance.domain()));
    }

    @Test
    void aFirstBlockThatCannotBeDecidedIsUndecided() {
        ProblemInstance instance = copying(2, 1, 1, 1);
        Verdict.Undecided undecided = assertInstanceOf(
                Verdict.Undecided.class,
                verdict(instance, network(1, 1, dense(1, new float[] {3.3f}, 1 - 3.3f), saturation(1), inversion(1))));
        assertTrue(
                undecided.reason().startsWith("the first block: ")
                        && undecided.reason().contains("within the float32 rounding bound"),
                undecided.reason());
    }

    /** Gates of any function, on at rest or not, some of them constant; a lower bound on activity or none. */
    @net.jqwik.api.Tag("slow")
    @Property(tries = 1500)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void agreesWithExhaustiveOnChainsOfAnyGates(@ForAll long seed, @ForAll @IntRange(max = 1) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 4 + random.nextInt(4);
        Gates first = random.nextBoolean()
                ? MintermNetworks.randomGates(m, 2 + random.nextInt(4), 3, random)
                : TestNetworks.randomConjunctions(m, 2 + random.nextInt(4), 1 + random.nextInt(2), random);
        ProblemInstance instance = TestNetworks.instance(
                List.of(first, MintermNetworks.randomGates(first.outputs(), 1 + random.nextInt(4), 3, random)),
                MintermNetworks.randomDomain(m, 1 + random.nextInt(3), random));
        Verdict verdict = assertSound(instance, MintermNetworks.chain(instance, flips, random));
        Statistics.collect(verdict.status(), flips);
        Statistics.coverage(seen -> {
            seen.check("VERIFIED", 0).percentage(share -> share > 1);
            seen.check("REFUTED", 1).percentage(share -> share > 2);
            seen.check("REFUTED", 0).count(count -> count == 0);
        });
    }

    @Property(tries = 500)
    void everyStateOfAnyGatesHasAnInput(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 4 + random.nextInt(4);
        Gates gates = random.nextBoolean()
                ? MintermNetworks.randomGates(m, 1 + random.nextInt(6), 3, random)
                : TestNetworks.randomConjunctions(m, 1 + random.nextInt(6), 2, random);
        InputDomain domain = MintermNetworks.randomDomain(m, 1 + random.nextInt(3), random);
        Set<FeatureSet> states = new HashSet<>();
        domain.forEach(input -> states.add(gates.evaluate(input)));
        List<FeatureSet> inputs =
                StateInputs.of(gates, domain, Integer.MAX_VALUE).orElseThrow();
        assertTrue(inputs.stream().allMatch(domain::contains));
        Set<FeatureSet> listed = new HashSet<>();
        inputs.forEach(input -> listed.add(gates.evaluate(input)));
        assertEquals(states, listed);
        assertTrue(inputs.size() == states.size() || gates.areAll(GateFunction.AND), "a state is listed twice");
    }

    @Test
    void statesThatTakeALookAtTooManyInputsAreLeftToOthers() {
        for (boolean lower : new boolean[] {false, true}) {
            Gates copies = Gates.conjunctions(200, 1, IntStream.range(0, 200).toArray());
            Gates first = lower ? copies : Gates.of(200, GateFunction.allOf(false), copies.offsets(), copies.reads());
            InputDomain domain = InputDomain.sparse(200, 3).withMinActive(lower ? 1 : 0);
            Layer identity = Layer.withBias(DiagonalMatrix.ofValue(200, 1), 0);
            SuperposedNetwork network = TestNetworks.network(
                    Codes.identity(200), List.of(identity, saturation(200), inversion(200)), decoder(200, 1), domain);
            String reason = compositional
                    .accepts(new BuiltNetwork(TestNetworks.instance(List.of(first, copies), domain), network))
                    .reason()
                    .orElseThrow();
            assertEquals(
                    (lower
                                    ? "the domain has a lower bound on the number of active features"
                                    : "the first layer of gates computes literals(and,-), not and")
                            + ", so that its states are listed input by input, and there are "
                            + (lower ? "1333500" : "1333501") + " inputs, more than 1048576",
                    reason);
        }
    }

    @Test
    void aNeuronInNoCodeIsProvedSilentAlsoWhereAllFeaturesMayBeActive() {
        SuperposedNetwork network = network(
                2, 1, dense(2, new float[] {1, 0, 0, 0}, 0, 0), saturation(2), dense(1, new float[] {-1, 0}, 1));
        assertInstanceOf(Verdict.Verified.class, verdict(copying(2, 2, 1, 2), network));
        assertInstanceOf(Verdict.Verified.class, verdict(copying(2, 2, 1, 1), network));
        SuperposedNetwork leaking = network(
                2, 1, dense(2, new float[] {1, 0, 1, 1}, 0, -1), saturation(2), dense(1, new float[] {-1, 0}, 1));
        assertInstanceOf(Verdict.Verified.class, verdict(copying(2, 2, 1, 1), leaking));
        assertUndecided(
                "on input {0, 1} the state before layer 1 is not the union of the codes of the features that are on",
                copying(2, 2, 1, 2),
                leaking);
    }

    @Test
    void aDeadlineInTheMiddleIsNotTakenForTheEnd() {
        ProblemInstance instance = copying(3, 2, 2, 2);
        Layer copy = dense(2, new float[] {1, 0, 0, 1}, 0, 0);
        SuperposedNetwork network = network(2, 2, copy, saturation(2), inversion(2), saturation(2), inversion(2));
        VerificationBudget budget = VerificationBudget.unlimited().withMaxSeconds(1000);
        int undecided = 0;
        while (true) {
            // Time passes only when the clock is read; the first block takes next to nothing.
            AtomicLong now = new AtomicLong();
            Deadline deadline = new Deadline(1000 * undecided, () -> now.getAndAdd(1_000_000_000_000L));
            Verdict verdict = compositional.verify(new BuiltNetwork(instance, network), budget, deadline);
            if (verdict instanceof Verdict.Verified) {
                break;
            }
            assertEquals(
                    "the budget of 1000.0 s ran out",
                    assertInstanceOf(Verdict.Undecided.class, verdict).reason());
            undecided++;
            assertTrue(undecided < 1000);
        }
        // One look before the first block, and one for each of the four states behind each cut;
        // the last look may be at the very end.
        assertEquals(1 + 4 + 4, undecided);
    }

    @Test
    void theCostIsThatOfTheFirstBlockAndInfiniteForWhatIsNotAccepted() {
        RandomGenerator random = new Seed(9).generator();
        ProblemInstance instance = chain(8, 3, random);
        SuperposedNetwork network = TestNetworks.clippedChain(instance, 80, 3, 3, random);
        double cost = compositional.cost(new BuiltNetwork(instance, network));
        assertTrue(cost > 0 && cost < exhaustive.cost(new BuiltNetwork(instance, network)), "cost " + cost);
        assertTrue(compositional.cost(new BuiltNetwork(instance.withMaxActive(1), network)) < cost);
        ProblemInstance single = copying(1, 8, network.outputs(), 2);
        assertEquals(Double.POSITIVE_INFINITY, compositional.cost(new BuiltNetwork(single, network)));
        assertTrue(
                compositional.cost(new BuiltNetwork(copying(2, 1, 1, 1), copies(1, 0))) > 0,
                "all features may be active");
        assertEquals("compositional", compositional.id());
        assertFalse(compositional.title().isBlank());
    }

    @Test
    void isNotGivenNetworksOfAnotherShapeAndTakesAnyGates() {
        ProblemInstance instance = copying(2, 2, 1, 1);
        assertEquals(
                "a network of 1 inputs and 1 outputs does not fit an instance of 2 inputs and 1 outputs",
                assertThrows(IllegalArgumentException.class, () -> new BuiltNetwork(instance, copies(1, 0)))
                        .getMessage());
        Gates copy = Gates.conjunctions(1, 1, new int[] {0});
        Gates parity = Gates.of(1, GateFunction.PARITY, new int[] {0, 1}, new int[] {0});
        assertTrue(compositional
                .accepts(new BuiltNetwork(
                        TestNetworks.instance(List.of(copy, parity), InputDomain.sparse(1, 1)), copies(1, 0)))
                .isAccepted());
    }

    @Test
    void aBlockThatIsNotSilentIsJudgedOnTheEmptyStateOnly() {
        SuperposedNetwork block = network(2, 2, dense(2, new float[] {1, 0, 0, 1}, 1, 0));
        BlockJudge judge = BlockJudge.of(block, Kernels.best()).orElseThrow();
        FeatureSet first = FeatureSet.of(0);
        assertEquals(Judgement.RIGHT, judge.judge(FeatureSet.EMPTY, first));
        assertEquals(Judgement.WRONG, judge.judge(FeatureSet.EMPTY, FeatureSet.EMPTY));
        assertEquals(Judgement.UNDECIDED, judge.judge(first, first));
        assertEquals(Judgement.UNDECIDED, judge.judge(FeatureSet.of(1), FeatureSet.of(0, 1)));
    }
}
