package org.superpose.problems;

import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code k-and} (multi-input): every output is the AND of r distinct inputs, no two outputs of the same ones (theory,
 * section 2). The function class is all k-and functions with m' labelled outputs, whatever the influence profile.
 *
 * <p>Influence {@code regular}: all d_j within 1 of r m' / m. Influence {@code zipf}: the input of rank t is read in
 * proportion to t^-alpha, as far as distinct outputs allow.
 */
@Reference(value = "Problem: multiple inputs", standing = Standing.ATTESTED)
public final class KAndProblem implements Problem, GateFamily {
    private static final Parameter<Integer> OUTPUTS =
            ProblemParameters.OUTPUTS.chosen("as inputs, or as all subsets of fan-in inputs if these are fewer");
    private static final Parameter<Integer> FAN_IN = ProblemParameters.FAN_IN.withDefault(3);
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.chosen("as fan-in");
    private static final Parameter<String> INFLUENCE = Parameter.choice(
                    ProblemParameters.INFLUENCE.name(), List.of("regular", "zipf"), "how unevenly the inputs are read")
            .withDefault("regular");

    @Override
    public String id() {
        return "k-and";
    }

    @Override
    public String title() {
        return "every output is the AND of r distinct inputs, r from 1 to 8";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ProblemParameters.INPUTS, OUTPUTS, FAN_IN, MAX_ACTIVE, INFLUENCE, TwoAndInfluence.ZIPF_EXPONENT);
    }

    @Override
    public List<Parameter<?>> layerParameters() {
        return List.of(OUTPUTS, FAN_IN, INFLUENCE, TwoAndInfluence.ZIPF_EXPONENT);
    }

    @Override
    public Gates draw(int inputs, ParameterValues values, Seed seed) {
        TwoAndInfluence.requireUse(values, INFLUENCE, TwoAndInfluence.ZIPF_EXPONENT, "zipf");
        Subsets subsets = new Subsets(inputs, values.get(FAN_IN));
        int outputs = values.find(OUTPUTS).orElseGet(subsets::defaultOutputs);
        subsets.requireRoomFor(Math.max(1, outputs));
        int[] reads = values.get(INFLUENCE).equals("regular")
                ? RegularGates.draw(subsets, outputs, seed.child("gates"))
                : ZipfGates.draw(subsets, outputs, values.get(TwoAndInfluence.ZIPF_EXPONENT), seed.child("gates"));
        return Gates.conjunctions(inputs, subsets.fanIn(), reads);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        int inputs = parameters.get(ProblemParameters.INPUTS);
        int fanIn = parameters.get(FAN_IN);
        Gates gates = draw(inputs, parameters, seed);
        return ProblemInstance.of(
                id(),
                parameters,
                seed.value(),
                gates,
                SparseDomain.of(inputs, parameters.find(MAX_ACTIVE).orElse(fanIn), fanIn),
                FunctionClass.distinctSubsets(inputs, fanIn, gates.outputs()));
    }
}
