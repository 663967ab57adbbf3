package org.superpose.core.verify.enumeration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.OpenNetworks;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.block.BlockWork;

/** Blocks of inputs against inputs one by one, and against the definition. */
@Tag("jdk")
class BlockCheckerTest {
    private static final VerificationBudget BUDGET = VerificationBudget.unlimited();

    private final ExhaustiveVerifier inBlocks = new ExhaustiveVerifier(Kernels::best, Checkers::inBlocks);
    private final ExhaustiveVerifier oneByOne = new ExhaustiveVerifier(Kernels::best, Checkers::oneByOne);

    private static SuperposedNetwork random(int kind, RandomGenerator random) {
        return switch (kind) {
            case 0 -> OpenNetworks.whole(random);
            case 1 -> OpenNetworks.onTheEdge(OpenNetworks.whole(random), random);
            case 2 -> OpenNetworks.rounding(random);
            case 3 -> OpenNetworks.onTheEdge(OpenNetworks.rounding(random), random);
            case 4 -> OpenNetworks.onTheEdge(OpenNetworks.dyadic(random), random);
            default -> OpenNetworks.onTheEdge(OpenNetworks.tiny(random), random);
        };
    }

    @Property(tries = 1500)
    void blocksComeToTheVerdictOfOneInputAfterTheOther(
            @ForAll long seed,
            @ForAll @IntRange(max = 5) int kind,
            @ForAll @IntRange(max = 2) int flips,
            @ForAll @IntRange(min = 1, max = 3) int threads) {
        RandomGenerator random = new Seed(seed).generator();
        BuiltNetwork built = OpenNetworks.withItsOwnTruth(random(kind, random), flips, random);
        ResumableVerifier.Run expected = oneByOne.resume(built, BUDGET, Coverage.NONE);
        assertEquals(expected, inBlocks.resume(built, BUDGET.withThreads(threads), Coverage.NONE));
        ExhaustiveVerifier scalar = new ExhaustiveVerifier(() -> Kernels.named("scalar"), Checkers::inBlocks);
        assertEquals(expected, scalar.resume(built, BUDGET, Coverage.NONE));
    }

    @Property(tries = 500)
    void inWholeNumbersBlocksAreTheDefinition(@ForAll long seed, @ForAll @IntRange(max = 2) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        SuperposedNetwork network = OpenNetworks.onTheEdge(OpenNetworks.whole(random), random);
        if (!Exactness.of(network, network.domain().maxActive()).isExact()) {
            return; // a threshold is below the smallest normal number
        }
        BuiltNetwork built = OpenNetworks.withItsOwnTruth(network, flips, random);
        TestNetworks.Naive naive = TestNetworks.Naive.verify(built);
        Verdict verdict = inBlocks.verify(built, BUDGET);
        assertEquals(naive.covered(), verdict.inputsCovered());
        assertEquals(naive.wrong() != null, verdict instanceof Verdict.Refuted);
    }

    /** Copies of 600 features through dense weights that add noise, and the AND of some pairs: right everywhere. */
    private static BuiltNetwork pairs(Gate... others) {
        int m = 600;
        int hidden = 40;
        RandomGenerator random = new Seed(3).generator();
        float[] first = new float[hidden * m];
        for (int t = 0; t < first.length; t++) {
            first[t] = 1e-3f * (float) random.nextGaussian();
        }
        Gate[] gates = new Gate[hidden / 2];
        float[] second = new float[gates.length * hidden];
        float[] offset = new float[gates.length];
        Arrays.fill(offset, -1.5f);
        for (int i = 0; i < gates.length; i++) {
            int one = i;
            int other = m - 1 - i; // candidates of the second or third block
            gates[i] = i < others.length ? others[i] : Gate.and(one, other);
            first[2 * i * m + one] = 1;
            first[(2 * i + 1) * m + other] = 1;
            second[i * hidden + 2 * i] = 1;
            second[i * hidden + 2 * i + 1] = 1;
        }
        InputDomain domain = InputDomain.sparse(m, 2);
        ProblemInstance instance = TestNetworks.instance(List.of(Gates.of(m, List.of(gates))), domain);
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(m),
                List.of(
                        new Layer(new DenseMatrix(hidden, m, first), new float[hidden]),
                        Layer.linear(new DenseMatrix(gates.length, hidden, second), offset)),
                Decoder.readout(new float[gates.length]),
                domain);
        return new BuiltNetwork(instance, network);
    }

    @Test
    void manyCandidatesTakeSeveralBlocks() {
        BuiltNetwork right = pairs();
        assertTrue(BlockWork.pays(right.network(), right.instance().domain(), false));
        assertEquals(new Verdict.Verified("exhaustive", BigInteger.valueOf(180_301)), inBlocks.verify(right, BUDGET));
        // Here output 0 should be on for {0, 598}, but is for {0, 599}: the first wrong input comes before the other.
        Verdict.Refuted refuted = assertInstanceOf(
                Verdict.Refuted.class, inBlocks.verify(pairs(Gate.and(0, 598)), BUDGET.withThreads(2)));
        assertEquals(FeatureSet.of(0, 598), refuted.counterexample().input());
        assertEquals(BigInteger.valueOf(600), refuted.inputsCovered());
    }

    @Test
    void piecesOfAnEnumerationCutBlocks() {
        BuiltNetwork right = pairs();
        Coverage coverage = Coverage.NONE;
        ResumableVerifier.Run run;
        int rounds = 0;
        do {
            run = inBlocks.resume(right, BUDGET.withMaxInputs(70_000), coverage);
            coverage = run.coverage();
            rounds++;
        } while (run.verdict() instanceof Verdict.Undecided);
        assertEquals(new Verdict.Verified("exhaustive", BigInteger.valueOf(180_301)), run.verdict());
        assertEquals(3, rounds);
    }

    @Test
    void blocksPayWhereManyNeuronsFire() {
        BuiltNetwork dense = pairs();
        InputDomain domain = dense.instance().domain();
        assertTrue(BlockWork.pays(dense.network(), domain, false));
        assertFalse(BlockWork.pays(dense.network(), domain.withMaxActive(1), false));
        RandomGenerator random = new Seed(9).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(60, 60, 2, random)), InputDomain.sparse(60, 2));
        SuperposedNetwork clipped = TestNetworks.clipped(instance, 200, 6, 4, 3, random);
        assertFalse(BlockWork.pays(clipped, instance.domain(), true));
        assertFalse(BlockWork.pays(TestNetworks.rounding(clipped), instance.domain(), false));
    }
}
