package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Networks with one fault each, planted where it is hard to see. No verifier may say VERIFIED, and where the fault does
 * not depend on rounding, one of them has to refute the network.
 */
class PlantedFaultsTest {
    /**
     * A network and its fault.
     *
     * @param certain whether the network is wrong in every float32 arithmetic, so that a verifier has to refute it
     */
    record Planted(String fault, BuiltNetwork built, boolean certain) {
        @Override
        public String toString() {
            return fault;
        }
    }

    static List<Planted> faults() {
        return List.of(
                onePairOfABillion(true),
                oneTripleOfABillion(true),
                claimsMoreThanItHolds(),
                readOut("a threshold one rounding above what every row holds", Decoder.Kind.EVERY_ROW, Math.nextUp(1f)),
                readOut("a threshold one rounding above the sum of the rows", Decoder.Kind.SUM, Math.nextUp(2f)),
                tenTenths("a sum of ten tenths against 1", 1f),
                tenTenths("a sum of ten tenths against the number after 1", Math.nextUp(1f)),
                tenTenths("a sum of ten tenths against the second number after 1", Math.nextUp(Math.nextUp(1f))),
                absorbed("a one that is lost beside 2^24", 0x1p24f, -0x1p24f, true),
                absorbed("a one that is not lost only if added last", 0x1p24f, -0x1p24f, false),
                absorbed("sums that overflow to infinity", 3e38f, -3e38f, false));
    }

    private static final List<Verifier> VERIFIERS = Catalog.load(
                    "verifier", Verifier.class, PlantedFaultsTest.class.getClassLoader())
            .plugins();

