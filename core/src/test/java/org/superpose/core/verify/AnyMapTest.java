package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.enumeration.BranchAndBoundVerifier;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;

/** The verifiers that take every map, against plain evaluation: gates of any function, on at rest too, any domain. */
class AnyMapTest {
    private static final VerificationBudget BUDGET = VerificationBudget.unlimited();

    private static ProblemInstance randomInstance(RandomGenerator random) {
        int m = 4 + random.nextInt(5);
        List<Gates> layers = new ArrayList<>();
        layers.add(MintermNetworks.randomGates(m, 1 + random.nextInt(6), 3, random));
        if (random.nextInt(3) == 0) {
            layers.add(MintermNetworks.randomGates(layers.get(0).outputs(), 1 + random.nextInt(4), 3, random));
        }
        return TestNetworks.instance(layers, MintermNetworks.randomDomain(m, 1 + random.nextInt(3), random));
    }

    private static void assertIsTheDefinitions(Verdict verdict, BuiltNetwork built) {
        TestNetworks.Naive naive = TestNetworks.Naive.verify(built);
        assertEquals(built.instance().domain().size(), verdict.domainSize());
        assertEquals(naive.covered(), verdict.inputsCovered());
        if (naive.wrong() == null) {
            assertInstanceOf(Verdict.Verified.class, verdict);
        } else {
            Verdict.Refuted refuted = assertInstanceOf(Verdict.Refuted.class, verdict);
            assertEquals(naive.wrong(), refuted.counterexample().input());
        }
    }

    @Tag("slow")
    @Property(tries = 1500)
    void exhaustiveVerificationIsTheDefinition(@ForAll long seed, @ForAll @IntRange(max = 2) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = randomInstance(random);
        SuperposedNetwork network = MintermNetworks.of(instance, flips, false, random);
        BuiltNetwork built = new BuiltNetwork(instance, network);
        Verdict verdict = new ExhaustiveVerifier().verify(built, BUDGET.withThreads(1 + random.nextInt(2)));
        assertIsTheDefinitions(verdict, built);
        assertTrue(flips > 0 || verdict instanceof Verdict.Verified, verdict.toString());
    }

    @Property(tries = 1500)
    void exhaustiveVerificationOfNetworksThatRoundIsTheDefinition(
            @ForAll long seed, @ForAll @IntRange(max = 2) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = randomInstance(random);
        BuiltNetwork built = new BuiltNetwork(instance, MintermNetworks.of(instance, flips, true, random));
        Verdict verdict = new ExhaustiveVerifier().verify(built, BUDGET);
        if (verdict instanceof Verdict.Undecided) {
            assertNotEquals(0, flips, "margins of an undamaged network are wide");
        } else if (verdict instanceof Verdict.Refuted refuted) {
            assertIsTheFirstThatRoundingDoesNotDecide(refuted, built);
        } else {
            assertIsTheDefinitions(verdict, built);
        }
    }

    /** Sums on a threshold depend on the order of summation: such inputs before the counterexample are not covered. */
    private static void assertIsTheFirstThatRoundingDoesNotDecide(Verdict.Refuted refuted, BuiltNetwork built) {
        PlainEvaluator evaluator = new PlainEvaluator(built.network());
        int covered = 0;
        for (FeatureSet input : built.instance().domain()) {
            boolean wrong = !evaluator.evaluate(input).equals(built.instance().evaluate(input));
            if (input.equals(refuted.counterexample().input())) {
                assertTrue(wrong, "the counterexample is none");
                assertEquals(covered + 1, refuted.inputsCovered().intValueExact());
                return;
            }
            if (!isOnAThreshold(built.network(), evaluator.activations(input))) {
                covered++;
                assertFalse(wrong, "an earlier input is wrong: " + input);
            }
        }
    }

    private static boolean isOnAThreshold(SuperposedNetwork network, float[][] activations) {
        Codes codes = network.decoder().codes();
        float[] last = activations[activations.length - 1];
        for (int i = 0; i < codes.features(); i++) {
            double sum = 0;
            for (int f : codes.code(i)) {
                sum += last[f];
            }
            if (Math.abs(sum - network.decoder().threshold(i)) < 1e-4) {
                return true;
            }
        }
        return false;
    }

