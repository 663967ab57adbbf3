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

    private final ProblemInstance instance;
    private final Gates reads;
    private final ClippedPairModel model;
    private final ClippedPairModel.Evaluation evaluation;
    /** How many rows each feature of a range has in common with the one at hand, modulo 256. */
    private final byte[] counts;

    private final int mask;

    private final int[] outputs;
    private int[] hits = new int[256];
    private int hitCount;

    /** Makes the buffers of a thread. */
    public PairScan(ProblemInstance instance, ClippedPairModel model) {
        this.instance = instance;
        this.reads = allReads(instance);
        this.model = model;
        this.evaluation = model.new Evaluation();
        this.counts = new byte[model.rangeSize()];
        this.mask = counts.length - 1;
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

    /** The features behind {@code feature} that make an input with it that has to be looked at, ascending. */
    public int[] partners(int feature) {
        hitCount = 0;
        if (instance.maxActive() < 2) {
            return new int[0];
        }
        findManyCommonRows(feature);
        for (int t = 0; t < reads.influence(feature); t++) {
            int output = reads.reader(feature, t);
            for (int s = reads.fanIn(output) - 1; s >= 0 && reads.read(output, s) > feature; s--) {
                addHit(reads.read(output, s));
            }
        }
        Arrays.sort(hits, 0, hitCount);
        int kept = 0;
        int last = NONE;
        for (int t = 0; t < hitCount; t++) {
            int partner = hits[t];
            if (partner != last && instance.domain().allowsTogether(feature, partner)) {
                hits[kept++] = partner;
            }
            last = partner;
        }
        return Arrays.copyOf(hits, kept);
    }

    /** The outputs that the network has on for a pair. */
    public FeatureSet outputsOn(int first, int second) {
        return FeatureSet.of(Arrays.copyOf(outputs, evaluation.outputsOn(first, second, outputs)));
    }

    private void addHit(int feature) {
        if (hitCount == hits.length) {
            hits = Arrays.copyOf(hits, 2 * hitCount);
        }
        hits[hitCount++] = feature;
    }

    private void findManyCommonRows(int feature) {
        int[] rows = model.rowsOfFeature(feature);
        int needed = model.fewestRows();
        if (rows.length < needed) {
            return;
        }
        if (needed > Byte.MAX_VALUE) {
            // Too many to count in a byte: judge each partner that shares any row.
            needed = 1;
        }
        for (int range = (feature + 1) / model.rangeSize(); range < model.ranges(); range++) {
            findInRange(feature, rows, range, (byte) needed);
        }
    }

    private void findInRange(int feature, int[] rows, int range, byte needed) {
        long steps = 0;
        for (int row : rows) {
            int from = start(row, feature, range);
            int to = model.rangeStart(row, range + 1);
            count(model.featuresOfRow(row), from, to, needed);
            steps += to - from;
        }
        // Clearing all counters is a fast sweep; clearing those that counted is slow, but less work if few did.
        if (counts.length < 16 * steps) {
            Arrays.fill(counts, (byte) 0);
            return;
        }
        for (int row : rows) {
            int[] partners = model.featuresOfRow(row);
            int to = model.rangeStart(row, range + 1);
            for (int t = start(row, feature, range); t < to; t++) {
                counts[partners[t] & mask] = 0;
            }
        }
    }

    /** Where in the list of a row the partners of a feature begin in a range: behind the feature itself. */
    private int start(int row, int feature, int range) {
        int start = model.rangeStart(row, range);
        if (feature < range * model.rangeSize()) {
            return start;
        }
        return Arrays.binarySearch(model.featuresOfRow(row), start, model.rangeStart(row, range + 1), feature) + 1;
    }

    private void count(int[] partners, int from, int to, byte needed) {
        for (int t = from; t < to; t++) {
            int partner = partners[t];
            if (++counts[partner & mask] == needed) {
                addHit(partner);
            }
        }
    }
}
