package org.superpose.testkit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/** A problem that keeps its contract; tests break it in one place each. */
class SomePairs implements Problem {
    static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.withDefault(2);

    @Override
    public String id() {
        return "some-pairs";
    }

    @Override
    public String title() {
        return "random distinct pairs";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ProblemParameters.INPUTS, ProblemParameters.OUTPUTS, MAX_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        int inputs = parameters.get(ProblemParameters.INPUTS);
        int outputs = parameters.get(ProblemParameters.OUTPUTS);
        int maxActive = parameters.get(MAX_ACTIVE);
        if (outputs > inputs * (inputs - 1L) / 2) {
            throw new InvalidInputException("outputs " + outputs + " must be at most the number of pairs");
        }
        if (maxActive > inputs) {
            throw new InvalidInputException("max-active " + maxActive + " must be at most inputs " + inputs);
        }
        return ProblemInstance.of(
                id(),
                parameters,
                seed.value(),
                gates(inputs, outputs, seed.generator()),
                InputDomain.sparse(inputs, maxActive),
                functionClass(inputs, outputs));
    }

    FunctionClass functionClass(int inputs, int outputs) {
        return FunctionClass.distinctSubsets(inputs, 2, outputs);
    }

    static Gates gates(int inputs, int outputs, RandomGenerator random) {
        Set<List<Integer>> pairs = new LinkedHashSet<>();
        while (pairs.size() < outputs) {
            int a = random.nextInt(inputs);
            int b = random.nextInt(inputs);
            if (a != b) {
                pairs.add(List.of(Math.min(a, b), Math.max(a, b)));
            }
        }
        List<Integer> reads = new ArrayList<>();
        pairs.forEach(reads::addAll);
        return Gates.conjunctions(inputs, 2, reads.stream().mapToInt(j -> j).toArray());
    }
}
