package org.superpose.constructions.linear;

import java.util.OptionalInt;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.SymmetricFunction;

/** How many active inputs turn the gates of a layer on, where that is one number for all of them. */
final class Threshold {
    private Threshold() {}

    /** The common threshold t: the fan-in of AND gates, or t of at-least(t); empty where there is none. */
    static OptionalInt of(Gates gates) {
        if (gates.commonFunction().orElse(null) instanceof SymmetricFunction.AtLeast atLeast) {
            return OptionalInt.of(atLeast.threshold());
        }
        boolean oneFanIn = gates.minFanIn() == gates.maxFanIn();
        boolean threshold = gates.areAll(GateFunction.AND) || gates.maxFanIn() == 1;
        return oneFanIn && threshold ? OptionalInt.of(gates.maxFanIn()) : OptionalInt.empty();
    }

    /** Why there is none, for messages. */
    static String whyNone(Gates gates) {
        if (gates.minFanIn() != gates.maxFanIn()) {
            return "gates of fan-in " + gates.minFanIn() + " to " + gates.maxFanIn()
                    + " do not share one threshold; all must have the same fan-in";
        }
        return gates.functionNames() + " gates are not threshold gates; and, at-least(t) are allowed";
    }
}
