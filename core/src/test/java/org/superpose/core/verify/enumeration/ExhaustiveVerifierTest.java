package org.superpose.core.verify.enumeration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.arithmetic.ExactModel;

class ExhaustiveVerifierTest {
    private final ExhaustiveVerifier verifier = new ExhaustiveVerifier();

    private static void assertAgreesWithDefinition(
            Verdict verdict, ProblemInstance instance, SuperposedNetwork network) {
        TestNetworks.Naive naive = TestNetworks.Naive.verify(new BuiltNetwork(instance, network));
        assertEquals(instance.domain().size(), verdict.domainSize());
        assertEquals(naive.covered(), verdict.inputsCovered());
        if (naive.wrong() == null) {
            assertInstanceOf(Verdict.Verified.class, verdict);
        } else {
            Verdict.Refuted refuted = assertInstanceOf(Verdict.Refuted.class, verdict);
            assertEquals(naive.wrong(), refuted.counterexample().input());
            assertTrue(refuted.counterexample().isConfirmedBy(new BuiltNetwork(instance, network)));
        }
    }

    @Property(tries = 600)
    void agreesWithTheDefinitionOnNetworksOfAnyKind(@ForAll long seed, @ForAll @IntRange(max = 2) int flips) {
        BuiltNetwork pair = TestNetworks.interpolating(flips, false, new Seed(seed).generator());
        Verdict verdict = verifier.verify(pair, VerificationBudget.unlimited());
        assertAgreesWithDefinition(verdict, pair.instance(), pair.network());
    }

    @Property(tries = 400)
    void agreesWithTheDefinitionOnNetworksThatRound(@ForAll long seed, @ForAll @IntRange(max = 2) int flips) {
        BuiltNetwork pair = TestNetworks.interpolating(flips, true, new Seed(seed).generator());
        Verdict verdict = verifier.verify(pair, VerificationBudget.unlimited());
        if (verdict instanceof Verdict.Undecided) {
            assertNotEquals(0, flips, "margins of an undamaged network are wide");
        } else {
            assertAgreesWithDefinition(verdict, pair.instance(), pair.network());
        }
    }

