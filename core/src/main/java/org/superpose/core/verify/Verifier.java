package org.superpose.core.verify;

import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.ProblemInstance;

/** A way to find out whether a network computes an instance, found by {@link java.util.ServiceLoader}. Stateless. */
public interface Verifier extends Plugin {
    /**
     * Whether it can say anything about this pair.
     *
     * @param instance the map to compute
     * @param network one with as many inputs and outputs
     * @return the reason when it cannot
     */
    Acceptance accepts(ProblemInstance instance, SuperposedNetwork network);

    /**
     * Its estimate of the work, for choosing the cheapest verifier that decides: about the number of machine
     * operations. Infinite for a verifier that can never verify.
     *
     * @param instance the map to compute
     * @param network one that it accepts
     * @return at least 0
     */
    double cost(ProblemInstance instance, SuperposedNetwork network);

    /**
     * Verifies on the instance's domain. A verdict other than Undecided is a proof.
     *
     * @param instance the map to compute
     * @param network one that it accepts
     * @param budget where to give up, on how many threads to work, and whom to tell about progress
     * @return the same verdict whatever the number of threads
     * @throws IllegalArgumentException if the pair is not accepted
     */
    Verdict verify(ProblemInstance instance, SuperposedNetwork network, VerificationBudget budget);
}
