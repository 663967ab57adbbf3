package org.superpose.constructions.clipped.conflict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;

/**
 * Wrong inputs of a wiring where at most r features are active, r the fan-in of all gates (theory, section 7.2).
 * Mutable.
 *
 * <p>Each feature adds at most k to a row and a row fires at r k, so fewer than r features fire nothing, and r features
 * fire exactly the rows A in all r of the F_j. Only sets of r features with at least s rows in common need a look.
 */
final class ContainmentTracker implements WrongInputTracker {
    private final ChannelWiring wiring;
    private final FiringSets sets;
    private final InputDomain domain;
    private final OutputReadout readout;
    private final WrongInputSet wrong = new WrongInputSet();
    private final int features;
    private final int fanIn;
    private final int threshold;
    private final int words;

    private final Extension extension;
    private final int[] active;
    private final long[][] intersections;
    private final int[] rowFeatures;
    private final int[] narrowedFeatures;
    private final ExactPairs exact;
    private long[] narrowed = new long[0];

    /**
     * @param wiring all channels are placed
     * @param domain has at most r active features
     */
    ContainmentTracker(ChannelWiring wiring, InputDomain domain) {
        this.wiring = wiring;
        this.sets = new FiringSets(wiring);
        this.domain = domain;
        this.readout = new OutputReadout(wiring, false);
        this.features = wiring.gates().inputs();
        this.fanIn = wiring.gates().maxFanIn();
        this.threshold = wiring.channelWeight();
        this.words = wiring.words();
        this.active = new int[fanIn];
        this.intersections = new long[fanIn + 1][words];
        Arrays.fill(intersections[0], -1L);
        this.extension = new Extension(readout, wrong::add, wrong::size);
        this.exact = new ExactPairs(wiring.hidden());
        this.rowFeatures = new int[features];
        this.narrowedFeatures = new int[features];
    }

    @Override
    public WrongInputSet set() {
        return wrong;
    }

    @Override
    public boolean recount(int limit) {
        wrong.clear();
        if (domain.maxActive() < fanIn) {
            return true;
        }
        PartnerSearch search = new PartnerSearch(sets, wiring.hidden(), features, threshold);
        return RecountWaves.run(search.chunks(), limit, () -> new Recount(search), wrong);
    }

    /** Recounts chunks of first features; buffers of one thread. */
    private final class Recount implements RecountWaves.Recount {
        private final PartnerSearch.Scan scan;
        private final Extension extension;
        private List<FeatureSet> found = new ArrayList<>();
        private int[] partners = new int[256];

        Recount(PartnerSearch search) {
            this.scan = search.new Scan();
            this.extension = new Extension(readout.copy(), input -> found.add(input), () -> found.size());
        }

        /** The wrong inputs whose lowest feature is in a chunk, the first few more than a limit if there are more. */
        @Override
        public List<FeatureSet> of(int chunk, int limit) {
            found = new ArrayList<>();
            int first = chunk * PartnerSearch.CHUNK;
            int pairs = fanIn == 1 ? 0 : scan.find(chunk);
            int at = 0;
            for (int local = 0; local < PartnerSearch.CHUNK && first + local < features; local++) {
                int count = 0;
                for (; at < pairs && scan.feature(at) == local; at++) {
                    if (count == partners.length) {
                        partners = Arrays.copyOf(partners, 2 * count);
                    }
                    partners[count++] = scan.partner(at);
                }
                if (found.size() <= limit) {
                    extension.start(first + local);
                    extension.extend(1, partners, 0, count, limit);
                }
            }
            return found;
        }
    }

    /** Extends active features by others; buffers of one thread. */
    private final class Extension {
        private final OutputReadout judge;
        private final Consumer<FeatureSet> found;
        private final IntSupplier foundCount;
        private final int[] active = new int[fanIn];
        private final long[][] intersections = new long[fanIn + 1][words];

        Extension(OutputReadout judge, Consumer<FeatureSet> found, IntSupplier foundCount) {
            this.judge = judge;
            this.found = found;
            this.foundCount = foundCount;
        }

        void start(int first) {
            active[0] = first;
            System.arraycopy(sets.rowsOfFeature(), first * words, intersections[1], 0, words);
        }

        /**
         * Extends the active features by candidates from an index on, as long as enough rows are left, and checks
         * complete sets.
         */
        void extend(int count, int[] candidates, int from, int to, int limit) {
            if (count == fanIn) {
                if (judge.isWrong(active, intersections[fanIn])) {
                    found.accept(FeatureSet.of(active));
                }
                return;
            }
            long[] rowsOfFeature = sets.rowsOfFeature();
            long[] before = intersections[count];
            long[] after = intersections[count + 1];
            for (int t = from; t < to && foundCount.getAsInt() <= limit; t++) {
                int candidate = candidates[t];
                int base = candidate * words;
                int left = 0;
                for (int word = 0; word < words; word++) {
                    left += Long.bitCount(before[word] & rowsOfFeature[base + word]);
                }
                if (left < threshold || !domain.fits(active, count, candidate)) {
                    continue;
                }
                for (int word = 0; word < words; word++) {
                    after[word] = before[word] & rowsOfFeature[base + word];
                }
                active[count] = candidate;
                extend(count + 1, candidates, t + 1, to, limit);
            }
        }
    }

