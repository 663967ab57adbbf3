package org.superpose.core.verify;

import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Evaluator;
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
    /** The counterexample that an input gives, or null if the outputs agree. */
    public static Counterexample between(FeatureSet input, FeatureSet expected, FeatureSet got) {
        int s = 0;
        while (s < expected.size() && s < got.size() && expected.get(s) == got.get(s)) {
            s++;
        }
        if (s == expected.size() && s == got.size()) {
            return null;
        }
        int firstExpected = s < expected.size() ? expected.get(s) : Integer.MAX_VALUE;
        int firstGot = s < got.size() ? got.get(s) : Integer.MAX_VALUE;
        boolean missing = firstExpected < firstGot;
        return new Counterexample(input, Math.min(firstExpected, firstGot), missing, !missing);
    }

    /** Whether an evaluator of the network is indeed wrong in this way. */
    public boolean isConfirmedBy(ProblemInstance instance, Evaluator evaluator) {
        return instance.domain().contains(input)
                && instance.evaluate(input).contains(output) == expected
                && evaluator.evaluate(input).contains(output) == got
                && expected != got;
    }
}
