package org.superpose.constructions.clipped.channel;

import java.util.random.RandomGenerator;
import org.superpose.core.Reference;
import org.superpose.core.problem.Gates;

/**
 * Channels for the AND of (nearly) all pairs of inputs, from planes (theory, section 5): hidden rows are the lines of s
 * copies of a projective plane, inputs are points, differently placed in each copy, and the channel of a pair is its
 * line in every copy.
 *
 * <p>So any two inputs have exactly s rows in common: a channel is a whole intersection, and where codes do not overlap
 * no row fires beyond it. Random channels would let every pair of so many partners meet in far more rows than s.
 */
@Reference("Section 5, designs as input channels")
public final class PlaneChannels {
    private PlaneChannels() {}

    /** Whether the gates are so many of all pairs that planes serve them better than channels of their own. */
    public static boolean serve(int inputs, int outputs, int fanIn, int maxActive) {
        return fanIn == 2 && maxActive <= 2 && inputs >= 3 && 4L * outputs >= (long) inputs * (inputs - 1);
    }

    /** The hidden rows that channels of weight s need. */
    static long rows(int inputs, int weight) {
        return (long) ProjectivePlane.linesFor(inputs) * weight;
    }

    /**
     * Places the channels of all outputs.
     *
     * @param wiring no channel is placed yet; has at least {@link #rows} hidden rows
     */
    public static void place(ChannelWiring wiring, RandomGenerator random) {
        Gates gates = wiring.gates();
        ProjectivePlane plane = ProjectivePlane.withPoints(gates.inputs());
        for (int copy = 0; copy < wiring.channelWeight(); copy++) {
            int[] point = permutation(plane.points(), random);
            for (int i = 0; i < gates.outputs(); i++) {
                int line = plane.line(point[gates.read(i, 0)], point[gates.read(i, 1)]);
                wiring.place(i, copy, copy * plane.points() + line);
            }
        }
    }

    private static int[] permutation(int size, RandomGenerator random) {
        int[] permutation = new int[size];
        for (int t = 0; t < size; t++) {
            int swap = random.nextInt(t + 1);
            permutation[t] = permutation[swap];
            permutation[swap] = t;
        }
        return permutation;
    }
}
