package org.superpose.core.verify;

import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.OutputState;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.Reading;
import org.superpose.core.problem.ProblemInstance;

/**
 * An input on which a network is wrong.
 *
 * @param input the active input features
 * @param output the index of an output feature that is wrong, the smallest one
 * @param expected whether the output should be on
 * @param got what the network has it as
 */
public record Counterexample(FeatureSet input, int output, boolean expected, OutputState got) {
    /** An output that the network has on or off. */
    public Counterexample(FeatureSet input, int output, boolean expected, boolean got) {
        this(input, output, expected, OutputState.of(got));
    }

    /**
     * Replays an input through the plain evaluator, which shares no code with the kernels: no counterexample is
     * believed before.
     *
     * @param input one of the domain
     * @return the counterexample that it is, or empty if the plain evaluator is right on it
     */
    public static Optional<Counterexample> of(BuiltNetwork built, FeatureSet input) {
        return of(input, built.instance().evaluate(input), new PlainEvaluator(built.network()).read(input));
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

    /** The counterexample that an input gives, or empty if every output is read as expected. */
    static Optional<Counterexample> of(FeatureSet input, FeatureSet expected, Reading got) {
        OptionalInt wrong = got.firstWrong(expected);
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        int output = wrong.getAsInt();
        return Optional.of(new Counterexample(input, output, expected.contains(output), got.of(output)));
    }

    /** Whether the plain evaluator is indeed wrong in this way. */
    public boolean isConfirmedBy(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        return instance.domain().contains(input)
                && instance.evaluate(input).contains(output) == expected
                && new PlainEvaluator(built.network()).read(input).of(output) == got
                && OutputState.of(expected) != got;
    }
}
