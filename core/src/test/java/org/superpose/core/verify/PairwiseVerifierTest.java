package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class PairwiseVerifierTest {
    private final PairwiseVerifier pairwise = new PairwiseVerifier();
    private final PairwiseVerifier inRangesOfFour = new PairwiseVerifier(Kernels.best(), 4);
    private final ExhaustiveVerifier exhaustive = new ExhaustiveVerifier();

    private static ProblemInstance twoAnd(int m, int outputs, RandomGenerator random) {
        return TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(m, outputs, 2, random)),
                TestNetworks.randomDomain(m, 2, random));
    }

    private void assertAgree(ProblemInstance instance, SuperposedNetwork network, int threads) {
        VerificationBudget budget = VerificationBudget.unlimited().withThreads(threads);
        Verdict expected = exhaustive.verify(instance, network, VerificationBudget.unlimited());
        Verdict got = pairwise.verify(instance, network, budget);
        assertEquals(got, inRangesOfFour.verify(instance, network, budget));
        assertEquals(expected.status(), got.status());
        assertEquals(expected.inputsCovered(), got.inputsCovered());
        assertEquals(expected.domainSize(), got.domainSize());
        if (got instanceof Verdict.Refuted refuted) {
            assertEquals(((Verdict.Refuted) expected).counterexample(), refuted.counterexample());
            assertTrue(refuted.counterexample().isConfirmedBy(instance, new PlainEvaluator(network)));
        }
    }

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
                        instance, TestNetworks.clipped(instance, 60, 4, 4, 4, random), VerificationBudget.unlimited()));
        Verdict wide = pairwise.verify(
                instance, TestNetworks.clipped(instance, 400, 5, 5, 5, random), VerificationBudget.unlimited());
        assertInstanceOf(Verdict.Verified.class, wide);
        assertEquals(BigInteger.valueOf(1 + 200 + 199 * 100), wide.inputsCovered());
    }

    @Test
    void refusesEveryNetworkThatBreaksAPrecondition() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(8, 5, 2, random)), InputDomain.sparse(8, 2));
        SuperposedNetwork good = TestNetworks.clipped(instance, 30, 3, 3, 2, random);
        assertTrue(pairwise.accepts(instance, good).isAccepted());
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
            assertFalse(pairwise.accepts(instance, network).isAccepted());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> pairwise.verify(instance, network, VerificationBudget.unlimited()));
        }
        assertFalse(pairwise.accepts(instance.withMaxActive(3), good).isAccepted());
    }

    @Test
    void noTimeMeansUndecided() {
        RandomGenerator random = new Seed(5).generator();
        ProblemInstance instance = twoAnd(8, 5, random);
        Verdict verdict = pairwise.verify(
                instance,
                TestNetworks.clipped(instance, 30, 3, 3, 2, random),
                VerificationBudget.unlimited().withMaxSeconds(1e-9));
        assertInstanceOf(Verdict.Undecided.class, verdict);
        assertEquals(BigInteger.ONE, verdict.inputsCovered());
    }
}
