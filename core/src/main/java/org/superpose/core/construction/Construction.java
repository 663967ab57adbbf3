package org.superpose.core.construction;

import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * A way to build a network for an instance, found by {@link java.util.ServiceLoader}. Implementations are stateless.
 */
@Reference(value = "Definition: parameter-driven algorithm", standing = Standing.RECONSTRUCTED)
public interface Construction extends Plugin {
    /**
     * Whether it can build for this instance.
     *
     * @param instance any instance, of a plugin's problem too
     * @return the reason when it cannot, with the numbers
     */
    Acceptance accepts(ProblemInstance instance);

    /**
     * Builds a network. The same instance, parameters and seed give a network with the same digest, whatever the number
     * of threads.
     *
     * <p>The codes of inputs and of final outputs must be drawn from streams of their own,
     * {@code seed.child("input-encoding")} and {@code seed.child("output-encoding")}, and must not depend on the gates.
     * What is returned need not be correct: that is for a verifier to say.
     *
     * @param instance one that it accepts
     * @param parameters values of the declared parameters
     * @param seed the source of all randomness
     * @return a network that claims the domain of the instance and says how it was built
     * @throws org.superpose.core.InvalidInputException if the parameters do not fit the instance, for instance a width
     *     too small for the codes; the message names the values
     */
    SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed);

    /**
     * Builds the same network, unless that takes too long or the user has lost patience. A construction that may take
     * more than some seconds looks at the deadline in its loops; by default nothing does.
     *
     * @param instance one that it accepts
     * @param parameters values of the declared parameters
     * @param seed the source of all randomness
     * @param deadline {@link Deadline#check} is all that a loop has to call
     * @return the network of the other method
     * @throws org.superpose.core.InvalidInputException if the parameters do not fit the instance
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before the network is there
     */
    default SuperposedNetwork build(
            ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        return build(instance, parameters, seed);
    }
}
