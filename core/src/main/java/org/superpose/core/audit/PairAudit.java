package org.superpose.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.argument.ClippedPairForm;
import org.superpose.core.verify.argument.ClippedPairModel;
import org.superpose.core.verify.argument.PairScan;
import org.superpose.core.verify.block.Readout;
import org.superpose.core.verify.run.UnitSizes;

/**
 * Counts on networks of {@link ClippedPairForm} by the argument over pairs: only pairs with enough rows in common, and
 * those that an output depends on, are looked at. On every other input all outputs are off, as they should be, and
 * their values are 0. Belongs to one thread.
 */
@Reference(value = "Verification: pairwise exact", standing = Standing.OURS)
final class PairAudit implements PartAudit {
    private final ProblemInstance instance;
    private final SuperposedNetwork network;
    private final Readout readout;
    private final ClippedPairModel model;
    private final PairScan scan;
    private final boolean keepsWrong;
    /** The outputs by their thresholds, lowest first. */
    private final int[] byThreshold;

    private final long[] sizes;

    PairAudit(BuiltNetwork built, Readout readout, ClippedPairModel model, boolean keepsWrong) {
        this.instance = built.instance();
        this.network = built.network();
        this.readout = readout;
        this.model = model;
        this.scan = new PairScan(instance, model);
        this.keepsWrong = keepsWrong;
        this.byThreshold = IntStream.range(0, readout.outputs())
                .boxed()
                .sorted(Comparator.comparing(readout::on))
                .mapToInt(i -> i)
                .toArray();
        this.sizes = Arrays.stream(UnitSizes.of(instance.domain()))
                .mapToLong(size -> size.longValueExact())
                .toArray();
    }

    @Override
    public Part run(int part, long firstIndex) {
        if (part == instance.inputs()) {
            return new Part(this::addEmptyInput, List.of());
        }
        List<Pair> pairs = new ArrayList<>();
        List<WrongDecision> wrong = new ArrayList<>();
        for (int partner : scan.partners(part)) {
            Pair pair = look(FeatureSet.of(part, partner));
            pairs.add(pair);
            if (keepsWrong) {
                pair.decisions().stream()
                        .filter(Decision::isWrong)
                        .forEach(each -> wrong.add(new WrongDecision(pair.input(), each.output(), each.margin())));
            }
        }
        return new Part(tally -> add(part, pairs, tally), wrong);
    }

    /** A decision on an output that is on or should be: all others are off with the value 0. */
    private record Decision(int output, boolean expected, float value, float margin) {
        boolean isWrong() {
            return margin < 0 || !expected;
        }
    }

    private record Pair(FeatureSet input, List<Decision> decisions) {}

    private Pair look(FeatureSet input) {
        FeatureSet on = scan.outputsOn(input.get(0), input.get(1));
        FeatureSet expected = instance.evaluate(input);
        List<Decision> decisions = new ArrayList<>();
        int[] named = IntStream.concat(IntStream.of(on.toArray()), IntStream.of(expected.toArray()))
                .sorted()
                .distinct()
                .toArray();
        int[] rows = named.length == 0 ? named : model.commonRows(input.get(0), input.get(1));
        float[] first = firstLayer(input, rows);
        for (int i : named) {
            float value = value(rows, first, i);
            boolean shouldBe = expected.contains(i);
            float margin = shouldBe ? value - readout.on(i) : readout.off(i) - value;
            decisions.add(new Decision(i, shouldBe, value, margin));
        }
        return new Pair(input, decisions);
    }

    /** The sums of the rows of the first layer that fire on an input. */
    private float[] firstLayer(FeatureSet input, int[] rows) {
        Layer layer = network.layers().get(0);
        float[] y = new float[rows.length];
        for (int r = 0; r < y.length; r++) {
            float sum = layer.bias(rows[r]);
            for (int s = 0; s < input.size(); s++) {
                for (int t = 0; t < network.inputCodes().weight(input.get(s)); t++) {
                    sum += layer.weights().get(rows[r], network.inputCodes().neuron(input.get(s), t));
                }
            }
            y[r] = Math.max(0, sum);
        }
        return y;
    }

    private float value(int[] rows, float[] first, int output) {
        Layer layer = network.layers().get(1);
        float least = Float.POSITIVE_INFINITY;
        for (int t = 0; t < readout.codes().weight(output); t++) {
            int row = readout.codes().neuron(output, t);
            float sum = layer.bias(row);
            for (int c = 0; c < first.length; c++) {
                sum += layer.weights().get(row, rows[c]) * first[c];
            }
            least = Math.min(least, Math.max(0, sum));
        }
        return least;
    }

    private void addEmptyInput(Tally tally) {
        for (int i = 0; i < readout.outputs(); i++) {
            tally.offer(i, false, 0, FeatureSet.EMPTY);
        }
        tally.margin(readout.off(byThreshold[0]));
        tally.worst(new WorstInput(FeatureSet.EMPTY, byThreshold[0], readout.off(byThreshold[0])));
    }

    private void add(int part, List<Pair> pairs, Tally tally) {
        for (Pair pair : pairs) {
            boolean isWrong = false;
            for (Decision each : pair.decisions()) {
                tally.offer(each.output(), each.expected(), each.value(), pair.input());
                if (each.isWrong()) {
                    isWrong = true;
                    tally.wrongDecision(each.output(), each.expected());
                }
            }
            if (isWrong) {
                tally.wrongInput(2);
            }
            WorstInput worst = worst(pair);
            tally.margin(worst.margin());
            tally.worst(worst);
        }
        tally.margins(readout.off(byThreshold[0]), sizes[part] - pairs.size());
        addSilent(part, pairs, tally);
    }

    /** The output that is nearest to being wrong: one of those that were looked at, or the first of the others. */
    private WorstInput worst(Pair pair) {
        int output = -1;
        float margin = Float.POSITIVE_INFINITY;
        for (int i : byThreshold) {
            if (pair.decisions().stream().noneMatch(each -> each.output() == i)) {
                output = i;
                margin = readout.off(i);
                break;
            }
        }
        for (Decision each : pair.decisions()) {
            if (each.margin() < margin || each.margin() == margin && each.output() < output) {
                output = each.output();
                margin = each.margin();
            }
        }
        return new WorstInput(pair.input(), output, margin);
    }

    /** Offers the first of the inputs that were not looked at: they all have one margin. */
    private void addSilent(int part, List<Pair> pairs, Tally tally) {
        float margin = readout.off(byThreshold[0]);
        InputDomain domain = instance.domain();
        int left = AuditReport.WORST_INPUTS;
        tally.worst(new WorstInput(FeatureSet.of(part), byThreshold[0], margin));
        int next = 0;
        for (int partner = part + 1; domain.maxActive() == 2 && partner < domain.features() && left > 1; partner++) {
            if (next < pairs.size() && pairs.get(next).input().get(1) == partner) {
                next++;
            } else if (domain.allowsTogether(part, partner)) {
                tally.worst(new WorstInput(FeatureSet.of(part, partner), byThreshold[0], margin));
                left--;
            }
        }
    }
}
