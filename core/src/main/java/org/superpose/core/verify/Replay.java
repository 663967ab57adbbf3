package org.superpose.core.verify;

import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;

/**
 * Replays an input through the plain evaluator, which shares no code with the kernels: no counterexample is believed
 * before.
 */
public final class Replay {
    private Replay() {}

    /** The counterexample that an input is, or empty if the plain evaluator is right on it. */
    public static Optional<Counterexample> counterexample(
            ProblemInstance instance, SuperposedNetwork network, FeatureSet input) {
        return Optional.ofNullable(
                Counterexample.between(input, instance.evaluate(input), new PlainEvaluator(network).evaluate(input)));
    }

    /**
     * The counterexample that an input is which was found wrong for certain.
     *
     * @throws IllegalStateException if the plain evaluator is right on it: then one of the two is broken
     */
    public static Counterexample confirmed(ProblemInstance instance, SuperposedNetwork network, FeatureSet input) {
        return counterexample(instance, network, input)
                .orElseThrow(() -> new IllegalStateException(
                        "input " + input + " was found wrong, but the plain evaluator is right on it"));
    }
}
