package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;

/**
 * Wrong inputs of a saturated wiring where more features may be active than a gate reads (theory, section 5, v > r).
 * Mutable.
 *
 * <p>Partial overlaps of several codes add up here: row e fires iff the contributions |E(j) ∩ T_e| of the active
 * features sum up to r k. All active sets but for their last feature are enumerated; then, for each row that a last
 * feature could fire, the features that contribute enough are one bit vector, and adding these vectors up counts the
 * fired rows for all last features at once.
 */
final class OverlapTracker implements WrongInputTracker {
    private final ChannelWiring wiring;
    private final InputDomain domain;
    private final RowContributions contributions;
    private final OutputReadout readout;
    private final WrongInputSet wrong = new WrongInputSet();
    private final int features;
    private final int featureWords;
    private final int fanIn;
    private final int maxActive;
    private final int threshold;
    private final int fire;
    private final int weight;
    private final int hidden;

    /** The features that contribute at least l to row e, at (e * k + l - 1) * featureWords. */
    private final long[] levels;

    private final int[] active;
    /** The sums of the contributions of the first 0, 1, ... active features, for each row. */
    private final int[][] sums;

    private final int[] allRows;
    private final int[] someRows;
    private final long[] planes = new long[Integer.SIZE];
    private final int[] vectors;
    private final long[] fired;

    /**
     * @param wiring all channels are placed; all input codes have one weight, at most 127
     * @param domain has more active features than the gates' fan-in
     */
    OverlapTracker(ChannelWiring wiring, InputDomain domain) {
        this.wiring = wiring;
        this.domain = domain;
        this.contributions = new RowContributions(wiring);
        this.readout = new OutputReadout(wiring, false);
        this.features = domain.features();
        this.featureWords = BitMatrix.wordsPerRow(features);
        this.fanIn = wiring.gates().maxFanIn();
        this.maxActive = domain.maxActive();
        this.threshold = wiring.channelWeight();
        this.weight = wiring.inputCodes().maxWeight();
        this.fire = contributions.threshold();
        this.hidden = wiring.hidden();
        this.levels = new long[Math.multiplyExact(Math.multiplyExact(hidden, weight), featureWords)];
        this.active = new int[maxActive];
        this.sums = new int[maxActive + 1][hidden];
        this.allRows = new int[hidden];
        this.someRows = new int[hidden];
        this.vectors = new int[hidden];
        this.fired = new long[wiring.words()];
        for (int e = 0; e < hidden; e++) {
            allRows[e] = e;
            for (int j = 0; j < features; j++) {
                setLevels(j, e);
            }
        }
    }

    private void setLevels(int feature, int row) {
        int contribution = contributions.of(feature, row);
        for (int level = 1; level <= weight; level++) {
            int at = (row * weight + level - 1) * featureWords + (feature >>> 6);
            if (level <= contribution) {
                levels[at] |= 1L << feature;
            } else {
                levels[at] &= ~(1L << feature);
            }
        }
    }

    /** Whether the enumeration is small enough to be done again and again. */
    static boolean isFeasible(InputDomain domain, int hidden) {
        double prefixes = 1;
        for (int t = 1; t < domain.maxActive(); t++) {
            prefixes *= (domain.features() - t + 1.0) / t;
        }
        double perPrefix = hidden * (1 + domain.features() / 1024.0);
        return prefixes * perPrefix < 1e10 && (double) domain.features() * hidden < 1 << 28;
    }

    @Override
    public WrongInputSet set() {
        return wrong;
    }

    @Override
    public boolean recount(int limit) {
        wrong.clear();
        for (int size = fanIn; size <= maxActive; size++) {
            enumerate(0, size, 0, allRows, hidden, -1, limit);
        }
        wrong.commit();
        return wrong.size() <= limit;
    }

    /**
     * Checks all active sets of a size that extend the first {@code count} active features by later ones.
     *
     * @param from the smallest feature that may be added
     * @param rows the hidden rows to count, of which s have to fire before a set is checked
     * @param required a row that has to fire, or -1
     */
    private void enumerate(int count, int size, int from, int[] rows, int rowCount, int required, int limit) {
        if (count == size - 1) {
            checkLast(count, from, rows, rowCount, required, limit);
            return;
        }
        int[] before = sums[count];
        int[] after = sums[count + 1];
        for (int next = from; next < features && wrong.size() <= limit; next++) {
            if (required >= 0) {
                int sum = before[required] + contributions.of(next, required);
                if (sum + (size - count - 1) * weight < fire) {
                    continue;
                }
                after[required] = sum;
            }
            if (!domain.fits(active, count, next)) {
                continue;
            }
            for (int t = 0; t < rowCount; t++) {
                int row = rows[t];
                after[row] = before[row] + contributions.of(next, row);
            }
            active[count] = next;
            enumerate(count + 1, size, next + 1, rows, rowCount, required, limit);
        }
    }

