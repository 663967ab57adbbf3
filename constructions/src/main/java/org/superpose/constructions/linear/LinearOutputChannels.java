package org.superpose.constructions.linear;

import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Low-Influence-AND without its condition: the same network for any influence, to see what happens beyond m'^(1/4),
 * where the rows that fire by chance swamp the channels.
 */
@Reference(
        value = {"Theorem 4.1", "Phase change"},
        standing = Standing.ATTESTED)
public final class LinearOutputChannels extends AbstractLinearConstruction {
    public LinearOutputChannels() {
        super(
                "linear-output-channels",
                "linear-low-influence-and for any influence, to measure where it breaks down; "
                        + "not meant to work beyond m'^(1/4)");
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Refusals.unlessTwoAnd(instance, id());
    }

    @Override
    HiddenPlan plan(Gates gates, LinearChoices choices, Seed seed) {
        return OutputChannels.plan(gates, choices, seed);
    }
}
