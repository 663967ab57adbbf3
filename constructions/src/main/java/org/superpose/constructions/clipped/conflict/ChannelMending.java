package org.superpose.constructions.clipped.conflict;

import org.superpose.constructions.clipped.channel.ChannelAllocation;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.random.Seed;

/**
 * Moves placed channels until no input is wrong, or gives up: passes that place all channels anew while many inputs are
 * wrong, and local search ({@link ConflictSearch}) for the rest. Mutable.
 *
 * <p>A pass costs as much as the first placement, a step of the search only as much as one channel touches. So passes
 * come first only where there is much to mend. If the search cannot mend the rest, the passes that are left follow, and
 * one more search. What is wrong even then is left to annealing ({@link AnnealedSearch}), which takes much longer.
 */
public final class ChannelMending {
    /** Wrong inputs per output beyond which the local search is hopeless. */
    private static final int HOPELESS = 4;

    /** Outputs per wrong input from which on the local search is quicker than passes. */
    private static final int FEW = 256;

    /** Passes between two counts of wrong inputs. */
    private static final int PASSES_BETWEEN_COUNTS = 4;

    private final ChannelWiring wiring;
    private final ChannelAllocation allocation;
    private final TrackedInputs inputs;
    private final Effort effort;
    private final Seed seed;
    private WrongInputTracker wrong;
    private boolean counted;
    private int passes;
    private int rounds;
    private int sweeps;
    private long kept;

    /**
     * @param wiring all channels are placed
     * @param inputs those that are to be right
     * @param seed the source of all randomness
     */
    public ChannelMending(
            ChannelWiring wiring, ChannelAllocation allocation, TrackedInputs inputs, Effort effort, Seed seed) {
        this.wiring = wiring;
        this.allocation = allocation;
        this.inputs = inputs;
        this.effort = effort;
        this.seed = seed;
        count();
    }

    /** Mends what it can. */
    public Resampling run() {
        place(wiring.gates().outputs() / FEW);
        int drawn = left();
        search();
        if (left() > 0 && passes < effort.passes()) {
            int[] searched = wiring.channels();
            int before = left();
            boolean wasCounted = counted;
            place(0);
            search();
            if (wasCounted && (!counted || left() > before)) {
                wiring.restore(searched);
                count();
            }
        }
        anneal();
        return new Resampling(counted, passes, drawn, rounds, sweeps, kept, left());
    }

    private int left() {
        return wrong.set().size();
    }

    private void count() {
        wrong = null; // two counts at a time would take too much memory
        wrong = inputs.tracker(wiring);
        counted = wrong.recount(HOPELESS * wiring.gates().outputs() + 1000);
    }

    /** Makes passes while more than a few inputs are wrong and that helps. */
    private void place(int few) {
        boolean helped = true;
        boolean first = true;
        while (left() > few && passes < effort.passes() && helped) {
            int[] placed = wiring.channels();
            int before = left();
            for (int t = 0; t < PASSES_BETWEEN_COUNTS && passes < effort.passes(); t++) {
                allocation.placeAll(seed.child("channels").child(passes++).generator(), effort.deadline());
            }
            count();
            // After a search the first passes may do harm that the next search more than mends.
            helped = first && rounds > 0 || !counted || left() < before;
            first = false;
            if (!helped) {
                wiring.restore(placed);
                count();
            }
        }
    }

    private void search() {
        if (counted && left() > 0) {
            ConflictSearch search = new ConflictSearch(
                    wiring,
                    wrong,
                    allocation,
                    seed.child("resampling").child(rounds).generator());
            rounds += search.run(effort.rounds() - rounds, effort.deadline());
            kept += search.kept();
        }
    }

    private void anneal() {
        if (counted && left() > 0 && effort.sweeps() > 0) {
            int[] searched = wiring.channels();
            int before = left();
            AnnealedSearch search = new AnnealedSearch(
                    wiring, wrong, allocation, seed.child("annealing").generator());
            sweeps = search.run(effort.sweeps(), effort.deadline());
            if (left() <= before) {
                kept += search.kept();
            } else {
                wiring.restore(searched);
                count();
            }
        }
    }
}
