package org.superpose.constructions.clipped.conflict;

import java.util.ArrayList;
import java.util.random.RandomGenerator;
import org.superpose.constructions.clipped.channel.ChannelAllocation;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.verify.Deadline;

/**
 * Resampling as a local search (theory, section 5: Moser-Tardos, min-conflicts): takes a wrong input, moves one row of
 * one channel that has a part in it, and keeps the move if the number of wrong inputs does not rise. When that leads no
 * further, a move that does a little harm is let pass now and then. Mutable.
 *
 * <p>Only channels move; the codes of inputs and outputs stay as they were drawn.
 */
@Reference(value = "Resampling", standing = Standing.OURS)
final class ConflictSearch {
    /** Steps without a new best after which a step may do harm, to get out of a local optimum. */
    private static final int PATIENCE = 64;

    /** The largest rise that such a step may bring. */
    private static final int MAX_RISE = 3;

    /** The cheapest rows that are tried in the place of one that is taken out. */
    private static final int TARGETS = 4;

    /** The fewest steps of a round. */
    private static final int SHORTEST_ROUND = 256;

    /** Rounds without a new best after which the search gives up. */
    private static final int MOST_IDLE_ROUNDS = 20;

    private final ChannelWiring wiring;
    private final WrongInputTracker wrong;
    private final ChannelAllocation allocation;
    private final RandomGenerator random;
    private final Culprits culprits;
    private final int[] targets;
    private int best;
    private final ArrayList<Move> sinceBest = new ArrayList<>();
    private int stalled;
    private long moves;
    private long kept;

    /** A row of a channel was exchanged for another. */
    private record Move(int output, int slot, int from) {}

    /** @param wrong the wrong inputs of the present wiring, completely counted */
    ConflictSearch(
            ChannelWiring wiring, WrongInputTracker wrong, ChannelAllocation allocation, RandomGenerator random) {
        this.wiring = wiring;
        this.wrong = wrong;
        this.allocation = allocation;
        this.random = random;
        this.best = wrong.set().size();
        this.culprits = new Culprits(wiring, wrong);
        this.targets = new int[Math.min(TARGETS, wiring.hidden() - wiring.channelWeight())];
    }

    /**
     * Searches until no input is wrong, the rounds are over or the search has come to a standstill. A round has as many
     * steps as there are wrong inputs at its start, and a few hundred at the end of a search. It leaves the best wiring
     * that it met.
     *
     * @return the number of rounds that were begun
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before
     */
    int run(int rounds, Deadline deadline) {
        int lastBest = best;
        int round = 0;
        for (int idle = 0;
                round < rounds && idle < MOST_IDLE_ROUNDS && wrong.set().size() > 0;
                round++) {
            int steps = Math.max(SHORTEST_ROUND, wrong.set().size());
            for (int t = 0; t < steps && wrong.set().size() > 0; t++) {
                deadline.check();
                step();
            }
            idle = best < lastBest ? 0 : idle + 1;
            lastBest = best;
        }
        backToBest();
        return round;
    }

    /** Takes back the moves that were kept since the fewest inputs were wrong. */
    private void backToBest() {
        if (wrong.set().size() > best) {
            for (int t = sinceBest.size() - 1; t >= 0; t--) {
                Move move = sinceBest.get(t);
                int to = wiring.row(move.output, move.slot);
                wiring.remove(move.output, move.slot);
                wrong.afterRemoval(to);
                wiring.place(move.output, move.slot, move.from);
                wrong.afterPlacement(move.from, Integer.MAX_VALUE);
            }
            wrong.set().commit();
        }
        sinceBest.clear();
    }

    /** The number of moves that were tried. */
    long moves() {
        return moves;
    }

    /** The number of moves that were kept. */
    long kept() {
        return kept;
    }

    /** Tries one move for a random wrong input; there must be one. */
    void step() {
        FeatureSet input = wrong.set().get(random.nextInt(wrong.set().size()));
        boolean stuck = stalled >= PATIENCE;
        int count = culprits.find(input, stuck);
        if (count == 0) {
            moves++;
            stalled++;
            return;
        }
        int pick = random.nextInt(count);
        int before = wrong.set().size();
        move(culprits.output(pick), culprits.row(pick), stuck ? before + 1 + random.nextInt(MAX_RISE) : before);
        if (wrong.set().size() < best) {
            best = wrong.set().size();
            sinceBest.clear();
            stalled = 0;
        } else {
            stalled = stuck ? 0 : stalled + 1;
        }
    }

    private void move(int output, int from, int limit) {
        int start = wrong.set().mark();
        int slot = wiring.slotOf(output, from);
        wiring.remove(output, slot);
        wrong.afterRemoval(from);
        allocation.cheapestRows(output, from, random, targets);
        int middle = wrong.set().mark();
        for (int to : targets) {
            moves++;
            wiring.place(output, slot, to);
            wrong.afterPlacement(to, limit);
            if (wrong.set().size() <= limit) {
                kept++;
                sinceBest.add(new Move(output, slot, from));
                wrong.set().commit();
                return;
            }
            wiring.remove(output, slot);
            wrong.afterReversal(to);
            wrong.set().undoTo(middle);
        }
        wiring.place(output, slot, from);
        wrong.afterReversal(from);
        wrong.set().undoTo(start);
    }
}
