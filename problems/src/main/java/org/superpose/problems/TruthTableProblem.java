package org.superpose.problems;

import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code truth-table}: a map from a PLA file, the format of two-level logic minimisers, so that public benchmark
 * circuits can be computed. The seed has no say in it, and it belongs to no class of functions that could be counted.
 */
public final class TruthTableProblem implements Problem {
    private static final Parameter<String> FILE =
            Parameter.text("file", "the path of " + PlaFile.choices(), "the truth table, of type f or fr");
    private static final Parameter<Integer> MAX_ACTIVE =
            ProblemParameters.MAX_ACTIVE.chosen("as many as there are inputs, but at most 64");

    @Override
    public String id() {
        return "truth-table";
    }

    @Override
    public String title() {
        return "a map from a PLA file, the format of two-level logic minimisers";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(FILE, MAX_ACTIVE, ProblemParameters.MIN_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        PlaFile file = PlaFile.read(parameters.get(FILE));
        int most = parameters.find(MAX_ACTIVE).orElse(Math.min(file.inputs(), 64));
        InputDomain domain = SparseDomain.of(file.inputs(), parameters.get(ProblemParameters.MIN_ACTIVE), most, 0);
        try {
            return new ProblemInstance(
                    id(),
                    parameters,
                    seed.value(),
                    file.layers(),
                    domain,
                    Optional.empty(),
                    new FeatureNames(file.inputNames()),
                    new FeatureNames(file.outputNames()));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidInputException("file \"" + parameters.get(FILE) + "\": " + wrong.getMessage(), wrong);
        }
    }
}
