package org.superpose.core.verify;

import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.problem.ProblemInstance;

/**
 * An input on which a network is wrong.
 *
 * @param input the active input features
 * @param output the index of an output feature that is wrong, the smallest one
 * @param expected whether the output should be on
 * @param got whether the network has it on
 */
public record Counterexample(FeatureSet input, int output, boolean expected, boolean got) {
    /**
     * Replays an input through the plain evaluator, which shares no code with the kernels: no counterexample is
     * believed before.
     *
     * @param input one of the domain
     * @return the counterexample that it is, or empty if the plain evaluator is right on it
     */
    public static Optional<Counterexample> of(BuiltNetwork built, FeatureSet input) {
        return between(input, built.instance().evaluate(input), new PlainEvaluator(built.network()).evaluate(input));
    }

    /**
     * The counterexample that an input is which was found wrong for certain.
     *
     * @param input one of the domain
     * @throws IllegalStateException if the plain evaluator is right on it: then one of the two is broken
     */
    public static Counterexample confirmed(BuiltNetwork built, FeatureSet input) {
        return of(built, input)
                .orElseThrow(() -> new IllegalStateException(
                        "input " + input + " was found wrong, but the plain evaluator is right on it"));
    }

    /** The counterexample that an input gives, or empty if the outputs agree. */
    static Optional<Counterexample> between(FeatureSet input, FeatureSet expected, FeatureSet got) {
        int s = 0;
        while (s < expected.size() && s < got.size() && expected.get(s) == got.get(s)) {
            s++;
        }
        if (s == expected.size() && s == got.size()) {
            return Optional.empty();
        }
        int firstExpected = s < expected.size() ? expected.get(s) : Integer.MAX_VALUE;
        int firstGot = s < got.size() ? got.get(s) : Integer.MAX_VALUE;
        boolean missing = firstExpected < firstGot;
        return Optional.of(new Counterexample(input, Math.min(firstExpected, firstGot), missing, !missing));
    }

    /** Whether the plain evaluator is indeed wrong in this way. */
    public boolean isConfirmedBy(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        return instance.domain().contains(input)
                && instance.evaluate(input).contains(output) == expected
                && new PlainEvaluator(built.network()).evaluate(input).contains(output) == got
                && expected != got;
    }
}
