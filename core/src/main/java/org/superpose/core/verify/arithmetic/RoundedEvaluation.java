package org.superpose.core.verify.arithmetic;

import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;

/**
 * Evaluates a {@link RoundedModel} on one input with a running bound on the rounding error of every neuron:
 * {@code err_t <= |W| err_{t-1} + gamma (|W| |y| + |b|)}, and ReLU does not enlarge it. Belongs to one thread.
 *
 * <p>Centres and bounds are computed in double. Only neurons that may differ from zero are carried on.
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
        secondLayer = model.secondLayerBound().map(SecondLayer::new).orElse(null);
        ofNone = model.decoder().hasSubnormalThreshold() ? Judgement.UNDECIDED : Judgement.RIGHT;
        silenceIsOff = judgeRest(FeatureSet.EMPTY) == Judgement.RIGHT;
    }

    /** Whether a silent first layer surely turns no output on. */
    public boolean silenceIsOff() {
        return silenceIsOff;
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
        firstLayer(input, rows, count);
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
            carry(e, sum, RoundedModel.error(terms, 0, magnitude), support);
        }
    }

    /** Puts ReLU of a sum into the state, if it can be positive at all. */
    private void carry(int neuron, double sum, double error, int[] into) {
        if (sum + error > 0) {
            values[neuron] = Math.max(0, sum);
            errors[neuron] = sum >= 0 ? error : sum + error;
            into[supportCount++] = neuron;
        }
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
            double lost = weight < RoundedModel.FLUSHED ? weight * (values[r] + errors[r]) : 0;
            inherited[r] = weight * errors[r] + lost;
            magnitudes[r] = weight * (values[r] + errors[r]) + Math.abs(stage.bias()[r]);
        }
        carryAll(rows, 1);
    }

    private void matrixLayer(RoundedModel.Stage stage) {
        int rows = stage.bias().length;
        double lost = 0;
        for (int s = 0; s < supportCount; s++) {
            lost += stage.flushed() * (values[support[s]] + errors[support[s]]);
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
            double largest = value + error;
            for (int r = 0; r < rows; r++) {
                double weight = column[r];
                sums[r] += weight * value;
                inherited[r] += Math.abs(weight) * error;
                magnitudes[r] += Math.abs(weight) * largest;
            }
        }
        carryAll(rows, terms);
    }

    private void carryAll(int rows, int terms) {
        clear();
        for (int r = 0; r < rows; r++) {
            carry(r, sums[r], RoundedModel.error(terms, inherited[r], magnitudes[r]), nextSupport);
        }
        int[] swap = support;
        support = nextSupport;
        nextSupport = swap;
    }

    private Judgement decode(FeatureSet expected) {
        Judgement judgement = ofNone;
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
                magnitude += values[neuron] + errors[neuron];
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
