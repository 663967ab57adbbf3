package org.superpose.core.verify.arithmetic;

import java.util.Arrays;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Activation;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;

/**
 * Evaluates a {@link RoundedModel} on one input with a running bound on the rounding error of every entry of a state:
 * {@code err_t <= |W| err_{t-1} + gamma (|W| |y| + |b|)}, a skip being one term more, and ReLU does not enlarge it.
 * Belongs to one thread.
 *
 * <p>Centres and bounds are computed in double. Only entries that may differ from zero are carried on.
 */
public final class RoundedEvaluation {
    private final RoundedModel model;
    private double[] values;
    private double[] errors;
    private int[] support;
    private int supportCount;
    private double[] sums;
    private double[] inherited;
    private double[] magnitudes;
    private int[] nextSupport;
    private final boolean[] isTouched;
    /** The states that a later layer adds, by index; null for others. */
    private final Kept[] kept;
    /** Null where the second layer is not silent by a margin when the first is. */
    private final SecondLayer secondLayer;

    private final boolean silenceIsOff;
    /** Of no outputs: open where a silent output may turn on, because a runtime may take its threshold for zero. */
    private final Judgement ofNone;

    /** With buffers of its own. */
    public RoundedEvaluation(RoundedModel model) {
        this.model = model;
        int widest = model.inputCodes().neurons();
        for (RoundedModel.Stage stage : model.stages()) {
            widest = Math.max(widest, stage.bias().length);
        }
        values = new double[widest];
        errors = new double[widest];
        support = new int[widest];
        sums = new double[widest];
        inherited = new double[widest];
        magnitudes = new double[widest];
        nextSupport = new int[widest];
        isTouched = new boolean[model.decoder().outputs()];
        kept = new Kept[model.stages().size()];
        for (RoundedModel.Stage stage : model.stages()) {
            stage.skip().ifPresent(state -> kept[state] = Kept.ofSize(stage.bias().length));
        }
        secondLayer = model.secondLayerBound().map(SecondLayer::new).orElse(null);
        ofNone = model.decoder().hasSubnormalThreshold() ? Judgement.UNDECIDED : Judgement.RIGHT;
        silenceIsOff = judgeRest(FeatureSet.EMPTY) == Judgement.RIGHT;
    }

    /** Whether a silent first layer surely turns no output on. */
    public boolean silenceIsOff() {
        return silenceIsOff;
    }

    /** A state with its errors, one entry each. */
    private record Kept(double[] values, double[] errors) {
        static Kept ofSize(int size) {
            return new Kept(new double[size], new double[size]);
        }
    }

    private void keep(int state) {
        if (state < kept.length && kept[state] != null) {
            System.arraycopy(values, 0, kept[state].values(), 0, kept[state].values().length);
            System.arraycopy(errors, 0, kept[state].errors(), 0, kept[state].errors().length);
        }
    }

    private void keepInput(FeatureSet input) {
        if (kept[0] == null) {
            return;
        }
        double[] y = kept[0].values();
        Arrays.fill(y, 0);
        Codes codes = model.inputCodes();
        for (int a = 0; a < input.size(); a++) {
            for (int t = 0; t < codes.weight(input.get(a)); t++) {
                y[codes.neuron(input.get(a), t)]++;
            }
        }
    }

    /** Tells cheaply that the few active neurons of the first layer cannot raise any sum of the second above zero. */
    private final class SecondLayer {
        private final RoundedModel.SecondLayerBound bound;

        SecondLayer(RoundedModel.SecondLayerBound bound) {
            this.bound = bound;
        }

        boolean staysSilent() {
            double rise = 0;
            double magnitude = bound.largestBias();
            for (int s = 0; s < supportCount; s++) {
                int e = support[s];
                double largest = values[e] + errors[e];
                rise += bound.highest()[e] * largest;
                magnitude += bound.largest()[e] * largest;
            }
            return rise + RoundedModel.error(supportCount, 0, magnitude) < bound.gap();
        }
    }

