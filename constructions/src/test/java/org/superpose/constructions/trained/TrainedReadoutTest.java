package org.superpose.constructions.trained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.argument.AdditiveVerifier;

class TrainedReadoutTest {
    private static final TrainedReadout READOUT = new TrainedReadout();
    /** Hashes of the weights as they were when this test was written. */
    private static final int WEIGHTS_OF_SEED_5 = 2116960037;

    private static final int TRAINED_WEIGHTS_OF_SEED_5 = -323135523;

    private static SuperposedNetwork build(ProblemInstance instance, long seed, String... assignments) {
        ParameterValues values = ParameterValues.parse(
                "construction",
                READOUT.parameters(),
                Arrays.stream(assignments)
                        .map(text -> text.split("="))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        return READOUT.build(instance, values, new Seed(seed));
    }

    private static int wrongOutputs(SuperposedNetwork network) {
        return (int) network.provenance().facts().get("wrong-outputs");
    }

    private static ProblemInstance twoHops() {
        Gates first = SampleProblems.regular(48, 48, 2, 5);
        return SampleProblems.layered(List.of(first, SampleProblems.regular(48, 24, 2, 6)), 4);
    }

    static Stream<Arguments> maps() {
        return Stream.of(
                Arguments.of("AND, v = 2", GateInstances.regular(GateFunction.AND, 120, 2, 2), 50, 20),
                Arguments.of("AND, v = 3", GateInstances.regular(GateFunction.AND, 64, 2, 3), 40, 18),
                Arguments.of("a AND NOT b", GateInstances.regular(GateInstances.A_NOT_B, 120, 2, 2), 90, 26),
                Arguments.of("OR, v = 2", GateInstances.regular(GateFunction.atLeast(1), 120, 2, 2), 90, 26),
                Arguments.of("majority", GateInstances.regular(GateFunction.atLeast(2), 60, 3, 3), 52, 26),
                Arguments.of(
                        "a AND b AND NOT c, grouped",
                        GateInstances.grouped(GateFunction.allOf(true, true, false), 24, 72),
                        64,
                        36),
                Arguments.of("functions of all kinds", GateInstances.mixed(), 52, 34),
                Arguments.of("two hops", twoHops(), 44, 30));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("maps")
    void theNetworkIsRightOnEveryInputWithFewerNeuronsThanFeatures(
            String name, ProblemInstance instance, int dense, int trained) {
        for (boolean moves : new boolean[] {false, true}) {
            int width = moves ? trained : dense;
            SuperposedNetwork network =
                    build(instance, 1, "width=" + width, "embedding=" + (moves ? "trained" : "dense"));
            assertEquals(0, wrongOutputs(network), () -> "embedding trained: " + moves);
            assertTrue(width < instance.inputs());
            assertEquals(width, network.width());
            NetworkCheck.assertRightEverywhere(instance, network);
            assertTrue(Exactness.of(network, instance.maxActive()).isExact());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "trained"})
    void theExactTestFindsTheWrongOutputsThatEveryInputTogetherFind(String embedding) {
        for (ProblemInstance instance : List.of(
                GateInstances.regular(GateFunction.AND, 40, 2, 3),
                GateInstances.regular(GateInstances.A_NOT_B, 40, 2, 2),
                GateInstances.grouped(GateFunction.allOf(true, true, false), 8, 30))) {
            SuperposedNetwork network = build(instance, 2, "width=7", "embedding=" + embedding, "training-steps=60");
            int count = GateInstances.wrongOutputs(instance, network);
            assertTrue(count > 0);
            assertEquals(count, wrongOutputs(network));
        }
    }

    @Test
    void theArgumentOverSingleFeaturesAgreesWithEveryInput() {
        ProblemInstance instance = GateInstances.regular(GateFunction.AND, 40, 2, 3);
        for (int width : new int[] {9, 16, 30}) {
            SuperposedNetwork network = build(instance, 3, "width=" + width, "embedding=trained");
            Verdict verdict =
                    new AdditiveVerifier().verify(new BuiltNetwork(instance, network), VerificationBudget.unlimited());
            assertEquals(
                    GateInstances.wrongOutputs(instance, network) == 0,
                    verdict instanceof Verdict.Verified,
                    () -> "width " + width);
        }
    }

    @Test
    void noReluCuts() {
        ProblemInstance instance = GateInstances.regular(GateFunction.AND, 40, 2, 3);
        SuperposedNetwork network = build(instance, 3, "width=30", "embedding=trained");
        PlainEvaluator evaluator = new PlainEvaluator(network);
        instance.domain().forEach(active -> {
            float[] bias = network.layers().get(0).bias();
            for (int f = 0; f < bias.length; f++) {
                double sum = bias[f];
                for (int j : active.toArray()) {
                    sum += network.layers().get(0).weights().get(f, j);
                }
                assertTrue(sum >= 0);
            }
        });
        assertEquals(FeatureSet.EMPTY, evaluator.evaluate(FeatureSet.EMPTY));
    }

    @Test
    void signsDependOnTheSeedAndNotOnTheGates() {
        SuperposedNetwork first =
                build(GateInstances.regular(GateInstances.A_NOT_B, 64, 2, 2), 7, "width=50", "training-steps=5");
        SuperposedNetwork second =
                build(GateInstances.regular(GateFunction.atLeast(1), 64, 2, 2), 7, "width=50", "training-steps=5");
        assertEquals(first.layers().get(0), second.layers().get(0));
        assertNotEquals(first.layers().get(1), second.layers().get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "trained"})
    void theNumberOfThreadsChangesNothing(String embedding) throws ExecutionException, InterruptedException {
        ProblemInstance instance = GateInstances.regular(GateFunction.AND, 60, 2, 3);
        String[] words = {"width=24", "embedding=" + embedding, "training-steps=60"};
        try (ForkJoinPoolOfOne pool = new ForkJoinPoolOfOne()) {
            assertEquals(build(instance, 4, words), pool.call(() -> build(instance, 4, words)));
        }
    }

    /** A pool with one thread. */
    private static final class ForkJoinPoolOfOne implements AutoCloseable {
        private final ForkJoinPool pool = new ForkJoinPool(1);

        SuperposedNetwork call(Callable<SuperposedNetwork> task) throws ExecutionException, InterruptedException {
            return pool.submit(task).get();
        }

        @Override
        public void close() {
            pool.shutdown();
        }
    }

    @Test
    void gatesThatAreNoThresholdFunctionsAreRefusedWithTheReason() {
        ProblemInstance parities = GateInstances.regular(GateFunction.PARITY, 20, 2, 2);
        assertEquals(
                "output 0 computes parity, which is no threshold function of inputs with at most 2 of 20 features",
                READOUT.accepts(parities).reason().orElseThrow());
        ProblemInstance resting =
                SampleProblems.instance(Gates.of(20, List.of(Gate.of(GateFunction.allOf(false, false), 3, 4))), 2);
        assertTrue(READOUT.accepts(resting).reason().orElseThrow().contains("is on while no input is active"));
        assertFalse(READOUT.accepts(SampleProblems.instance(
                        Gates.of(40, List.of(Gate.or(IntStream.range(0, 17).toArray()))), 2))
                .isAccepted());
    }

    @Test
    void aReadoutWhoseSumsFloat32CannotHoldIsRefusedWithWhatIsAllowed() {
        ProblemInstance instance = GateInstances.regular(GateFunction.AND, 40, 2, 3);
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> build(instance, 1, "width=1000", "weight-bits=12"));
        assertTrue(refused.getMessage().startsWith("width 1000 is too large"), refused::getMessage);
    }

    @Test
    void theSameSeedGivesTheseWeightsOnEveryMachine() {
        ProblemInstance instance = GateInstances.regular(GateFunction.AND, 120, 2, 2);
        assertEquals(WEIGHTS_OF_SEED_5, hash(build(instance, 5, "width=50")));
        assertEquals(TRAINED_WEIGHTS_OF_SEED_5, hash(build(instance, 5, "width=20", "embedding=trained")));
    }

    private static int hash(SuperposedNetwork network) {
        return Arrays.hashCode(network.layers().stream()
                .mapToInt(layer -> Arrays.hashCode(((IntegerMatrix) layer.weights()).values()))
                .toArray());
    }
}