    private static List<Verdict> verdicts(BuiltNetwork built) {
        VerificationBudget budget =
                VerificationBudget.unlimited().withThreads(2).withSamples(3_000);
        return VERIFIERS.stream()
                .filter(verifier -> verifier.accepts(built).isAccepted())
                .map(verifier -> verifier.verify(built, budget))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void noVerifierIsTakenInBy(Planted planted) {
        List<Verdict> verdicts = verdicts(planted.built());
        assertTrue(verdicts.size() >= 3, "too few verifiers accept it");
        for (Verdict verdict : verdicts) {
            assertFalse(verdict instanceof Verdict.Verified, verdict.method() + " verified " + planted);
            if (verdict instanceof Verdict.Refuted refuted) {
                assertTrue(refuted.counterexample().isConfirmedBy(planted.built()));
            }
        }
        if (planted.certain()) {
            assertTrue(verdicts.stream().anyMatch(verdict -> verdict instanceof Verdict.Refuted), verdicts.toString());
        }
    }

    @Tag("slow")
    @Test
    void theNetworksWithoutThePlantedWeightsAreVerified() {
        for (Planted sound : List.of(onePairOfABillion(false), oneTripleOfABillion(false))) {
            List<Verdict> verdicts = verdicts(sound.built());
            assertTrue(verdicts.stream().noneMatch(verdict -> verdict instanceof Verdict.Refuted));
            assertTrue(verdicts.stream().anyMatch(verdict -> verdict instanceof Verdict.Verified));
        }
    }

    @Test
    void samplingDoesNotFindTheOneWrongPair() {
        Planted planted = onePairOfABillion(true);
        Verdict verdict = new SampledVerifier()
                .verify(planted.built(), VerificationBudget.unlimited().withSamples(20_000));
        assertEquals("UNDECIDED", verdict.status());
    }

    /** Eight pairs of 45,000 features, and a ninth row that turns output 3 on for a pair that no gate reads. */
    private static Planted onePairOfABillion(boolean planted) {
        int features = 45_000;
        int neurons = 128;
        int weight = 4;
        RandomGenerator random = new Seed(10).generator();
        Codes codes = TestNetworks.randomCodes(features, neurons, weight, random);
        List<int[]> pairs = lonelyPairs(codes, 9, random);
        int gates = pairs.size() - 1;
        ProblemInstance instance = TestNetworks.instance(
                List.of(Gates.conjunctions(
                        features,
                        2,
                        pairs.subList(0, gates).stream()
                                .flatMapToInt(Arrays::stream)
                                .toArray())),
                InputDomain.sparse(features, 2));
        long[] first = new long[pairs.size() * 2];
        for (int e = 0; e < pairs.size(); e++) {
            for (int feature : pairs.get(e)) {
                for (int neuron : codes.code(feature)) {
                    first[2 * e + neuron / Long.SIZE] |= 1L << neuron;
                }
            }
        }
        SuperposedNetwork network = TestNetworks.network(
                codes,
                List.of(
                        Layer.withBias(BitMatrix.ofBits(pairs.size(), neurons, first), 1 - 2 * weight),
                        copying(gates, planted)),
                Decoder.withThreshold(Codes.identity(gates), Decoder.Kind.EVERY_ROW, 1),
                instance.domain());
        return new Planted("one wrong pair of a billion", new BuiltNetwork(instance, network), true);
    }

    /** Pairs whose two codes together contain no third. */
    private static List<int[]> lonelyPairs(Codes codes, int count, RandomGenerator random) {
        List<int[]> pairs = new ArrayList<>();
        while (pairs.size() < count) {
            int[] pair = TestNetworks.subset(2, codes.features(), random);
            boolean[] union = new boolean[codes.neurons()];
            for (int feature : pair) {
                for (int neuron : codes.code(feature)) {
                    union[neuron] = true;
                }
            }
            long within = IntStream.range(0, codes.features())
                    .filter(j -> Arrays.stream(codes.code(j)).allMatch(neuron -> union[neuron]))
                    .count();
            if (within == 2) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    /** Copies each of the first rows to an output; if {@code planted}, the last, surplus row goes to output 3. */
    private static Layer copying(int outputs, boolean planted) {
        long[] bits = new long[outputs];
        for (int f = 0; f < outputs; f++) {
            bits[f] = 1L << f;
        }
        bits[3] |= planted ? 1L << outputs : 0;
        return Layer.withBias(BitMatrix.ofBits(outputs, outputs + 1, bits), 0);
    }

    /** Eight pairs of 1,800 features of which three may be active, and a row that turns output 3 on for one triple. */
    private static Planted oneTripleOfABillion(boolean planted) {
        int features = 1_800;
        RandomGenerator random = new Seed(11).generator();
        int gates = 8;
        int[] read = TestNetworks.subset(2 * gates + 3, features, random);
        ProblemInstance instance = TestNetworks.instance(
                List.of(Gates.conjunctions(features, 2, Arrays.copyOf(read, 2 * gates))),
                InputDomain.sparse(features, 3));
        int words = BitMatrix.wordsPerRow(features);
        long[] first = new long[(gates + 1) * words];
        float[] bias = new float[gates + 1];
        for (int t = 0; t < read.length; t++) {
            int row = Math.min(t / 2, gates);
            first[row * words + read[t] / Long.SIZE] |= 1L << read[t];
            bias[row] = row < gates ? -1 : -2;
        }
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(features),
                List.of(new Layer(BitMatrix.ofBits(gates + 1, features, first), bias), copying(gates, planted)),
                Decoder.withThreshold(Codes.identity(gates), Decoder.Kind.EVERY_ROW, 1),
                instance.domain());
        return new Planted("one wrong triple of a billion", new BuiltNetwork(instance, network), true);
    }

    /**
     * Claims that it is clean, right for three active features, and the result of a search that left no wrong input.
     */
    private static Planted claimsMoreThanItHolds() {
        Planted wrong = readOut("", Decoder.Kind.SUM, 3);
        SuperposedNetwork network = new SuperposedNetwork(
                wrong.built().network().inputCodes(),
                wrong.built().network().layers(),
                wrong.built().network().decoder(),
                InputDomain.sparse(wrong.built().instance().inputs(), 3),
                true,
                new Provenance("clipped-and", Map.of(), 1, Map.of("wrong-inputs-left", 0, "verdict", "VERIFIED")));
        return new Planted(
                "claims of the maker that do not hold",
                new BuiltNetwork(wrong.built().instance(), network),
                true);
    }

    /** ANDs of neighbours with two output neurons each, which hold 1 when the output is on. */
    private static Planted readOut(String fault, Decoder.Kind kind, float threshold) {
        int features = 6;
        Gates gates = Gates.conjunctions(features, 2, new int[] {0, 1, 2, 3, 4, 5});
        ProblemInstance instance = TestNetworks.instance(List.of(gates), InputDomain.sparse(features, 2));
        long[] first = {0b11, 0b1100, 0b110000};
        long[] second = {1, 1, 2, 2, 4, 4};
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(features),
                List.of(
                        Layer.withBias(BitMatrix.ofBits(3, features, first), -1),
                        Layer.withBias(BitMatrix.ofBits(6, 3, second), 0)),
                Decoder.withThreshold(Codes.ofWeight(6, 2, new int[] {0, 1, 2, 3, 4, 5}), kind, threshold),
                instance.domain());
        return new Planted(fault, new BuiltNetwork(instance, network), true);
    }

    /**
     * Copies of features with ten neurons each: whether the sum of ten tenths is above or below 1 depends on the order
     * of summation.
     */
    private static Planted tenTenths(String fault, float threshold) {
        int features = 4;
        int[] members = IntStream.range(0, 10 * features).toArray();
        float[] weights = new float[features * members.length];
        for (int neuron : members) {
            weights[neuron / 10 * members.length + neuron] = 0.1f;
        }
        Gates gates =
                Gates.conjunctions(features, 1, IntStream.range(0, features).toArray());
        ProblemInstance instance = TestNetworks.instance(List.of(gates), InputDomain.sparse(features, 2));
        SuperposedNetwork network = TestNetworks.network(
                Codes.ofWeight(members.length, 10, members),
                List.of(Layer.withBias(new DenseMatrix(features, members.length, weights), 0)),
                Decoder.withThreshold(Codes.identity(features), Decoder.Kind.EVERY_ROW, threshold),
                instance.domain());
        return new Planted(fault, new BuiltNetwork(instance, network), false);
    }

    /** One AND of two features as large + 1 + bias: whether the 1 survives depends on the order of summation. */
    private static Planted absorbed(String fault, float large, float bias, boolean largeFirst) {
        Gates gates = Gates.conjunctions(2, 2, new int[] {0, 1});
        ProblemInstance instance = TestNetworks.instance(List.of(gates), InputDomain.sparse(2, 2));
        float[] weights = largeFirst ? new float[] {large, 1} : new float[] {1, large};
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(2),
                List.of(Layer.withBias(new DenseMatrix(1, 2, weights), bias)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 1),
                instance.domain());
        return new Planted(fault, new BuiltNetwork(instance, network), false);
    }

    @Test
    void theWrongPairIsTheOneThatWasPlanted() {
        Planted planted = onePairOfABillion(true);
        FeatureSet wrong = verdicts(planted.built()).stream()
                .filter(verdict -> verdict instanceof Verdict.Refuted)
                .map(verdict -> ((Verdict.Refuted) verdict).counterexample().input())
                .findFirst()
                .orElseThrow();
        assertEquals(2, wrong.size());
        assertTrue(planted.built().instance().evaluate(wrong).isEmpty());
    }
}
