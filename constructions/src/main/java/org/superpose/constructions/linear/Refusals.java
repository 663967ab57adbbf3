package org.superpose.constructions.linear;

import org.superpose.constructions.Admission;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** Reasons for which several linear constructions refuse an instance, in one wording. */
final class Refusals {
    private Refusals() {}

    /** Accepts one layer of gates. */
    static Acceptance unlessOneLayer(ProblemInstance instance, String id) {
        return Admission.oneLayer(instance, id + " computes one; use layered");
    }

    /** Accepts one layer of AND gates that all read two inputs. */
    static Acceptance unlessTwoAnd(ProblemInstance instance, String id) {
        return unlessOneLayer(instance, id).and(() -> unlessTwoAnd(instance.gates(), id));
    }

    /** Accepts AND gates that all read two inputs. */
    static Acceptance unlessTwoAnd(Gates gates, String id) {
        if (!gates.areAll(GateFunction.AND) && !gates.areAll(GateFunction.atLeast(2))) {
            return Acceptance.rejected(
                    gates.functionNames() + " gates are not AND gates, which is all that " + id + " computes");
        }
        if (gates.minFanIn() != 2 || gates.maxFanIn() != 2) {
            int other = gates.minFanIn() != 2 ? gates.minFanIn() : gates.maxFanIn();
            return Acceptance.rejected("a gate of fan-in " + other + " is not a two-and; use "
                    + (other == 1 ? "linear-permutation" : "linear-k-and"));
        }
        return Acceptance.accepted();
    }
}
