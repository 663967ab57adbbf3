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
import org.apache.commons.math3.distribution.BetaDistribution;
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
                1 - Math.pow(0.01, 1.0 / 1000), verdict.sampling().orElseThrow().errorRateBound(), 1e-8);
        assertEquals(0.99, verdict.sampling().orElseThrow().confidence());
    }

    @Test
    void theBoundIsTheErrorRateAtWhichNoErrorIsUnlikely() {
        for (long samples : new long[] {1, 2, 50, 100_000, 10_000_000_000L}) {
            for (double confidence : new double[] {0.5, 0.95, 0.9999}) {
                double bound = Sampling.right(samples, 0, confidence).errorRateBound();
                double expected =
                        new BetaDistribution(null, 1, samples, 1e-20).inverseCumulativeProbability(confidence);
                assertEquals(expected, bound, 1e-6 * expected, samples + " samples");
            }
        }
    }

    @Test
    void theMostWrongInputsAreThoseWithWhichNoUniformSampleIsWrongOftenEnough() {
        for (int size = 1; size < 60; size++) {
            for (int samples = 1; samples < 40; samples++) {
                for (double confidence : new double[] {0.5, 0.9, 0.99}) {
                    int most = size;
                    while (Math.pow(1 - (double) most / size, samples) < 1 - confidence - 1e-12) {
                        most--;
                    }
                    BigInteger got =
                            new Sampling(4 * samples, samples, 0.5, confidence).mostWrong(BigInteger.valueOf(size));
                    assertEquals(most, got.intValueExact(), samples + " samples of " + size);
                }
            }
        }
        BigInteger huge = BigInteger.TEN.pow(40);
        BigInteger most = Sampling.right(4_000_000_000L, 1_000_000_000L, 0.99).mostWrong(huge);
        double share = -Math.expm1(Math.log1p(-0.99) / 1e9);
        double got = most.doubleValue() / huge.doubleValue();
        assertTrue(got >= share && got <= 1.000002 * share, "" + got);
        assertEquals(huge, new Sampling(10, 0.1, 0.99).mostWrong(huge), "none is known to be uniform");
    }

    @Test
    void theNumberOfWrongInputsIsWithinItsBoundAsOftenAsItSaysAndTheErrorRateIsNotTheirShare() {
        double confidence = 0.8;
        VerificationBudget budget =
                new VerificationBudget(1e9, Long.MAX_VALUE, 1, 8, confidence, new Seed(0), progress -> {});
        int tried = 2000;
        for (int firstFar : new int[] {2, 5, 8, 14}) {
            BuiltNetwork built = wrongFarFromTheGate(firstFar);
            BigInteger wrong = BigInteger.valueOf(wrongInputs(built));
            BigInteger size = built.instance().domain().size();
            double share = wrong.doubleValue() / size.doubleValue();
            int missed = 0;
            int missedByErrorRate = 0;
            for (int seed = 0; seed < tried; seed++) {
                Verdict verdict = sampled.verify(built, budget.withSeed(new Seed(seed)));
                if (verdict instanceof Verdict.Undecided undecided) {
                    missed += wrong.compareTo(undecided.mostWrongWithConfidence()) > 0 ? 1 : 0;
                    Sampling sampling = undecided.sampling().orElseThrow();
                    assertEquals(2, sampling.uniformSamples());
                    missedByErrorRate += share > sampling.errorRateBound() ? 1 : 0;
                }
            }
            assertTrue(missed <= (1 - confidence) * tried, firstFar + ": " + missed);
            if (firstFar == 8) {
                // A third of all inputs is wrong, but few of those near the gate.
                assertTrue(missedByErrorRate > 1.5 * (1 - confidence) * tried, "" + missedByErrorRate);
            }
        }
    }

    /** One gate reads features 0 and 1, but the network is on for any two of the last features too. */
    private static BuiltNetwork wrongFarFromTheGate(int firstFar) {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(20, 2, new int[] {0, 1})), InputDomain.sparse(20, 2));
        float[] weights = new float[2 * 20];
        for (int j = 0; j < 20; j++) {
            weights[j] = j < 2 ? 1 : 0;
            weights[20 + j] = j >= firstFar ? 1 : 0;
        }
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(20),
                List.of(Layer.withBias(new DenseMatrix(2, 20, weights), -1)),
                Decoder.withThreshold(Codes.ofWeight(2, 2, new int[] {0, 1}), Decoder.Kind.SUM, 1),
                instance.domain());
        return new BuiltNetwork(instance, network);
    }

    private static long wrongInputs(BuiltNetwork built) {
        PlainEvaluator plain = new PlainEvaluator(built.network());
        long wrong = 0;
        for (FeatureSet input : built.instance().domain()) {
            wrong += plain.evaluate(input).equals(built.instance().evaluate(input)) ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void whatIsProvedIsNotAmongTheWrongInputsAndTheOthersAreBoundedByTheSamplesOfTheWholeDomain() {
        BigInteger size = BigInteger.valueOf(1000);
        Sampling sampling = Sampling.right(80, 20, 0.9);
        assertEquals(BigInteger.valueOf(108), sampling.mostWrong(size)); // 1 - 0.1^(1/20) of 1000
        for (int proved : new int[] {0, 500, 892, 893, 999, 1000}) {
            Verdict.Undecided verdict =
                    new Verdict.Undecided("sampled", "why", BigInteger.valueOf(proved), size, Optional.of(sampling));
            assertEquals(
                    BigInteger.valueOf(Math.min(108, 1000 - proved)), verdict.mostWrongWithConfidence(), "" + proved);
        }
        assertEquals(
                BigInteger.valueOf(400),
                Verdict.Undecided.unsampled("x", "why", BigInteger.valueOf(600), size)
                        .mostWrongWithConfidence());
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
        assertThrows(IllegalArgumentException.class, () -> new Sampling(3, 4, 0.5, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(3, -1, 0.5, 0.5));
        for (double bound : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new Sampling(1, bound, 0.5));
        }
        for (double confidence : new double[] {0, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new Sampling(1, 0.5, confidence));
        }
    }
}
