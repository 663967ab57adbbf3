package org.superpose.problems;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code two-and}: every output is the AND of two inputs, no two outputs of the same pair (theory, section 2; Corollary
 * 3.2.1). The influence profiles are those of {@link TwoAndInfluence}.
 */
@Reference(value = "Problem: two-and", standing = Standing.ATTESTED)
public final class TwoAndProblem implements Problem, GateFamily {
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.withDefault(2);

    @Override
    public String id() {
        return "two-and";
    }

    @Override
    public String title() {
        return "every output is the AND of two inputs; influence regular, zipf, star, bipartite, complete or mixed";
    }

    @Override
    public List<Parameter<?>> parameters() {
        List<Parameter<?>> all = new ArrayList<>(List.of(ProblemParameters.INPUTS, MAX_ACTIVE));
        all.addAll(1, layerParameters());
        return List.copyOf(all);
    }

    @Override
    public List<Parameter<?>> layerParameters() {
        return TwoAndInfluence.PARAMETERS;
    }

    @Override
    public Gates draw(int inputs, ParameterValues values, Seed seed) {
        return Gates.conjunctions(inputs, 2, TwoAndInfluence.of(inputs, values).draw(seed.child("gates")));
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        int inputs = parameters.get(ProblemParameters.INPUTS);
        TwoAndInfluence influence = TwoAndInfluence.of(inputs, parameters);
        return ProblemInstance.of(
                id(),
                parameters,
                seed.value(),
                Gates.conjunctions(inputs, 2, influence.draw(seed.child("gates"))),
                SparseDomain.of(inputs, parameters.get(MAX_ACTIVE), 2),
                influence.functionClass());
    }
}
