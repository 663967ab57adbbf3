package org.superpose.constructions.linear;

import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * High-influence two-and by input channels: the channel of (a, b) is the intersection of the row sets of a and b. Needs
 * every pair to have two inputs of influence above m'^(1/4), of which there are then at most 2 m'^(3/4).
 */
@Reference(value = "Input channels", standing = Standing.RECONSTRUCTED)
public final class LinearHighInfluenceAnd extends AbstractLinearConstruction {
    public LinearHighInfluenceAnd() {
        super("linear-high-influence-and", "input channels: two-and where both inputs have influence above m'^(1/4)");
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Refusals.unlessTwoAnd(instance, id()).and(() -> ofHighInfluence(instance.gates()));
    }

    private Acceptance ofHighInfluence(Gates gates) {
        InfluenceClasses classes = new InfluenceClasses(gates);
        return IntStream.of(gates.reads())
                .filter(classes::isLight)
                .boxed()
                .findFirst()
                .map(input -> Acceptance.rejected("influence " + gates.influence(input) + " of input " + input
                        + " does not exceed " + InfluenceLimit.describe(gates.outputs(), 2) + " as " + id()
                        + " needs; use linear-two-and"))
                .orElse(Acceptance.accepted());
    }

    @Override
    HiddenPlan plan(Gates gates, LinearChoices choices, Seed seed) {
        HiddenPlan.Draft draft = new HiddenPlan.Draft(choices.width(), gates.outputs());
        InputChannels.draw(
                draft,
                gates,
                IntStream.range(0, gates.outputs()).toArray(),
                new RowRange(0, choices.width()),
                new InfluenceClasses(gates).density(),
                choices.channelWeight(),
                seed);
        return draft.finish();
    }
}
