package org.superpose.constructions.clipped;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
    /** More wrong inputs than this per output are beyond what the local search mends. */
    private static final int HOPELESS = 4;

    /** The counts of entries take the square of the width, in one array. */
    private static final int WIDEST = 46_340;

    /**
     * What resampling came to.
     *
     * @param counted whether all wrong inputs were found; otherwise there are more
     * @param drawn the wrong inputs of the first draw
     * @param rounds the rounds of local search
     * @param redraws the moves that were kept
     * @param left the inputs that are still wrong
     */
    record Resampling(boolean counted, int drawn, int rounds, long redraws, int left) {
        /** Nothing is known about wrong inputs: there are too many inputs to look at. */
        static final Resampling UNCOUNTED = new Resampling(false, 0, 0, 0, 0);

        /** Both blocks together, one after the other. */
        Resampling and(Resampling other) {
            return new Resampling(
                    counted && other.counted,
                    drawn + other.drawn,
                    rounds + other.rounds,
                    redraws + other.redraws,
                    left + other.left);
        }

        /** Adds these figures to a network's facts; those about wrong inputs only where something was counted. */
        void addTo(Map<String, Object> facts) {
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
     * @param counting gives what finds the wrong inputs of the placed channels, or empty if that would take too long
     * @param rounds the most rounds of local search
     * @param seed the source of all randomness
     */
    static ClippedBlock build(
            Gates gates,
            Codes inputCodes,
            Codes outputCodes,
            int weight,
            Function<ChannelWiring, Optional<WrongInputs>> counting,
            int rounds,
            Seed seed) {
        int width = inputCodes.neurons();
        if (weight > width) {
            throw new WidthTooSmallException("width " + width + " is too small for channel-weight " + weight
                    + ": width must be at least channel-weight");
        }
        if (width > WIDEST) {
            throw new InvalidInputException("width " + width + " is too large: it must be at most " + WIDEST);
        }
        ChannelWiring wiring = new ChannelWiring(gates, inputCodes, outputCodes, width, weight);
        ChannelAllocation allocation = new ChannelAllocation(wiring, ChannelAllocation.Costs.USUAL);
        allocation.completeAll(seed.child("channels").generator());
        Optional<WrongInputs> found = counting.apply(wiring);
        if (found.isEmpty()) {
            return new ClippedBlock(wiring, Resampling.UNCOUNTED);
        }
        WrongInputs wrong = found.get();
        boolean counted = wrong.recount(HOPELESS * gates.outputs() + 1000);
        int drawn = wrong.set().size();
        ConflictSearch search = new ConflictSearch(
                wiring, wrong, allocation, seed.child("resampling").generator());
        int done = counted ? search.run(rounds) : 0;
        return new ClippedBlock(
                wiring,
                new Resampling(counted, drawn, done, search.kept(), wrong.set().size()));
    }
}
