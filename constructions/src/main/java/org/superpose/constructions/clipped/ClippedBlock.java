package org.superpose.constructions.clipped;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.superpose.constructions.clipped.channel.ChannelAllocation;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.constructions.clipped.channel.PlaneChannels;
import org.superpose.constructions.clipped.conflict.WrongInputTracker;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.WidthTooSmallException;
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
    /** The counts of entries take the square of the width, in one array. */
    private static final int WIDEST = 46_340;

    /** What a feature contributes to a row is kept in a byte. */
    private static final int HEAVIEST = 127;

    /** How channels are placed at first: each where it adds the fewest entries, or as lines of projective planes. */
    enum Placement {
        CHEAPEST,
        PLANES
    }

    /**
     * How much work may be spent on wrong inputs.
     *
     * @param passes how often all channels are placed anew at most
     * @param rounds the most rounds of local search
     */
    record Effort(int passes, int rounds) {}

    /**
     * What resampling came to.
     *
     * @param counted whether all wrong inputs were found; otherwise there are more
     * @param passes how often all channels were placed anew
     * @param drawn the wrong inputs before the local search
     * @param rounds the rounds of local search
     * @param redraws the moves that were kept
     * @param left the inputs that are still wrong
     */
    record Resampling(boolean counted, int passes, int drawn, int rounds, long redraws, int left) {
        /** Nothing is known about wrong inputs: there are too many inputs to look at. */
        static final Resampling UNCOUNTED = new Resampling(false, 0, 0, 0, 0, 0);

        /** Both blocks together, one after the other. */
        Resampling and(Resampling other) {
            return new Resampling(
                    counted && other.counted,
                    passes + other.passes,
                    drawn + other.drawn,
                    rounds + other.rounds,
                    redraws + other.redraws,
                    left + other.left);
        }

        /** Adds these figures to a network's facts; those about wrong inputs only where something was counted. */
        void addTo(Map<String, Object> facts) {
            facts.put("placement-passes", passes);
            facts.put("resampling-rounds", rounds);
            facts.put("redraws", redraws);
            facts.put("wrong-inputs-counted", counted);
            if (counted || drawn > 0) {
                facts.put("wrong-inputs-drawn", drawn);
                facts.put("wrong-inputs-left", left);
            }
        }
    }

    /**
     * Places the channels of all gates and moves them while inputs are wrong.
     *
     * @param weight s, the number of rows of each channel
     * @param placement how channels are placed at first
     * @param counting gives what finds the wrong inputs of the placed channels, or empty if that would take too long
     * @param effort how long it may take
     * @param seed the source of all randomness
     */
    static ClippedBlock build(
            Gates gates,
            Codes inputCodes,
            Codes outputCodes,
            int weight,
            Placement placement,
            Optional<Function<ChannelWiring, WrongInputTracker>> counting,
            Effort effort,
            Seed seed) {
        int width = inputCodes.neurons();
        if (weight > width) {
            throw new WidthTooSmallException("width " + width + " is too small for channel-weight " + weight
                    + ": width must be at least channel-weight");
        }
        if (inputCodes.maxWeight() > HEAVIEST) {
            throw new InvalidInputException("code-weight " + inputCodes.maxWeight()
                    + " is too large for clipped channels: it must be at most " + HEAVIEST);
        }
        if (width > WIDEST) {
            throw new InvalidInputException("width " + width + " is too large: it must be at most " + WIDEST);
        }
        ChannelWiring wiring = new ChannelWiring(gates, inputCodes, outputCodes, width, weight);
        ChannelAllocation allocation = new ChannelAllocation(wiring, ChannelAllocation.Costs.USUAL);
        if (placement == Placement.PLANES) {
            PlaneChannels.place(wiring, seed.child("channels").generator());
        } else {
            allocation.placeAll(seed.child("channels").generator());
        }
        if (counting.isEmpty()) {
            return new ClippedBlock(wiring, Resampling.UNCOUNTED);
        }
        Effort allowed = placement == Placement.PLANES ? new Effort(0, effort.rounds) : effort;
        return new ClippedBlock(wiring, new ChannelMending(wiring, allocation, counting.get(), allowed, seed).run());
    }
}
