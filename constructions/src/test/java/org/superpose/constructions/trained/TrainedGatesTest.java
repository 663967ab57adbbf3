package org.superpose.constructions.trained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

@Tag("jdk")
class TrainedGatesTest {
    private static final TrainedGates TRAINED = new TrainedGates();
    /** A hash of the weights as they were when this test was written. */
    private static final int WEIGHTS_OF_SEED_5 = 1491463713;

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
                Arguments.of("a AND NOT b", GateInstances.regular(GateInstances.A_NOT_B, 200, 2, 2), 120),
                Arguments.of("OR, v = 1", GateInstances.regular(GateFunction.atLeast(1), 200, 2, 1), 70),
                Arguments.of("OR, v = 2", GateInstances.regular(GateFunction.atLeast(1), 200, 2, 2), 140),
                Arguments.of("AND of two", GateInstances.regular(GateFunction.AND, 200, 2, 2), 70),
                Arguments.of("majority", GateInstances.regular(GateFunction.atLeast(2), 60, 3, 3), 56),
                Arguments.of(
                        "a AND b AND NOT c, grouped",
                        GateInstances.grouped(GateFunction.allOf(true, true, false), 24, 72),
                        64),
                Arguments.of("functions of all kinds", GateInstances.mixed(), 54));
    }

    @Tag("slow")
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

    /** An OR of three clauses of two literals in two layers, half of the clauses with a negated literal. */
    private static ProblemInstance disjunctions(int inputs, int outputs) {
        RandomGenerator random = new Seed(13).generator();
        List<Gate> clauses = new ArrayList<>();
        for (int c = 0; c < 3 * outputs; c++) {
            clauses.add(Gate.of(
                    GateFunction.allOf(true, random.nextBoolean()),
                    random.ints(0, inputs).distinct().limit(2).toArray()));
        }
        List<Gate> ors = IntStream.range(0, outputs)
                .mapToObj(i -> Gate.or(3 * i, 3 * i + 1, 3 * i + 2))
                .toList();
        return SampleProblems.layered(List.of(Gates.of(inputs, clauses), Gates.of(3 * outputs, ors)), 2);
    }

    static Stream<Arguments> mapsWithPairRows() {
        return Stream.of(
                Arguments.of("XOR of pairs", GateInstances.regular(GateFunction.PARITY, 256, 2, 2), 250),
                Arguments.of("clauses", disjunctions(200, 200), 190));
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}")
    @MethodSource("mapsWithPairRows")
    void otherFunctionsAreRightOnEveryInputWithTwoMatrices(String name, ProblemInstance instance, int width) {
        SuperposedNetwork network = build(instance, 1, "width=" + width);
        assertEquals(0, fact(network, "wrong-outputs"));
        assertTrue((int) fact(network, "pairs-corrected") > 0);
        assertTrue(width < instance.inputs() && width < instance.outputs());
        assertEquals(width, network.width());
        assertEquals(2, network.matrices());
        NetworkCheck.assertRightEverywhere(instance, network);
        assertTrue(Exactness.of(network, instance.maxActive()).isExact());
    }

    @ParameterizedTest
    @ValueSource(strings = {"parity", "exactly(1)", "table(00011000)", "table(01101011)"})
    void anyFunctionOfThreeInputsIsBuiltWhereThereIsRoom(String name) {
        GateFunction function = GateFunction.named(name).orElseThrow();
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            gates.add(Gate.of(function, i, (i + 3) % 16, (i + 9) % 16));
        }
        ProblemInstance instance = SampleProblems.instance(Gates.of(16, gates), 2);
        NetworkCheck.assertRightEverywhere(instance, build(instance, 1, "width=140"));
    }

    @Test
    void thePairRowsMatter() {
        ProblemInstance instance = GateInstances.regular(GateFunction.PARITY, 30, 2, 2);
        SuperposedNetwork network = build(instance, 1, "width=90", "pair-rows=34");
        NetworkCheck.assertRightEverywhere(instance, network);
        float[] silent = network.layers().get(0).bias();
        Arrays.fill(silent, silent.length - 34, silent.length, -1e6f);
        Layer without = new Layer(network.layers().get(0).weights(), silent);
        int wrong = NetworkCheck.wrongInputs(
                instance, network.withLayers(List.of(without, network.layers().get(1))));
        assertTrue(wrong >= instance.outputs(), "every pair of an output should be wrong without them: " + wrong);
    }

    @Test
    void theTestWithPairRowsOverlooksNoWrongOutput() {
        ProblemInstance instance = GateInstances.regular(GateFunction.PARITY, 60, 2, 2);
        SuperposedNetwork network = build(instance, 2, "width=44", "training-steps=60");
        int wrong = GateInstances.wrongOutputs(instance, network);
        assertTrue(wrong > 0);
        assertTrue((int) fact(network, "wrong-outputs") >= wrong);
    }

    @Test
    void tooFewNeuronsForPairRowsAreRefusedAsTooSmallAWidth() {
        ProblemInstance instance = GateInstances.regular(GateFunction.PARITY, 60, 2, 2);
        assertThrows(WidthTooSmallException.class, () -> build(instance, 1, "width=9"));
        assertThrows(WidthTooSmallException.class, () -> build(instance, 1, "width=30", "pair-rows=30"));
    }

    static Stream<Arguments> wrongOnes() {
        return Stream.of(
                Arguments.of(GateInstances.regular(GateInstances.A_NOT_B, 40, 2, 2), 16),
                Arguments.of(GateInstances.regular(GateFunction.atLeast(2), 24, 3, 3), 16),
                Arguments.of(GateInstances.grouped(GateFunction.allOf(true, true, false), 8, 30), 14),
                Arguments.of(GateInstances.grouped(GateFunction.atLeast(1), 8, 30), 20));
    }

    @ParameterizedTest
    @MethodSource("wrongOnes")
    void theExactTestFindsTheWrongOutputsThatEveryInputTogetherFind(ProblemInstance instance, int width) {
        SuperposedNetwork network = build(instance, 2, "width=" + width, "training-steps=60");
        int count = GateInstances.wrongOutputs(instance, network);
        assertTrue(count > 0);
        assertEquals(count, fact(network, "wrong-outputs"));
    }

    @Test
    void gatesThatItDoesNotBuildAreRefusedWithTheReason() {
        ProblemInstance parities = GateInstances.regular(GateFunction.PARITY, 20, 2, 3);
        assertTrue(TRAINED.accepts(parities).reason().orElseThrow().contains("output 0 computes parity"));
        assertTrue(TRAINED.accepts(parities.withMaxActive(2)).isAccepted());

        ProblemInstance resting =
                SampleProblems.instance(Gates.of(20, List.of(Gate.of(GateFunction.allOf(false, false), 3, 4))), 2);
        assertTrue(TRAINED.accepts(resting).reason().orElseThrow().contains("output 0 is on while no input is active"));

        ProblemInstance wide = SampleProblems.instance(
                Gates.of(40, List.of(Gate.or(IntStream.range(0, 17).toArray()))), 2);
        assertTrue(TRAINED.accepts(wide).reason().orElseThrow().contains("more than the 16 inputs"));

        Gates twoClauses = Gates.of(20, List.of(Gate.of(x -> x[0] && !x[1] || x[2] && !x[3], 1, 2, 3, 4)));
        assertFalse(TRAINED.accepts(SampleProblems.instance(twoClauses, 3)).isAccepted());
        assertTrue(TRAINED.accepts(SampleProblems.instance(twoClauses, 2)).isAccepted());
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
        SuperposedNetwork first =
                build(GateInstances.regular(GateInstances.A_NOT_B, 64, 2, 2), 7, "width=50", "training-steps=5");
        SuperposedNetwork second =
                build(GateInstances.regular(GateFunction.atLeast(1), 64, 2, 2), 7, "width=50", "training-steps=5");
        assertEquals(first.inputCodes(), second.inputCodes());
        assertEquals(first.decoder(), second.decoder());
        assertNotEquals(first.layers(), second.layers());
    }

    @Test
    void theSameSeedGivesTheseWeightsOnEveryMachine() {
        SuperposedNetwork network = build(GateInstances.regular(GateInstances.A_NOT_B, 200, 2, 2), 5, "width=120");
        IntegerMatrix matrix = (IntegerMatrix) network.layers().get(0).weights();
        assertEquals(WEIGHTS_OF_SEED_5, Arrays.hashCode(matrix.values()));
    }
}
