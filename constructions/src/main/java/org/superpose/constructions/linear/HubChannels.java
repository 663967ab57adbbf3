package org.superpose.constructions.linear;

import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.code.BalancedAllocation;
import org.superpose.core.Reference;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

/**
 * Channels for pairs of a hub and a partner: the channel of (h, a) is a random s-subset of the rows S_h of the hub, so that the partner's column
 * stays sparse however many outputs the hub has.
 */
@Reference({"Section 4, mixed influence", "Section 4, very heavy inputs"})
final class HubChannels {
    private HubChannels() {}

    /**
     * Heavy hubs: S_h is a random set of some density in the range.
     *
     * @param hubs the hub of each output; entries of other outputs are not read
     */
    static void drawOverlapping(
            HiddenPlan.Draft draft,
            Gates gates,
            int[] outputs,
            int[] hubs,
            RowRange range,
            double density,
            int weight,
            Seed seed) {
        RandomGenerator random = seed.generator();
        BalancedAllocation sets = new BalancedAllocation(range.size(), BalancedAllocation.DEFAULT_CANDIDATES);
        int rowsPerHub = Math.min(range.size(), Math.max(weight, (int) Math.round(density * range.size())));
        outputsByHub(outputs, hubs)
                .forEach((hub, own) ->
                        drawWithin(draft, gates, own, range.place(sets.draw(rowsPerHub, random)), weight, random));
    }

    /**
     * Very heavy hubs: disjoint blocks of rows, of sizes proportional to the number of outputs, because everything in an overlap of two such
     * sets would fire when both hubs are active.
     */
    static void drawDisjoint(
            HiddenPlan.Draft draft, Gates gates, int[] outputs, int[] hubs, RowRange range, int weight, Seed seed) {
        RandomGenerator random = seed.generator();
        Map<Integer, int[]> byHub = outputsByHub(outputs, hubs);
        int spare = range.size() - byHub.size() * weight;
        int before = 0;
        int done = 0;
        for (int[] own : byHub.values()) {
            int start = range.start() + done * weight + share(spare, before, outputs.length);
            before += own.length;
            done++;
            int end = range.start() + done * weight + share(spare, before, outputs.length);
            drawWithin(draft, gates, own, new RowRange(start, end).rows(), weight, random);
        }
    }

    private static int share(int rows, int part, int whole) {
        return (int) ((long) rows * part / whole);
    }

    private static void drawWithin(
            HiddenPlan.Draft draft, Gates gates, int[] outputs, int[] rows, int weight, RandomGenerator random) {
        BalancedAllocation allocation = new BalancedAllocation(rows.length, BalancedAllocation.DEFAULT_CANDIDATES);
        int zone = draft.zone(rows);
        for (int output : outputs) {
            int[] channel = IntStream.of(allocation.draw(weight, random))
                    .map(rank -> rows[rank])
                    .toArray();
            draft.route(channel, gates.reads(output));
            draft.channel(output, channel, zone);
        }
    }

    private static Map<Integer, int[]> outputsByHub(int[] outputs, int[] hubs) {
        Map<Integer, IntStream.Builder> builders = new TreeMap<>();
        for (int output : outputs) {
            builders.computeIfAbsent(hubs[output], hub -> IntStream.builder()).add(output);
        }
        Map<Integer, int[]> byHub = new TreeMap<>();
        builders.forEach((hub, own) -> byHub.put(hub, own.build().toArray()));
        return byHub;
    }
}
