package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.Npz;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.OutputState;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.argument.AdditiveVerifier;
import org.superpose.core.verify.argument.PairwiseVerifier;
import org.superpose.core.verify.chain.CompositionalVerifier;
import org.superpose.core.verify.enumeration.BranchAndBoundVerifier;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;
import org.superpose.core.verify.monotone.MonotoneVerifier;

/** Networks with linear layers, skips and read-outs, verified and held against plain evaluation. */
class OpenVerificationTest {
    private static final VerificationBudget BUDGET = VerificationBudget.unlimited();

    @Tag("slow")
    @Property(tries = 1500)
    void exhaustiveVerificationInWholeNumbersIsTheDefinition(@ForAll long seed, @ForAll @IntRange(max = 2) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        BuiltNetwork built = OpenNetworks.withItsOwnTruth(OpenNetworks.whole(random), flips, random);
        assertIsTheDefinition(new ExhaustiveVerifier().verify(built, BUDGET.withThreads(1 + random.nextInt(2))), built);
    }

    private static void assertIsTheDefinition(Verdict verdict, BuiltNetwork built) {
        TestNetworks.Naive naive = TestNetworks.Naive.verify(built);
        assertEquals(naive.covered(), verdict.inputsCovered());
        if (naive.wrong() == null) {
            assertInstanceOf(Verdict.Verified.class, verdict);
        } else {
            Verdict.Refuted refuted = assertInstanceOf(Verdict.Refuted.class, verdict);
            assertEquals(naive.wrong(), refuted.counterexample().input());
            assertTrue(refuted.counterexample().isConfirmedBy(built));
        }
    }

    /**
     * Thresholds are logits of the network, give or take a few units in the last place, so that many decisions hang on
     * the order of summation. None of the 2,000 networks may be counted right on an input on which it is wrong in
     * double, or in float32 in one of several orders.
     */
    @Tag("slow")
    @Property(tries = 2000)
    void noInputIsCountedRightThatSomeOrderOfSummationGetsWrong(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        assertNoneCountsThatSomeOrderGetsWrong(OpenNetworks.rounding(random), random);
    }

    /**
     * The same of an audit, input by input: what it calls wrong is wrong in every order, what it calls right is right.
     */
    @Tag("slow")
    @Property(tries = 2000)
    void anAuditCountsNoInputRightOrWrongThatSomeOrderOfSummationDecidesOtherwise(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        assertAuditHoldsInEveryOrder(OpenNetworks.rounding(random), random);
    }

    @Property(tries = 1000)
    void anAuditCountsNoInputRightOrWrongThatARuntimeWithoutSubnormalNumbersDecidesOtherwise(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        assertAuditHoldsInEveryOrder(OpenNetworks.tiny(random), random);
    }

    private static void assertAuditHoldsInEveryOrder(SuperposedNetwork network, RandomGenerator random) {
        BuiltNetwork built =
                OpenNetworks.withItsOwnTruth(OpenNetworks.onTheEdge(network, random), random.nextInt(3), random);
        Set<FeatureSet> wrong = new HashSet<>();
        AuditReport report = Audit.of(built).run(BUDGET, Optional.empty(), (input, output, margin) -> wrong.add(input));
        List<OrderedEvaluation> evaluations = OrderedEvaluation.all(built.network(), random);
        long right = 0;
        for (FeatureSet input : built.instance().domain()) {
            FeatureSet expected = built.instance().evaluate(input);
            long rightOrders = evaluations.stream()
                    .filter(evaluation -> evaluation.read(input).is(expected))
                    .count();
            right += rightOrders == evaluations.size() ? 1 : 0;
            assertTrue(!wrong.contains(input) || rightOrders == 0, input + " is right in some order");
        }
        assertEquals(report.wrongInputs(), wrong.size());
        long counted = report.inputs().longValueExact() - report.wrongInputs() - report.undecidedInputs();
        assertTrue(counted <= right, report + " but right on " + right);
    }

    @Property(tries = 1000)
    void noInputIsCountedRightThatARuntimeWithoutSubnormalNumbersGetsWrong(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        assertNoneCountsThatSomeOrderGetsWrong(OpenNetworks.tiny(random), random);
    }

