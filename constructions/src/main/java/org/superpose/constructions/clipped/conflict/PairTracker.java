package org.superpose.constructions.clipped.conflict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;

/**
 * What {@link ContainmentTracker} does, for gates of two inputs and many hidden rows: with lists in the place of bit
 * vectors it takes memory and time in proportion to what rows contain. Mutable.
 */
final class PairTracker implements WrongInputTracker {
    /** The largest channel weight: more common rows cannot be counted. */
    private static final int HEAVIEST = 0xff;

    private final ChannelWiring wiring;
    private final FiringLists lists;
    private final InputDomain domain;
    private final OutputReadout readout;
    private final WrongInputSet wrong = new WrongInputSet();
    private final int features;
    private final int threshold;
    private final ExactPairs exact;
    private final boolean[] marks;
    private final Common common;

    /**
     * @param wiring all channels are placed; its gates read two inputs each
     * @param domain has at most two active features
     */
    PairTracker(ChannelWiring wiring, InputDomain domain) {
        this.wiring = wiring;
        this.lists = new FiringLists(wiring);
        this.domain = domain;
        this.readout = new OutputReadout(wiring, false);
        this.features = wiring.gates().inputs();
        this.threshold = wiring.channelWeight();
        this.exact = new ExactPairs(wiring.hidden());
        this.marks = new boolean[wiring.hidden()];
        this.common = new Common(readout);
    }

    /** Whether a wiring is of the kind that this is for. */
    static boolean serves(ChannelWiring wiring) {
        return wiring.gates().maxFanIn() == 2 && wiring.gates().minFanIn() == 2 && wiring.channelWeight() <= HEAVIEST;
    }

    @Override
    public WrongInputSet set() {
        return wrong;
    }

    @Override
    public boolean recount(int limit) {
        wrong.clear();
        if (domain.maxActive() < 2) {
            return true;
        }
        PairCounts search = new PairCounts(lists, wiring.hidden(), features, threshold);
        return RecountWaves.run(search.chunks(), limit, () -> new Recount(search), wrong);
    }

    /** Recounts chunks of first features; buffers of one thread. */
    private final class Recount implements RecountWaves.Recount {
        private final PairCounts.Scan scan;
        private final Common common;

        Recount(PairCounts search) {
            this.scan = search.new Scan();
            this.common = new Common(readout.copy());
        }

        /** The wrong inputs whose lower feature is in a chunk, the first few more than a limit if there are more. */
        @Override
        public List<FeatureSet> of(int chunk, int limit) {
            List<FeatureSet> found = new ArrayList<>();
            int pairs = scan.find(chunk);
            for (int t = 0; t < pairs && found.size() <= limit; t++) {
                int first = chunk * PairCounts.CHUNK + scan.feature(t);
                if (domain.allowsTogether(first, scan.partner(t)) && common.isWrong(first, scan.partner(t))) {
                    found.add(FeatureSet.of(first, scan.partner(t)));
                }
            }
            return found;
        }
    }

    /** The rows that two features have in common, all of which fire for them; buffers of one thread. */
    private final class Common {
        private final OutputReadout judge;
        private final int[] active = new int[2];
        private int[] rows = new int[64];
        private int count;

        Common(OutputReadout judge) {
            this.judge = judge;
        }

        boolean isWrong(int first, int second) {
            return faultyRows(first, second).length > 0;
        }

        int[] faultyRows(int first, int second) {
            find(first, second);
            active[0] = first;
            active[1] = second;
            return judge.faultyRows(active, rows, count);
        }

        private void find(int first, int second) {
            char[] one = lists.rows(first);
            char[] other = lists.rows(second);
            int s = lists.rowsFrom(first);
            int t = lists.rowsFrom(second);
            int lastOfOne = lists.rowsTo(first);
            int lastOfOther = lists.rowsTo(second);
            if (rows.length < lastOfOne - s) {
                rows = new int[2 * (lastOfOne - s)];
            }
            count = 0;
            while (s < lastOfOne && t < lastOfOther) {
                int step = one[s] - other[t];
                if (step == 0) {
                    rows[count++] = one[s];
                }
                s += step <= 0 ? 1 : 0;
                t += step >= 0 ? 1 : 0;
            }
        }
    }

