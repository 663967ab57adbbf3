package org.superpose.constructions.clipped.conflict;

import java.util.Collection;
import java.util.List;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;

/**
 * Wrong inputs among a list of inputs, each looked at by itself: for a block in a chain, which sees only the states
 * that the block before it can produce. Mutable.
 *
 * <p>The state that a block reads is the union of the codes of the active features, here it is taken as their sum: a
 * row that fires for the union fires for the sum, so that no error is missed.
 */
final class ListTracker implements WrongInputTracker {
    private final ChannelWiring wiring;
    private final RowContributions contributions;
    private final OutputReadout readout;
    private final WrongInputSet wrong = new WrongInputSet();
    private final List<FeatureSet> inputs;
    private final long[] fired;

    /**
     * @param wiring all channels are placed; all input codes have one weight, at most 127
     * @param inputs distinct sets of features; those of fewer than r features, which fire nothing, may be left out
     * @param clean whether a stray output row is an error, because another block follows
     */
    ListTracker(ChannelWiring wiring, Collection<FeatureSet> inputs, boolean clean) {
        this.wiring = wiring;
        this.contributions = new RowContributions(wiring);
        this.readout = new OutputReadout(wiring, clean);
        this.inputs = List.copyOf(inputs);
        this.fired = new long[wiring.words()];
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
    }

    @Override
    public void afterRemoval(int row) {
        contributions.update(row);
        wrong.removeIf(input -> !isWrong(input));
    }

    @Override
    public void afterPlacement(int row, int limit) {
        contributions.update(row);
        if (wiring.changedFirstCount() == 0 && wiring.changedSecondCount() == 0) {
            return;
        }
        for (int t = 0; t < inputs.size() && wrong.size() <= limit; t++) {
            if (contributions.fires(row, inputs.get(t))) {
                check(inputs.get(t));
            }
        }
    }
}
