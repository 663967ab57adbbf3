package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class AutoVerifierTest {
    private final RandomGenerator random = new Seed(2).generator();
    private final ProblemInstance instance = TestNetworks.instance(
            List.of(TestNetworks.randomConjunctions(40, 40, 2, random)), InputDomain.sparse(40, 2));
    private final SuperposedNetwork network = TestNetworks.clipped(instance, 250, 5, 5, 4, random);

    /** A verifier with a given cost and verdict. */
    private record Fixed(String id, double estimate, boolean decides) implements Verifier {
        @Override
        public String title() {
            return "test";
        }

        @Override
        public Acceptance accepts(ProblemInstance instance, SuperposedNetwork network) {
            return Acceptance.accepted();
        }

        @Override
        public double cost(ProblemInstance instance, SuperposedNetwork network) {
            return estimate;
        }

        @Override
        public Verdict verify(ProblemInstance instance, SuperposedNetwork network, VerificationBudget budget) {
            BigInteger size = instance.domain().size();
            return decides
                    ? new Verdict.Verified(id, size)
                    : Verdict.Undecided.unsampled(id, "no luck", BigInteger.TWO, size);
        }
    }

    @Test
    void allVerifiersAreFoundAsServices() {
        Catalog<Verifier> found = Catalog.load("verifier", Verifier.class, Verifier.class.getClassLoader());
        assertEquals(List.of(), found.failures());
        assertTrue(found.plugins().stream()
                .map(Verifier::id)
                .toList()
                .containsAll(List.of("auto", "exhaustive", "pairwise", "sampled")));
    }

    @Test
    void theVerdictNamesTheVerifierThatDecided() {
        Verdict verdict = new AutoVerifier().verify(instance, network, VerificationBudget.unlimited());
        assertInstanceOf(Verdict.Verified.class, verdict);
        assertEquals(new AutoVerifier().plan(instance, network).get(0).verifier(), verdict.method());
    }

    @Test
    void theCheapestComesFirstAndTheNextOneIsAskedWhenItCannotTell() {
        AutoVerifier auto = new AutoVerifier(
                List.of(new Fixed("dear", 1e9, true), new Fixed("cheap", 10, false), new Fixed("fair", 1e3, true)));
        assertEquals(10, auto.cost(instance, network));
        assertEquals(
                "fair",
                auto.verify(instance, network, VerificationBudget.unlimited()).method());
    }

    @Test
    void whatCostsTooMuchIsNotTriedAndSaidSo() {
        AutoVerifier auto = new AutoVerifier(List.of(new Fixed("endless", 1e20, true), new SampledVerifier()));
        Verdict.Undecided verdict = assertInstanceOf(
                Verdict.Undecided.class,
                auto.verify(instance, network, VerificationBudget.unlimited().withSamples(100)));
        assertEquals("sampled", verdict.method());
        assertEquals(100, verdict.samples());
        assertTrue(verdict.reason().startsWith("endless: 1.0e+20 operations, more than"), verdict.reason());
        assertFalse(auto.plan(instance, network).get(0).tried());
    }

    @Test
    void fallsBackToSamplesWhenTheBudgetOfInputsRunsOut() {
        AutoVerifier auto = new AutoVerifier(List.of(new ExhaustiveVerifier(), new SampledVerifier()));
        Verdict.Undecided verdict = assertInstanceOf(
                Verdict.Undecided.class,
                auto.verify(
                        instance,
                        network,
                        VerificationBudget.unlimited().withMaxInputs(50).withSamples(100)));
        assertEquals("sampled", verdict.method());
        assertEquals(100, verdict.samples());
        assertEquals(BigInteger.valueOf(50), verdict.inputsCovered());
        assertTrue(verdict.reason().contains("the budget of 50 inputs ran out"), verdict.reason());
    }

    @Test
    void anInstanceOfAnotherShapeIsRejectedByEveryVerifier() {
        ProblemInstance larger = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(41, 40, 2, random)), InputDomain.sparse(41, 2));
        ProblemInstance fewer = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(40, 39, 2, random)), InputDomain.sparse(40, 2));
        for (Verifier verifier : Catalog.load("verifier", Verifier.class, Verifier.class.getClassLoader())
                .plugins()) {
            assertEquals(
                    "the instance has 41 inputs, the network has 40",
                    verifier.accepts(larger, network).reason().orElseThrow());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> verifier.verify(larger, network, VerificationBudget.unlimited()));
            assertEquals(
                    "the instance has 39 outputs, the network has 40",
                    verifier.accepts(fewer, network).reason().orElseThrow());
            assertFalse(verifier.title().isBlank());
        }
    }

    private static String firstChoice(ProblemInstance instance, SuperposedNetwork network) {
        return new AutoVerifier().plan(instance, network).get(0).verifier();
    }

    @Test
    void eachFormOfNetworkGoesToTheVerifierThatIsMadeForIt() {
        RandomGenerator random = new Seed(4).generator();
        ProblemInstance pairs = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(60, 40, 2, random)), InputDomain.sparse(60, 2));
        assertEquals("pairwise", firstChoice(pairs, TestNetworks.clipped(pairs, 100, 4, 4, 3, random)));
        ProblemInstance triples = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(60, 40, 3, random)), InputDomain.sparse(60, 3));
        assertEquals("branch-and-bound", firstChoice(triples, TestNetworks.clipped(triples, 100, 4, 4, 3, random)));
        ProblemInstance chain = TestNetworks.instance(
                List.of(
                        TestNetworks.randomConjunctions(60, 40, 2, random),
                        TestNetworks.randomConjunctions(40, 30, 2, random)),
                InputDomain.sparse(60, 4));
        assertEquals("compositional", firstChoice(chain, TestNetworks.clippedChain(chain, 100, 4, 4, random)));
    }
}
