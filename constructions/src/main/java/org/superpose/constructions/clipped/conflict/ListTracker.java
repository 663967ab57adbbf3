package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;

/**
 * Wrong inputs among a list of inputs, each looked at by itself: for a block in a chain, which sees only the states
 * that the block before it can produce. Mutable.
 *
 * <p>The state that a block reads is the union of the codes of the active features, here it is taken as their sum: a
 * row that fires for the union fires for the sum, so that no error is missed.
 */
public final class ListTracker implements WrongInputTracker {
    private final ChannelWiring wiring;
    private final Codes codes;
    private final Codes.Inverse featuresOfColumn;
    private final OutputReadout readout;
    private final WrongInputSet wrong = new WrongInputSet();
    private final List<FeatureSet> inputs;
    private final int hidden;
    private final int fire;
    private final byte[] contributions;
    private final long[] fired;

    /**
     * @param wiring all channels are placed; all input codes have one weight, at most 127
     * @param inputs distinct sets of features; those of fewer than r features, which fire nothing, may be left out
     * @param clean whether a stray output row is an error, because another block follows
     */
    public ListTracker(ChannelWiring wiring, Collection<FeatureSet> inputs, boolean clean) {
        this.wiring = wiring;
        this.codes = wiring.inputCodes();
        this.featuresOfColumn = codes.inverse();
        this.readout = new OutputReadout(wiring, clean);
        this.inputs = List.copyOf(inputs);
        this.hidden = wiring.hidden();
        this.fire = wiring.gates().maxFanIn() * codes.maxWeight();
        this.contributions = new byte[Math.multiplyExact(codes.features(), hidden)];
        this.fired = new long[wiring.words()];
        for (int j = 0; j < codes.features(); j++) {
            for (int u = 0; u < codes.weight(j); u++) {
                int column = codes.neuron(j, u);
                for (int e = 0; e < hidden; e++) {
                    if (wiring.hasFirst(e, column)) {
                        contributions[j * hidden + e]++;
                    }
                }
            }
        }
    }

    @Override
    public WrongInputSet set() {
        return wrong;
    }

    @Override
    public boolean recount(int limit) {
        wrong.clear();
        for (int t = 0; t < inputs.size() && wrong.size() <= limit; t++) {
            check(inputs.get(t));
        }
        wrong.commit();
        return wrong.size() <= limit;
    }

    private void check(FeatureSet input) {
        if (fault(input) >= 0) {
            wrong.add(input);
        }
    }

    private int sum(FeatureSet input, int row) {
        int sum = 0;
        for (int t = 0; t < input.size(); t++) {
            sum += contributions[input.get(t) * hidden + row];
        }
        return sum;
    }

    @Override
    public void firedRows(FeatureSet input, long[] into) {
        Arrays.fill(into, 0);
        for (int e = 0; e < hidden; e++) {
            if (sum(input, e) >= fire) {
                into[e >>> 6] |= 1L << e;
            }
        }
    }

    @Override
    public int fault(FeatureSet input) {
        firedRows(input, fired);
        return readout.fault(input.toArray(), fired);
    }

    @Override
    public int[] rowsOf(int fault) {
        return readout.rowsOf(fault);
    }

    @Override
    public void afterReversal(int row) {
        for (int t = 0; t < wiring.changedFirstCount(); t++) {
            int column = wiring.changedFirst(t);
            int step = wiring.hasFirst(row, column) ? 1 : -1;
            for (int u = 0; u < featuresOfColumn.load(column); u++) {
                contributions[featuresOfColumn.feature(column, u) * hidden + row] += (byte) step;
            }
        }
    }

    @Override
    public void afterRemoval(int row) {
        afterReversal(row);
        wrong.removeIf(input -> fault(input) < 0);
    }

    @Override
    public void afterPlacement(int row, int limit) {
        afterReversal(row);
        if (wiring.changedFirstCount() == 0 && wiring.changedSecondCount() == 0) {
            return;
        }
        for (int t = 0; t < inputs.size() && wrong.size() <= limit; t++) {
            if (sum(inputs.get(t), row) >= fire) {
                check(inputs.get(t));
            }
        }
    }
}
