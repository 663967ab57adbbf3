package org.superpose.constructions.linear;

import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.code.BalancedAllocation;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

/**
 * Channels for pairs of a hub and a partner: the channel of (h, a) is a random s-subset of the rows S_h of the hub, so
 * that the partner's column stays sparse however many outputs the hub has.
 */
@Reference(value = "Mixed influence", standing = Standing.RECONSTRUCTED)
@Reference(value = "Very heavy inputs", standing = Standing.OURS)
final class HubChannels {
    /** The fewest rows of a hub in units of s: with fewer, the channels of its partners would share too much. */
    static final int LEAST_CHOICE = 4;

    /** The rows in units of s that each hub has to get where hubs have rows of their own. */
    private static final int DISJOINT_CHOICE = 8;

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
        int rowsPerHub =
                Math.min(range.size(), Math.max(LEAST_CHOICE * weight, (int) Math.round(density * range.size())));
        outputsByHub(outputs, hubs)
                .forEach((hub, own) -> drawWithin(
                        draft,
                        gates,
                        hub,
                        own,
                        range.place(sets.draw(rowsPerHub, random)),
                        weight,
                        HubEmphasis.QUARTER,
                        random));
    }

    /**
     * Very heavy hubs, and any hubs that are few enough: disjoint blocks of rows, of sizes proportional to the number
     * of outputs, because everything in an overlap of two row sets fires when both hubs are active.
     */
    static void drawDisjoint(
            HiddenPlan.Draft draft, Gates gates, int[] outputs, int[] hubs, RowRange range, int weight, Seed seed) {
        RandomGenerator random = seed.generator();
        Map<Integer, int[]> byHub = outputsByHub(outputs, hubs);
        int least = Math.min(LEAST_CHOICE * weight, range.size() / byHub.size());
        int spare = range.size() - byHub.size() * least;
        int before = 0;
        int done = 0;
        for (Map.Entry<Integer, int[]> entry : byHub.entrySet()) {
            int[] own = entry.getValue();
            int start = range.start() + done * least + share(spare, before, outputs.length);
            before += own.length;
            done++;
            int end = range.start() + done * least + share(spare, before, outputs.length);
            drawWithin(
                    draft,
                    gates,
                    entry.getKey(),
                    own,
                    new RowRange(start, end).rows(),
                    weight,
                    HubEmphasis.FULL,
                    random);
        }
    }

    /** Whether all hubs of these outputs can have rows of their own that are enough to choose channels from. */
    static boolean fitDisjoint(int[] outputs, int[] hubs, RowRange range, int weight) {
        long count =
                IntStream.of(outputs).map(output -> hubs[output]).distinct().count();
        return count * DISJOINT_CHOICE * weight <= range.size();
    }

    private static int share(int rows, int part, int whole) {
        return (int) ((long) rows * part / whole);
    }

    private static void drawWithin(
            HiddenPlan.Draft draft,
            Gates gates,
            int hub,
            int[] outputs,
            int[] rows,
            int weight,
            HubEmphasis emphasis,
            RandomGenerator random) {
        BalancedAllocation allocation = new BalancedAllocation(rows.length, BalancedAllocation.DEFAULT_CANDIDATES);
        int zone = draft.zone(rows);
        for (int output : outputs) {
            int[] channel = IntStream.of(allocation.draw(weight, random))
                    .map(rank -> rows[rank])
                    .toArray();
            int partner = gates.read(output, 0) == hub ? gates.read(output, 1) : gates.read(output, 0);
            for (int row : channel) {
                draft.routeHub(row, hub, emphasis);
                draft.route(row, partner);
            }
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
