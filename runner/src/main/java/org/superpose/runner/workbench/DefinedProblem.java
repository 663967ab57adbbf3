package org.superpose.runner.workbench;

import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * The problem of one map that a program defines: no parameters, and the same instance from every seed.
 *
 * @param map the instance
 */
record DefinedProblem(ProblemInstance map) implements Problem {
    @Override
    public String id() {
        return map.problem();
    }

    @Override
    public String title() {
        return "a map that a program defines";
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        return map;
    }
}
