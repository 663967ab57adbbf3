package org.superpose.core.verify.enumeration;

import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.RestingState;
import org.superpose.core.verify.arithmetic.ExactEvaluation;
import org.superpose.core.verify.arithmetic.ExactModel;

/** Judges inputs in whole numbers, for networks whose float32 arithmetic is exact. */
final class ExactChecker implements InputChecker {
    private final ProblemInstance instance;
    private final RestingState map;
    /** Whether logits are compared: then every output is looked at, for it may be neither on nor off. */
    private final boolean readsLogits;

    private final ExactModel model;
    private final ActiveGates gates;
    private final ExactEvaluation evaluation;
    /** The outputs that are wrong on the empty input: everything else is judged by differences from it. */
    private final FeatureSet wrongAtRest;

    private final SecondLayerFilter.Scan quiet;
    private final SingleMatrixFilter.Scan outputs;
    /** The sums of the first layer for the first 0, 1, ..., v features of the current input. */
    private final int[][] sums;

    private final int[] candidateSums;
    private final long[] selected;

    ExactChecker(
            ProblemInstance instance,
            ExactModel model,
            Optional<SecondLayerFilter> quietFilter,
            Optional<SingleMatrixFilter> outputFilter) {
        this.instance = instance;
        this.map = RestingState.of(instance);
        this.readsLogits = model.decoder().isReadout();
        this.model = model;
        this.gates = new ActiveGates(instance);
        this.evaluation = new ExactEvaluation(model);
        this.wrongAtRest = evaluation.resting().symmetricDifference(map.outputs());
        // The filters take the empty input for right; where it is not in the domain, it need not be.
        boolean filters = wrongAtRest.isEmpty();
        this.quiet = quietFilter
                .filter(any -> filters)
                .map(filter -> filter.new Scan())
                .orElse(null);
        this.outputs = outputFilter
                .filter(any -> filters)
                .map(filter -> filter.new Scan())
                .orElse(null);
        this.sums = new int[instance.maxActive() + 1][model.first().rows()];
        this.sums[0] = model.first().bias().clone();
        this.candidateSums = new int[model.first().rows()];
        this.selected = new long[Kernel.paddedWords(instance.inputs())];
    }

    @Override
    public void push(int feature) {
        gates.push(feature);
        int[] own = sums[gates.size()];
        System.arraycopy(sums[gates.size() - 1], 0, own, 0, own.length);
        model.addFeature(feature, own);
    }

    @Override
    public void pop() {
        gates.pop();
    }

    @Override
    public boolean isRight() {
        if (readsLogits) {
            return readsRight(sums[gates.size()], gates.input());
        }
        if (gates.size() == 0) {
            return wrongAtRest.isEmpty();
        }
        int[] own = sums[gates.size()];
        boolean isQuiet = quiet != null && quiet.isQuiet(own);
        if (isQuiet && gates.allRest()) {
            return true;
        }
        FeatureSet got =
                quiet != null && quiet.evaluates() ? quiet.outputs(own) : evaluation.changes(own, gates.input());
        return agrees(got, gates.input());
    }

    private boolean readsRight(int[] own, FeatureSet input) {
        return evaluation.read(own, input).is(instance.evaluate(input));
    }

    /** Whether the outputs that changed are those that should have. */
    private boolean agrees(FeatureSet changed, FeatureSet input) {
        FeatureSet expected = map.changes(input);
        return wrongAtRest.isEmpty()
                ? changed.equals(expected)
                : changed.symmetricDifference(expected).equals(wrongAtRest);
    }

    @Override
    public int firstWrong(long[] candidates) {
        int from = 0;
        while (from < candidates.length && candidates[from] == 0) {
            from++;
        }
        if (from == candidates.length) {
            return -1;
        }
        from = from / 8 * 8; // whole vectors only
        int to = candidates.length;
        int[] own = sums[gates.size()];
        if (outputs != null) {
            outputs.wrong(gates, own, candidates, from, to, selected);
            for (int w = from; w < to; w++) {
                if (selected[w] != 0) {
                    return w * Long.SIZE + Long.numberOfTrailingZeros(selected[w]);
                }
            }
            return -1;
        }
        if (quiet == null) {
            System.arraycopy(candidates, from, selected, from, to - from);
        } else {
            quiet.suspects(own, from, to, selected);
            for (int w = from; w < to; w++) {
                selected[w] &= candidates[w];
            }
            gates.addCandidatesThatChange(candidates, selected);
        }
        return firstWrongOneByOne(own, from, to);
    }

    /**
     * The candidates with which, and up to {@code later} features behind them, the second layer may not stay silent or
     * some gate may change: a superset. Needs the quiet filter.
     *
     * @param result overwritten
     */
    void mayMatter(long[] candidates, int later, long[] result) {
        quiet.suspects(sums[gates.size()], later, 0, result.length, result);
        keepAndAddGates(candidates, later, result);
    }

    /**
     * The candidates with which, and up to {@code later} features behind them, there may be a strong part of v - 1
     * features or one that changes a gate.
     */
    void mayBeStrong(long[] candidates, int later, long[] result) {
        quiet.strong(sums[gates.size()], later, 0, result.length, result);
        keepAndAddGates(candidates, later, result);
    }

    private void keepAndAddGates(long[] candidates, int later, long[] result) {
        for (int w = 0; w < result.length; w++) {
            result[w] &= candidates[w];
        }
        gates.addCandidatesThatMayChange(candidates, later, result);
    }

    private int firstWrongOneByOne(int[] own, int from, int to) {
        for (int w = from; w < to; w++) {
            for (long word = selected[w]; word != 0; word &= word - 1) {
                int feature = w * Long.SIZE + Long.numberOfTrailingZeros(word);
                if (!isRightWith(feature, own)) {
                    return feature;
                }
            }
        }
        return -1;
    }

    private boolean isRightWith(int feature, int[] own) {
        FeatureSet input = gates.inputWith(feature);
        if (quiet != null && quiet.evaluates()) {
            return agrees(quiet.outputsWith(feature, own), input);
        }
        System.arraycopy(own, 0, candidateSums, 0, own.length);
        model.addFeature(feature, candidateSums);
        return readsLogits ? readsRight(candidateSums, input) : agrees(evaluation.changes(candidateSums, input), input);
    }
}