    private static void assertNoneCountsThatSomeOrderGetsWrong(SuperposedNetwork network, RandomGenerator random) {
        BuiltNetwork built =
                OpenNetworks.withItsOwnTruth(OpenNetworks.onTheEdge(network, random), random.nextInt(2), random);
        Verdict verdict = new ExhaustiveVerifier().verify(built, BUDGET);
        List<OrderedEvaluation> evaluations = OrderedEvaluation.all(built.network(), random);
        int right = 0;
        for (FeatureSet input : built.instance().domain()) {
            FeatureSet expected = built.instance().evaluate(input);
            boolean each = evaluations.stream()
                    .allMatch(evaluation -> evaluation.read(input).is(expected));
            right += each ? 1 : 0;
        }
        if (verdict instanceof Verdict.Verified) {
            assertEquals(built.instance().domain().size(), BigInteger.valueOf(right));
        } else if (verdict instanceof Verdict.Refuted refuted) {
            assertTrue(refuted.counterexample().isConfirmedBy(built));
            assertTrue(refuted.inputsCovered().intValueExact() <= right + 1, verdict + " but right on " + right);
        } else {
            assertTrue(verdict.inputsCovered().intValueExact() <= right, verdict + " but right on " + right);
        }
    }

    @Property(tries = 1000)
    void whereFloat32IsExactInFractionsTooVerificationIsTheDefinition(
            @ForAll long seed, @ForAll @IntRange(max = 1) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        SuperposedNetwork network = OpenNetworks.onTheEdge(OpenNetworks.dyadic(random), random);
        BuiltNetwork built = OpenNetworks.withItsOwnTruth(network, flips, random);
        if (Exactness.of(network, built.instance().maxActive()).isExact()) {
            assertIsTheDefinition(new ExhaustiveVerifier().verify(built, BUDGET), built);
        }
    }

    @Test
    void manyNetworksInQuartersAreExact() {
        int exact = 0;
        for (int t = 0; t < 200; t++) {
            SuperposedNetwork network =
                    OpenNetworks.dyadic(new Seed(t).child("dyadic").generator());
            exact += Exactness.of(network, network.domain().maxActive()).isExact() ? 1 : 0;
        }
        assertTrue(exact > 50, exact + " exact");
    }

    /** The same networks decide nothing where thresholds lie on logits, and everything where they do not. */
    @Test
    void wideMarginsAreDecidedAndNarrowOnesAreNot() {
        int verified = 0;
        int undecided = 0;
        for (int t = 0; t < 200; t++) {
            RandomGenerator random = new Seed(t).child("margins").generator();
            SuperposedNetwork network = OpenNetworks.rounding(random);
            Verdict wide = new ExhaustiveVerifier().verify(OpenNetworks.withItsOwnTruth(network, 0, random), BUDGET);
            Verdict narrow = new ExhaustiveVerifier()
                    .verify(OpenNetworks.withItsOwnTruth(OpenNetworks.onTheEdge(network, random), 0, random), BUDGET);
            verified += wide instanceof Verdict.Verified ? 1 : 0;
            undecided += narrow instanceof Verdict.Undecided ? 1 : 0;
        }
        assertTrue(verified > 80, verified + " verified");
        assertTrue(undecided > 50, undecided + " undecided");
    }

    @Property(tries = 300)
    void randomInputsRefuteAndNeverVerify(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        BuiltNetwork built = OpenNetworks.withItsOwnTruth(OpenNetworks.whole(random), 1, random);
        Verdict verdict = new SampledVerifier().verify(built, BUDGET.withSamples(300));
        if (verdict instanceof Verdict.Refuted refuted) {
            assertTrue(refuted.counterexample().isConfirmedBy(built));
        } else {
            assertInstanceOf(Verdict.Undecided.class, verdict);
        }
        if (TestNetworks.Naive.verify(built).wrong() == null) {
            assertFalse(verdict instanceof Verdict.Refuted);
        }
    }