    @Override
    public void firedRows(FeatureSet input, long[] into) {
        Arrays.fill(into, input.size() == fanIn ? -1L : 0);
        for (int t = 0; t < input.size(); t++) {
            int base = input.get(t) * words;
            for (int word = 0; word < words; word++) {
                into[word] &= sets.rowsOfFeature()[base + word];
            }
        }
    }

    @Override
    public int[] faultyRows(FeatureSet input) {
        firedRows(input, intersections[fanIn]);
        return readout.faultyRows(input.toArray(), intersections[fanIn]);
    }

    @Override
    public void afterReversal(int row) {
        sets.update(row);
    }

    @Override
    public void afterRemoval(int row) {
        sets.update(row);
        if (wiring.changedFirstCount() == 0 && wiring.changedSecondCount() == 0) {
            return;
        }
        wrong.removeIf(input -> sets.containedBefore(row, input) && !isWrong(input));
    }

    @Override
    public void afterPlacement(int row, int limit) {
        sets.update(row);
        if (domain.maxActive() < fanIn || sets.changedCount() == 0 && wiring.changedSecondCount() == 0) {
            return;
        }
        int count = sets.features(row, rowFeatures);
        for (int g = 0; g < sets.changedCount() && wrong.size() <= limit; g++) {
            extension.start(sets.changed(g));
            extension.extend(1, rowFeatures, 0, count, limit);
        }
        for (int t = 0; t < wiring.changedSecondCount() && wrong.size() <= limit; t++) {
            checkNewlyRead(wiring.changedSecond(t), count, limit);
        }
    }

    /**
     * Checks the inputs for which an output row fires now that it reads one row more: those with exactly s fired rows
     * in it.
     */
    private void checkNewlyRead(int neuron, int count, int limit) {
        if (fanIn == 2) {
            checkNewlyReadPairs(neuron, count, limit);
            return;
        }
        if (narrowed.length < count * words) {
            narrowed = new long[count * words];
        }
        int kept = 0;
        for (int t = 0; t < count; t++) {
            int base = rowFeatures[t] * words;
            int left = 0;
            for (int word = 0; word < words; word++) {
                long rows = sets.rowsOfFeature()[base + word] & wiring.secondRowWord(neuron, word);
                narrowed[kept * words + word] = rows;
                left += Long.bitCount(rows);
            }
            if (left >= threshold) {
                narrowedFeatures[kept++] = rowFeatures[t];
            }
        }
        extendNarrowed(0, 0, kept, intersections[0], limit);
    }

    /**
     * The same for gates of two inputs: in the same order, but by counting, since few features have a row in common.
     */
    private void checkNewlyReadPairs(int neuron, int count, int limit) {
        exact.clear();
        for (int t = 0; t < count; t++) {
            int base = rowFeatures[t] * words;
            int left = 0;
            for (int word = 0; word < words; word++) {
                left += Long.bitCount(sets.rowsOfFeature()[base + word] & wiring.secondRowWord(neuron, word));
            }
            if (left >= threshold) {
                exact.feature(rowFeatures[t], left);
                for (int word = 0; word < words; word++) {
                    long rows = sets.rowsOfFeature()[base + word] & wiring.secondRowWord(neuron, word);
                    for (; rows != 0; rows &= rows - 1) {
                        exact.row(word * Long.SIZE + Long.numberOfTrailingZeros(rows));
                    }
                }
            }
        }
        exact.find(threshold, (first, second) -> {
            active[0] = first;
            active[1] = second;
            if (domain.fits(active, 1, second)) {
                FeatureSet input = FeatureSet.of(first, second);
                if (isWrong(input)) {
                    wrong.add(input);
                }
            }
            return wrong.size() <= limit;
        });
    }

    private void extendNarrowed(int count, int from, int to, long[] before, int limit) {
        boolean last = count + 1 == fanIn;
        for (int t = from; t < to && wrong.size() <= limit; t++) {
            int base = t * words;
            int left = 0;
            for (int word = 0; word < words; word++) {
                left += Long.bitCount(before[word] & narrowed[base + word]);
            }
            if (left < threshold || last && left > threshold || !domain.fits(active, count, narrowedFeatures[t])) {
                continue;
            }
            active[count] = narrowedFeatures[t];
            if (last) {
                FeatureSet input = FeatureSet.of(active);
                if (isWrong(input)) {
                    wrong.add(input);
                }
            } else {
                long[] after = new long[words];
                for (int word = 0; word < words; word++) {
                    after[word] = before[word] & narrowed[base + word];
                }
                extendNarrowed(count + 1, t + 1, to, after, limit);
            }
        }
    }
}
