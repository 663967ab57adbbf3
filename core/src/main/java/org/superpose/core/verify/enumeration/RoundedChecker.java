package org.superpose.core.verify.enumeration;

import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.RestingState;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.arithmetic.RoundedEvaluation;
import org.superpose.core.verify.arithmetic.RoundedModel;

/**
 * Judges inputs of networks whose float32 arithmetic rounds: a decision counts only when its margin exceeds the
 * rounding bound, and an input that this leaves undecided is replayed through the plain evaluator, which may find it
 * wrong.
 *
 * <p>First the few first-layer neurons are found that an input may activate; where there is none, the rest of the
 * network is that of a silent first layer, judged once.
 */
final class RoundedChecker implements InputChecker {
    private final BuiltNetwork built;
    private final ProblemInstance instance;
    private final RoundedModel model;
    private final Kernel kernel;
    private final ActiveGates gates;
    private final RoundedEvaluation evaluation;
    private final FirstLayerFilter.Scan filter;
    private final float[][] sums;
    private final float[] zeros;
    private final float[] scratch;
    private final int[] rows;
    private final long[] selected;

    private long undecided;
    private FeatureSet firstUndecided;

    RoundedChecker(BuiltNetwork built, RoundedModel model, Kernel kernel, Optional<FirstLayerFilter> firingFilter) {
        this.built = built;
        this.instance = built.instance();
        this.model = model;
        this.kernel = kernel;
        this.gates = new ActiveGates(instance);
        this.evaluation = new RoundedEvaluation(model);
        // A silent first layer gives no output, so what leaves it silent is right only if the map rests on none.
        boolean restsOff = RestingState.of(instance).outputs().isEmpty();
        this.filter = firingFilter
                .filter(any -> restsOff && evaluation.silenceIsOff())
                .map(each -> each.new Scan())
                .orElse(null);
        float[] bias = model.firstBias();
        this.sums = new float[instance.maxActive() + 1][bias.length];
        this.sums[0] = bias;
        this.zeros = new float[bias.length];
        this.scratch = new float[bias.length];
        this.rows = new int[bias.length];
        this.selected = new long[Kernel.paddedWords(instance.inputs())];
    }

    @Override
    public void push(int feature) {
        gates.push(feature);
        float[] before = sums[gates.size() - 1];
        float[] own = sums[gates.size()];
        float[] column = model.featureColumn(feature, scratch);
        for (int e = 0; e < own.length; e++) {
            own[e] = before[e] + column[e];
        }
    }

    @Override
    public void pop() {
        gates.pop();
    }

    @Override
    public boolean isRight() {
        int count = kernel.collectSumsAbove(sums[gates.size()], zeros, model.silenceBound(), rows);
        return isRight(gates.input(), count);
    }

    private boolean isRight(FeatureSet input, int count) {
        switch (evaluation.judge(input, rows, count, instance.evaluate(input))) {
            case WRONG -> {
                return false;
            }
            case UNDECIDED -> {
                if (Counterexample.of(built, input).isPresent()) {
                    return false;
                }
                undecided++;
                firstUndecided = firstUndecided == null ? input : firstUndecided;
            }
            case RIGHT -> {}
        }
        return true;
    }

    @Override
    public int firstWrong(long[] candidates) {
        float[] own = sums[gates.size()];
        boolean isFiltered = filter != null;
        if (isFiltered) {
            filter.firing(own, 0, selected.length, selected);
            for (int w = 0; w < selected.length; w++) {
                selected[w] &= candidates[w];
            }
            gates.addCandidatesThatChange(candidates, selected);
        } else {
            System.arraycopy(candidates, 0, selected, 0, selected.length);
        }
        for (int w = 0; w < selected.length; w++) {
            for (long word = selected[w]; word != 0; word &= word - 1) {
                int feature = w * Long.SIZE + Long.numberOfTrailingZeros(word);
                float[] column = model.featureColumn(feature, scratch);
                int count = isFiltered
                        ? filter.collect(own, column, rows)
                        : kernel.collectSumsAbove(own, column, model.silenceBound(), rows);
                if (!isRight(gates.inputWith(feature), count)) {
                    return feature;
                }
            }
        }
        return -1;
    }

    @Override
    public long undecided() {
        return undecided;
    }

    @Override
    public FeatureSet takeUndecided() {
        FeatureSet taken = firstUndecided;
        firstUndecided = null;
        return taken;
    }
}
