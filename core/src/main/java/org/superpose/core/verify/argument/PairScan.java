package org.superpose.core.verify.argument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * Finds the pairs of features of a network of {@link ClippedPairForm} that have to be looked at: those with enough rows
 * in common to turn an output on, and those that an output of the map depends on. On all others, on single features and
 * on the empty input the network is silent and the map is off. Belongs to one thread.
 */
public final class PairScan {
    /** In the place of a partner: there is none. */
    static final int NONE = -1;

    private static final int MOST_COUNTED = 0xff;

    private final ProblemInstance instance;
    private final Gates reads;
    private final ClippedPairModel model;
    private final ClippedPairModel.Evaluation evaluation;
    /** How many rows each feature of a range has in common with the one at hand, above the base, in 0..255. */
    private final byte[] counts;
    /** What is not above it belongs to earlier features and ranges, so that counts need not be cleared for each. */
    private int base;

    private final int[] outputs;
    /** The features whose hits are there, from one to another. */
    private int preparedFrom;

    private int preparedTo;
    /** A feature less the first of these in the upper half, and a later one in the lower; ascending. */
    private long[] hits = new long[256];

    private int hitCount;

    /** Makes the buffers of a thread. */
    public PairScan(ProblemInstance instance, ClippedPairModel model) {
        this.instance = instance;
        this.reads = allReads(instance);
        this.model = model;
        this.evaluation = model.new Evaluation();
        this.counts = new byte[Math.min(model.rangeSize(), instance.inputs())];
        this.outputs = new int[instance.outputs()];
    }

    /** Gates that read all inputs that an output may depend on: the gates themselves where there is one layer. */
    private static Gates allReads(ProblemInstance instance) {
        if (!instance.isLayered()) {
            return instance.gates();
        }
        List<int[]> reads = new ArrayList<>();
        for (int j = 0; j < instance.inputs(); j++) {
            reads.add(new int[] {j});
        }
        for (Gates layer : instance.layers()) {
            List<int[]> before = reads;
            reads = IntStream.range(0, layer.outputs())
                    .mapToObj(i -> IntStream.of(layer.reads(i))
                            .flatMap(read -> IntStream.of(before.get(read)))
                            .sorted()
                            .distinct()
                            .toArray())
                    .toList();
        }
        reads = reads.stream().filter(each -> each.length > 0).toList();
        return reads.isEmpty()
                ? Gates.of(instance.inputs(), List.of(Gate.constant(false)))
                : Gates.of(instance.inputs(), GateFunction.AND, reads);
    }

    /** The lowest feature behind {@code feature} with which it makes a wrong input, or {@link #NONE}. */
    int firstWrongPartner(int feature) {
        for (int partner : partners(feature)) {
            if (!outputsOn(feature, partner).equals(instance.evaluate(FeatureSet.of(feature, partner)))) {
                return partner;
            }
        }
        return NONE;
    }

    /**
     * Looks for the partners of several features at a time, which takes less time than one feature after another: what
     * is counted along stays in the cache.
     *
     * @param from the first of the features
     * @param to above the last of them
     */
    void prepare(int from, int to) {
        preparedFrom = from;
        preparedTo = to;
        hitCount = 0;
        if (instance.maxActive() < 2) {
            return;
        }
        findManyCommonRows();
        for (int feature = from; feature < to; feature++) {
            for (int t = 0; t < reads.influence(feature); t++) {
                int output = reads.reader(feature, t);
                for (int s = reads.fanIn(output) - 1; s >= 0 && reads.read(output, s) > feature; s--) {
                    addHit(feature, reads.read(output, s));
                }
            }
        }
        Arrays.sort(hits, 0, hitCount);
    }

    /** The features behind {@code feature} that make an input with it that has to be looked at, ascending. */
    public int[] partners(int feature) {
        if (feature < preparedFrom || preparedTo <= feature) {
            prepare(feature, feature + 1);
        }
        int from = position(feature);
        int to = position(feature + 1);
        int[] kept = new int[to - from];
        int count = 0;
        int last = NONE;
        for (int t = from; t < to; t++) {
            int partner = (int) hits[t];
            if (partner != last && instance.domain().allowsTogether(feature, partner)) {
                kept[count++] = partner;
            }
            last = partner;
        }
        return Arrays.copyOf(kept, count);
    }

    /** Where the hits of a prepared feature begin. */
    private int position(int feature) {
        int found = Arrays.binarySearch(hits, 0, hitCount, (long) (feature - preparedFrom) << Integer.SIZE);
        return found < 0 ? -found - 1 : found; // no hit has the partner 0
    }

    /** The outputs that the network has on for a pair. */
    public FeatureSet outputsOn(int first, int second) {
        return FeatureSet.of(Arrays.copyOf(outputs, evaluation.outputsOn(first, second, outputs)));
    }

    private void addHit(int feature, int partner) {
        if (hitCount == hits.length) {
            hits = Arrays.copyOf(hits, 2 * hitCount);
        }
        hits[hitCount++] = (long) (feature - preparedFrom) << Integer.SIZE | partner;
    }

    private void findManyCommonRows() {
        int needed = model.fewestRows();
        if (needed > MOST_COUNTED) {
            // Too many to count in a byte: judge each partner that shares any row.
            needed = 1;
        }
        for (int range = (preparedFrom + 1) / model.rangeSize(); range < model.ranges(); range++) {
            for (int feature = preparedFrom; feature < preparedTo; feature++) {
                if (model.rowsTo(feature) - model.rowsFrom(feature) >= needed) {
                    findInRange(feature, range, needed);
                }
            }
        }
    }

    private void findInRange(int feature, int range, int needed) {
        int to = model.rowsTo(feature);
        int most = Math.min(to - model.rowsFrom(feature), MOST_COUNTED);
        if (base + most > MOST_COUNTED) {
            Arrays.fill(counts, (byte) 0);
            base = 0;
        }
        int[] rows = model.rowsOfFeatures();
        for (int t = model.rowsFrom(feature); t < to; t++) {
            count(feature, start(rows[t], feature, range), model.membersTo(rows[t], range), range, base + needed);
        }
        base += most;
    }

    /** Where the partners of a feature begin among the members of a row and range: behind the feature itself. */
    private int start(int row, int feature, int range) {
        int start = model.membersFrom(row, range);
        int within = feature - range * model.rangeSize();
        if (within < 0) {
            return start;
        }
        int to = model.membersTo(row, range);
        if (within >= model.rangeSize()) {
            return to;
        }
        return Arrays.binarySearch(model.members(), start, to, (char) within) + 1;
    }

    private void count(int feature, int from, int to, int range, int enough) {
        char[] members = model.members();
        for (int t = from; t < to; t++) {
            int member = members[t];
            int count = Math.max(counts[member] & MOST_COUNTED, base) + 1;
            if (count > MOST_COUNTED) {
                continue; // many more than are needed
            }
            counts[member] = (byte) count;
            if (count == enough) {
                addHit(feature, range * model.rangeSize() + member);
            }
        }
    }
}
