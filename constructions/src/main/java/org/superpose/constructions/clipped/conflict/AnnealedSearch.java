package org.superpose.constructions.clipped.conflict;

import java.util.random.RandomGenerator;
import org.superpose.constructions.clipped.channel.ChannelAllocation;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.verify.Deadline;

/**
 * Simulated annealing on the number of wrong inputs and the number of ones in the two matrices: moves one row of one
 * channel at a time, and keeps a move that makes matters worse the more rarely, the worse it makes them and the lower
 * the temperature has become. Mutable.
 *
 * <p>Each entry that is saved is a small gain wherever it is, since what turns false outputs on is the density of both
 * matrices. So half of the moves are of rows that have a part in a wrong input, and half of any row: these make the
 * matrices sparser, which {@link ConflictSearch} never does.
 */
@Reference(value = "Resampling", standing = Standing.OURS)
final class AnnealedSearch {
    /** The price of an entry, in wrong inputs. */
    private static final double ENTRY = 0.08;

    /** The first temperature, in wrong inputs. */
    private static final double HOTTEST = 0.7;

    /** The last temperature. */
    private static final double COLDEST = 0.12;

    /** The cheapest rows among which the new one is drawn. */
    private static final int TARGETS = 4;

    /** Moves at one temperature. */
    private static final int STEPS = 256;

    private final ChannelWiring wiring;
    private final WrongInputTracker wrong;
    private final ChannelAllocation allocation;
    private final RandomGenerator random;
    private final Culprits culprits;
    private final int[] targets;
    private long kept;

    /** @param wrong the wrong inputs of the present wiring, completely counted */
    AnnealedSearch(
            ChannelWiring wiring, WrongInputTracker wrong, ChannelAllocation allocation, RandomGenerator random) {
        this.wiring = wiring;
        this.wrong = wrong;
        this.allocation = allocation;
        this.random = random;
        this.culprits = new Culprits(wiring, wrong);
        this.targets = new int[Math.min(TARGETS, wiring.hidden() - wiring.channelWeight())];
    }

    /**
     * Searches until no input is wrong or the temperature is the last one. There may be more wrong inputs afterwards.
     *
     * @param sweeps as many moves are made as the channels have rows, so many times
     * @return the number of sweeps that were begun
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before
     */
    int run(int sweeps, Deadline deadline) {
        long sweep = (long) wiring.gates().outputs() * wiring.channelWeight();
        long steps = sweeps * sweep;
        long done = 0;
        while (done < steps && wrong.set().size() > 0) {
            double temperature = HOTTEST * StrictMath.pow(COLDEST / HOTTEST, (double) done / steps);
            deadline.check((double) done / steps);
            for (long end = Math.min(steps, done + STEPS);
                    done < end && wrong.set().size() > 0;
                    done++) {
                step(temperature);
            }
        }
        return (int) ((done + sweep - 1) / sweep);
    }

    /** The number of moves that were kept. */
    long kept() {
        return kept;
    }

    /** Tries one move; an input must be wrong. */
    void step(double temperature) {
        if (targets.length == 0) {
            return;
        }
        if (random.nextBoolean()) {
            int count = culprits.find(wrong.set().get(random.nextInt(wrong.set().size())), false);
            if (count > 0) {
                int pick = random.nextInt(count);
                int output = culprits.output(pick);
                move(output, wiring.slotOf(output, culprits.row(pick)), temperature);
            }
        } else {
            move(random.nextInt(wiring.gates().outputs()), random.nextInt(wiring.channelWeight()), temperature);
        }
    }

    private void move(int output, int slot, double temperature) {
        int from = wiring.row(output, slot);
        int before = wrong.set().size();
        int start = wrong.set().mark();
        wiring.remove(output, slot);
        int saved = changedEntries();
        wrong.afterRemoval(from);
        allocation.cheapestRows(output, from, random, targets);
        // The cheaper of two random ones.
        int to = targets[Math.min(random.nextInt(targets.length), random.nextInt(targets.length))];
        wiring.place(output, slot, to);
        int added = changedEntries();
        double allowed = -temperature * StrictMath.log(1 - random.nextDouble());
        double limit = Math.floor(before + allowed - ENTRY * (added - saved));
        if (limit >= 0) {
            int most = (int) Math.min(limit, Integer.MAX_VALUE - 1.0);
            wrong.afterPlacement(to, most);
            if (wrong.set().size() <= most) {
                kept++;
                wrong.set().commit();
                return;
            }
        } else {
            wrong.afterReversal(to);
        }
        wiring.remove(output, slot);
        wrong.afterReversal(to);
        wiring.place(output, slot, from);
        wrong.afterReversal(from);
        wrong.set().undoTo(start);
    }

    /** The entries that the wiring's last change turned on or off. */
    private int changedEntries() {
        return wiring.changedFirstCount() + wiring.changedSecondCount();
    }
}
