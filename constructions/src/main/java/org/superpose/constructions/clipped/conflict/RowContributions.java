package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;

/**
 * What each feature contributes to each hidden row, |E(j) ∩ T_e|: the number of neurons of its code that the row reads.
 * A row fires iff the contributions of the active features add up to r k. Kept up to date while channels move. Mutable.
 */
final class RowContributions {
    private final ChannelWiring wiring;
    private final Codes.Inverse featuresOfColumn;
    private final int hidden;
    private final int threshold;
    /** At j * hidden + e. */
    private final byte[] contributions;

    private final int[] changed;
    private int changedCount;
    /** For each feature the last change that concerned it. */
    private final int[] lastChange;

    private int change;

    /** @param wiring all channels are placed; all input codes have one weight, at most 127 */
    RowContributions(ChannelWiring wiring) {
        Codes codes = wiring.inputCodes();
        this.wiring = wiring;
        this.featuresOfColumn = codes.inverse();
        this.hidden = wiring.hidden();
        this.threshold = wiring.gates().maxFanIn() * codes.maxWeight();
        this.contributions = new byte[Math.multiplyExact(codes.features(), hidden)];
        this.changed = new int[codes.features()];
        this.lastChange = new int[codes.features()];
        for (int j = 0; j < codes.features(); j++) {
            for (int u = 0; u < codes.weight(j); u++) {
                for (int e = 0; e < hidden; e++) {
                    if (wiring.hasFirst(e, codes.neuron(j, u))) {
                        contributions[j * hidden + e]++;
                    }
                }
            }
        }
    }

    int of(int feature, int row) {
        return contributions[feature * hidden + row];
    }

    /** r k, the sum at which a row fires. */
    int threshold() {
        return threshold;
    }

    boolean fires(int row, FeatureSet input) {
        int sum = 0;
        for (int t = 0; t < input.size(); t++) {
            sum += of(input.get(t), row);
        }
        return sum >= threshold;
    }

    /**
     * The rows that fire for an input.
     *
     * @param into receives {@link ChannelWiring#words()} words
     */
    void firedRows(FeatureSet input, long[] into) {
        Arrays.fill(into, 0);
        for (int e = 0; e < hidden; e++) {
            if (fires(e, input)) {
                into[e >>> 6] |= 1L << e;
            }
        }
    }

    /**
     * Follows the wiring's last change, of this row; the features that contribute more or less to it are the changed
     * ones.
     */
    void update(int row) {
        changedCount = 0;
        change++;
        for (int t = 0; t < wiring.changedFirstCount(); t++) {
            int column = wiring.changedFirst(t);
            int step = wiring.hasFirst(row, column) ? 1 : -1;
            for (int u = 0; u < featuresOfColumn.load(column); u++) {
                int feature = featuresOfColumn.feature(column, u);
                contributions[feature * hidden + row] += (byte) step;
                if (lastChange[feature] != change) {
                    lastChange[feature] = change;
                    changed[changedCount++] = feature;
                }
            }
        }
    }

    /** How many features contribute more or less to the row of the last change. */
    int changedCount() {
        return changedCount;
    }

    /** The {@code t}-th of the features that contribute more or less to the row of the last change. */
    int changed(int t) {
        return changed[t];
    }
}
