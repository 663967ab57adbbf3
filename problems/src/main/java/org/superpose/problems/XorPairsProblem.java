package org.superpose.problems;

import java.util.List;
import java.util.Optional;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
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
 * {@code xor-pairs}: every output is the XOR of two distinct inputs, no two outputs of the same ones, each input read
 * equally often. The function class is all such functions: each of the m' labelled outputs has a pair of its own, and
 * the single features that turn it on tell which.
 */
public final class XorPairsProblem implements Problem {
    private static final int PAIR = 2;
    private static final Parameter<Integer> OUTPUTS =
            ProblemParameters.OUTPUTS.chosen("as inputs, or as many as there are pairs if these are fewer");
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.withDefault(PAIR);

    @Override
    public String id() {
        return "xor-pairs";
    }

    @Override
    public String title() {
        return "every output is the XOR of two distinct inputs";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ProblemParameters.INPUTS, OUTPUTS, MAX_ACTIVE, ProblemParameters.MIN_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        Subsets pairs = new Subsets(parameters.get(ProblemParameters.INPUTS), PAIR);
        int outputs = parameters.find(OUTPUTS).orElseGet(pairs::defaultOutputs);
        pairs.requireRoomFor(Math.max(1, outputs));
        int[] reads = RegularGates.draw(pairs, outputs, seed.child("gates"));
        InputDomain domain = SparseDomain.of(
                pairs.inputs(), parameters.get(ProblemParameters.MIN_ACTIVE), parameters.get(MAX_ACTIVE), 1);
        return new ProblemInstance(
                id(),
                parameters,
                seed.value(),
                List.of(Gates.of(pairs.inputs(), GateFunction.PARITY, pairs.offsets(outputs), reads)),
                domain,
                SparseDomain.tellsApart(domain, PAIR)
                        ? Optional.of(new FunctionClass("all functions of XORs of pairs", pairs.count(), outputs))
                        : Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }
}