    @Test
    void anOutputBetweenItsThresholdsRefutes() {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(2, 2, new int[] {0, 1})), InputDomain.sparse(2, 2));
        for (float weight : new float[] {1, 1.1f}) {
            BuiltNetwork built = new BuiltNetwork(
                    instance,
                    TestNetworks.network(
                            Codes.identity(2),
                            List.of(Layer.linear(
                                    new DenseMatrix(1, 2, new float[] {weight, weight}), new float[] {-2})),
                            Decoder.readout(new float[] {-0.25f}, new float[] {-1.5f}),
                            instance.domain()));
            Verdict.Refuted refuted =
                    assertInstanceOf(Verdict.Refuted.class, new ExhaustiveVerifier().verify(built, BUDGET));
            assertEquals(new Counterexample(FeatureSet.of(0), 0, false, OutputState.BETWEEN), refuted.counterexample());
        }
    }

    @Test
    void whatArguesFromChainsOfReluLayersSaysWhyNot() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(9, 7, 2, random)), InputDomain.sparse(9, 2));
        SuperposedNetwork clipped = TestNetworks.clipped(instance, 60, 3, 3, 2, random);
        assertTrue(new PairwiseVerifier()
                .accepts(new BuiltNetwork(instance, clipped))
                .isAccepted());
        List<Layer> layers = new ArrayList<>(clipped.layers());
        layers.set(1, Layer.linear(layers.get(1).weights(), layers.get(1).bias()));
        BuiltNetwork built = new BuiltNetwork(instance, clipped.withLayers(layers));
        for (Verifier verifier : List.of(
                new PairwiseVerifier(),
                new AdditiveVerifier(),
                new BranchAndBoundVerifier(),
                new MonotoneVerifier(),
                new CompositionalVerifier())) {
            Optional<String> reason = verifier.accepts(built).reason();
            assertTrue(reason.isPresent(), verifier.id());
        }
        for (Verifier verifier : List.of(new PairwiseVerifier(), new BranchAndBoundVerifier())) {
            assertTrue(
                    verifier.accepts(built).reason().orElseThrow().startsWith("layer 1 has no ReLU, but "),
                    verifier.id());
        }
        assertEquals("exhaustive", new AutoVerifier().verify(built, BUDGET).method());
    }

    /** Trained with numpy, at most three active of 64: the AND of each of 64 pairs. */
    private static BuiltNetwork foreign(String name) throws IOException, URISyntaxException {
        Path file = Path.of(OpenVerificationTest.class.getResource(name).toURI());
        try (Npz npz = Npz.open(file)) {
            int[] pairs = npz.open("pairs").ints();
            float[] on = new float[64];
            ProblemInstance instance =
                    TestNetworks.instance(List.of(Gates.conjunctions(64, 2, pairs)), InputDomain.sparse(64, 3));
            DenseMatrix embedding = matrix(npz, "embed.weight");
            return new BuiltNetwork(
                    instance,
                    TestNetworks.network(
                            Codes.identity(64),
                            List.of(
                                    Layer.linear(embedding, new float[embedding.rows()]),
                                    new Layer(
                                            matrix(npz, "mlp.0.weight"),
                                            npz.open("mlp.0.bias").floats()),
                                    Layer.linear(
                                            matrix(npz, "mlp.2.weight"),
                                            npz.open("mlp.2.bias").floats())),
                            Decoder.readout(on),
                            instance.domain()));
        }
    }

    private static DenseMatrix matrix(Npz npz, String name) throws IOException {
        var array = npz.open(name);
        return new DenseMatrix(array.shape().dimension(0), array.shape().dimension(1), array.floats());
    }

    @Test
    void aTrainedNetworkIsVerifiedOnAllInputsOfUpToThreeFeatures() throws Exception {
        Verdict verdict = new ExhaustiveVerifier().verify(foreign("and-64-v3.npz"), BUDGET.withThreads(2));
        assertEquals(new Verdict.Verified("exhaustive", BigInteger.valueOf(1 + 64 + 2016 + 41664)), verdict);
    }

    @Test
    void aTrainedNetworkThatIsRightOnAllPairsIsRefutedOnATriple() throws Exception {
        BuiltNetwork built = foreign("and-64-v3-wrong.npz");
        Verdict.Refuted refuted =
                assertInstanceOf(Verdict.Refuted.class, new ExhaustiveVerifier().verify(built, BUDGET));
        assertEquals(3, refuted.counterexample().input().size());
        assertFalse(refuted.counterexample().got() == OutputState.ON); // all its errors are false negatives
        BuiltNetwork onPairs = new BuiltNetwork(built.instance().withMaxActive(2), built.network());
        assertInstanceOf(Verdict.Verified.class, new ExhaustiveVerifier().verify(onPairs, BUDGET));
    }
}
