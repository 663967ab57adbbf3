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
 * {@code permutation}: output pi(j) = x_j for a uniformly random permutation pi of m features, so m' = m (theory,
 * section 2; Corollary 3.2.2). The function class is all m! permutations.
 */
@Reference(value = "Problem: permutation", standing = Standing.ATTESTED)
public final class PermutationProblem implements Problem, GateFamily {
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.withDefault(1);

    @Override
    public String id() {
        return "permutation";
    }

    @Override
    public String title() {
        return "moves every feature to another place: output pi(j) = x_j for a random permutation pi";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ProblemParameters.INPUTS, MAX_ACTIVE);
    }

    @Override
    public List<Parameter<?>> layerParameters() {
        return List.of();
    }

    @Override
    public Gates draw(int inputs, ParameterValues values, Seed seed) {
        return Gates.conjunctions(
                inputs, 1, Shuffle.permutation(inputs, seed.child("gates").generator()));
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        int inputs = parameters.get(ProblemParameters.INPUTS);
        return ProblemInstance.of(
                id(),
                parameters,
                seed.value(),
                draw(inputs, parameters, seed),
                SparseDomain.of(inputs, parameters.get(MAX_ACTIVE), 1),
                FunctionClass.permutations(inputs));
    }
}
