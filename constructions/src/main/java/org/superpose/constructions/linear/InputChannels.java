package org.superpose.constructions.linear;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.code.BalancedAllocation;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

/**
 * Input channels: every heavy input j draws a row set S_j of some density q, and the channel of a pair (a, b) is the
 * whole of the intersection of S_a and S_b. For pairs of two inputs of high influence.
 *
 * <p>Two pairs that share an input have channels that share about q of their rows. What they have in common is taken
 * out of the averages: the row of D_1 is proportional to (S_a - q)(S_b - q), which is 0 on average over the channel of
 * any other pair.
 */
@Reference(value = "Input channels", standing = Standing.RECONSTRUCTED)
final class InputChannels {
    /** The share of the wanted weight up to which pairs whose sets hardly meet get rows of their own. */
    private static final double LEAST_SHARE = 0.5;

    private InputChannels() {}

    /**
     * Draws row sets for all inputs that the given outputs read, and their intersections as channels.
     *
     * @param weight s, the wanted mean size of an intersection
     */
    static void draw(
            HiddenPlan.Draft draft, Gates gates, int[] outputs, RowRange range, double density, int weight, Seed seed) {
        RandomGenerator random = seed.generator();
        BalancedAllocation allocation = new BalancedAllocation(range.size(), 1);
        int rowsPerInput = Math.max(1, (int) Math.round(density * range.size()));
        int[][] sets = new int[gates.inputs()][];
        int[] zones = new int[gates.inputs()];
        // In ascending order of input, so that the sets do not depend on the order of the outputs.
        IntStream.of(outputs)
                .flatMap(output -> IntStream.of(gates.reads(output)))
                .sorted()
                .distinct()
                .forEach(input -> sets[input] = range.place(allocation.draw(rowsPerInput, random)));
        for (int j = 0; j < sets.length; j++) {
            if (sets[j] != null) {
                draft.route(sets[j], new int[] {j});
                zones[j] = draft.zone(sets[j]);
            }
        }
        int least = Math.max(1, (int) (LEAST_SHARE * weight));
        int all = draft.zone(range.rows());
        double q = (double) rowsPerInput / range.size();
        for (int output : outputs) {
            int a = gates.read(output, 0);
            int b = gates.read(output, 1);
            int[] common = intersection(sets[a], sets[b]);
            if (common.length < least) {
                int[] extra = range.place(new BalancedAllocation(range.size(), 1)
                        .draw(Math.min(range.size(), least - common.length), random));
                draft.route(extra, gates.reads(output));
                draft.channel(output, union(common, extra), all);
            } else if (q == 1) {
                draft.channel(output, common, all);
            } else {
                draft.channel(
                        output,
                        common,
                        new HiddenPlan.Correction(zones[a], q),
                        new HiddenPlan.Correction(zones[b], q),
                        new HiddenPlan.Correction(all, -q * q));
            }
        }
    }

    private static int[] union(int[] first, int[] second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second))
                .sorted()
                .distinct()
                .toArray();
    }

    private static int[] intersection(int[] first, int[] second) {
        return Arrays.stream(first)
                .filter(row -> Arrays.binarySearch(second, row) >= 0)
                .toArray();
    }
}
