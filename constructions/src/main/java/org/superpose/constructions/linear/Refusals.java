package org.superpose.constructions.linear;

import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** Reasons for which several linear constructions refuse an instance, in one wording. */
final class Refusals {
    private Refusals() {}

    static Acceptance layered(ProblemInstance instance, String id) {
        return Acceptance.rejected("the instance has " + instance.layers().size() + " layers of gates, but " + id
                + " computes one; use layered");
    }

    /** Accepts one layer of AND gates that all read two inputs. */
    static Acceptance unlessTwoAnd(ProblemInstance instance, String id) {
        if (instance.isLayered()) {
            return layered(instance, id);
        }
        Gates gates = instance.gates();
        if (!gates.function().equals(GateFunction.AND) && !gates.function().equals(GateFunction.atLeast(2))) {
            return Acceptance.rejected(
                    gates.function().name() + " gates are not AND gates, which is all that " + id + " computes");
        }
        if (gates.minFanIn() != 2 || gates.maxFanIn() != 2) {
            int other = gates.minFanIn() != 2 ? gates.minFanIn() : gates.maxFanIn();
            return Acceptance.rejected("a gate of fan-in " + other + " is not a two-and; use "
                    + (other == 1 ? "linear-permutation" : "linear-k-and"));
        }
        return Acceptance.accepted();
    }
}
