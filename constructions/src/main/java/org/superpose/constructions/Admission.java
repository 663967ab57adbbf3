package org.superpose.constructions;

import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.Construction;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** What several constructions ask of an instance, in one wording. */
public final class Admission {
    private Admission() {}

    /** Accepts one layer of gates. */
    public static Acceptance oneLayer(ProblemInstance instance) {
        return oneLayer(instance, "it builds for one");
    }

    /**
     * Accepts one layer of gates.
     *
     * @param but how the refusal ends, for example {@code it builds for one}
     */
    public static Acceptance oneLayer(ProblemInstance instance, String but) {
        return instance.isLayered()
                ? Acceptance.rejected("the instance has " + instance.layers().size() + " layers of gates, but " + but)
                : Acceptance.accepted();
    }

    /** Accepts AND gates. */
    public static Acceptance and(Gates gates) {
        return gates.areAll(GateFunction.AND)
                ? Acceptance.accepted()
                : Acceptance.rejected("the gates compute " + gates.functionNames() + ", but it builds for and");
    }

    /** Accepts one layer of outputs that each copy an input: permutations, for instance. */
    public static Acceptance copies(ProblemInstance instance) {
        return oneLayer(instance).and(() -> eachCopiesOne(instance.gates()));
    }

    private static Acceptance eachCopiesOne(Gates gates) {
        return gates.areAll(GateFunction.AND) && gates.maxFanIn() == 1
                ? Acceptance.accepted()
                : Acceptance.rejected("the gates compute " + gates.functionNames() + " of up to " + gates.maxFanIn()
                        + " inputs, but it builds for outputs that copy one");
    }

    /** @throws InvalidInputException if the construction does not accept the instance */
    public static void require(Construction construction, ProblemInstance instance) {
        construction
                .accepts(instance)
                .require(reason -> new InvalidInputException("construction " + construction.id() + " cannot build for "
                        + instance.problem() + ": " + reason));
    }
}