    /** The filter of silent first layers must not take for right what the map has on at rest. */
    @Property(tries = 600)
    void aNetworkThatIsSilentIsNotRightWhereOutputsRestOn(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 5 + random.nextInt(5);
        Gates conjunctions = TestNetworks.randomConjunctions(m, 1 + random.nextInt(5), 2, random);
        InputDomain domain = InputDomain.sparse(m, 2 + random.nextInt(2)).withMinActive(random.nextInt(3));
        SuperposedNetwork network = TestNetworks.rounding(TestNetworks.clipped(
                TestNetworks.instance(List.of(conjunctions), domain), 20 + random.nextInt(60), 2, 3, 2, random));
        Gates gates = MintermNetworks.randomGates(m, conjunctions.outputs(), 2, random);
        BuiltNetwork built = new BuiltNetwork(TestNetworks.instance(List.of(gates), domain), network);
        assertIsTheDefinitions(new ExhaustiveVerifier().verify(built, BUDGET), built);
    }

    /** Clipped networks for the AND of the same reads, which are mostly wrong for another function. */
    @Tag("slow")
    @Property(tries = 1500)
    void branchAndBoundAgreesWithTheDefinition(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 5 + random.nextInt(5);
        int v = 2 + random.nextInt(3);
        Gates conjunctions = TestNetworks.randomConjunctions(m, 1 + random.nextInt(5), 2 + random.nextInt(2), random);
        InputDomain domain = MintermNetworks.randomDomain(m, v, random);
        SuperposedNetwork network = TestNetworks.clipped(
                TestNetworks.instance(List.of(conjunctions), domain), 20 + random.nextInt(60), 2, 3, 2, random);
        Gates gates =
                random.nextBoolean() ? conjunctions : MintermNetworks.randomGates(m, conjunctions.outputs(), 3, random);
        BuiltNetwork built = new BuiltNetwork(TestNetworks.instance(List.of(gates), domain), network);
        BranchAndBoundVerifier verifier = new BranchAndBoundVerifier();
        assertTrue(verifier.accepts(built).isAccepted());
        Verdict verdict = verifier.verify(built, BUDGET);
        TestNetworks.Naive naive = TestNetworks.Naive.verify(built);
        if (verdict instanceof Verdict.Undecided undecided) {
            assertTrue(undecided.reason().contains("wrong on the empty input"), undecided.reason());
            assertFalse(domain.minActive() == 0);
            assertNotEquals(new PlainEvaluator(network).evaluate(FeatureSet.EMPTY), gates.resting());
        } else {
            assertEquals(naive.wrong() == null, verdict instanceof Verdict.Verified);
        }
        if (verdict instanceof Verdict.Refuted refuted) {
            assertTrue(domain.contains(refuted.counterexample().input()));
        }
    }

    @Property(tries = 300)
    void samplesComeFromTheDomainAndNoWrongOneIsBelieved(@ForAll long seed, @ForAll @IntRange(max = 1) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = randomInstance(random);
        BuiltNetwork built = new BuiltNetwork(instance, MintermNetworks.of(instance, flips, false, random));
        Verdict verdict = new SampledVerifier().verify(built, BUDGET.withSamples(300));
        TestNetworks.Naive naive = TestNetworks.Naive.verify(built);
        if (verdict instanceof Verdict.Refuted refuted) {
            assertTrue(instance.domain().contains(refuted.counterexample().input()));
            assertFalse(naive.wrong() == null);
        }
    }

    @Property(tries = 200)
    void resumingCoversTheSameInputs(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = randomInstance(random);
        BuiltNetwork built = new BuiltNetwork(instance, MintermNetworks.of(instance, 0, false, random));
        ExhaustiveVerifier verifier = new ExhaustiveVerifier();
        Coverage proved = Coverage.NONE;
        Verdict verdict;
        int runs = 0;
        do {
            ResumableVerifier.Run run = verifier.resume(built, BUDGET.withMaxInputs(1 + random.nextInt(9)), proved);
            proved = run.coverage();
            verdict = run.verdict();
        } while (verdict instanceof Verdict.Undecided && runs++ < 500);
        assertInstanceOf(Verdict.Verified.class, verdict, "after " + runs + " runs: " + verdict);
    }
}
