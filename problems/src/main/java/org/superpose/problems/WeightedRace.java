package org.superpose.problems;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws distinct subsets one after another, without replacement, a set being the more likely the larger the product of
 * the weights of its inputs.
 *
 * <p>The sets are those that win an exponential race: every set arrives after an exponential time with the product as
 * its rate, and the first ones are taken. The race is run without looking at the sets that do not arrive: within a
 * stretch of time the sets lie one after another on a line, each over a length of its rate times the stretch, and the
 * exponential gaps of a Poisson process lead from one arrival to the next. Suffix sums (elementary symmetric
 * polynomials of the weights) tell where a set begins. The cost is about m' r log m, also where almost all of the heavy
 * sets are taken.
 */
final class WeightedRace {
    private final int inputs;
    private final int fanIn;
    private final RandomGenerator random;
    private final double[] weights;
    /** {@code tails[q][i]}: the sum over all q-subsets of the ranks from i on of the product of their weights. */
    private final double[][] tails;

    private final SubsetKeys keys;
    private final LongSet arrived;
    private final int[] chosen;
    private int[] sets;
    private double[] times;
    private int arrivals;
    private double startTime;
    private double stretch;

    private WeightedRace(Subsets subsets, double[] weights, int[] taken, int wanted, RandomGenerator random) {
        this.inputs = subsets.inputs();
        this.fanIn = subsets.fanIn();
        this.random = random;
        this.weights = weights;
        this.tails = new double[fanIn + 1][inputs + 2];
        Arrays.fill(tails[0], 1);
        for (int q = 1; q <= fanIn; q++) {
            for (int i = inputs - 1; i >= 0; i--) {
                tails[q][i] = tails[q][i + 1] + weights[i] * tails[q - 1][i + 1];
            }
        }
        this.keys = new SubsetKeys(inputs, fanIn);
        this.arrived = new LongSet(taken.length / fanIn + wanted);
        for (int from = 0; from < taken.length; from += fanIn) {
            arrived.add(keys.of(taken, from, fanIn));
        }
        this.chosen = new int[fanIn];
        this.sets = new int[wanted * fanIn];
        this.times = new double[wanted];
    }

    /**
     * Draws subsets, one after another, each ascending; their order says nothing.
     *
     * @param weights a positive weight for each input, in descending order
     * @param taken subsets that must not be drawn, one after another, each ascending
     * @param wanted at most the number of subsets that are not taken
     */
    static int[] draw(Subsets subsets, double[] weights, int[] taken, int wanted, RandomGenerator random) {
        if (wanted == 0) {
            return new int[0];
        }
        WeightedRace race = new WeightedRace(subsets, weights, taken, wanted, random);
        race.runUntil(wanted);
        return race.first(wanted);
    }

    private void runUntil(int wanted) {
        startTime = 0;
        stretch = wanted / tails[fanIn][0]; // on average m' arrivals, if no set arrived twice
        while (true) {
            visit(0, 0, stretch);
            if (arrivals >= wanted) {
                return;
            }
            startTime += stretch;
            // Arrivals grow at most in proportion to time, so this overshoots at most
            // twofold; and it at least doubles the time.
            stretch = startTime * Math.max(1.0, (double) wanted / Math.max(1, arrivals) - 1);
        }
    }

    /**
     * Visits the arrivals among the sets that extend the ranks chosen so far.
     *
     * @param depth the number of ranks chosen so far
     * @param from the smallest rank that may come next
     * @param scale the length of the stretch times the weights of the ranks chosen so far
     */
    private void visit(int depth, int from, double scale) {
        if (depth == fanIn) {
            record(scale);
            return;
        }
        double[] tail = tails[fanIn - depth];
        // Measured from the far end, where the small weights lie, to keep their precision.
        double toEnd = scale * tail[from];
        if (depth > 0) {
            // Something arrives in this part of the line, or we would not be here: the first gap is an
            // exponential that is cut off at the end.
            toEnd = Math.max(
                    toEnd + StrictMath.log1p(random.nextDouble() * StrictMath.expm1(-toEnd)), Double.MIN_VALUE);
        } else {
            toEnd -= gap();
        }
        while (toEnd > 0) {
            int rank = rankAt(tail, scale, from, toEnd);
            chosen[depth] = rank;
            visit(depth + 1, rank + 1, scale * weights[rank]);
            toEnd = scale * tail[rank + 1] - gap();
        }
    }

    private double gap() {
        return -StrictMath.log1p(-random.nextDouble());
    }

    /** The last rank that begins at or before a position, both measured from the far end. */
    private int rankAt(double[] tail, double scale, int from, double toEnd) {
        int low = from;
        int high = inputs - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (scale * tail[middle] >= toEnd) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The chosen set arrives in this stretch; its first arrival counts. */
    private void record(double rate) {
        if (!arrived.add(keys.of(chosen, 0, fanIn))) {
            return;
        }
        if (arrivals == times.length) {
            int larger = arrivals + arrivals / 2 + 8;
            times = Arrays.copyOf(times, larger);
            sets = Arrays.copyOf(sets, larger * fanIn);
        }
        double within = -StrictMath.log1p(random.nextDouble() * StrictMath.expm1(-rate)) / rate;
        times[arrivals] = startTime + stretch * within;
        System.arraycopy(chosen, 0, sets, arrivals * fanIn, fanIn);
        arrivals++;
    }

    /** The sets that arrived first. */
    private int[] first(int wanted) {
        double[] sorted = Arrays.copyOf(times, arrivals);
        Arrays.sort(sorted);
        double last = sorted[wanted - 1];
        int[] winners = new int[wanted * fanIn];
        int filled = 0;
        for (int t = 0; t < arrivals && filled < winners.length; t++) {
            if (times[t] <= last) {
                System.arraycopy(sets, t * fanIn, winners, filled, fanIn);
                filled += fanIn;
            }
        }
        return winners;
    }
}
