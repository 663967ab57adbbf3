package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
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

/** What is VERIFIED stays right in runtimes that take numbers below the smallest normal one for zero. */
class FlushToZeroTest {
    private static final List<Verifier> PROVING = List.of(
            new ExhaustiveVerifier(),
            new BranchAndBoundVerifier(),
            new AdditiveVerifier(),
            new PairwiseVerifier(),
            new MonotoneVerifier(),
            new CompositionalVerifier());

    /** A runtime by definition that flushes what it reads, what it writes, or both. */
    private record Flushing(SuperposedNetwork network, boolean reads, boolean writes) {
        private static float flushed(float value, boolean flushes) {
            return flushes && Math.abs(value) < Float.MIN_NORMAL ? 0 : value;
        }

        private float read(float value) {
            return flushed(value, reads);
        }

        private float written(float value) {
            return flushed(value, writes);
        }

        private float[] apply(Layer layer, float[] x) {
            float[] y = new float[layer.rows()];
            for (int r = 0; r < y.length; r++) {
                float z = layer.bias(r);
                for (int c = 0; c < x.length; c++) {
                    float product = written(read(layer.weights().get(r, c)) * read(x[c]));
                    z = written(read(z) + read(product));
                }
                y[r] = Math.max(0, read(z));
            }
            return y;
        }

        FeatureSet evaluate(FeatureSet input) {
            float[] y = new float[network.inputCodes().neurons()];
            for (int j : input.toArray()) {
                for (int e : network.inputCodes().code(j)) {
                    y[e]++;
                }
            }
            for (Layer layer : network.layers()) {
                y = apply(layer, y);
            }
            float[] last = y;
            Decoder decoder = network.decoder();
            return FeatureSet.of(IntStream.range(0, decoder.outputs())
                    .filter(i -> isOn(decoder, i, last))
                    .toArray());
        }

        private boolean isOn(Decoder decoder, int output, float[] y) {
            float threshold = read(decoder.threshold(output));
            int[] code = decoder.codes().code(output);
            if (decoder.kind() == Decoder.Kind.EVERY_ROW) {
                return Arrays.stream(code).allMatch(f -> read(y[f]) >= threshold);
            }
            float sum = 0;
            for (int f : code) {
                sum = written(read(sum) + read(y[f]));
            }
            return read(sum) >= threshold;
        }

        static boolean areRight(BuiltNetwork built) {
            for (int mode = 1; mode < 4; mode++) {
                Flushing runtime = new Flushing(built.network(), (mode & 1) != 0, (mode & 2) != 0);
                for (FeatureSet input : built.instance().domain()) {
                    if (!runtime.evaluate(input).equals(built.instance().evaluate(input))) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** Layers scaled to around the smallest normal number; empty where that overflows. */
    private static int[] randomExponents(int layers, RandomGenerator random) {
        int[] exponents = new int[layers];
        for (int t = 0; t < layers; t++) {
            exponents[t] = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> -70;
                default -> random.nextInt(-129, -119);
            };
            int before = t == 0 ? 0 : exponents[t - 1];
            exponents[t] = Math.min(exponents[t], before + 110);
        }
        return exponents;
    }

    @Tag("slow")
    @Test
    void whatIsVerifiedIsRightInRuntimesThatFlush() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int seed = 0; seed < 4000; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            BuiltNetwork plain = TestNetworks.interpolating(seed % 4 == 0 ? 1 : 0, seed % 3 == 0, random);
            BuiltNetwork tiny;
            try {
                tiny = PowersOfTwo.scaled(
                        plain, randomExponents(plain.network().layers().size(), random));
            } catch (IllegalArgumentException vanished) {
                continue; // a threshold of 0
            }
            boolean areRight = Flushing.areRight(tiny);
            for (Verifier verifier : PROVING) {
                if (verifier.accepts(tiny).isAccepted()) {
                    Verdict verdict = verifier.verify(tiny, VerificationBudget.unlimited());
                    assertTrue(
                            areRight || !(verdict instanceof Verdict.Verified),
                            () -> verifier.id() + " on " + tiny.network());
                    seen.merge(verifier.id() + " " + verdict.status() + " " + areRight, 1, Integer::sum);
                }
            }
        }
        for (String each : List.of("VERIFIED true", "UNDECIDED false", "REFUTED false")) {
            assertTrue(seen.getOrDefault("exhaustive " + each, 0) > 100, seen.toString());
        }
    }

