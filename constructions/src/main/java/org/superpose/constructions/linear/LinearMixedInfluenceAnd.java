package org.superpose.constructions.linear;

import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Mixed-influence two-and: in every pair one input has influence above m'^(1/4) and one has not. The channel of (h, a)
 * is a random subset of the rows of h; the row sets of heavy inputs overlap at random, those of very heavy ones are
 * disjoint blocks.
 */
@Reference(value = "Mixed influence", standing = Standing.RECONSTRUCTED)
public final class LinearMixedInfluenceAnd extends AbstractLinearConstruction {
    public LinearMixedInfluenceAnd() {
        super(
                "linear-mixed-influence-and",
                "channels within the rows of a heavy input: two-and of one heavy and one light input");
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Refusals.unlessTwoAnd(instance, id()).and(() -> ofMixedInfluence(instance.gates()));
    }

    private Acceptance ofMixedInfluence(Gates gates) {
        InfluenceClasses classes = new InfluenceClasses(gates);
        for (int i = 0; i < gates.outputs(); i++) {
            int a = gates.read(i, 0);
            int b = gates.read(i, 1);
            if (classes.isLight(a) == classes.isLight(b)) {
                return Acceptance.rejected("output " + i + " reads inputs of influence " + gates.influence(a) + " and "
                        + gates.influence(b) + ", both "
                        + (classes.isLight(a) ? "within " : "above ") + InfluenceLimit.describe(gates.outputs(), 2)
                        + ", but " + id() + " needs one of each; use linear-two-and");
            }
        }
        return Acceptance.accepted();
    }

    /** @throws InvalidInputException if the width is too small for the row sets */
    @Override
    HiddenPlan plan(Gates gates, LinearChoices choices, Seed seed) {
        return new TwoAndPlan(gates, choices).draw(seed);
    }
}