    /**
     * Judges one input.
     *
     * @param rows the first-layer neurons that may differ from zero; all others are proved not to
     * @param count how many entries of {@code rows} count
     * @param expected the outputs that should be on
     */
    public Judgement judge(FeatureSet input, int[] rows, int count, FeatureSet expected) {
        keepInput(input);
        firstLayer(input, rows, count);
        keep(1);
        if (secondLayer != null && secondLayer.staysSilent()) {
            clear(); // nothing behind it differs from a silent first layer, only sooner known
            return judgeSilence(expected);
        }
        return judgeRest(expected);
    }

    private Judgement judgeSilence(FeatureSet expected) {
        if (!expected.isEmpty() || !silenceIsOff) {
            return judgeRest(expected);
        }
        return Judgement.RIGHT;
    }

    /** Judges from the state of the first layer on. */
    private Judgement judgeRest(FeatureSet expected) {
        for (int t = 1; t < model.stages().size(); t++) {
            RoundedModel.Stage stage = model.stages().get(t);
            if (stage.diagonal() != null) {
                diagonalLayer(stage);
            } else {
                matrixLayer(stage);
            }
            keep(t + 1);
        }
        Judgement judgement = decode(expected);
        clear();
        return judgement;
    }

    private void firstLayer(FeatureSet input, int[] rows, int count) {
        Codes codes = model.inputCodes();
        RoundedModel.Stage stage = model.stages().get(0);
        for (int s = 0; s < count; s++) {
            int e = rows[s];
            double sum = stage.bias()[e];
            double magnitude = Math.abs(sum);
            int terms = 0;
            for (int a = 0; a < input.size(); a++) {
                for (int t = 0; t < codes.weight(input.get(a)); t++) {
                    float weight = stage.columns()[codes.neuron(input.get(a), t)][e];
                    sum += weight;
                    magnitude += Math.abs(weight);
                    terms++;
                }
            }
            if (stage.skip().isPresent()) { // it can only be y_0
                sum += kept[0].values()[e];
                magnitude += kept[0].values()[e];
                terms++;
            }
            carry(stage.activation(), e, sum, RoundedModel.error(terms, 0, magnitude), support);
        }
    }

    /** Puts the activation of a sum into the state, if it can differ from zero at all. */
    private void carry(Activation activation, int entry, double sum, double error, int[] into) {
        if (activation == Activation.NONE) {
            values[entry] = sum;
            errors[entry] = error;
            into[supportCount++] = entry;
        } else if (sum + error > 0) {
            values[entry] = Math.max(0, sum);
            errors[entry] = sum >= 0 ? error : sum + error;
            into[supportCount++] = entry;
        }
    }

    /** The largest absolute value that an entry of the state may have. */
    private double largest(int entry) {
        return Math.abs(values[entry]) + errors[entry];
    }

    private void clear() {
        for (int s = 0; s < supportCount; s++) {
            values[support[s]] = 0;
            errors[support[s]] = 0;
        }
        supportCount = 0;
    }

    private void diagonalLayer(RoundedModel.Stage stage) {
        int rows = stage.bias().length;
        for (int r = 0; r < rows; r++) {
            double weight = Math.abs(stage.diagonal()[r]);
            sums[r] = stage.bias()[r] + stage.diagonal()[r] * values[r];
            double lost = weight < RoundedModel.FLUSHED ? weight * largest(r) : 0;
            inherited[r] = weight * errors[r] + lost;
            magnitudes[r] = weight * largest(r) + Math.abs(stage.bias()[r]);
        }
        carryAll(stage, 1);
    }

    private void matrixLayer(RoundedModel.Stage stage) {
        int rows = stage.bias().length;
        double lost = 0;
        for (int s = 0; s < supportCount; s++) {
            lost += stage.flushed() * largest(support[s]);
        }
        for (int r = 0; r < rows; r++) {
            sums[r] = stage.bias()[r];
            magnitudes[r] = Math.abs(stage.bias()[r]);
            inherited[r] = lost;
        }
        int terms = supportCount;
        for (int s = 0; s < supportCount; s++) {
            float[] column = stage.columns()[support[s]];
            double value = values[support[s]];
            double error = errors[support[s]];
            double largest = Math.abs(value) + error;
            for (int r = 0; r < rows; r++) {
                double weight = column[r];
                sums[r] += weight * value;
                inherited[r] += Math.abs(weight) * error;
                magnitudes[r] += Math.abs(weight) * largest;
            }
        }
        carryAll(stage, terms);
    }

