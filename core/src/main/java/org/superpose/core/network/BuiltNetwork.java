package org.superpose.core.network;

import org.superpose.core.problem.ProblemInstance;

/**
 * A network together with the instance it was built for: what a network file holds.
 *
 * @param instance what the network is to compute
 * @param network one with as many inputs and outputs; whether it computes the instance is for a verifier to say
 */
public record BuiltNetwork(ProblemInstance instance, SuperposedNetwork network) {
    /** @throws IllegalArgumentException if the numbers of inputs or outputs differ */
    public BuiltNetwork {
        if (instance.inputs() != network.inputs() || instance.outputs() != network.outputs()) {
            throw new IllegalArgumentException("a network of " + network.inputs() + " inputs and " + network.outputs()
                    + " outputs does not fit an instance of " + instance.inputs() + " inputs and " + instance.outputs()
                    + " outputs");
        }
    }
}
