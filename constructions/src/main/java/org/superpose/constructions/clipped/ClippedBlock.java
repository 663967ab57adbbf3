package org.superpose.constructions.clipped;

import java.util.Optional;
import org.superpose.constructions.clipped.channel.ChannelAllocation;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.constructions.clipped.channel.PlaneChannels;
import org.superpose.constructions.clipped.conflict.ChannelMending;
import org.superpose.constructions.clipped.conflict.Effort;
import org.superpose.constructions.clipped.conflict.Resampling;
import org.superpose.constructions.clipped.conflict.TrackedInputs;
import org.superpose.constructions.code.Blocks;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

/**
 * One layer of AND gates as two clipped matrices, its channels placed and resampled.
 *
 * @param wiring the two matrices
 * @param resampling what resampling came to
 */
record ClippedBlock(ChannelWiring wiring, Resampling resampling) {
    /** The largest width: the rows of channels are kept in 16 bits each. */
    private static final int WIDEST = Character.MAX_VALUE;

    /** The largest weight of an input code: what a feature contributes to a row is kept in a byte. */
    private static final int HEAVIEST = 127;

    /** How channels are placed at first: each where it adds the fewest entries, or as lines of projective planes. */
    enum Placement {
        CHEAPEST,
        PLANES
    }

    /**
     * Adds the two matrices to the layers of a network.
     *
     * @param saturateHidden whether the hidden rows are cut to 0 and 1
     * @param saturateState whether the output rows are, for a block that follows
     */
    void addTo(ClippedStages stages, boolean saturateHidden, boolean saturateState) {
        stages.matrix(
                wiring.firstMatrix(),
                wiring.gates().maxFanIn() * wiring.inputCodes().maxWeight());
        if (saturateHidden) {
            stages.saturate();
        }
        stages.matrix(wiring.secondMatrix(), wiring.channelWeight());
        if (saturateState) {
            stages.saturate();
        }
    }

    /**
     * Places the channels of all gates and moves them while inputs are wrong.
     *
     * @param weight s, the number of rows of each channel
     * @param placement how channels are placed at first
     * @param inputs those that are to be right, or empty if looking at them would take too long
     * @param effort how long it may take
     * @param seed the source of all randomness
     */
    static ClippedBlock build(
            Gates gates,
            Codes inputCodes,
            Codes outputCodes,
            int weight,
            Placement placement,
            Optional<TrackedInputs> inputs,
            Effort effort,
            Seed seed) {
        int width = inputCodes.neurons();
        Blocks.requireWidth(width, ClippedParameters.CHANNEL_WEIGHT.name(), weight);
        if (inputCodes.maxWeight() > HEAVIEST) {
            throw new InvalidInputException("code-weight " + inputCodes.maxWeight()
                    + " is too large for clipped channels: it must be at most " + HEAVIEST);
        }
        if (width > WIDEST) {
            throw new InvalidInputException("width " + width + " is too large: it must be at most " + WIDEST);
        }
        ChannelWiring wiring = new ChannelWiring(gates, inputCodes, outputCodes, width, weight);
        ChannelAllocation allocation = new ChannelAllocation(wiring);
        if (placement == Placement.PLANES) {
            PlaneChannels.place(wiring, seed.child("channels").generator());
        } else {
            allocation.placeAll(seed.child("channels").generator(), effort.deadline());
        }
        if (inputs.isEmpty()) {
            return new ClippedBlock(wiring, Resampling.UNCOUNTED);
        }
        Effort allowed = placement == Placement.PLANES
                ? new Effort(0, effort.rounds(), effort.sweeps(), effort.deadline())
                : effort;
        return new ClippedBlock(wiring, new ChannelMending(wiring, allocation, inputs.get(), allowed, seed).run());
    }
}
