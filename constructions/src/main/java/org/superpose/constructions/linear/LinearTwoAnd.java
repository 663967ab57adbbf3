package org.superpose.constructions.linear;

import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * General two-and, the main upper bound: light, heavy and very heavy inputs, the classes of pairs side by side on
 * disjoint hidden rows, writing into one output encoding. Needs no condition on the influences.
 */
@Reference(value = "General two-and", standing = Standing.ATTESTED)
public final class LinearTwoAnd extends AbstractLinearConstruction {
    public LinearTwoAnd() {
        super(
                "linear-two-and",
                "general two-and by linear decompression: pairs by influence, each class on hidden rows of its own");
    }

    @Override
    public int rank() {
        return 30;
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Refusals.unlessTwoAnd(instance, id());
    }

    @Override
    HiddenPlan plan(Gates gates, LinearChoices choices, Seed seed) {
        return new TwoAndPlan(gates, choices).draw(seed);
    }
}