    @Override
    public void firedRows(FeatureSet input, long[] into) {
        Arrays.fill(into, 0);
        if (input.size() == 2) {
            common.find(input.get(0), input.get(1));
            for (int t = 0; t < common.count; t++) {
                into[common.rows[t] >>> 6] |= 1L << common.rows[t];
            }
        }
    }

    @Override
    public int[] faultyRows(FeatureSet input) {
        return input.size() == 2 ? common.faultyRows(input.get(0), input.get(1)) : new int[0];
    }

    @Override
    public void afterReversal(int row) {
        lists.update(row);
    }

    @Override
    public void afterRemoval(int row) {
        lists.update(row);
        if (wiring.changedFirstCount() > 0 || wiring.changedSecondCount() > 0) {
            wrong.removeIf(input -> lists.containedBefore(row, input) && !isWrong(input));
        }
    }

    @Override
    public void afterPlacement(int row, int limit) {
        lists.update(row);
        if (domain.maxActive() < 2) {
            return;
        }
        for (int t = 0; t < lists.changedCount() && wrong.size() <= limit; t++) {
            checkWith(lists.changed(t), row, limit);
        }
        for (int t = 0; t < wiring.changedSecondCount() && wrong.size() <= limit; t++) {
            checkNewlyRead(wiring.changedSecond(t), row, limit);
        }
    }

    /** Checks a feature that came into a row with all others there. */
    private void checkWith(int feature, int row, int limit) {
        char[] own = lists.rows(feature);
        for (int t = lists.rowsFrom(feature); t < lists.rowsTo(feature); t++) {
            marks[own[t]] = true;
        }
        int[] others = lists.features(row);
        for (int t = lists.featuresFrom(row); t < lists.featuresTo(row) && wrong.size() <= limit; t++) {
            if (others[t] != feature && marked(others[t]) >= threshold) {
                check(Math.min(feature, others[t]), Math.max(feature, others[t]));
            }
        }
        for (int t = lists.rowsFrom(feature); t < lists.rowsTo(feature); t++) {
            marks[own[t]] = false;
        }
    }

    private int marked(int feature) {
        char[] rows = lists.rows(feature);
        int marked = 0;
        for (int t = lists.rowsFrom(feature); t < lists.rowsTo(feature); t++) {
            marked += marks[rows[t]] ? 1 : 0;
        }
        return marked;
    }

    private void check(int first, int second) {
        if (domain.allowsTogether(first, second) && common.isWrong(first, second)) {
            wrong.add(FeatureSet.of(first, second));
        }
    }

    /**
     * Checks the pairs for which an output row fires now that it reads one row more: those with exactly s fired rows in
     * it.
     */
    private void checkNewlyRead(int neuron, int row, int limit) {
        exact.clear();
        int[] there = lists.features(row);
        for (int t = lists.featuresFrom(row); t < lists.featuresTo(row); t++) {
            char[] rows = lists.rows(there[t]);
            int read = 0;
            for (int u = lists.rowsFrom(there[t]); u < lists.rowsTo(there[t]); u++) {
                read += wiring.hasSecond(neuron, rows[u]) ? 1 : 0;
            }
            if (read >= threshold) {
                exact.feature(there[t], read);
                for (int u = lists.rowsFrom(there[t]); u < lists.rowsTo(there[t]); u++) {
                    if (wiring.hasSecond(neuron, rows[u])) {
                        exact.row(rows[u]);
                    }
                }
            }
        }
        exact.find(threshold, (first, second) -> {
            check(first, second);
            return wrong.size() <= limit;
        });
    }
}
