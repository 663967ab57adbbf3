package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
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

/** A network in whole multiples of a power of two is judged exactly as the one in whole numbers, ties included. */
class DyadicNetworksTest {
    private static void assertSameVerdict(Verifier verifier, BuiltNetwork whole, BuiltNetwork dyadic) {
        assertTrue(
                verifier.accepts(dyadic).isAccepted(), verifier.accepts(dyadic).toString());
        Verdict expected = verifier.verify(whole, VerificationBudget.unlimited());
        assertEquals(expected, verifier.verify(dyadic, VerificationBudget.unlimited()));
    }

    private static int[] randomExponents(int layers, RandomGenerator random) {
        return IntStream.generate(() -> random.nextInt(-4, 4)).limit(layers).toArray();
    }

    @Property(tries = 1500)
    void exhaustiveJudgesNetworksOfAnyKindAsInWholeNumbers(@ForAll long seed, @ForAll @IntRange(max = 2) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        BuiltNetwork whole = TestNetworks.interpolating(flips, false, random);
        int layers = whole.network().layers().size();
        BuiltNetwork dyadic = PowersOfTwo.scaled(whole, randomExponents(layers, random));
        Verdict verdict = new ExhaustiveVerifier().verify(dyadic, VerificationBudget.unlimited());
        TestNetworks.Naive naive = TestNetworks.Naive.verify(whole);
        assertEquals(naive.wrong() == null ? "VERIFIED" : "REFUTED", verdict.status());
        assertEquals(naive.covered(), verdict.inputsCovered());
    }

    @Tag("slow")
    @Property(tries = 300)
    void branchAndBoundAndPairwiseDoSoBehindAFirstLayerOfBits(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(9, 6, 2, random)), TestNetworks.randomDomain(9, 2, random));
        SuperposedNetwork clipped = TestNetworks.clipped(instance, 15 + random.nextInt(60), 3, 3, 2, random);
        if (random.nextBoolean()) {
            clipped = TestNetworks.withFlippedBit(clipped, random);
        }
        BuiltNetwork whole = new BuiltNetwork(instance, clipped);
        BuiltNetwork dyadic = PowersOfTwo.scaled(whole, 0, random.nextInt(-20, 0));
        assertSameVerdict(new BranchAndBoundVerifier(), whole, dyadic);
        assertSameVerdict(new PairwiseVerifier(), whole, dyadic);
        BuiltNetwork saturated = new BuiltNetwork(instance, TestNetworks.saturated(clipped));
        assertSameVerdict(new BranchAndBoundVerifier(), saturated, PowersOfTwo.scaled(saturated, 0, -3, -7));
    }

    @Property(tries = 300)
    void additiveDoesSo(@ForAll long seed, @ForAll @IntRange(min = -20, max = 100) int exponent) {
        RandomGenerator random = new Seed(seed).generator();
        int inputs = 4 + random.nextInt(6);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(inputs, 1 + random.nextInt(inputs), 1, random)),
                InputDomain.sparse(inputs, 2));
        int width = 12;
        Codes in = TestNetworks.randomCodes(inputs, width, 2, random);
        Codes out = TestNetworks.randomCodes(instance.outputs(), width, 2, random);
        short[] weights = new short[width * width];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = (short) random.nextInt(-1, 2);
        }
        for (int i = 0; i < instance.outputs(); i++) {
            for (int f : out.code(i)) {
                for (int c : in.code(instance.gates().read(i, 0))) {
                    weights[f * width + c] = 7;
                }
            }
        }
        SuperposedNetwork network = TestNetworks.network(
                in,
                List.of(Layer.withBias(new IntegerMatrix(width, width, weights), 40)),
                Decoder.withThreshold(out, Decoder.Kind.SUM, 2 * 40 + 4 * 7 - random.nextInt(14)),
                instance.domain());
        BuiltNetwork whole = new BuiltNetwork(instance, network);
        assertSameVerdict(new AdditiveVerifier(), whole, PowersOfTwo.scaled(whole, exponent));
    }

    @Test
    void compositionalAndMonotoneDoSoInTheLastBlock() {
        int verified = 0;
        for (int seed = 0; seed < 40; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            ProblemInstance instance = TestNetworks.instance(
                    List.of(
                            TestNetworks.randomConjunctions(6, 4, 2, random),
                            TestNetworks.randomConjunctions(4, 3, 2, random)),
                    InputDomain.sparse(6, 3));
            BuiltNetwork whole = new BuiltNetwork(
                    instance, TestNetworks.clippedChain(instance, 60 + random.nextInt(150), 3, 3, random));
            BuiltNetwork dyadic = PowersOfTwo.scaled(whole, 0, 0, 0, 0, -1, -2, -5);
            assertSameVerdict(new CompositionalVerifier(), whole, dyadic);
            assertSameVerdict(new MonotoneVerifier(), whole, dyadic);
            boolean isVerified = new CompositionalVerifier().verify(dyadic, VerificationBudget.unlimited())
                    instanceof Verdict.Verified;
            verified += isVerified ? 1 : 0;
        }
        assertTrue(verified > 5, verified + " verified");
    }

    /** An AND of two inputs that reaches its threshold exactly. */
    private static BuiltNetwork tie(float first, float second, float bias, float threshold) {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(2, 2, new int[] {0, 1})), InputDomain.sparse(2, 2));
        return new BuiltNetwork(
                instance,
                TestNetworks.network(
                        Codes.identity(2),
                        List.of(Layer.withBias(new DenseMatrix(1, 2, new float[] {first, second}), bias)),
                        Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, threshold),
                        instance.domain()));
    }

    @Test
    void aTieIsRightWhereNoSumRoundsAndOpenWhereOneMay() {
        assertInstanceOf(Verdict.Verified.class, verify(tie(0.25f, 0.5f, 0, 0.75f)));
        assertInstanceOf(Verdict.Verified.class, verify(tie(1.25f, 0.5f, -1, 0.75f)));
        // Multiples of 2^24, whose sums are far above 2^24 but few of them.
        assertInstanceOf(Verdict.Verified.class, verify(tie(0x3p24f, 0x5p24f, -0x4p24f, 0x4p24f)));
        // 24 bits hold 2^22 + 0.5, not 2^23 + 0.25.
        assertInstanceOf(Verdict.Verified.class, verify(tie(0x1p22f, 0.5f, 0, 0x1p22f + 0.5f)));
        assertInstanceOf(Verdict.Undecided.class, verify(tie(0x1p23f - 1, 1.25f, 0, 0x1p23f)));
        assertInstanceOf(Verdict.Undecided.class, verify(tie(0.1f, 0.2f, 0, 0.1f + 0.2f)));
    }

    private static Verdict verify(BuiltNetwork built) {
        return new ExhaustiveVerifier().verify(built, VerificationBudget.unlimited());
    }
}
