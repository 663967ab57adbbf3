package org.superpose.problems;

import java.util.List;
import java.util.Optional;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code formulas}: every output is a Boolean formula over named features, from a CSV file. The seed has no say in it,
 * and it belongs to no class of functions that could be counted.
 */
public final class FormulasProblem implements Problem {
    private static final int MOST_ACTIVE = 64;

    private static final Parameter<String> FILE = Parameter.text(
            "file",
            "the path of " + FormulasFile.choices(),
            "the formulas: header output,formula; operators !, &, ^, |, at-least(2, a, b, c)");
    private static final Parameter<String> FEATURES = Parameter.text(
                    "features", "the path of a CSV file", "the features in their order: header feature, one a line")
            .chosen("from the formulas: the names in them, in the order in which they first occur");
    private static final Parameter<Integer> MAX_ACTIVE =
            ProblemParameters.MAX_ACTIVE.chosen("as many as the widest formula reads, but at most " + MOST_ACTIVE);

    @Override
    public String id() {
        return "formulas";
    }

    @Override
    public String title() {
        return "every output is a formula over named features, from a CSV file";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(FILE, FEATURES, MAX_ACTIVE, ProblemParameters.MIN_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        FormulasFile file = FormulasFile.read(parameters.get(FILE), parameters.find(FEATURES));
        int inputs = file.features().size();
        int widest = file.gates().stream().mapToInt(Gate::fanIn).max().orElseThrow();
        int most = parameters.find(MAX_ACTIVE).orElse(Math.max(1, Math.min(widest, MOST_ACTIVE)));
        return new ProblemInstance(
                id(),
                parameters,
                seed.value(),
                List.of(Gates.of(inputs, file.gates())),
                SparseDomain.of(inputs, parameters.get(ProblemParameters.MIN_ACTIVE), most, 0),
                Optional.empty(),
                new FeatureNames(file.features()),
                new FeatureNames(file.outputs()));
    }
}
