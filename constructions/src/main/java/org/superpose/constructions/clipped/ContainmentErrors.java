package org.superpose.constructions.clipped;

import java.util.Arrays;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;

/**
 * Wrong inputs of a wiring where at most r features are active, r the fan-in of all gates (theory, section 7.2). Mutable.
 *
 * <p>Each feature adds at most k to a row and a row fires at r k, so fewer than r features fire nothing, and r features fire exactly
 * the rows A in all r of the F_j. Only sets of r features with at least s rows in common need a look.
 */
final class ContainmentErrors implements WrongInputs {
    private final ChannelWiring wiring;
    private final FiringSets sets;
    private final InputDomain domain;
    private final OutputReadout readout;
    private final WrongInputSet wrong = new WrongInputSet();
    private final int features;
    private final int fanIn;
    private final int threshold;
    private final int words;

    private final int[] active;
    private final long[][] intersections;
    private final int[] rowFeatures;
    private final int[] narrowedFeatures;
    private long[] narrowed = new long[0];

    /**
     * @param wiring all channels are placed
     * @param domain has at most r active features
     */
    ContainmentErrors(ChannelWiring wiring, InputDomain domain) {
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
        int[][] members = new int[wiring.hidden()][];
        for (int e = 0; e < members.length; e++) {
            members[e] = Arrays.copyOf(rowFeatures, sets.features(e, rowFeatures));
        }
        int[] next = new int[members.length]; // members[e][next[e]..] are those after the feature in turn
        char[] together = new char[features]; // small, because it is read all over the place
        int[] touched = new int[features];
        int[] partners = new int[features];
        for (int first = 0; first < features && wrong.size() <= limit; first++) {
            int touchedCount = 0;
            int partnerCount = 0;
            for (int word = 0; word < words; word++) {
                for (long left = sets.rowsOfFeature()[first * words + word]; left != 0; left &= left - 1) {
                    int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                    int[] ofRow = members[row];
                    for (int t = ++next[row]; t < ofRow.length; t++) {
                        int other = ofRow[t];
                        int count = ++together[other];
                        if (count == 1) {
                            touched[touchedCount++] = other;
                        }
                        if (count == threshold) {
                            partners[partnerCount++] = other;
                        }
                    }
                }
            }
            for (int t = 0; t < touchedCount; t++) {
                together[touched[t]] = 0;
            }
            start(first);
            extend(1, partners, 0, partnerCount, limit);
        }
        wrong.commit();
        return wrong.size() <= limit;
    }

    private void start(int first) {
        active[0] = first;
        System.arraycopy(sets.rowsOfFeature(), first * words, intersections[1], 0, words);
    }

    /** Extends the active features by candidates from an index on, as long as enough rows are left, and checks complete sets. */
    private void extend(int count, int[] candidates, int from, int to, int limit) {
        if (count == fanIn) {
            checkActive();
            return;
        }
        long[] rowsOfFeature = sets.rowsOfFeature();
        long[] before = intersections[count];
        long[] after = intersections[count + 1];
        for (int t = from; t < to && wrong.size() <= limit; t++) {
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

    private void checkActive() {
        if (readout.fault(active, intersections[fanIn]) >= 0) {
            wrong.add(FeatureSet.of(active));
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
    public int[] rowsOf(int fault) {
        return readout.rowsOf(fault);
    }

    @Override
    public int fault(FeatureSet input) {
        firedRows(input, intersections[fanIn]);
        return readout.fault(input.toArray(), intersections[fanIn]);
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
        wrong.removeIf(input -> firedBefore(row, input) && fault(input) < 0);
    }

    private boolean firedBefore(int row, FeatureSet input) {
        for (int t = 0; t < input.size(); t++) {
            if (!sets.contains(row, input.get(t)) && !sets.isChanged(input.get(t))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void afterPlacement(int row, int limit) {
        sets.update(row);
        if (domain.maxActive() < fanIn || sets.changedCount() == 0 && wiring.changedSecondCount() == 0) {
            return;
        }
        int count = sets.features(row, rowFeatures);
        for (int g = 0; g < sets.changedCount() && wrong.size() <= limit; g++) {
            start(sets.changed(g));
            extend(1, rowFeatures, 0, count, limit);
        }
        for (int t = 0; t < wiring.changedSecondCount() && wrong.size() <= limit; t++) {
            checkNewlyRead(wiring.changedSecond(t), count, limit);
        }
    }

    /** Checks the inputs for which an output row fires now that it reads one row more: those with exactly s fired rows in it. */
    private void checkNewlyRead(int neuron, int count, int limit) {
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
                if (fault(input) >= 0) {
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
