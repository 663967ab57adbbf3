package org.superpose.problems;

import java.util.List;
import org.superpose.core.InvalidInputException;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code at-least}: every output is on iff at least t of r distinct inputs are active, no two outputs read the same
 * ones, and each input is read equally often. Majority of three is r = 3, t = 2. The function class is all such
 * functions with m' labelled outputs.
 */
public final class AtLeastProblem implements Problem {
    private static final Parameter<Integer> OUTPUTS =
            ProblemParameters.OUTPUTS.chosen("as inputs, or as all subsets of fan-in inputs if these are fewer");
    private static final Parameter<Integer> FAN_IN = ProblemParameters.FAN_IN.withDefault(3);
    private static final Parameter<Integer> THRESHOLD = Parameter.whole(
                    "threshold", 1, 8, "t, the number of active inputs from which an output is on")
            .chosen("the majority of fan-in");
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.chosen("as fan-in");

    @Override
    public String id() {
        return "at-least";
    }

    @Override
    public String title() {
        return "every output is on from t of r distinct inputs on, majority for instance";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ProblemParameters.INPUTS, OUTPUTS, FAN_IN, THRESHOLD, MAX_ACTIVE, ProblemParameters.MIN_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        int fanIn = parameters.get(FAN_IN);
        int threshold = parameters.find(THRESHOLD).orElse(fanIn / 2 + 1);
        if (threshold > fanIn) {
            throw new InvalidInputException(
                    "threshold " + threshold + " is above fan-in " + fanIn + ": no output would ever be on");
        }
        Subsets subsets = new Subsets(parameters.get(ProblemParameters.INPUTS), fanIn);
        int outputs = parameters.find(OUTPUTS).orElseGet(subsets::defaultOutputs);
        subsets.requireRoomFor(Math.max(1, outputs));
        GateFunction function = threshold == fanIn ? GateFunction.AND : GateFunction.atLeast(threshold);
        int[] reads = RegularGates.draw(subsets, outputs, seed.child("gates"));
        return ProblemInstance.of(
                id(),
                parameters,
                seed.value(),
                Gates.of(subsets.inputs(), function, subsets.offsets(outputs), reads),
                SparseDomain.of(
                        subsets.inputs(),
                        parameters.get(ProblemParameters.MIN_ACTIVE),
                        parameters.find(MAX_ACTIVE).orElse(fanIn),
                        threshold),
                FunctionClass.distinctSubsets(subsets.inputs(), fanIn, outputs));
    }
}
