package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class CompositionalVerifierTest {
    private final CompositionalVerifier compositional = new CompositionalVerifier();
    private final ExhaustiveVerifier exhaustive = new ExhaustiveVerifier();

    private Verdict assertSound(ProblemInstance instance, SuperposedNetwork network) {
        Verdict expected = exhaustive.verify(instance, network, VerificationBudget.unlimited());
        Verdict got = compositional.verify(instance, network, VerificationBudget.unlimited());
        assertEquals(expected.domainSize(), got.domainSize());
        if (got instanceof Verdict.Verified) {
            assertInstanceOf(Verdict.Verified.class, expected);
            assertEquals(expected.domainSize(), got.inputsCovered());
        }
        if (got instanceof Verdict.Refuted refuted) {
            assertInstanceOf(Verdict.Refuted.class, expected);
            assertTrue(refuted.counterexample().isConfirmedBy(instance, new PlainEvaluator(network)));
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
            seen.check("VERIFIED").percentage(share -> share > 10);
            seen.check("REFUTED").percentage(share -> share > 5);
        });
    }

    @Property(tries = 1500)
    void agreesWithExhaustiveOnInterpolatingChainsOfAnyMatrixKind(
            @ForAll long seed, @ForAll @IntRange(max = 2) int flips, @ForAll boolean rounded) {
        TestNetworks.Pair pair = TestNetworks.interpolating(flips, rounded, new Seed(seed).generator());
        if (compositional.accepts(pair.instance(), pair.network()).isAccepted()) {
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
        for (FeatureSet input :
                FiringInputs.of(gates, domain, Integer.MAX_VALUE).orElseThrow()) {
            assertTrue(domain.contains(input));
            assertTrue(got.add(gates.evaluate(input)), "a state is listed twice");
        }
        assertEquals(expected, got);
        assertTrue(FiringInputs.of(gates, domain, got.size()).isPresent());
        if (got.size() > 1) {
            assertTrue(FiringInputs.of(gates, domain, got.size() - 1).isEmpty());
        }
    }

    @Test
    void provesAWorkableChainInMuchLessThanEnumeration() {
        RandomGenerator random = new Seed(11).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(
                        TestNetworks.randomConjunctions(60, 40, 2, random),
                        TestNetworks.randomConjunctions(40, 30, 2, random)),
                InputDomain.sparse(60, 4));
        SuperposedNetwork network = TestNetworks.clippedChain(instance, 900, 6, 7, random);
        Verdict verdict = compositional.verify(instance, network, VerificationBudget.unlimited());
        assertInstanceOf(Verdict.Verified.class, verdict, verdict.toString());
        assertEquals(instance.domain().size(), verdict.inputsCovered());
    }

    /** One feature, copied twice, by blocks that multiply it: the state before the saturation may be any number. */
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
                compositional.verify(instance, copies(1.5f, -0.1f), VerificationBudget.unlimited()));
        Verdict half = compositional.verify(instance, copies(0.7f, 0), VerificationBudget.unlimited());
        Verdict.Undecided undecided = assertInstanceOf(Verdict.Undecided.class, half);
        assertEquals("no state between the layers is clean", undecided.reason());
        assertInstanceOf(
                Verdict.Verified.class, exhaustive.verify(instance, copies(0.7f, 0), VerificationBudget.unlimited()));
    }

    @Test
    void refusesWhatHasNoCleanStates() {
        RandomGenerator random = new Seed(3).generator();
        ProblemInstance single = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 5, 2, random)), InputDomain.sparse(8, 2));
        SuperposedNetwork clipped = TestNetworks.clipped(single, 30, 3, 3, 2, random);
        assertFalse(compositional.accepts(single, clipped).isAccepted());
        List<Gates> gates = new ArrayList<>(single.layers());
        gates.add(Gates.conjunctions(5, 1, IntStream.range(0, 5).toArray()));
        ProblemInstance layered = TestNetworks.instance(gates, single.domain());
        assertEquals(
                "no saturation ReLU(1 - y) stands between its matrices, so no state is known to be clean",
                compositional.accepts(layered, clipped).reason().orElseThrow());
        assertTrue(
                compositional.accepts(layered, TestNetworks.saturated(clipped)).isAccepted());
    }

    @Test
    void aSaturationInsideABlockIsNoObstacle() {
        // Its state is that of the channels: clean or not, the verdict must be that of the enumeration.
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
                instance, network, VerificationBudget.unlimited().withMaxSeconds(1e-9));
        assertNotEquals("VERIFIED", verdict.status());
        assertEquals(
                0,
                verdict instanceof Verdict.Undecided ? verdict.inputsCovered().signum() : 0);
    }
}
