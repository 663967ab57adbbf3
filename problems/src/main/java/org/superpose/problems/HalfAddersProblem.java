package org.superpose.problems;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code half-adders}: for each of m' / 2 distinct pairs of inputs, output 2 t is their XOR, the sum, and output 2 t +
 * 1 their AND, the carry; each input is read equally often. The function class is all such functions: each of the m' /
 * 2 labelled half adders has a pair of its own, which the single features that turn on its sum tell.
 */
public final class HalfAddersProblem implements Problem {
    private static final int PAIR = 2;
    private static final Parameter<Integer> OUTPUTS = ProblemParameters.OUTPUTS.chosen(
            "as inputs, rounded down to an even number, or twice the number of pairs if that is less");
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.withDefault(PAIR);

    @Override
    public String id() {
        return "half-adders";
    }

    @Override
    public String title() {
        return "sum and carry of pairs of inputs: the outputs are XOR and AND in turn";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ProblemParameters.INPUTS, OUTPUTS, MAX_ACTIVE, ProblemParameters.MIN_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        Subsets pairs = new Subsets(parameters.get(ProblemParameters.INPUTS), PAIR);
        pairs.requireRoomFor(1);
        int adders = parameters
                .find(OUTPUTS)
                .map(HalfAddersProblem::half)
                .orElseGet(() -> Math.max(1, Math.min(pairs.inputs() / 2, pairs.defaultOutputs())));
        pairs.requireRoomFor(adders);
        int[] reads = RegularGates.draw(pairs, adders, seed.child("gates"));
        List<Gate> gates = new ArrayList<>();
        for (int t = 0; t < adders; t++) {
            int[] pair = {reads[2 * t], reads[2 * t + 1]};
            gates.add(Gate.of(GateFunction.PARITY, pair));
            gates.add(Gate.of(GateFunction.AND, pair));
        }
        InputDomain domain = SparseDomain.of(
                pairs.inputs(), parameters.get(ProblemParameters.MIN_ACTIVE), parameters.get(MAX_ACTIVE), 1);
        return new ProblemInstance(
                id(),
                parameters,
                seed.value(),
                List.of(Gates.of(pairs.inputs(), gates)),
                domain,
                SparseDomain.tellsApart(domain, PAIR)
                        ? Optional.of(new FunctionClass("all half adders of pairs", pairs.count(), 2 * adders, 2, 0))
                        : Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    private static int half(int outputs) {
        if (outputs % 2 != 0) {
            throw new InvalidInputException(
                    "outputs " + outputs + " is odd: a half adder has two outputs, so outputs must be even");
        }
        return outputs / 2;
    }
}