    /** Checks the sets of the first {@code count} active features and each one more from {@code from} on. */
    private void checkLast(int count, int from, int[] rows, int rowCount, int required, int limit) {
        int vectorCount = 0;
        int always = 0;
        for (int t = 0; t < rowCount; t++) {
            int row = rows[t];
            int missing = fire - sums[count][row];
            if (missing <= 0) {
                always++;
            } else if (missing <= weight) {
                vectors[vectorCount++] = (row * weight + missing - 1) * featureWords;
            }
        }
        if (always + vectorCount < threshold) {
            return;
        }
        int requiredVector = -1;
        if (required >= 0) {
            int missing = fire - sums[count][required];
            if (missing > weight) {
                return;
            }
            requiredVector = missing <= 0 ? -1 : (required * weight + missing - 1) * featureWords;
        }
        int needed = Math.max(0, threshold - always);
        for (int word = from >>> 6; word < featureWords && wrong.size() <= limit; word++) {
            long reached = inAtLeast(needed, vectorCount, word);
            if (requiredVector >= 0) {
                reached &= levels[requiredVector + word];
            }
            if (word == from >>> 6) {
                reached &= -1L << from;
            }
            for (long left = reached; left != 0; left &= left - 1) {
                int last = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                if (last < features && domain.fits(active, count, last)) {
                    active[count] = last;
                    check(count + 1);
                }
            }
        }
    }

    /** The features of a word that are in at least so many of the vectors, as bits. */
    private long inAtLeast(int needed, int vectorCount, int word) {
        if (needed == 0) {
            return -1L;
        }
        // Counting begins below a power of two, so that a feature is carried over when it is found for the last time
        // that is needed.
        int top = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(needed, vectorCount) - 1);
        int start = (1 << top) - needed;
        for (int plane = 0; plane < top; plane++) {
            planes[plane] = (start >>> plane & 1) != 0 ? -1L : 0;
        }
        long reached = 0;
        for (int t = 0; t < vectorCount; t++) {
            long carry = levels[vectors[t] + word];
            for (int plane = 0; plane < top && carry != 0; plane++) {
                long both = planes[plane] & carry;
                planes[plane] ^= carry;
                carry = both;
            }
            reached |= carry;
        }
        return reached;
    }

    private void check(int count) {
        FeatureSet input = FeatureSet.of(Arrays.copyOf(active, count));
        if (isWrong(input)) {
            wrong.add(input);
        }
    }

    @Override
    public void firedRows(FeatureSet input, long[] into) {
        contributions.firedRows(input, into);
    }

    @Override
    public int[] faultyRows(FeatureSet input) {
        firedRows(input, fired);
        return readout.faultyRows(input.toArray(), fired);
    }

    @Override
    public void afterReversal(int row) {
        contributions.update(row);
        for (int t = 0; t < contributions.changedCount(); t++) {
            setLevels(contributions.changed(t), row);
        }
    }

    @Override
    public void afterRemoval(int row) {
        afterReversal(row);
        wrong.removeIf(input -> !isWrong(input));
    }

    @Override
    public void afterPlacement(int row, int limit) {
        afterReversal(row);
        for (int size = fanIn; size <= maxActive; size++) {
            for (int g = 0; g < contributions.changedCount() && wrong.size() <= limit; g++) {
                checkGained(contributions.changed(g), size, row, limit);
            }
            for (int t = 0; t < wiring.changedSecondCount() && wrong.size() <= limit; t++) {
                int neuron = wiring.changedSecond(t);
                int rowCount = 0;
                for (int e = 0; e < hidden; e++) {
                    if (wiring.hasSecond(neuron, e)) {
                        someRows[rowCount++] = e;
                    }
                }
                enumerate(0, size, 0, someRows, rowCount, row, limit);
            }
        }
    }

    /** Checks the sets with a feature that contributes more to a row now, if the row fires. */
    private void checkGained(int feature, int size, int row, int limit) {
        active[0] = feature;
        if (size == 1) {
            if (contributions.of(feature, row) >= fire) {
                check(1);
            }
            return;
        }
        for (int e = 0; e < hidden; e++) {
            sums[1][e] = contributions.of(feature, e);
        }
        enumerate(1, size, 0, allRows, hidden, row, limit);
    }
}
