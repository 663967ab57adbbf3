package org.superpose.core.verify;

import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Plugin;

/** A way to find out whether a network computes an instance, found by {@link java.util.ServiceLoader}. Stateless. */
public interface Verifier extends Plugin {
    /**
     * Whether it can say anything about this network and instance.
     *
     * @param built the network, with the map that it is to compute
     * @return the reason when it cannot
     */
    Acceptance accepts(BuiltNetwork built);

    /**
     * Its estimate of the work, for choosing the cheapest verifier that decides: about the number of machine
     * operations. Infinite for a verifier that can never verify.
     *
     * @param built a network that it accepts
     * @return at least 0
     */
    double cost(BuiltNetwork built);

    /**
     * Verifies on the instance's domain. A verdict other than Undecided is a proof.
     *
     * @param built a network that it accepts, with the map that it is to compute
     * @param budget where to give up, on how many threads to work, and whom to tell about progress
     * @return the same verdict whatever the number of threads
     * @throws IllegalArgumentException if it does not accept the network; {@link #requireAccepted} sees to that
     */
    Verdict verify(BuiltNetwork built, VerificationBudget budget);

    /**
     * Insists that it accepts a network: the first thing that {@link #verify} does.
     *
     * @param built the network, with the map that it is to compute
     * @throws IllegalArgumentException with the reason, if it does not
     */
    default void requireAccepted(BuiltNetwork built) {
        accepts(built)
                .require(reason ->
                        new IllegalArgumentException("the verifier " + id() + " cannot decide this pair: " + reason));
    }
}
