package org.superpose.constructions.linear;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.code.BalancedAllocation;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

/**
 * Output channels: every output draws s rows, and each of them adds up all inputs of the output. For inputs of low
 * influence.
 */
@Reference(value = "Theorem 4.1", standing = Standing.ATTESTED)
final class OutputChannels {
    private OutputChannels() {}

    /** The channels of all outputs, drawn from all rows. */
    static HiddenPlan plan(Gates gates, LinearChoices choices, Seed seed) {
        HiddenPlan.Draft draft = new HiddenPlan.Draft(choices.width(), gates.outputs());
        int[] all = IntStream.range(0, gates.outputs()).toArray();
        draw(draft, gates, all, new RowRange(0, choices.width()), choices.channelWeight(), seed);
        return draft.finish();
    }

    /** Draws the channels of the given outputs in a range of rows. */
    static void draw(HiddenPlan.Draft draft, Gates gates, int[] outputs, RowRange range, int weight, Seed seed) {
        RandomGenerator random = seed.generator();
        BalancedAllocation allocation = new BalancedAllocation(range.size(), BalancedAllocation.DEFAULT_CANDIDATES);
        int zone = draft.zone(range.rows());
        for (int output : outputs) {
            int[] rows = range.place(allocation.draw(weight, random));
            draft.route(rows, gates.reads(output));
            draft.channel(output, rows, zone);
        }
    }
}
