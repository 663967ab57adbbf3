package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class SampledVerifierTest {
    private final SampledVerifier sampled = new SampledVerifier();

    private static ProblemInstance twoAnd(RandomGenerator random) {
        return TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(30, 30, 2, random)), InputDomain.sparse(30, 3));
    }

    @Test
    void neverVerifiesButBoundsTheErrorRate() {
        RandomGenerator random = new Seed(11).generator();
        ProblemInstance instance = twoAnd(random).withMaxActive(2);
        SuperposedNetwork network = TestNetworks.clipped(instance, 300, 5, 5, 4, random);
        Verdict.Undecided verdict = assertInstanceOf(
                Verdict.Undecided.class,
                sampled.verify(instance, network, VerificationBudget.unlimited().withSamples(1000)));
        assertEquals(1000, verdict.samples());
        assertEquals(BigInteger.ZERO, verdict.inputsCovered());
        // Without errors the bound is the p with (1 - p)^n = 1 - confidence.
        assertEquals(1 - Math.pow(0.01, 1.0 / 1000), verdict.errorRateBound(), 1e-9);
        assertEquals(0.99, verdict.confidence());
    }

    @Test
    void theBoundIsTheErrorRateAtWhichSoFewErrorsAreUnlikely() {
        double p = SampledVerifier.errorRateBound(50, 2, 0.95);
        double tail = 0;
        for (int x = 0; x <= 2; x++) {
            tail += new org.apache.commons.math3.distribution.BinomialDistribution(null, 50, p).probability(x);
        }
        assertEquals(0.05, tail, 1e-9);
        assertEquals(1, SampledVerifier.errorRateBound(5, 5, 0.95));
    }

    @Property(tries = 30)
    void refutesWithAGenuineCounterexampleThatDependsOnTheSeedAloneNotOnThreads(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = twoAnd(random);
        SuperposedNetwork network = TestNetworks.clipped(instance, 40 + random.nextInt(60), 3, 3, 2, random);
        VerificationBudget budget =
                VerificationBudget.unlimited().withSamples(2000).withSeed(new Seed(seed));
        Verdict one = sampled.verify(instance, network, budget);
        assertEquals(one, sampled.verify(instance, network, budget.withThreads(3)));
        if (one instanceof Verdict.Refuted refuted) {
            assertTrue(refuted.counterexample().isConfirmedBy(instance, new PlainEvaluator(network)));
        }
    }

    @Test
    void findsAnErrorThatOnlyATruePositiveShows() {
        RandomGenerator random = new Seed(4).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(400, 20, 2, random)), InputDomain.sparse(400, 2));
        // A network for other gates is wrong on 40 of 80,000 inputs.
        ProblemInstance other = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(400, 20, 2, random)), InputDomain.sparse(400, 2));
        SuperposedNetwork network = TestNetworks.clipped(other, 300, 5, 5, 4, random);
        assertInstanceOf(
                Verdict.Refuted.class,
                sampled.verify(instance, network, VerificationBudget.unlimited().withSamples(200)));
    }

    @Property(tries = 100)
    void everySampleIsInTheDomainAndEveryInputOfASmallDomainIsDrawn(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        InputDomain domain = TestNetworks.randomDomain(5, 2, random);
        ProblemInstance instance = TestNetworks.instance(List.of(TestNetworks.randomGates(5, 3, random)), domain);
        InputSampler sampler = new InputSampler(instance);
        Set<FeatureSet> seen = new HashSet<>();
        for (int t = 0; t < 4000; t++) {
            FeatureSet input = sampler.sample(t, random);
            assertTrue(domain.contains(input), () -> input + " is not in the domain");
            seen.add(input);
        }
        assertEquals(domain.size().intValue(), seen.size());
    }
}