    @Tag("slow")
    @Property(tries = 300)
    void agreesWithTheDefinitionOnClippedNetworksOfAnyWidth(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 3) int fanIn,
            @ForAll @IntRange(min = 2, max = 4) int v) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 6 + random.nextInt(8);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(m, 4 + random.nextInt(8), fanIn, random)),
                TestNetworks.randomDomain(m, v, random));
        int width = 10 + random.nextInt(60);
        SuperposedNetwork network = TestNetworks.clipped(instance, width, 2, 3, 2, random);
        SuperposedNetwork checked = random.nextBoolean() ? TestNetworks.saturated(network) : network;
        assertAgreesWithDefinition(
                verifier.verify(new BuiltNetwork(instance, checked), VerificationBudget.unlimited()),
                instance,
                checked);
    }

    @Property(tries = 200)
    void agreesWithTheDefinitionOnClippedNetworksThatRound(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int v) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 6 + random.nextInt(8);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(m, 4 + random.nextInt(8), 2, random)),
                TestNetworks.randomDomain(m, v, random));
        SuperposedNetwork network =
                TestNetworks.rounding(TestNetworks.clipped(instance, 10 + random.nextInt(60), 2, 3, 2, random));
        assertAgreesWithDefinition(
                verifier.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()),
                instance,
                network);
    }

    @Property(tries = 100)
    void theFiltersOnlySaveWork(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int v = 2 + random.nextInt(2);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(20, 20, 2, random)), InputDomain.sparse(20, v));
        SuperposedNetwork clipped = TestNetworks.clipped(instance, 40 + random.nextInt(80), 3, 3, 2, random);
        SuperposedNetwork network = random.nextBoolean() ? TestNetworks.saturated(clipped) : clipped;
        ExactModel model = new ExactModel(network, Kernels.best(), 0);
        Optional<SecondLayerFilter> filter = SecondLayerFilter.of(model, v, Long.MAX_VALUE);
        assertTrue(filter.isPresent());
        assertTrue(SecondLayerFilter.of(model, v, 10).isEmpty());
        DomainSweep.Outcome with = sweep(instance, model, filter);
        assertEquals(sweep(instance, model, Optional.empty()), with);
    }

    private static DomainSweep.Outcome sweep(
            ProblemInstance instance, ExactModel model, Optional<SecondLayerFilter> filter) {
        return new DomainSweep(
                        instance.domain(),
                        VerificationBudget.unlimited(),
                        Deadline.in(Double.POSITIVE_INFINITY),
                        Coverage.NONE)
                .run(() -> new ExactChecker(instance, model, filter, Optional.empty()));
    }

    @Property(tries = 200)
    void agreesWithTheDefinitionOnClippedPermutations(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int v) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 5 + random.nextInt(10);
        BuiltNetwork pair = TestNetworks.clippedPermutation(
                TestNetworks.randomDomain(m, v, random), 8 + random.nextInt(50), 3, 2, random);
        assertAgreesWithDefinition(
                verifier.verify(pair, VerificationBudget.unlimited()), pair.instance(), pair.network());
    }

    @Property(tries = 200)
    void aFlippedWeightIsRefutedOrHarmlessButNeverMissed(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 6, 2, random)), InputDomain.sparse(8, 2));
        SuperposedNetwork network =
                TestNetworks.withFlippedBit(TestNetworks.clipped(instance, 50, 3, 3, 2, random), random);
        assertAgreesWithDefinition(
                verifier.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()),
                instance,
                network);
    }

    @Tag("slow")
    @Property(tries = 60)
    void theVerdictDependsNeitherOnThreadsNorOnTheKernel(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(70, 60, 2, random)), InputDomain.sparse(70, 2));
        SuperposedNetwork network = TestNetworks.clipped(instance, 90 + random.nextInt(60), 4, 4, 3, random);
        Verdict expected = verifier.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        assertEquals(
                expected,
                verifier.verify(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited().withThreads(4)));
        assertEquals(
                expected,
                new ExhaustiveVerifier(Kernels.named("scalar"))
                        .verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
    }

    @Tag("slow")
    @Property(tries = 150)
    void aBudgetOfInputsCoversExactlyThatMany(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int limit) {
        RandomGenerator random = new Seed(seed).generator();
        int v = 1 + random.nextInt(3);
        BuiltNetwork pair = TestNetworks.clippedPermutation(TestNetworks.randomDomain(12, v, random), 70, 3, 2, random);
        Verdict verdict = verifier.verify(
                pair, VerificationBudget.unlimited().withMaxInputs(limit).withThreads(1 + random.nextInt(3)));
        TestNetworks.Naive naive = TestNetworks.Naive.verify(pair);
        BigInteger allowed = BigInteger.valueOf(limit);
        assertEquals(naive.covered().min(allowed), verdict.inputsCovered());
        if (naive.covered().compareTo(allowed) > 0) {
            Verdict.Undecided undecided = assertInstanceOf(Verdict.Undecided.class, verdict);
            assertEquals("the budget of " + limit + " inputs ran out", undecided.reason());
        }
    }

    @Test
    void noTimeMeansUndecidedAndACountOfWhatWasSeen() {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(40, 1, new int[] {3})), InputDomain.sparse(40, 3));
        BuiltNetwork pair = TestNetworks.clippedPermutation(instance.domain(), 300, 4, 3, new Seed(1).generator());
        Verdict verdict = verifier.verify(pair, VerificationBudget.unlimited().withMaxSeconds(1e-9));
        Verdict.Undecided undecided = assertInstanceOf(Verdict.Undecided.class, verdict);
        assertEquals(BigInteger.ONE, undecided.inputsCovered());
        assertTrue(undecided.reason().endsWith("s ran out"), undecided.reason());
    }

    /** Output = ReLU(a x_0 + b) >= tau with one feature. */
    private static BuiltNetwork oneNeuron(float weight, float bias, float threshold, Decoder.Kind kind) {
        InputDomain domain = InputDomain.sparse(1, 1);
        ProblemInstance instance = TestNetworks.instance(List.of(Gates.conjunctions(1, 1, new int[] {0})), domain);
        return new BuiltNetwork(
                instance,
                TestNetworks.network(
                        Codes.identity(1),
                        List.of(new Layer(new DenseMatrix(1, 1, new float[] {weight}), new float[] {bias})),
                        Decoder.withThreshold(Codes.identity(1), kind, threshold),
                        domain));
    }

    @Test
    void aMarginWithinTheRoundingBoundIsUndecidedEvenIfThePlainEvaluatorIsRight() {
        for (Decoder.Kind kind : List.of(Decoder.Kind.SUM, Decoder.Kind.EVERY_ROW)) {
            BuiltNetwork tight = oneNeuron(1.1f, -0.1f, 1.1f - 0.1f, kind);
            assertTrue(new PlainEvaluator(tight.network())
                    .evaluate(FeatureSet.of(0))
                    .contains(0));
            Verdict.Undecided undecided =
                    assertInstanceOf(Verdict.Undecided.class, verifier.verify(tight, VerificationBudget.unlimited()));
            assertTrue(undecided.reason().contains("within the float32 rounding bound"), undecided.reason());
            assertEquals(BigInteger.ONE, undecided.inputsCovered());
            BuiltNetwork wide = oneNeuron(1.1f, -0.1f, 0.99f, kind);
            assertInstanceOf(Verdict.Verified.class, verifier.verify(wide, VerificationBudget.unlimited()));
        }
    }

    @Test
    void aMarginWithinTheBoundOnTheWrongSideOfThePlainEvaluatorIsRefuted() {
        float atOne = 1.1f - 0.1f;
        BuiltNetwork pair = oneNeuron(1.1f, -0.1f, Math.nextUp(atOne), Decoder.Kind.SUM);
        Verdict verdict = verifier.verify(pair, VerificationBudget.unlimited());
        assertInstanceOf(Verdict.Refuted.class, verdict);
    }

    @Test
    void aFirstLayerSumThatMayBePositiveInAnotherOrderIsNotTakenForSilent() {
        // 0.1 + 0.2 + 0.3 - 0.6 is zero or a few units above it, depending on the order; the second layer magnifies it.
        InputDomain domain = InputDomain.sparse(1, 1);
        ProblemInstance instance = TestNetworks.instance(List.of(Gates.conjunctions(1, 1, new int[] {0})), domain);
        SuperposedNetwork network = TestNetworks.network(
                Codes.ofWeight(3, 3, new int[] {0, 1, 2}),
                List.of(
                        new Layer(
                                new DenseMatrix(2, 3, new float[] {0.1f, 0.2f, 0.3f, 1, 0, 0}), new float[] {-0.6f, 0}),
                        new Layer(new DenseMatrix(1, 2, new float[] {-3e7f, 1}), new float[] {0})),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 0.5f),
                domain);
        Verdict verdict = verifier.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        assertTrue(!(verdict instanceof Verdict.Verified), verdict.toString());
    }

    @Test
    void sumsThatOverflowFloatAreUndecidedNotProof() {
        float huge = 3e38f;
        InputDomain domain = InputDomain.sparse(2, 2);
        ProblemInstance instance = TestNetworks.instance(List.of(Gates.conjunctions(2, 2, new int[] {0, 1})), domain);
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(2),
                List.of(
                        Layer.withBias(new DenseMatrix(2, 2, new float[] {huge, huge, huge, huge}), 0),
                        Layer.withBias(new DenseMatrix(1, 2, new float[] {1, -1}), 0)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 1),
                domain);
        Verdict.Undecided undecided = assertInstanceOf(
                Verdict.Undecided.class,
                verifier.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
        assertTrue(undecided.reason().contains("overflows float32"), undecided.reason());
    }

    @Test
    void progressEndsAtTheWholeDomain() {
        BuiltNetwork pair =
                TestNetworks.clippedPermutation(InputDomain.sparse(20, 2), 200, 4, 3, new Seed(3).generator());
        double[] last = {0};
        Verdict verdict =
                verifier.verify(pair, VerificationBudget.unlimited().withProgress(fraction -> last[0] = fraction));
        assertInstanceOf(Verdict.Verified.class, verdict);
        assertEquals(1, last[0]);
    }

    @Property(tries = 30)
    void aBudgetCutsWideDomainsAtTheRightInputToo(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int v = 1 + random.nextInt(2);
        BuiltNetwork pair =
                TestNetworks.clippedPermutation(TestNetworks.randomDomain(150, v, random), 300, 4, 3, random);
        Verdict whole = verifier.verify(pair, VerificationBudget.unlimited());
        Coverage coverage = Coverage.NONE;
        BigInteger covered = BigInteger.ZERO;
        while (true) {
            int piece = 1 + random.nextInt(2000);
            ResumableVerifier.Run run =
                    verifier.resume(pair, VerificationBudget.unlimited().withMaxInputs(piece), coverage);
            if (!(run.verdict() instanceof Verdict.Undecided)) {
                assertEquals(whole, run.verdict());
                return;
            }
            covered = covered.add(BigInteger.valueOf(piece));
            assertEquals(covered, run.verdict().inputsCovered());
            coverage = run.coverage();
        }
    }

    @Test
    void everyInputThatCannotBeDecidedIsCountedWhereverItIs() {
        // Copies of four features: 1 and 3 end within the rounding bound, and so do all
        // inputs that contain one of them.
        ProblemInstance instance = TestNetworks.instance(
                List.of(Gates.conjunctions(4, 1, new int[] {0, 1, 2, 3})), InputDomain.sparse(4, 2));
        float[] weights = new float[16];
        for (int j = 0; j < 4; j++) {
            weights[5 * j] = j % 2 == 0 ? 2 : 1.1f;
        }
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(4),
                List.of(Layer.withBias(new DenseMatrix(4, 4, weights), -0.1f)),
                Decoder.withThreshold(Codes.identity(4), Decoder.Kind.EVERY_ROW, 1.1f - 0.1f),
                instance.domain());
        for (int threads = 1; threads <= 2; threads++) {
            Verdict.Undecided undecided = assertInstanceOf(
                    Verdict.Undecided.class,
                    verifier.verify(
                            new BuiltNetwork(instance, network),
                            VerificationBudget.unlimited().withThreads(threads)));
            assertEquals(
                    "7 inputs have a margin within the float32 rounding bound, the first found is {0, 1}",
                    undecided.reason());
            assertEquals(BigInteger.valueOf(11 - 7), undecided.inputsCovered());
        }
    }

    @Property(tries = 200)
    void agreesWithTheDefinitionWhereWeightsOrTheirSumsNeedMoreThanSixteenBits(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int v) {
        RandomGenerator random = new Seed(seed).generator();
        BuiltNetwork pair = TestNetworks.clippedPermutation(
                TestNetworks.randomDomain(7, v, random), 8 + random.nextInt(20), 2, 2, random);
        Layer layer = pair.network().layers().get(0);
        int scale = random.nextBoolean() ? 20_000 : 40_000; // two of the first are beyond, and the second by itself
        float[] weights = new float[layer.rows() * layer.columns()];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = scale * layer.weights().get(t / layer.columns(), t % layer.columns());
        }
        Layer scaled = Layer.withBias(
                new DenseMatrix(layer.rows(), layer.columns(), weights), 1 - 2 * scale + random.nextInt(scale));
        SuperposedNetwork network = TestNetworks.withLayers(
                pair.network(),
                random.nextBoolean()
                        ? new Layer[] {scaled}
                        : new Layer[] {scaled, Layer.withBias(DiagonalMatrix.ofValue(layer.rows(), 3), -2)});
        assertAgreesWithDefinition(
                verifier.verify(new BuiltNetwork(pair.instance(), network), VerificationBudget.unlimited()),
                pair.instance(),
                network);
    }

    @Property(tries = 20)
    void aDeadlineInTheMiddleIsNotTakenForTheEnd(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int v = 1 + random.nextInt(4);
        BuiltNetwork pair = TestNetworks.clippedPermutation(TestNetworks.randomDomain(6, v, random), 150, 3, 2, random);
        ProblemInstance instance = pair.instance();
        ExactModel model = new ExactModel(pair.network(), Kernels.best(), 0);
        if (!(verifier.verify(new BuiltNetwork(instance, pair.network()), VerificationBudget.unlimited())
                instanceof Verdict.Verified)) {
            return;
        }
        boolean ended = false;
        for (int looks = 1; !ended; looks++) {
            // Time passes only when the clock is read.
            AtomicLong now = new AtomicLong();
            Deadline deadline = new Deadline(looks * 1e-9, now::getAndIncrement);
            DomainSweep.Outcome outcome = new DomainSweep(
                            instance.domain(), VerificationBudget.unlimited(), deadline, Coverage.NONE)
                    .run(() -> new ExactChecker(instance, model, Optional.empty(), Optional.empty()));
            ended = now.get() <= looks + 1;
            assertEquals(ended, outcome.complete());
            // A part of which nothing is covered says where to go on: at its first input.
            assertTrue(outcome.coverage().parts().stream()
                    .allMatch(part -> part.covered() > 0 != (part.next().size() == 1)));
            assertEquals(!ended, outcome.timeRanOut());
            assertEquals(ended, outcome.covered().equals(instance.domain().size()));
            DomainSweep.Outcome rest = new DomainSweep(
                            instance.domain(),
                            VerificationBudget.unlimited(),
                            Deadline.in(Double.POSITIVE_INFINITY),
                            outcome.coverage())
                    .run(() -> new ExactChecker(instance, model, Optional.empty(), Optional.empty()));
            assertTrue(rest.complete());
        }
    }

    @Property(tries = 60)
    void piecesCutOffByDeadlinesComeToTheVerdictOfOneRun(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int v = 1 + random.nextInt(4);
        BuiltNetwork pair = TestNetworks.clippedPermutation(
                TestNetworks.randomDomain(7, v, random), 15 + random.nextInt(100), 3, 2, random);
        InputDomain domain = pair.instance().domain();
        ExactModel model = new ExactModel(pair.network(), Kernels.best(), 0);
        TestNetworks.Naive naive = TestNetworks.Naive.verify(pair);
        Coverage coverage = Coverage.NONE;
        while (true) {
            AtomicLong now = new AtomicLong();
            Deadline deadline = new Deadline((v + 3 + random.nextInt(6)) * 1e-9, now::getAndIncrement);
            DomainSweep.Outcome outcome = new DomainSweep(domain, VerificationBudget.unlimited(), deadline, coverage)
                    .run(() -> new ExactChecker(pair.instance(), model, Optional.empty(), Optional.empty()));
            if (outcome.wrong() != null || outcome.complete()) {
                assertEquals(naive.wrong(), outcome.wrong());
                assertEquals(naive.covered(), outcome.covered());
                return;
            }
            assertTrue(outcome.covered().compareTo(domain.size()) < 0);
            coverage = outcome.coverage();
        }
    }

    @Test
    void theWrongInputAndTheCountUpToItAreRightBeyondSixtyFourFeatures() {
        ProblemInstance made = TestNetworks.instance(
                List.of(Gates.conjunctions(150, 2, new int[] {0, 1, 3, 140})), InputDomain.sparse(150, 2));
        ProblemInstance asked =
                TestNetworks.instance(List.of(Gates.conjunctions(150, 2, new int[] {0, 1, 3, 141})), made.domain());
        SuperposedNetwork network = TestNetworks.clipped(made, 60, 4, 4, 2, new Seed(2).generator());
        Verdict verdict = verifier.verify(new BuiltNetwork(asked, network), VerificationBudget.unlimited());
        assertAgreesWithDefinition(verdict, asked, network);
        assertEquals(
                FeatureSet.of(3, 140),
                assertInstanceOf(Verdict.Refuted.class, verdict)
                        .counterexample()
                        .input());
    }

    @Test
    void neuronsThatAreActiveOnTheEmptyInputAndFallSilentAreFollowed() {
        // Copies by two negations in full matrices: the first layer is active on the empty input only.
        for (int v = 1; v <= 2; v++) {
            ProblemInstance instance = TestNetworks.instance(
                    List.of(Gates.conjunctions(2, 1, new int[] {0, 1})), InputDomain.sparse(2, v));
            Layer negation = Layer.withBias(new IntegerMatrix(2, 2, new short[] {-1, 0, 0, -1}), 1);
            SuperposedNetwork network = TestNetworks.network(
                    Codes.identity(2),
                    List.of(negation, negation),
                    Decoder.withThreshold(Codes.identity(2), Decoder.Kind.EVERY_ROW, 1),
                    instance.domain());
            assertInstanceOf(
                    Verdict.Verified.class,
                    verifier.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
        }
    }

    private static ProblemInstance pairs(InputDomain domain, int... reads) {
        return TestNetworks.instance(List.of(Gates.conjunctions(domain.features(), 2, reads)), domain);
    }

    /** Verifies a network that was made for other gates and is wrong on one pair of features. */
    private void assertRefutesForOtherGates(
            InputDomain domain, int[] made, int[] asked, boolean rounding, FeatureSet wrong) {
        SuperposedNetwork clipped = TestNetworks.clipped(pairs(domain, made), 60, 4, 4, 2, new Seed(2).generator());
        SuperposedNetwork network = rounding ? TestNetworks.rounding(clipped) : clipped;
        ProblemInstance instance = pairs(domain, asked);
        Verdict verdict = verifier.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        if (domain.features() <= 150) { // the verifier by definition would take minutes for more
            assertAgreesWithDefinition(verdict, instance, network);
        }
        assertEquals(
                wrong,
                assertInstanceOf(Verdict.Refuted.class, verdict)
                        .counterexample()
                        .input());
    }

    @Test
    void theWrongInputIsFoundWhereFloatRoundsBeyondSixtyFourFeaturesToo() {
        InputDomain domain = InputDomain.sparse(150, 2);
        // One output is on that should be off, another is off that should be on.
        assertRefutesForOtherGates(
                domain, new int[] {0, 1, 3, 140}, new int[] {0, 1, 3, 141}, true, FeatureSet.of(3, 140));
        assertRefutesForOtherGates(
                domain, new int[] {0, 1, 3, 141}, new int[] {0, 1, 3, 140}, true, FeatureSet.of(3, 140));
    }

    @Test
    void noCandidateIsLeftOutOfDomainsOfMoreThanFiveHundredFeatures() {
        // The candidates fill several vectors of 512 bits, beginning with the first, within one, or with the second.
        InputDomain domain = InputDomain.sparse(700, 2);
        int[][] wrong = {{3, 200}, {3, 690}, {510, 511}, {600, 650}};
        for (int[] pair : wrong) {
            int[] reads = {0, 1, pair[0], pair[1]};
            int[] others = {0, 1, 698, 699}; // the last pair of all
            assertRefutesForOtherGates(domain, reads, others, false, FeatureSet.of(pair));
            assertRefutesForOtherGates(domain, others, reads, false, FeatureSet.of(pair));
        }
        ProblemInstance made = pairs(domain, 0, 1, 600, 650);
        ProblemInstance asked = pairs(domain, 0, 1, 698, 699);
        SuperposedNetwork network = TestNetworks.clipped(made, 60, 4, 4, 2, new Seed(2).generator());
        ExactModel model = new ExactModel(network, Kernels.best(), 0);
        assertEquals(
                FeatureSet.of(600, 650), sweep(asked, model, Optional.empty()).wrong());
    }

    /** Whole numbers times 0.7, so that float32 rounds. */
    private static Layer rounding(int rows, float[] weights, float... bias) {
        for (int t = 0; t < weights.length; t++) {
            weights[t] *= 0.7f;
        }
        for (int r = 0; r < bias.length; r++) {
            bias[r] *= 0.7f;
        }
        return new Layer(new DenseMatrix(rows, weights.length / rows, weights), bias);
    }

    private static SuperposedNetwork network(int inputs, int outputs, Layer... layers) {
        return TestNetworks.network(
                Codes.identity(inputs),
                List.of(layers),
                Decoder.withThreshold(Codes.identity(outputs), Decoder.Kind.EVERY_ROW, 0.25f),
                InputDomain.sparse(inputs, 1));
    }

    @Test
    void aNeuronThatTheLastFeatureInhibitsButDoesNotSilenceIsFollowedWhereFloatRounds() {
        // Neuron 0 holds 2 x_0 - x_1, neuron 1 holds x_1; with both on, 1 + 2 exceeds what either reaches alone.
        for (int v = 2; v <= 3; v++) {
            ProblemInstance instance = pairs(InputDomain.sparse(3, v), 0, 1);
            SuperposedNetwork network = network(
                    3, 1, rounding(2, new float[] {2, -1, 0, 0, 1, 0}, 0, 0), rounding(1, new float[] {1, 2}, -1.6f));
            assertInstanceOf(
                    Verdict.Verified.class,
                    verifier.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
        }
    }

    @Test
    void anOutputThatOnlySilenceTurnsOnIsFoundWhereFloatRounds() {
        // The neuron falls silent when both features are on, and silence turns the output on; no gate is on then.
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(3, 3, new int[] {0, 1, 2})), InputDomain.sparse(3, 2));
        SuperposedNetwork network =
                network(3, 1, rounding(1, new float[] {-1, -1, 0}, 1.5f), rounding(1, new float[] {-3}, 1));
        Verdict verdict = verifier.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        assertAgreesWithDefinition(verdict, instance, network);
        assertEquals(
                FeatureSet.of(0, 1),
                assertInstanceOf(Verdict.Refuted.class, verdict)
                        .counterexample()
                        .input());
    }

    @Test
    void aRunThatGoesOnTellsAtFirstWhatWasDoneBefore() {
        BuiltNetwork pair =
                TestNetworks.clippedPermutation(InputDomain.sparse(20, 2), 200, 4, 3, new Seed(3).generator());
        ResumableVerifier.Run begun =
                verifier.resume(pair, VerificationBudget.unlimited().withMaxInputs(50), Coverage.NONE);
        assertEquals(1, begun.coverage().parts().size());
        List<Double> told = new ArrayList<>();
        verifier.resume(pair, VerificationBudget.unlimited().withProgress(told::add), begun.coverage());
        assertEquals(50 / 211.0, told.get(0));
        assertEquals(1, told.get(told.size() - 1));
        assertTrue(told.stream().distinct().count() > 15, told.toString());
        told.clear();
        verifier.verify(pair, VerificationBudget.unlimited().withProgress(told::add));
        assertEquals(1 / 211.0, told.get(0));
        assertEquals(21 / 211.0, told.get(1));
    }
}
