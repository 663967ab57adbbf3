package org.superpose.benchmarks;

import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/** The networks on which verification is measured. */
final class ClippedNetworks {
    private ClippedNetworks() {}

    private static <T> ParameterValues with(ParameterValues values, Problem problem, Parameter<T> parameter, T value) {
        boolean declared =
                problem.parameters().stream().anyMatch(each -> each.name().equals(parameter.name()));
        return declared ? values.with(parameter, value) : values;
    }

    /** AND gates of {@code fanIn} inputs, m = m', v = r, with influences as equal as possible. */
    static ProblemInstance instance(int features, int fanIn) {
        Problem problem = Catalog.load("problem", Problem.class, ClippedNetworks.class.getClassLoader())
                .require(fanIn == 2 ? "two-and" : "k-and");
        ParameterValues values =
                ParameterValues.NONE.with(ProblemParameters.INPUTS, features).with(ProblemParameters.OUTPUTS, features);
        values = with(values, problem, ProblemParameters.FAN_IN, fanIn);
        return problem.instantiate(with(values, problem, ProblemParameters.MAX_ACTIVE, fanIn), new Seed(1));
    }

    /** A clipped network of a width. */
    static BuiltNetwork build(ProblemInstance instance, int width) {
        Construction construction = Catalog.load(
                        "construction", Construction.class, ClippedNetworks.class.getClassLoader())
                .require("clipped-and");
        return new BuiltNetwork(
                instance,
                construction.build(
                        instance, ParameterValues.NONE.with(ConstructionParameters.WIDTH, width), new Seed(2)));
    }
}