    private void carryAll(RoundedModel.Stage stage, int products) {
        clear();
        int terms = stage.skip().isPresent() ? products + 1 : products;
        for (int r = 0; r < stage.bias().length; r++) {
            if (stage.skip().isPresent()) {
                add(kept[stage.skip().getAsInt()], r);
            }
            double error = RoundedModel.error(terms, inherited[r], magnitudes[r]);
            carry(stage.activation(), r, sums[r], error, nextSupport);
        }
        int[] swap = support;
        support = nextSupport;
        nextSupport = swap;
    }

    private void add(Kept state, int row) {
        double value = state.values()[row];
        double error = state.errors()[row];
        sums[row] += value;
        inherited[row] += error;
        magnitudes[row] += Math.abs(value) + error;
    }

    private Judgement decode(FeatureSet expected) {
        Judgement judgement = ofNone;
        if (model.decoder().isReadout()) {
            int s = 0;
            for (int i = 0; i < isTouched.length && judgement != Judgement.WRONG; i++) {
                boolean isExpected = s < expected.size() && expected.get(s) == i;
                s += isExpected ? 1 : 0;
                judgement = judgement.and(judgeLogit(i, isExpected));
            }
            return judgement;
        }
        for (int s = 0; s < expected.size() && judgement != Judgement.WRONG; s++) {
            judgement = judgement.and(judgeOutput(expected.get(s), true));
        }
        // Of the others, only outputs with a neuron that may be active can be on: thresholds are positive.
        for (int s = 0; s < supportCount && judgement != Judgement.WRONG; s++) {
            for (int t = 0; t < model.outputsOfNeuron().load(support[s]); t++) {
                int output = model.outputsOfNeuron().feature(support[s], t);
                if (!isTouched[output]) {
                    isTouched[output] = true;
                    if (!expected.contains(output)) {
                        judgement = judgement.and(judgeOutput(output, false));
                    }
                }
            }
        }
        for (int s = 0; s < supportCount; s++) {
            for (int t = 0; t < model.outputsOfNeuron().load(support[s]); t++) {
                isTouched[model.outputsOfNeuron().feature(support[s], t)] = false;
            }
        }
        return judgement;
    }

    /** Whether an output is surely, or surely not, what is expected; between two thresholds it is never that. */
    private Judgement judgeLogit(int output, boolean expected) {
        Decoder decoder = model.decoder();
        double bound = errors[output] + RoundedModel.FLUSHED;
        double threshold = expected ? decoder.threshold(output) : decoder.offThreshold(output);
        double above = values[output] - threshold;
        if (above > bound) {
            return expected ? Judgement.RIGHT : Judgement.WRONG;
        }
        if (-above > bound) {
            return expected ? Judgement.WRONG : Judgement.RIGHT;
        }
        return Judgement.UNDECIDED; // NaN ends here too
    }

    private Judgement judgeOutput(int output, boolean expected) {
        Decoder decoder = model.decoder();
        Codes codes = decoder.codes();
        double threshold = decoder.threshold(output);
        int weight = codes.weight(output);
        boolean surelyOn = true;
        boolean surelyOff = false;
        if (decoder.kind() == Decoder.Kind.SUM) {
            double sum = 0;
            double error = 0;
            double magnitude = 0;
            for (int t = 0; t < weight; t++) {
                int neuron = codes.neuron(output, t);
                sum += values[neuron];
                error += errors[neuron];
                magnitude += largest(neuron);
            }
            double bound = RoundedModel.error(weight, error, magnitude);
            surelyOn = sum - threshold > bound;
            surelyOff = threshold - sum > bound;
        } else {
            for (int t = 0; t < weight; t++) {
                int neuron = codes.neuron(output, t);
                double bound = errors[neuron] + RoundedModel.FLUSHED;
                surelyOn &= values[neuron] - threshold > bound;
                surelyOff |= threshold - values[neuron] > bound;
            }
        }
        if (surelyOn == surelyOff) {
            return Judgement.UNDECIDED; // neither; NaN ends here too
        }
        return surelyOn == expected ? Judgement.RIGHT : Judgement.WRONG;
    }
}
