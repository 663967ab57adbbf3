package org.superpose.examples.majority;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
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

/** Every output is the majority of three random inputs, no two outputs of the same three. */
public final class MajorityProblem implements Problem {
    private static final int FAN_IN = 3;
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.withDefault(2);

    @Override
    public String id() {
        return "majority";
    }

    @Override
    public String title() {
        return "every output is the majority of three random inputs";
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
        BigInteger triples = FunctionClass.binomial(inputs, FAN_IN);
        if (triples.compareTo(BigInteger.valueOf(outputs)) < 0) {
            throw new InvalidInputException("outputs " + outputs + " must be at most " + triples
                    + ", the number of sets of three among " + inputs + " inputs");
        }
        if (maxActive > inputs) {
            throw new InvalidInputException("max-active " + maxActive + " must be at most inputs " + inputs);
        }
        return ProblemInstance.of(
                id(),
                parameters,
                seed.value(),
                gates(inputs, outputs, seed.child("gates").generator()),
                InputDomain.sparse(inputs, maxActive),
                // How many functions there are to choose from: what the lower bounds rest on.
                new FunctionClass("all majority-of-three functions", triples, outputs));
    }

    private static Gates gates(int inputs, int outputs, RandomGenerator random) {
        Set<List<Integer>> triples = new LinkedHashSet<>();
        while (triples.size() < outputs) {
            int[] triple = {random.nextInt(inputs), random.nextInt(inputs), random.nextInt(inputs)};
            Arrays.sort(triple);
            if (triple[0] < triple[1] && triple[1] < triple[2]) {
                triples.add(List.of(triple[0], triple[1], triple[2]));
            }
        }
        return Gates.of(
                inputs,
                GateFunction.atLeast(2),
                IntStream.rangeClosed(0, outputs).map(i -> i * FAN_IN).toArray(),
                triples.stream().flatMap(List::stream).mapToInt(j -> j).toArray());
    }
}
