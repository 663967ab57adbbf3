package org.superpose.constructions.linear;

import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Low-Influence-AND: two-and by output channels, where no input has an influence above m'^(1/4). */
@Reference(value = "Theorem 4.1", standing = Standing.ATTESTED)
public final class LinearLowInfluenceAnd extends AbstractLinearConstruction {
    public LinearLowInfluenceAnd() {
        super(
                "linear-low-influence-and",
                "Low-Influence-AND of Theorem 4.1: two-and by output channels, influence at most m'^(1/4)");
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Refusals.unlessTwoAnd(instance, id()).and(() -> ofLowInfluence(instance.gates()));
    }

    private Acceptance ofLowInfluence(Gates gates) {
        int influence = gates.influenceProfile().max();
        return influence <= InfluenceLimit.allowed(gates.outputs(), 2)
                ? Acceptance.accepted()
                : Acceptance.rejected("influence " + influence + " exceeds "
                        + InfluenceLimit.describe(gates.outputs(), 2) + " allowed by " + id() + "; use linear-two-and");
    }

    @Override
    HiddenPlan plan(Gates gates, LinearChoices choices, Seed seed) {
        return OutputChannels.plan(gates, choices, seed);
    }
}
