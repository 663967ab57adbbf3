package org.superpose.constructions.trained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class TrainedGatesTest {
    private static final TrainedGates TRAINED = new TrainedGates();
    private static final GateFunction A_NOT_B = GateFunction.allOf(true, false);
    /** A hash of the weights as they were when this test was written. */
    private static final int WEIGHTS_OF_SEED_5 = -1293069579;

    private static ProblemInstance regular(GateFunction function, int inputs, int fanIn, int maxActive) {
        return SampleProblems.instance(
                SampleProblems.withFunction(SampleProblems.regular(inputs, inputs, fanIn, 4), function), maxActive);
    }

    /** Gates of one function over random reads, one from each group of three equal groups. */
    private static ProblemInstance grouped(GateFunction function, int groupSize, int outputs) {
        RandomGenerator random = new Seed(11).generator();
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            gates.add(Gate.of(
                    function,
                    IntStream.range(0, 3)
                            .map(g -> g * groupSize + random.nextInt(groupSize))
                            .toArray()));
        }
        int[] groups = IntStream.range(0, 3 * groupSize).map(j -> j / groupSize).toArray();
        return new ProblemInstance(
                "sample",
                ParameterValues.NONE,
                0,
                List.of(Gates.of(3 * groupSize, gates)),
                InputDomain.grouped(groups, 3),
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    private static ProblemInstance mixed() {
        RandomGenerator random = new Seed(12).generator();
        List<GateFunction> functions = List.of(
                A_NOT_B,
                GateFunction.atLeast(1),
                GateFunction.AND,
                GateFunction.weighted(2, 2, 1, 1),
                GateFunction.allOf(true, true, false),
                GateFunction.table(false, true, false, false, false, true, false, true));
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            GateFunction function = functions.get(i % functions.size());
            int fanIn = function.fits(3) ? 3 : 2;
            gates.add(
                    Gate.of(function, random.ints(0, 60).distinct().limit(fanIn).toArray()));
        }
        gates.add(Gate.constant(false));
        return SampleProblems.instance(Gates.of(60, gates), 2);
    }

    private static SuperposedNetwork build(ProblemInstance instance, long seed, String... assignments) {
        ParameterValues values = ParameterValues.parse(
                "construction",
                TRAINED.parameters(),
                Arrays.stream(assignments)
                        .map(text -> text.split("="))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        return TRAINED.build(instance, values, new Seed(seed));
    }

    private static Object fact(SuperposedNetwork network, String name) {
        return network.provenance().facts().get(name);
    }

    static Stream<Arguments> maps() {
        return Stream.of(
                Arguments.of("a AND NOT b", regular(A_NOT_B, 200, 2, 2), 120),
                Arguments.of("OR, v = 1", regular(GateFunction.atLeast(1), 200, 2, 1), 70),
                Arguments.of("OR, v = 2", regular(GateFunction.atLeast(1), 200, 2, 2), 140),
                Arguments.of("AND of two", regular(GateFunction.AND, 200, 2, 2), 70),
                Arguments.of("majority", regular(GateFunction.atLeast(2), 60, 3, 3), 56),
                Arguments.of("a AND b AND NOT c, grouped", grouped(GateFunction.allOf(true, true, false), 24, 72), 64),
                Arguments.of("functions of all kinds", mixed(), 54));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("maps")
    void theNetworkIsRightOnEveryInputWithFewerNeuronsThanFeatures(String name, ProblemInstance instance, int width) {
        SuperposedNetwork network = build(instance, 1, "width=" + width);
        assertEquals(0, fact(network, "wrong-outputs"));
        assertTrue(width < instance.inputs() && width < instance.outputs());
        assertEquals(width, network.width());
        assertEquals(1, network.matrices());
        NetworkCheck.assertRightEverywhere(instance, network);
        assertTrue(Exactness.of(network, instance.maxActive()).isExact());
    }

    static Stream<Arguments> wrongOnes() {
        return Stream.of(
                Arguments.of(regular(A_NOT_B, 40, 2, 2), 16),
                Arguments.of(regular(GateFunction.atLeast(2), 24, 3, 3), 16),
                Arguments.of(grouped(GateFunction.allOf(true, true, false), 8, 30), 14),
                Arguments.of(grouped(GateFunction.atLeast(1), 8, 30), 20));
    }

    @ParameterizedTest
    @MethodSource("wrongOnes")
    void theExactTestFindsTheWrongOutputsThatEveryInputTogetherFind(ProblemInstance instance, int width) {
        SuperposedNetwork network = build(instance, 2, "width=" + width, "training-steps=60");
        NetworkCheck check = new NetworkCheck(network);
        boolean[] wrong = new boolean[instance.outputs()];
        instance.domain().forEach(active -> {
            FeatureSet got = check.evaluate(active);
            FeatureSet right = instance.evaluate(active);
            for (int i = 0; i < wrong.length; i++) {
                wrong[i] |= got.contains(i) != right.contains(i);
            }
        });
        int count = 0;
        for (boolean each : wrong) {
            count += each ? 1 : 0;
        }
        assertTrue(count > 0);
        assertEquals(count, fact(network, "wrong-outputs"));
    }

    @Test
    void gatesThatAreNoThresholdFunctionsOfTheDomainAreRefusedWithTheReason() {
        ProblemInstance parities = regular(GateFunction.PARITY, 20, 2, 2);
        assertTrue(TRAINED.accepts(parities).reason().orElseThrow().contains("output 0 computes parity"));
        assertTrue(TRAINED.accepts(parities.withMaxActive(1)).isAccepted(), "with one active feature XOR is OR");

        ProblemInstance resting =
                SampleProblems.instance(Gates.of(20, List.of(Gate.of(GateFunction.allOf(false, false), 3, 4))), 2);
        assertTrue(TRAINED.accepts(resting).reason().orElseThrow().contains("output 0 is on while no input is active"));

        ProblemInstance wide = SampleProblems.instance(
                Gates.of(40, List.of(Gate.or(IntStream.range(0, 17).toArray()))), 2);
        assertTrue(TRAINED.accepts(wide).reason().orElseThrow().contains("reads 17 inputs"));

        Gates twoClauses = Gates.of(20, List.of(Gate.of(x -> x[0] && !x[1] || x[2] && !x[3], 1, 2, 3, 4)));
        assertFalse(TRAINED.accepts(SampleProblems.instance(twoClauses, 2)).isAccepted());
    }

    @Test
    void featuresThatAreNeverActiveTogetherNeedNotBeToldApart() {
        Gates xor = Gates.of(
                20,
                GateFunction.PARITY,
                IntStream.range(0, 10).mapToObj(i -> new int[] {i, i + 10}).toList());
        int[] samePair = IntStream.range(0, 20).map(j -> j % 10).toArray();
        ProblemInstance instance = new ProblemInstance(
                "sample",
                ParameterValues.NONE,
                0,
                List.of(xor),
                InputDomain.grouped(samePair, 2),
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
        NetworkCheck.assertRightEverywhere(instance, build(instance, 1, "width=30"));
    }

    @Test
    void codesDependOnTheSeedAndNotOnTheGates() {
        SuperposedNetwork first = build(regular(A_NOT_B, 64, 2, 2), 7, "width=50", "training-steps=5");
        SuperposedNetwork second = build(regular(GateFunction.atLeast(1), 64, 2, 2), 7, "width=50", "training-steps=5");
        assertEquals(first.inputCodes(), second.inputCodes());
        assertEquals(first.decoder(), second.decoder());
        assertNotEquals(first.layers(), second.layers());
    }

    @Test
    void theSameSeedGivesTheseWeightsOnEveryMachine() {
        SuperposedNetwork network = build(regular(A_NOT_B, 200, 2, 2), 5, "width=120");
        IntegerMatrix matrix = (IntegerMatrix) network.layers().get(0).weights();
        assertEquals(WEIGHTS_OF_SEED_5, Arrays.hashCode(matrix.values()));
    }
}
