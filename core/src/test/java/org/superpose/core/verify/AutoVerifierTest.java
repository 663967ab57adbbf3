package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;

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
        public Acceptance accepts(BuiltNetwork built) {
            return Acceptance.accepted();
        }

        @Override
        public double cost(BuiltNetwork built) {
            return estimate;
        }

        @Override
        public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
            BigInteger size = built.instance().domain().size();
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
        Verdict verdict =
                new AutoVerifier().verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        assertInstanceOf(Verdict.Verified.class, verdict);
        assertEquals(
                new AutoVerifier()
                        .plan(new BuiltNetwork(instance, network))
                        .get(0)
                        .verifier(),
                verdict.method());
    }

    @Test
    void theVerifiersOfACatalogTakePartWhereverTheyComeFrom() {
        Catalog<Verifier> catalog = Catalog.of("verifier", List.of(new AutoVerifier(), new Fixed("a-plugin", 1, true)));
        Verifier auto = catalog.require(AutoVerifier.ID);
        BuiltNetwork built = new BuiltNetwork(instance, network);
        assertEquals(
                "a-plugin", auto.verify(built, VerificationBudget.unlimited()).method());
        Catalog<Verifier> replaced = catalog.replacing(
                verifier -> verifier.id().equals("a-plugin") ? new Fixed("a-plugin", 17, true) : verifier);
        assertEquals(17, replaced.require(AutoVerifier.ID).cost(built));
        assertEquals(1, auto.cost(built));
    }

    @Test
    void theCheapestComesFirstAndTheNextOneIsAskedWhenItCannotTell() {
        AutoVerifier auto = new AutoVerifier(
                List.of(new Fixed("dear", 1e9, true), new Fixed("cheap", 10, false), new Fixed("fair", 1e3, true)));
        assertEquals(10, auto.cost(new BuiltNetwork(instance, network)));
        assertEquals(
                "fair",
                auto.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited())
                        .method());
    }

    @Test
    void whatCostsTooMuchIsNotTriedAndSaidSo() {
        AutoVerifier auto = new AutoVerifier(List.of(new Fixed("endless", 1e20, true), new SampledVerifier()));
        Verdict.Undecided verdict = assertInstanceOf(
                Verdict.Undecided.class,
                auto.verify(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited().withSamples(100)));
        assertEquals("sampled", verdict.method());
        assertEquals(100, verdict.sampling().orElseThrow().samples());
        assertTrue(verdict.reason().startsWith("endless: 1.0e+20 operations, more than"), verdict.reason());
        assertFalse(auto.plan(new BuiltNetwork(instance, network)).get(0).tried());
    }

    @Test
    void fallsBackToSamplesWhenTheBudgetOfInputsRunsOut() {
        AutoVerifier auto = new AutoVerifier(List.of(new ExhaustiveVerifier(), new SampledVerifier()));
        Verdict.Undecided verdict = assertInstanceOf(
                Verdict.Undecided.class,
                auto.verify(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited().withMaxInputs(50).withSamples(100)));
        assertEquals("sampled", verdict.method());
        assertEquals(100, verdict.sampling().orElseThrow().samples());
        assertEquals(BigInteger.valueOf(50), verdict.inputsCovered());
        assertTrue(verdict.reason().contains("the budget of 50 inputs ran out"), verdict.reason());
    }

    @Test
    void everyVerifierEndsWhenTheWorkIsCancelledAndNoOtherIsTried() {
        BuiltNetwork built = new BuiltNetwork(instance, network);
        VerificationBudget cancelled = VerificationBudget.unlimited().withCancellation(() -> true);
        int ended = 0;
        for (Verifier verifier : Catalog.load("verifier", Verifier.class, Verifier.class.getClassLoader())
                .plugins()) {
            if (verifier.accepts(built).isAccepted()) {
                Verdict.Undecided verdict =
                        assertInstanceOf(Verdict.Undecided.class, verifier.verify(built, cancelled), verifier.id());
                assertTrue(verdict.reason().contains("it was interrupted"), verifier.id() + ": " + verdict.reason());
                ended++;
            }
        }
        assertTrue(ended >= 4, "only " + ended + " verifiers take the network");
        Verdict.Undecided auto = (Verdict.Undecided) new AutoVerifier().verify(built, cancelled);
        assertFalse(auto.reason().contains(";"), auto.reason());
    }

    @Test
    void aPairOfDifferentShapesCannotBeMade() {
        ProblemInstance larger = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(41, 40, 2, random)), InputDomain.sparse(41, 2));
        ProblemInstance fewer = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(40, 39, 2, random)), InputDomain.sparse(40, 2));
        assertEquals(
                "a network of 40 inputs and 40 outputs does not fit an instance of 41 inputs and 40 outputs",
                assertThrows(IllegalArgumentException.class, () -> new BuiltNetwork(larger, network))
                        .getMessage());
        assertEquals(
                "a network of 40 inputs and 40 outputs does not fit an instance of 40 inputs and 39 outputs",
                assertThrows(IllegalArgumentException.class, () -> new BuiltNetwork(fewer, network))
                        .getMessage());
    }

    @Test
    void everyVerifierHasATitle() {
        for (Verifier verifier : Catalog.load("verifier", Verifier.class, Verifier.class.getClassLoader())
                .plugins()) {
            assertFalse(verifier.title().isBlank());
        }
    }

    private static String firstChoice(ProblemInstance instance, SuperposedNetwork network) {
        return new AutoVerifier()
                .plan(new BuiltNetwork(instance, network))
                .get(0)
                .verifier();
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

    /** A verifier that gives a prescribed verdict, and remembers the seconds that it was granted. */
    private static final class Scripted implements Verifier {
        private final String id;
        private final double estimate;
        private final Acceptance acceptance;
        private final Verdict verdict;
        private double seconds = Double.NaN;

        Scripted(String id, double estimate, Acceptance acceptance, Verdict verdict) {
            this.id = id;
            this.estimate = estimate;
            this.acceptance = acceptance;
            this.verdict = verdict;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String title() {
            return "test";
        }

        @Override
        public Acceptance accepts(BuiltNetwork built) {
            return acceptance;
        }

        @Override
        public double cost(BuiltNetwork built) {
            return estimate;
        }

        @Override
        public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
            seconds = budget.maxSeconds();
            return verdict;
        }
    }

    private static Verdict undecided(String method, int covered, int samples) {
        return new Verdict.Undecided(
                method,
                "no luck",
                BigInteger.valueOf(covered),
                BigInteger.valueOf(821),
                samples > 0 ? Optional.of(new Sampling(samples, 0.25, 0.5)) : Optional.empty());
    }

    private static Scripted scripted(String id, double estimate, int covered, int samples) {
        return new Scripted(id, estimate, Acceptance.accepted(), undecided(id, covered, samples));
    }

    @Test
    void thePlanTellsOfEveryVerifierWhetherItIsTriedAndWhy() {
        AutoVerifier auto = new AutoVerifier(List.of(
                new Scripted("deaf", 1, Acceptance.rejected("it hears nothing"), undecided("deaf", 0, 0)),
                scripted("sampling", Double.POSITIVE_INFINITY, 0, 5),
                scripted("endless", Math.nextUp(AutoVerifier.COST_LIMIT), 0, 0),
                scripted("b", 2000, 0, 0),
                scripted("a", 2000, 0, 0),
                scripted("long", AutoVerifier.COST_LIMIT, 0, 0),
                scripted("short", 7, 0, 0),
                scripted(AutoVerifier.ID, 1, 0, 0)));
        List<AutoVerifier.Option> plan = auto.plan(new BuiltNetwork(instance, network));
        assertEquals(
                List.of(
                        "short: 7.0e+00 operations",
                        "a: 2.0e+03 operations",
                        "b: 2.0e+03 operations",
                        "long: 1.0e+14 operations",
                        "endless: 1.0e+14 operations, more than 1.0e+14 operations",
                        "deaf: it hears nothing",
                        "sampling: can refute, but not verify"),
                plan.stream().map(AutoVerifier.Option::toString).toList());
        assertEquals(
                List.of(true, true, true, true, false, false, true),
                plan.stream().map(AutoVerifier.Option::tried).toList());
        assertEquals(7, auto.cost(new BuiltNetwork(instance, network)));
        assertEquals(Double.POSITIVE_INFINITY, new AutoVerifier(List.of()).cost(new BuiltNetwork(instance, network)));
    }

    @Test
    void aTenthOfTheTimeIsKeptForSampling() {
        Scripted proving = scripted("proving", 10, 0, 0);
        Scripted sampling = scripted("sampling", Double.POSITIVE_INFINITY, 0, 5);
        AutoVerifier auto = new AutoVerifier(List.of(proving, sampling));
        auto.verify(
                new BuiltNetwork(instance, network),
                VerificationBudget.unlimited().withMaxSeconds(1e6));
        assertEquals(9e5, proving.seconds, 1e4); // a minute or two may have passed
        assertEquals(1e6, sampling.seconds, 1e4);
        auto.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
        assertEquals(Double.POSITIVE_INFINITY, proving.seconds);
        assertEquals(Double.POSITIVE_INFINITY, sampling.seconds);
    }

    @Test
    void withoutTimeOnlySamplesAreTriedAndSaidSo() {
        Scripted proving = scripted("proving", 10, 3, 0);
        Scripted sampling = scripted("sampling", Double.POSITIVE_INFINITY, 0, 5);
        Verdict.Undecided verdict = assertInstanceOf(
                Verdict.Undecided.class,
                new AutoVerifier(List.of(proving, sampling))
                        .verify(
                                new BuiltNetwork(instance, network),
                                VerificationBudget.unlimited().withMaxSeconds(1e-9)));
        assertTrue(Double.isNaN(proving.seconds), "it was asked");
        assertEquals(1e-10, sampling.seconds, 1e-20);
        assertEquals("proving: no time was left; sampling: no luck", verdict.reason());
        assertEquals("sampling", verdict.method());
    }

    @Test
    void anUndecidedVerdictKeepsTheSamplesAndTheMostInputsCovered() {
        Scripted few = scripted("few", 10, 3, 0);
        Scripted many = scripted("many", 20, 8, 0);
        Scripted sampling = scripted("sampling", Double.POSITIVE_INFINITY, 0, 5);
        Scripted silent = scripted("silent", Double.POSITIVE_INFINITY, 1, 0);
        BigInteger size = instance.domain().size();
        assertEquals(
                new Verdict.Undecided(
                        "sampling",
                        "few: no luck; many: no luck; sampling: no luck; silent: no luck",
                        BigInteger.valueOf(8),
                        size,
                        Optional.of(new Sampling(5, 0.25, 0.5))),
                new AutoVerifier(List.of(few, many, sampling, silent))
                        .verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
        assertEquals(
                Verdict.Undecided.unsampled("few", "few: no luck; many: no luck", BigInteger.valueOf(8), size),
                new AutoVerifier(List.of(few, many))
                        .verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
    }

    @Test
    void whereNoVerifierCanBeAskedTheReasonsAreThoseOfThePlan() {
        AutoVerifier auto = new AutoVerifier(List.of(
                new Scripted("deaf", 1, Acceptance.rejected("it hears nothing"), undecided("deaf", 0, 0)),
                scripted("endless", 1e20, 0, 0)));
        assertEquals(
                Verdict.Undecided.unsampled(
                        "auto",
                        "endless: 1.0e+20 operations, more than 1.0e+14 operations",
                        BigInteger.ZERO,
                        instance.domain().size()),
                auto.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
    }

    @Test
    void aRefutationBySamplesEndsTheSearch() {
        Verdict wrong = new Verdict.Refuted(
                "sampling",
                new Counterexample(FeatureSet.EMPTY, 0, false, true),
                BigInteger.ONE,
                instance.domain().size());
        AutoVerifier auto = new AutoVerifier(List.of(
                scripted("proving", 10, 3, 0),
                new Scripted("sampling", Double.POSITIVE_INFINITY, Acceptance.accepted(), wrong)));
        assertEquals(wrong, auto.verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited()));
    }
}
