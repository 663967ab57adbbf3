package org.superpose.constructions.trained.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.construction.Construction;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Networks that are trained whole, held against the map on every input. */
class TrainedNetworksTest {
    private static final Construction LINEAR = new TrainedAnd();
    private static final Construction BY_CODES = new TrainedAndCodes();
    private static final Gates PAIRS = SampleProblems.regular(24, 24, 2, 1);

    private static SuperposedNetwork build(
            Construction construction, ProblemInstance instance, long seed, String assignments) {
        ParameterValues values = ParameterValues.parse(
                construction.id(),
                construction.parameters(),
                Arrays.stream(assignments.split(" "))
                        .map(text -> text.split("="))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        return construction.build(instance, values, new Seed(seed));
    }

    private static Object fact(SuperposedNetwork network, String name) {
        return network.provenance().facts().get(name);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"dense, 1", "codes, 1", "trained, 1", "dense, 2"})
    void theNetworkIsRightOnEveryInputWithFewerNeuronsThanFeatures(String embedding, int layers) {
        ProblemInstance instance = SampleProblems.instance(PAIRS, 3);
        SuperposedNetwork network = build(
                LINEAR,
                instance,
                1,
                "width=20 training-steps=1500 batch-size=128 embedding=" + embedding + " hidden-layers=" + layers);
        assertEquals(0L, fact(network, "wrong-inputs-left"));
        assertEquals(20, network.width());
        NetworkCheck.assertRightEverywhere(instance, network);
    }

    @Test
    void outputsAreReadByCodesThatTheMapDoesNotKnow() {
        ProblemInstance instance = SampleProblems.instance(PAIRS, 3);
        SuperposedNetwork network = build(BY_CODES, instance, 1, "width=40 training-steps=1000 batch-size=128");
        NetworkCheck.assertRightEverywhere(instance, network);
        ProblemInstance other = SampleProblems.instance(SampleProblems.regular(24, 24, 2, 9), 3);
        SuperposedNetwork untrained = build(BY_CODES, other, 1, "width=40 training-steps=7 batch-size=64 sweeps=0");
        assertEquals(network.decoder(), untrained.decoder());
        assertEquals(network.inputCodes(), untrained.inputCodes());
        assertEquals(network.layers().get(0), untrained.layers().get(0));
        assertNotEquals(network.layers().get(1), untrained.layers().get(1));
    }

    @Tag("slow")
    @Test
    void anyFunctionIsLearntAlsoOneThatIsOnAtRest() {
        for (GateFunction function : List.of(GateFunction.PARITY, GateFunction.allOf(false, false))) {
            ProblemInstance instance = SampleProblems.instance(SampleProblems.withFunction(PAIRS, function), 2);
            for (Construction construction : List.of(LINEAR, BY_CODES)) {
                NetworkCheck.assertRightEverywhere(
                        instance, build(construction, instance, 2, "width=48 training-steps=1000 batch-size=64"));
            }
        }
    }

    @Test
    void aCompositionIsLearntAsOneMap() {
        ProblemInstance instance = SampleProblems.layered(
                List.of(SampleProblems.regular(12, 12, 2, 3), SampleProblems.regular(12, 6, 2, 4)), 4);
        NetworkCheck.assertRightEverywhere(
                instance, build(LINEAR, instance, 2, "width=24 training-steps=1000 batch-size=128"));
    }

    @ParameterizedTest
    @CsvSource({"8", "2"})
    void itSaysHowManyInputsAreStillWrong(int bits) {
        ProblemInstance instance = SampleProblems.instance(PAIRS, 3);
        for (Construction construction : List.of(LINEAR, BY_CODES)) {
            SuperposedNetwork network = build(
                    construction, instance, 1, "width=20 training-steps=60 batch-size=64 sweeps=2 weight-bits=" + bits);
            long wrong = (long) fact(network, "wrong-inputs-left");
            assertTrue(wrong > 0);
            assertEquals(NetworkCheck.wrongInputs(instance, network), wrong);
        }
    }

    @Test
    void theSameSeedGivesTheSameNetworkWhateverTheNumberOfThreads() throws Exception {
        ProblemInstance instance = SampleProblems.instance(PAIRS, 3);
        for (Construction construction : List.of(LINEAR, BY_CODES)) {
            String first = null;
            for (int threads : new int[] {1, 2, 5}) {
                ForkJoinPool pool = new ForkJoinPool(threads);
                try {
                    String digest = pool.submit(() -> NetworkDigest.of(build(
                                    construction,
                                    instance,
                                    3,
                                    "width=24 training-steps=120 batch-size=64 hidden-layers=2 sweeps=2")))
                            .get();
                    first = first == null ? digest : first;
                    assertEquals(first, digest, threads + " threads");
                } finally {
                    pool.shutdown();
                }
            }
        }
    }

    @Test
    void weightsKeepWithinTheirBits() {
        ProblemInstance instance = SampleProblems.instance(PAIRS, 2);
        for (int bits : new int[] {2, 4, 8}) {
            SuperposedNetwork network =
                    build(LINEAR, instance, 1, "width=24 training-steps=200 batch-size=64 weight-bits=" + bits);
            network.layers().forEach(layer -> assertTrue(layer.weights().bitsPerWeight() <= bits));
        }
    }
}
