package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
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
                sampled.verify(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited().withSamples(1000)));
        assertEquals(1000, verdict.sampling().orElseThrow().samples());
        assertEquals(BigInteger.ZERO, verdict.inputsCovered());
        // Without errors, the bound is the p with (1 - p)^n = 1 - confidence.
        assertEquals(
                1 - Math.pow(0.01, 1.0 / 1000), verdict.sampling().orElseThrow().errorRateBound(), 1e-9);
        assertEquals(0.99, verdict.sampling().orElseThrow().confidence());
    }

    @Test
    void theBoundIsTheErrorRateAtWhichSoFewErrorsAreUnlikely() {
        double p = SampledVerifier.errorRateBound(50, 2, 0.95);
        double tail = 0;
        for (int x = 0; x <= 2; x++) {
            tail += new BinomialDistribution(null, 50, p).probability(x);
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
        Verdict one = sampled.verify(new BuiltNetwork(instance, network), budget);
        assertEquals(one, sampled.verify(new BuiltNetwork(instance, network), budget.withThreads(3)));
        if (one instanceof Verdict.Refuted refuted) {
            assertTrue(refuted.counterexample().isConfirmedBy(new BuiltNetwork(instance, network)));
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
        Verdict.Refuted refuted = assertInstanceOf(
                Verdict.Refuted.class,
                sampled.verify(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited().withSamples(200)));
        assertEquals(BigInteger.ONE, refuted.inputsCovered(), "only the counterexample is decided");
        long tried = refuted.samples().orElseThrow();
        assertTrue(tried >= 1 && tried <= 200, "tried " + tried);
        assertEquals(
                refuted,
                sampled.verify(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited().withSamples(tried)));
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

    @Test
    void everySampleCountsAndTheListenerIsTold() {
        RandomGenerator random = new Seed(11).generator();
        ProblemInstance instance = twoAnd(random).withMaxActive(2);
        SuperposedNetwork network = TestNetworks.clipped(instance, 300, 5, 5, 4, random);
        for (int samples : new int[] {1, 256, 257, 700}) {
            List<Double> told = new ArrayList<>();
            Verdict.Undecided verdict = assertInstanceOf(
                    Verdict.Undecided.class,
                    sampled.verify(
                            new BuiltNetwork(instance, network),
                            VerificationBudget.unlimited().withSamples(samples).withProgress(told::add)));
            assertEquals(samples, verdict.sampling().orElseThrow().samples());
            assertEquals("only " + samples + " random inputs were tried, all of them right", verdict.reason());
            assertEquals((samples + 255) / 256, told.size());
            assertEquals(Math.min(samples, 256) / (double) samples, told.get(0));
            assertEquals(1, told.get(told.size() - 1));
        }
    }

    @Test
    void withoutTimeNothingIsSampledAndNothingSaidOfTheErrorRate() {
        RandomGenerator random = new Seed(11).generator();
        ProblemInstance instance = twoAnd(random).withMaxActive(2);
        SuperposedNetwork network = TestNetworks.clipped(instance, 300, 5, 5, 4, random);
        assertEquals(
                Verdict.Undecided.unsampled(
                        "sampled",
                        "the budget of 1.0E-9 s ran out",
                        BigInteger.ZERO,
                        instance.domain().size()),
                sampled.verify(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited().withMaxSeconds(1e-9)));
    }

    @Test
    void cannotVerifyAndIsNotGivenNetworksOfAnotherShape() {
        RandomGenerator random = new Seed(11).generator();
        ProblemInstance instance = twoAnd(random);
        SuperposedNetwork network = TestNetworks.clipped(instance, 60, 3, 3, 2, random);
        assertEquals(Double.POSITIVE_INFINITY, sampled.cost(new BuiltNetwork(instance, network)));
        assertEquals("sampled", sampled.id());
        assertFalse(sampled.title().isBlank());
        ProblemInstance larger = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(31, 30, 2, random)), InputDomain.sparse(31, 2));
        assertThrows(IllegalArgumentException.class, () -> new BuiltNetwork(larger, network));
    }

    @Test
    void anInputOnWhichOnlyTheKernelsAreWrongIsNoCounterexample() {
        // Behind a bit matrix, the kernels add up in double and the plain evaluator in float.
        InputDomain domain = InputDomain.sparse(1, 1);
        ProblemInstance instance = TestNetworks.instance(List.of(Gates.conjunctions(1, 1, new int[] {0})), domain);
        RandomGenerator random = new Seed(5).generator();
        FeatureSet on = FeatureSet.of(0);
        SuperposedNetwork network = null;
        for (int tries = 0; tries < 1000 && network == null; tries++) {
            float[] weights = new float[16];
            for (int e = 0; e < weights.length; e++) {
                weights[e] = random.nextFloat();
            }
            SuperposedNetwork made = TestNetworks.network(
                    Codes.identity(1),
                    List.of(
                            Layer.withBias(new DenseMatrix(16, 1, weights), 0),
                            Layer.withBias(BitMatrix.ofBits(1, 16, new long[] {0xffff}), 0)),
                    Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 1),
                    domain);
            float plain = new PlainEvaluator(made).activations(on)[2][0];
            if (new KernelEvaluator(made).activations(on)[2][0] < plain) {
                network = TestNetworks.network(
                        made.inputCodes(),
                        made.layers(),
                        Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, plain),
                        domain);
            }
        }
        Verdict.Undecided verdict = assertInstanceOf(
                Verdict.Undecided.class,
                sampled.verify(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited().withSamples(100)));
        assertTrue(verdict.reason().startsWith("runtimes disagree on {0}"), verdict.reason());
        assertEquals(Optional.empty(), verdict.sampling());
    }

    /** How often each input occurs among the samples of one number. */
    private static Map<FeatureSet, Integer> draw(ProblemInstance instance, int number, int times) {
        RandomGenerator random = new Seed(8).generator();
        InputSampler sampler = new InputSampler(instance);
        Map<FeatureSet, Integer> drawn = new HashMap<>();
        for (int t = 0; t < times; t++) {
            drawn.merge(sampler.sample(number, random), 1, Integer::sum);
        }
        return drawn;
    }

    private static double share(Map<FeatureSet, Integer> drawn, Predicate<FeatureSet> which) {
        double hits = 0;
        double all = 0;
        for (var each : drawn.entrySet()) {
            hits += which.test(each.getKey()) ? each.getValue() : 0;
            all += each.getValue();
        }
        return hits / all;
    }

    private static final int DRAWS = 40_000;
    /** Five standard deviations of a share with mean one half. */
    private static final double CLOSE = 0.0125;

    @Test
    void aQuarterOfTheSamplesIsUniformOverTheDomain() {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(5, 2, new int[] {0, 1})), InputDomain.sparse(5, 2));
        Map<FeatureSet, Integer> drawn = draw(instance, 4, DRAWS);
        assertEquals(16, drawn.size());
        drawn.forEach((input, count) -> assertEquals(1 / 16.0, count / (double) DRAWS, CLOSE / 2, input::toString));
    }

    @Test
    void aQuarterOfTheSamplesIsUniformOverTheNumberOfActiveFeatures() {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(30, 2, new int[] {0, 1})), InputDomain.sparse(30, 3));
        Map<FeatureSet, Integer> drawn = draw(instance, 5, DRAWS);
        for (int active = 0; active <= 3; active++) {
            int wanted = active;
            assertEquals(0.25, share(drawn, input -> input.size() == wanted), CLOSE);
        }
    }

    @Test
    void halfOfTheSamplesAreNearTruePositives() {
        // All inputs of a gate, or all but one; and, where there is room, any number of others.
        ProblemInstance instance = TestNetworks.instance(
                List.of(Gates.conjunctions(1000, 3, new int[] {10, 20, 30, 40, 50, 60})), InputDomain.sparse(1000, 4));
        FeatureSet[] gates = {FeatureSet.of(10, 20, 30), FeatureSet.of(40, 50, 60)};
        for (int number = 2; number <= 3; number++) {
            Map<FeatureSet, Integer> drawn = draw(instance, number, DRAWS);
            for (FeatureSet gate : gates) {
                assertEquals(0.25, share(drawn, input -> common(input, gate) == 3), CLOSE);
                assertEquals(0.25, share(drawn, input -> common(input, gate) == 2), CLOSE);
                assertEquals(0.125, share(drawn, gate::equals), CLOSE);
                for (int left : gate.toArray()) {
                    assertEquals(
                            0.25 / 3, share(drawn, input -> common(input, gate) == 2 && !input.contains(left)), CLOSE);
                }
            }
            for (int others = 0; others <= 2; others++) {
                int wanted = 2 + others;
                assertEquals(
                        0.5 / 3,
                        share(
                                drawn,
                                input -> input.size() == wanted
                                        && Math.max(common(input, gates[0]), common(input, gates[1])) == 2),
                        CLOSE);
            }
        }
    }

    @Test
    void ofAGateThatReadsMoreThanMayBeActiveAnyWindowIsDrawn() {
        FeatureSet gate = FeatureSet.of(10, 20, 30, 40, 50);
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(60, 5, gate.toArray())), InputDomain.sparse(60, 2));
        Map<FeatureSet, Integer> drawn = draw(instance, 2, DRAWS);
        assertEquals(1, share(drawn, input -> common(input, gate) == 2));
        // Without an input left out five windows; with one, of five that begin anywhere one ends
        // behind the gap and one begins behind it.
        for (int t = 0; t < 5; t++) {
            FeatureSet next = FeatureSet.of(gate.get(t), gate.get((t + 1) % 5));
            FeatureSet overNext = FeatureSet.of(gate.get(t), gate.get((t + 2) % 5));
            assertEquals(0.5 / 5 + 0.5 * 4 / 25, share(drawn, next::equals), CLOSE);
            assertEquals(0.5 / 25, share(drawn, overNext::equals), CLOSE);
        }
    }

    private static int common(FeatureSet input, FeatureSet gate) {
        return (int) IntStream.of(gate.toArray()).filter(input::contains).count();
    }

    @Test
    void whatSamplesTellIsWithinItsRanges() {
        assertEquals(new Sampling(1, 0, 0.5), new Sampling(1, 0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(0, 0.5, 0.5));
        for (double bound : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new Sampling(1, bound, 0.5));
        }
        for (double confidence : new double[] {0, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new Sampling(1, 0.5, confidence));
        }
    }
}
