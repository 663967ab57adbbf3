package org.superpose.constructions.clipped.channel;

import java.util.random.RandomGenerator;
import org.superpose.constructions.code.RandomOrder;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.problem.Gates;

/**
 * Channels for the AND of (nearly) all pairs of inputs, from planes (theory, section 5): hidden rows are the lines of s
 * copies of a projective plane, inputs are points, differently placed in each copy, and the channel of a pair is its
 * line in every copy.
 *
 * <p>So any two inputs have exactly s rows in common: a channel is a whole intersection, and where codes do not overlap
 * no row fires beyond it. With random channels every pair of inputs, each a partner of nearly all others, would meet in
 * far more rows than s.
 */
@Reference(value = "Designs as input channels", standing = Standing.OURS)
public final class PlaneChannels {
    private PlaneChannels() {}

    /** Whether the gates are a large enough part of all pairs for planes to be better than channels of their own. */
    public static boolean serve(int inputs, int outputs, int fanIn, int maxActive) {
        return fanIn == 2 && maxActive <= 2 && inputs >= 3 && 4L * outputs >= (long) inputs * (inputs - 1);
    }

    /** The lines of the plane for a number of inputs; channels of weight s take s times as many hidden rows. */
    public static int lines(int inputs) {
        return ProjectivePlane.linesFor(inputs);
    }

    /**
     * Places the channels of all outputs.
     *
     * @param wiring no channel is placed yet; has at least s times {@link #lines} hidden rows
     */
    public static void place(ChannelWiring wiring, RandomGenerator random) {
        Gates gates = wiring.gates();
        ProjectivePlane plane = ProjectivePlane.withPoints(gates.inputs());
        for (int copy = 0; copy < wiring.channelWeight(); copy++) {
            int[] point = RandomOrder.of(plane.points(), random);
            for (int i = 0; i < gates.outputs(); i++) {
                int line = plane.line(point[gates.read(i, 0)], point[gates.read(i, 1)]);
                wiring.place(i, copy, copy * plane.points() + line);
            }
        }
    }
}
