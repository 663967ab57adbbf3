package org.superpose.constructions.trained;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Maps of gates for the tests of trained constructions. */
final class GateInstances {
    static final GateFunction A_NOT_B = GateFunction.allOf(true, false);

    private GateInstances() {}

    static ProblemInstance regular(GateFunction function, int inputs, int fanIn, int maxActive) {
        return SampleProblems.instance(
                SampleProblems.withFunction(SampleProblems.regular(inputs, inputs, fanIn, 4), function), maxActive);
    }

    /** Gates of one function over random reads, one from each group of three equal groups. */
    static ProblemInstance grouped(GateFunction function, int groupSize, int outputs) {
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

    static ProblemInstance mixed() {
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

    /** How many outputs are wrong on some input, by looking at every input. */
    static int wrongOutputs(ProblemInstance instance, SuperposedNetwork network) {
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
        return count;
    }
}