    /** One output that copies one input, through two layers. */
    private static BuiltNetwork copy(float first, float firstBias, float second, float secondBias, float threshold) {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(1, 1, new int[] {0})), InputDomain.sparse(1, 1));
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(1),
                List.of(
                        Layer.withBias(new DenseMatrix(1, 1, new float[] {first}), firstBias),
                        Layer.withBias(new DenseMatrix(1, 1, new float[] {second}), secondBias)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, threshold),
                instance.domain());
        return new BuiltNetwork(instance, network);
    }

    private static void assertOpen(BuiltNetwork built) {
        assertEquals(null, TestNetworks.Naive.verify(built).wrong(), "right with gradual underflow");
        assertFalse(Flushing.areRight(built), "not right without");
        for (Verifier verifier : List.of(new ExhaustiveVerifier(), new SampledVerifier(), new AutoVerifier())) {
            Verdict verdict = verifier.verify(built, VerificationBudget.unlimited());
            assertInstanceOf(Verdict.Undecided.class, verdict, verifier.id());
        }
    }

    @Tag("slow")
    @Test
    void aDecisiveWeightBiasProductValueOrThresholdBelowTheSmallestNormalNumberIsUndecided() {
        assertInstanceOf(
                Verdict.Verified.class,
                new ExhaustiveVerifier().verify(copy(1, 0, 1, 0, 0.5f), VerificationBudget.unlimited()));
        assertOpen(copy(0x1p-130f, 0, 0x1p120f, 0, 0x1p-11f)); // the first weight
        assertOpen(copy(0x1p120f, 0, 0x1p-130f, 0, 0x1p-11f)); // the second
        assertOpen(copy(1, 0, 0x1p-130f, 0, 0x1p-131f)); // the last value
        assertOpen(copy(0x1p-70f, 0, 0x1p-70f, 0, 0x1p-141f)); // the product
        assertOpen(copy(0x1.8p-126f, -0x1p-126f, 0x1p120f, 0, 0x1p-10f)); // the difference
        assertOpen(copy(-1, 0x1p-130f, -0x1p120f, 0x1p-10f, 0x1p-11f)); // the bias
        assertOpen(copy(1, 0, 1, 0, Float.MIN_VALUE)); // the threshold
    }

    @Test
    void everyArgumentLeavesThresholdsBelowTheSmallestNormalNumberOpen() {
        RandomGenerator random = new Seed(1).generator();
        ProblemInstance pairs = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(6, 4, 2, random)), InputDomain.sparse(6, 2));
        SuperposedNetwork clipped = TestNetworks.clipped(pairs, 150, 3, 3, 2, random);
        BuiltNetwork chain = chain(random);
        BuiltNetwork copies = copies(random);
        for (Verifier verifier : PROVING) {
            int proved = 0;
            for (BuiltNetwork built : List.of(new BuiltNetwork(pairs, clipped), chain, copies)) {
                if (!verifier.accepts(built).isAccepted()) {
                    continue;
                }
                proved += verifier.verify(built, VerificationBudget.unlimited()) instanceof Verdict.Verified ? 1 : 0;
                Decoder decoder = built.network().decoder();
                BuiltNetwork open = new BuiltNetwork(
                        built.instance(),
                        built.network()
                                .withDecoder(Decoder.withThreshold(
                                        decoder.codes(), decoder.kind(), Float.MIN_NORMAL - Float.MIN_VALUE)));
                if (verifier.accepts(open).isAccepted()) {
                    Verdict verdict = verifier.verify(open, VerificationBudget.unlimited());
                    assertFalse(verdict instanceof Verdict.Verified, verifier.id());
                }
            }
            assertTrue(proved > 0, verifier.id() + " proves nothing");
        }
    }

    private static BuiltNetwork chain(RandomGenerator random) {
        ProblemInstance instance = TestNetworks.instance(
                List.of(
                        Gates.conjunctions(6, 2, new int[] {0, 1, 2, 3, 4, 5}),
                        Gates.conjunctions(3, 1, new int[] {2, 0, 1})),
                InputDomain.sparse(6, 2));
        for (int tries = 0; tries < 100; tries++) {
            BuiltNetwork chain = new BuiltNetwork(instance, TestNetworks.clippedChain(instance, 200, 3, 3, random));
            if (new CompositionalVerifier().verify(chain, VerificationBudget.unlimited()) instanceof Verdict.Verified) {
                return chain;
            }
        }
        throw new AssertionError("no chain is proved");
    }

    private static BuiltNetwork copies(RandomGenerator random) {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(3, 1, new int[] {2, 0, 1})), InputDomain.sparse(3, 2));
        float[] weights = {0, 0, 1, 1, 0, 0, 0, 1, 0};
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(3),
                List.of(Layer.withBias(new DenseMatrix(3, 3, weights), 0)),
                Decoder.withThreshold(Codes.identity(3), Decoder.Kind.SUM, 1),
                instance.domain());
        return new BuiltNetwork(instance, network);
    }
}
