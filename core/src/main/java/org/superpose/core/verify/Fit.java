package org.superpose.core.verify;

import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.ProblemInstance;

/** Whether a network has the shape of an instance: as many inputs and outputs. What every verifier asks first. */
public final class Fit {
    private Fit() {}

    public static Acceptance of(ProblemInstance instance, SuperposedNetwork network) {
        if (instance.inputs() != network.inputs()) {
            return Acceptance.rejected(
                    "the instance has " + instance.inputs() + " inputs, the network has " + network.inputs());
        }
        if (instance.outputs() != network.outputs()) {
            return Acceptance.rejected(
                    "the instance has " + instance.outputs() + " outputs, the network has " + network.outputs());
        }
        return Acceptance.accepted();
    }

    /** @throws IllegalArgumentException if the acceptance is a rejection */
    public static void require(Acceptance acceptance, String verifier) {
        acceptance.reason().ifPresent(reason -> {
            throw new IllegalArgumentException("the verifier " + verifier + " cannot decide this pair: " + reason);
        });
    }
}
