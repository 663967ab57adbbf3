package org.superpose.constructions.trained;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** Which maps can be built from the {@link GateTargets} of gates that are off while no feature is active. */
final class GateAdmission {
    private GateAdmission() {}

    /**
     * Whether each output depends on few enough inputs, is off at rest, and has the targets that are needed.
     *
     * @param firstOther the first output without, if there is one
     * @param what what an output computes that has none, after its name
     */
    static Acceptance accepts(
            ProblemInstance instance, Function<GateTargetsTable, OptionalInt> firstOther, String what) {
        Optional<Gates> composed = ComposedGates.of(instance.layers(), GateTargets.MAX_FAN_IN);
        if (composed.isEmpty() || composed.get().maxFanIn() > GateTargets.MAX_FAN_IN) {
            return Acceptance.rejected(
                    "an output depends on more than the " + GateTargets.MAX_FAN_IN + " inputs that it builds for");
        }
        Gates gates = composed.get();
        if (!gates.resting().isEmpty()) {
            return Acceptance.rejected("output " + gates.resting().get(0)
                    + " is on while no input is active, but it builds for outputs that are off then");
        }
        OptionalInt other = firstOther.apply(new GateTargetsTable(gates, instance.domain(), 1));
        if (other.isPresent()) {
            int output = other.getAsInt();
            return Acceptance.rejected(
                    "output " + output + " computes " + gates.function(output).name() + what);
        }
        return Acceptance.accepted();
    }
}
