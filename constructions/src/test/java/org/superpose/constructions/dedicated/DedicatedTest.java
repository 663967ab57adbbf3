package org.superpose.constructions.dedicated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
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

    @Test
    void refusesParityWithTheReason() {
        ProblemInstance parity = SampleProblems.instance(
                SampleProblems.withFunction(SampleProblems.regular(6, 4, 2, 1), GateFunction.PARITY), 2);
        assertFalse(dedicated.accepts(parity).isAccepted());
        assertEquals(
                "parity of 2 inputs needs more than one neuron; and, at-least(t) are allowed",
                dedicated.accepts(parity).reason().orElseThrow());
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
