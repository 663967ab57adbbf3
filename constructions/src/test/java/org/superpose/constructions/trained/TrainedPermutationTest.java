package org.superpose.constructions.trained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class TrainedPermutationTest {
    private static final TrainedPermutation TRAINED = new TrainedPermutation();
    /** A hash of the weights as they were when this test was written. */
    private static final int WEIGHTS_OF_SEED_5 = -857433692;

    private static ProblemInstance permutation(int features, int maxActive, long seed) {
        return SampleProblems.instance(SampleProblems.permutation(features, seed), maxActive);
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

    @ParameterizedTest
    @CsvSource({"256, 1, 64", "200, 2, 110", "64, 3, 72"})
    void theNetworkIsRightOnEveryInputWithFewerNeuronsThanFeatures(int features, int maxActive, int width) {
        ProblemInstance instance = permutation(features, maxActive, 3);
        SuperposedNetwork network = build(instance, 1, "width=" + width);
        assertEquals(0, fact(network, "wrong-outputs"));
        assertEquals(width, network.width());
        assertEquals(1, network.matrices());
        NetworkCheck.assertRightEverywhere(instance, network);
        assertTrue(Exactness.of(network, maxActive).isExact());
    }

    @Test
    void aMapThatCopiesAnInputTwiceIsLearntToo() {
        Gates gates = Gates.conjunctions(30, 1, new int[] {3, 3, 7, 29, 0, 7, 7});
        ProblemInstance instance = SampleProblems.instance(gates, 2);
        NetworkCheck.assertRightEverywhere(instance, build(instance, 1, "width=40"));
    }

    @Test
    void fewerBitsMeanSmallerWeights() {
        ProblemInstance instance = permutation(128, 1, 5);
        for (int bits : new int[] {3, 5, 8}) {
            SuperposedNetwork network = build(instance, 1, "width=64", "weight-bits=" + bits);
            assertEquals(0, fact(network, "wrong-outputs"), bits + " bits");
            NetworkCheck.assertRightEverywhere(instance, network);
            assertTrue(network.layers().get(0).weights().bitsPerWeight() <= bits);
        }
    }

    @Test
    void whereTheNeuronsDoNotSufficeItSaysHowManyOutputsAreStillWrong() {
        ProblemInstance instance = permutation(256, 1, 3);
        SuperposedNetwork network = build(instance, 1, "width=30", "training-steps=40");
        assertTrue((int) fact(network, "wrong-outputs") > 0);
        assertTrue(NetworkCheck.wrongInputs(instance, network) > 0);
    }

    @Test
    void theExactTestFindsTheWrongOutputsThatEveryInputTogetherFind() {
        ProblemInstance instance = permutation(40, 2, 8);
        SuperposedNetwork network = build(instance, 2, "width=16", "training-steps=30");
        NetworkCheck check = new NetworkCheck(network);
        boolean[] wrong = new boolean[instance.outputs()];
        instance.domain().forEach(active -> {
            List<Integer> got =
                    Arrays.stream(check.evaluate(active).toArray()).boxed().toList();
            List<Integer> right =
                    Arrays.stream(instance.evaluate(active).toArray()).boxed().toList();
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
    void codesDependOnTheSeedAndNotOnThePermutation() {
        SuperposedNetwork first = build(permutation(128, 1, 1), 7, "width=64", "training-steps=5");
        SuperposedNetwork second = build(permutation(128, 1, 2), 7, "width=64", "training-steps=5");
        assertEquals(first.inputCodes(), second.inputCodes());
        assertEquals(first.decoder().codes(), second.decoder().codes());
        assertNotEquals(first.layers(), second.layers());
    }

    @Test
    void theSameSeedGivesTheseWeightsOnEveryMachine() {
        SuperposedNetwork network = build(permutation(300, 2, 4), 5, "width=120");
        IntegerMatrix matrix = (IntegerMatrix) network.layers().get(0).weights();
        assertEquals(WEIGHTS_OF_SEED_5, Arrays.hashCode(matrix.values()));
    }
}
