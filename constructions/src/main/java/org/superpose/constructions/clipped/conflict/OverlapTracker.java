package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;

/**
 * Wrong inputs of a saturated wiring where more features may be active than a gate reads (theory, section 5, v > r).
 * Mutable.
 *
 * <p>Partial overlaps of several codes add up here: row e fires iff the contributions |E(j) ∩ T_e| of the active
 * features sum up to r k. All active sets but for their last feature are enumerated; then, for each row that a last
 * feature could fire, the features that contribute enough are one bit vector, and adding these vectors up counts the
 * fired rows for all last features at once.
 */
public final class OverlapTracker implements WrongInputTracker {
    private final ChannelWiring wiring;
    private final Codes codes;
    private final Codes.Inverse featuresOfColumn;
    private final InputDomain domain;
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
    private final int words;

    /** |E(j) ∩ T_e| at j * hidden + e. */
    private final byte[] contributions;
    /** The features that contribute at least l to row e, at (e * k + l - 1) * featureWords. */
    private final long[] levels;

    private final int[] gained;
    private int gainedCount;

    private final int[] active;
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
    public OverlapTracker(ChannelWiring wiring, InputDomain domain) {
        this.wiring = wiring;
        this.codes = wiring.inputCodes();
        this.featuresOfColumn = codes.inverse();
        this.domain = domain;
        this.readout = new OutputReadout(wiring, false);
        this.features = codes.features();
        this.featureWords = BitMatrix.wordsPerRow(features);
        this.fanIn = wiring.gates().maxFanIn();
        this.maxActive = domain.maxActive();
        this.threshold = wiring.channelWeight();
        this.weight = codes.maxWeight();
        this.fire = fanIn * weight;
        this.hidden = wiring.hidden();
        this.words = wiring.words();
        this.contributions = new byte[Math.multiplyExact(features, hidden)];
        this.levels = new long[Math.multiplyExact(Math.multiplyExact(hidden, weight), featureWords)];
        this.gained = new int[features];
        this.active = new int[maxActive];
        this.sums = new int[maxActive][hidden];
        this.allRows = new int[hidden];
        this.someRows = new int[hidden];
        this.vectors = new int[hidden];
        this.fired = new long[words];
        for (int e = 0; e < hidden; e++) {
            allRows[e] = e;
        }
        for (int j = 0; j < features; j++) {
            for (int u = 0; u < codes.weight(j); u++) {
                int column = codes.neuron(j, u);
                for (int e = 0; e < hidden; e++) {
                    if (wiring.hasFirst(e, column)) {
                        raise(j, e);
                    }
                }
            }
        }
    }

    private void raise(int feature, int row) {
        int level = ++contributions[feature * hidden + row];
        levels[(row * weight + level - 1) * featureWords + (feature >>> 6)] |= 1L << feature;
    }

    private void lower(int feature, int row) {
        int level = contributions[feature * hidden + row]--;
        levels[(row * weight + level - 1) * featureWords + (feature >>> 6)] &= ~(1L << feature);
    }

    /** Whether the enumeration is small enough to be done again and again. */
    public static boolean isFeasible(InputDomain domain, int hidden) {
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
        int[] before = count == 0 ? null : sums[count - 1];
        int[] after = sums[count];
        for (int next = from; next < features && wrong.size() <= limit; next++) {
            int base = next * hidden;
            if (required >= 0) {
                int sum = (before == null ? 0 : before[required]) + contributions[base + required];
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
                after[row] = (before == null ? 0 : before[row]) + contributions[base + row];
            }
            active[count] = next;
            enumerate(count + 1, size, next + 1, rows, rowCount, required, limit);
        }
    }

    /** Checks the sets of the first {@code count} active features and each one more from {@code from} on. */
    private void checkLast(int count, int from, int[] rows, int rowCount, int required, int limit) {
        int[] sum = count == 0 ? null : sums[count - 1];
        int vectorCount = 0;
        int always = 0;
        for (int t = 0; t < rowCount; t++) {
            int row = rows[t];
            int missing = fire - (sum == null ? 0 : sum[row]);
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
            int missing = fire - (sum == null ? 0 : sum[required]);
            if (missing > weight) {
                return;
            }
            requiredVector = missing <= 0 ? -1 : (required * weight + missing - 1) * featureWords;
        }
        int needed = Math.max(0, threshold - always);
        int top = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, Math.max(needed, vectorCount)) - 1);
        int start = (1 << top) - needed;
        for (int word = from >>> 6; word < featureWords && wrong.size() <= limit; word++) {
            long reached = needed == 0 ? -1L : 0;
            if (needed > 0) {
                for (int plane = 0; plane < top; plane++) {
                    planes[plane] = (start >>> plane & 1) != 0 ? -1L : 0;
                }
                for (int t = 0; t < vectorCount; t++) {
                    long carry = levels[vectors[t] + word];
                    for (int plane = 0; plane < top && carry != 0; plane++) {
                        long both = planes[plane] & carry;
                        planes[plane] ^= carry;
                        carry = both;
                    }
                    reached |= carry;
                }
            }
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

    private void check(int count) {
        FeatureSet input = FeatureSet.of(Arrays.copyOf(active, count));
        if (fault(input) >= 0) {
            wrong.add(input);
        }
    }

    @Override
    public void firedRows(FeatureSet input, long[] into) {
        Arrays.fill(into, 0);
        for (int e = 0; e < hidden; e++) {
            int sum = 0;
            for (int t = 0; t < input.size(); t++) {
                sum += contributions[input.get(t) * hidden + e];
            }
            if (sum >= fire) {
                into[e >>> 6] |= 1L << e;
            }
        }
    }

    @Override
    public int[] rowsOf(int fault) {
        return readout.rowsOf(fault);
    }

    @Override
    public int fault(FeatureSet input) {
        firedRows(input, fired);
        return readout.fault(input.toArray(), fired);
    }

    /**
     * Moves contributions by the wiring's last change of a row; the features concerned are the gained ones, or lost
     * ones.
     */
    private void update(int row) {
        gainedCount = 0;
        for (int t = 0; t < wiring.changedFirstCount(); t++) {
            int column = wiring.changedFirst(t);
            boolean set = wiring.hasFirst(row, column);
            for (int u = 0; u < featuresOfColumn.load(column); u++) {
                int feature = featuresOfColumn.feature(column, u);
                if (set) {
                    raise(feature, row);
                } else {
                    lower(feature, row);
                }
                addGained(feature);
            }
        }
    }

    private void addGained(int feature) {
        for (int t = 0; t < gainedCount; t++) {
            if (gained[t] == feature) {
                return;
            }
        }
        gained[gainedCount++] = feature;
    }

    @Override
    public void afterReversal(int row) {
        update(row);
    }

    @Override
    public void afterRemoval(int row) {
        update(row);
        wrong.removeIf(input -> fault(input) < 0);
    }

    @Override
    public void afterPlacement(int row, int limit) {
        update(row);
        for (int size = fanIn; size <= maxActive; size++) {
            for (int g = 0; g < gainedCount && wrong.size() <= limit; g++) {
                checkGained(gained[g], size, row, limit);
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
            if (contributions[feature * hidden + row] >= fire) {
                check(1);
            }
            return;
        }
        for (int e = 0; e < hidden; e++) {
            sums[0][e] = contributions[feature * hidden + e];
        }
        enumerate(1, size, 0, allRows, hidden, row, limit);
    }
}
