package org.superpose.constructions.dedicated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class DedicatedTest {
    private final Dedicated dedicated = new Dedicated();

    @Property(tries = 30)
    void computesAndOfAnyFanInExactly(
            @ForAll @IntRange(min = 1, max = 5) int fanIn,
            @ForAll @IntRange(min = 1, max = 4) int maxActive,
            @ForAll long seed) {
        ProblemInstance instance = SampleProblems.instance(SampleProblems.regular(13, 9, fanIn, seed), maxActive);
        SuperposedNetwork network = NetworkCheck.build(dedicated, instance, 1);
        NetworkCheck.assertRightEverywhere(instance, network);
        assertTrue(Exactness.of(network, maxActive).isExact());
        assertEquals(13, network.width());
    }

    @Test
    void computesThresholdGatesAndEndsCleanWhereMoreInputsAreActiveThanNeeded() {
        for (int threshold = 1; threshold <= 5; threshold++) {
            Gates gates =
                    SampleProblems.withFunction(SampleProblems.regular(12, 8, 4, 7), GateFunction.atLeast(threshold));
            ProblemInstance instance = SampleProblems.instance(gates, 5);
            SuperposedNetwork network = NetworkCheck.build(dedicated, instance, 1);
            NetworkCheck.assertRightEverywhere(instance, network);
            assertClean(instance, network);
        }
    }

    @Test
    void computesLayersOneAfterAnother() {
        ProblemInstance instance = SampleProblems.layered(
                List.of(
                        SampleProblems.permutation(10, 1),
                        SampleProblems.withFunction(SampleProblems.regular(10, 14, 3, 2), GateFunction.atLeast(2)),
                        SampleProblems.regular(14, 9, 2, 3)),
                6);
        SuperposedNetwork network = NetworkCheck.build(dedicated, instance, 1);
        NetworkCheck.assertRightEverywhere(instance, network);
        assertClean(instance, network);
        assertEquals(14, network.width());
    }

    private static void assertClean(ProblemInstance instance, SuperposedNetwork network) {
        assertTrue(network.clean());
        NetworkCheck check = new NetworkCheck(network);
        instance.domain().forEach(active -> {
            float[] y = check.lastState(active);
            for (int i = 0; i < y.length; i++) {
                assertEquals(instance.evaluate(active).contains(i) ? 1 : 0, y[i]);
            }
        });
    }

    @Property(tries = 300)
    void computesGatesOfAnyFunctionAndEndsClean(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 7;
        List<Gates> layers = new ArrayList<>();
        int inputs = m;
        for (int t = random.nextInt(2); t < 2; t++) {
            layers.add(randomGates(inputs, 5, random));
            inputs = 5;
        }
        ProblemInstance instance = new ProblemInstance(
                "test",
                ParameterValues.NONE,
                0,
                layers,
                InputDomain.sparse(m, 1 + random.nextInt(m)),
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
        SuperposedNetwork network = NetworkCheck.build(dedicated, instance, 1);
        NetworkCheck.assertRightEverywhere(instance, network);
        assertClean(instance, network);
    }

    private static Gates randomGates(int inputs, int outputs, RandomGenerator random) {
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            int[] reads =
                    IntStream.range(0, inputs).filter(j -> random.nextBoolean()).toArray();
            boolean[] rows = new boolean[1 << reads.length];
            for (int x = 0; x < rows.length; x++) {
                rows[x] = random.nextInt(4) == 0;
            }
            int[] weights = IntStream.of(reads).map(j -> random.nextInt(-3, 4)).toArray();
            GateFunction function = switch (reads.length == 0 ? 0 : random.nextInt(4)) {
                case 0 -> GateFunction.table(rows);
                case 1 -> GateFunction.weighted(random.nextInt(-3, 5), weights);
                case 2 -> GateFunction.exactly(random.nextInt(reads.length + 1));
                default -> GateFunction.PARITY;
            };
            gates.add(Gate.of(function, reads));
        }
        return Gates.of(inputs, gates);
    }

    @Test
    void parityTakesNoMoreNeuronsThanInputsThatMayBeActive() {
        ProblemInstance parity = SampleProblems.instance(
                SampleProblems.withFunction(SampleProblems.regular(12, 6, 6, 1), GateFunction.PARITY), 2);
        SuperposedNetwork network = NetworkCheck.build(dedicated, parity, 1);
        NetworkCheck.assertRightEverywhere(parity, network);
        assertEquals(12, network.layers().get(0).rows());
    }

    @Test
    void refusesCodesThatAreNotIdentityCodes() {
        ProblemInstance instance = SampleProblems.instance(SampleProblems.permutation(3, 1), 2);
        Codes shifted = Codes.ofWeight(4, 1, new int[] {1, 2, 3});
        assertThrows(
                InvalidInputException.class,
                () -> dedicated.buildBlock(instance, shifted, ParameterValues.NONE, new Seed(1)));
    }
}
