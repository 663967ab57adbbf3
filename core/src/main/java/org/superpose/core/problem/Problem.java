package org.superpose.core.problem;

import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.random.Seed;

/** A family of Boolean maps to compute, found by {@link java.util.ServiceLoader}. Implementations are stateless. */
public interface Problem extends Plugin {
    /**
     * Draws one instance. The same parameters and seed give an equal instance.
     *
     * @param parameters values of the declared parameters
     * @param seed the source of all randomness
     * @return an instance that knows its parameters and seed
     * @throws org.superpose.core.InvalidInputException if no instance has these parameters; the message says why
     */
    ProblemInstance instantiate(ParameterValues parameters, Seed seed);
}
