package org.superpose.constructions.linear;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.code.BalancedAllocation;
import org.superpose.core.Reference;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

/**
 * Input channels: every heavy input j draws a row set S_j of some density q, and the channel of a pair (a, b) is the whole of the intersection
 * of S_a and S_b. For pairs of two inputs of high influence.
 */
@Reference("Section 4, input channels")
final class InputChannels {
    /** Pairs whose sets hardly meet get rows of their own up to this share of the wanted weight. */
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
        // In ascending order of input, so that the sets do not depend on the order of the outputs.
        IntStream.of(outputs)
                .flatMap(output -> IntStream.of(gates.reads(output)))
                .sorted()
                .distinct()
                .forEach(input -> sets[input] = range.place(allocation.draw(rowsPerInput, random)));
        for (int j = 0; j < sets.length; j++) {
            if (sets[j] != null) {
                draft.route(sets[j], new int[] {j});
            }
        }
        int least = Math.max(1, (int) (LEAST_SHARE * weight));
        int zone = draft.zone(range.rows());
        for (int output : outputs) {
            int[] common = intersection(sets[gates.read(output, 0)], sets[gates.read(output, 1)]);
            if (common.length < least) {
                int[] extra = range.place(new BalancedAllocation(range.size(), 1)
                        .draw(Math.min(range.size(), least - common.length), random));
                draft.route(extra, gates.reads(output));
                common = IntStream.concat(IntStream.of(common), IntStream.of(extra))
                        .sorted()
                        .distinct()
                        .toArray();
            }
            draft.channel(output, common, zone);
        }
    }

    private static int[] intersection(int[] first, int[] second) {
        return Arrays.stream(first)
                .filter(row -> Arrays.binarySearch(second, row) >= 0)
                .toArray();
    }
}
