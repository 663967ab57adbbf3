package org.superpose.constructions.dedicated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Table;
import org.superpose.core.random.Seed;

class ThresholdReadoutTest {
    private final ThresholdReadout construction = new ThresholdReadout();

    private static Gate thresholdGate(int inputs, RandomGenerator random) {
        int[] reads =
                IntStream.range(0, inputs).filter(j -> random.nextBoolean()).toArray();
        if (reads.length == 0) {
            return Gate.of(GateFunction.atLeast(1), 0);
        }
        boolean[] signs = new boolean[reads.length];
        for (int t = 0; t < signs.length; t++) {
            signs[t] = random.nextBoolean();
        }
        return Gate.of(
                switch (random.nextInt(5)) {
                    case 0 -> GateFunction.AND;
                    case 1 -> GateFunction.atLeast(1 + random.nextInt(reads.length));
                    case 2 -> GateFunction.allOf(signs);
                    case 3 -> GateFunction.anyOf(signs);
                    default ->
                        GateFunction.weighted(
                                random.nextInt(-3, 5),
                                IntStream.of(reads)
                                        .map(j -> random.nextInt(-3, 4))
                                        .toArray());
                },
                reads);
    }

    @Property(tries = 300)
    void thresholdGatesOfEveryKindAreRightEverywhere(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 7;
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Gate gate = thresholdGate(m, random);
            // Of weights that cancel out the normal form may be a table.
            gates.add(gate.function() instanceof Table ? Gate.of(GateFunction.AND, 0) : gate);
        }
        ProblemInstance instance = new ProblemInstance(
                "test",
                ParameterValues.NONE,
                0,
                List.of(Gates.of(m, gates)),
                InputDomain.sparse(m, 1 + random.nextInt(m)),
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
        SuperposedNetwork network = NetworkCheck.build(construction, instance, 1);
        NetworkCheck.assertRightEverywhere(instance, network);
        assertEquals(m, network.width());
    }

    @Test
    void whatIsNoThresholdFunctionIsRefusedByItsOutput() {
        Gates parity = SampleProblems.withFunction(SampleProblems.regular(12, 8, 3, 7), GateFunction.PARITY);
        Optional<String> reason =
                construction.accepts(SampleProblems.instance(parity, 3)).reason();
        assertTrue(reason.orElseThrow().startsWith("output 0 computes parity, not one sum"));
        assertFalse(construction
                .accepts(SampleProblems.layered(
                        List.of(SampleProblems.permutation(6, 1), SampleProblems.regular(6, 4, 2, 1)), 2))
                .isAccepted());
    }
}
