package org.superpose.core.verify.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.LargestTerms;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.verify.arithmetic.RoundedModel;

/**
 * How far the value of an output, as {@link BlockEvaluation} computes it, may be from that of any float32 evaluation of
 * the network, on every input of the domain at once.
 *
 * <p>Both are compared with the value in real numbers. A sum of c products and up to two more terms, in any order and
 * with or without fused multiply-add, is off by at most gamma_{c+3} times the sum of the absolute terms, where gamma_c
 * = c u / (1 - c u) and u = 2^-24; what its terms are off by comes on top, and so does what a runtime loses that takes
 * numbers below the smallest normal one for zero ({@link RoundedModel#error}). Magnitudes come from intervals that hold
 * every value of a neuron.
 */
@Reference(value = "Verification: exactness", standing = Standing.OURS)
public final class RoundingBounds {
    private static final double UNIT = 0x1p-24;
    /** For the double arithmetic in which the bounds and the folded columns are computed. */
    private static final double SLACK = 1 + 0x1p-20;

    private final float[] bounds;
    private final float largest;

    /** Of a network on a domain; {@code start} and {@code readout} are its own. */
    RoundingBounds(SuperposedNetwork network, InputDomain domain, AffineStart start, Readout readout) {
        this.bounds = new float[readout.outputs()];
        Exactness exactness = Exactness.of(network, domain.maxActive());
        if (exactness.isExact() && start.isExact(exactness)) {
            this.largest = 0;
            return;
        }
        State last = propagate(network, domain, start);
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Math.nextUp((float) (bound(readout, i, last) * SLACK));
        }
        float most = 0;
        for (float bound : bounds) {
            most = Float.isNaN(bound) ? Float.POSITIVE_INFINITY : Math.max(most, bound);
        }
        this.largest = most;
    }

    /** What is known of a state on every input: its entries lie in low..high, and how far computed ones may be off. */
    private record State(double[] low, double[] high, double[] errors, double[] ownErrors) {
        double most(int entry) {
            return Math.max(Math.abs(low[entry]), Math.abs(high[entry]));
        }
    }

    private static State propagate(SuperposedNetwork network, InputDomain domain, AffineStart start) {
        List<State> states = new ArrayList<>();
        states.add(encoded(network.inputCodes(), domain.maxActive()));
        double[] firstMagnitudes = firstMagnitudes(network, domain.maxActive());
        for (int t = 0; t < network.layers().size(); t++) {
            State next = next(network.layers().get(t), states, t == 0 ? firstMagnitudes : null);
            states.add(t > start.layer() ? next : withFoldedSums(next, t, start, domain.maxActive()));
        }
        return states.get(states.size() - 1);
    }

    private static State encoded(Codes codes, int maxActive) {
        double[] high = Arrays.stream(codes.loads())
                .mapToDouble(load -> Math.min(load, maxActive))
                .toArray();
        double[] none = new double[high.length];
        return new State(none, high, none, none);
    }

    /** The sum of the absolute products of each row of the first layer, with the v features that make it largest. */
    private static double[] firstMagnitudes(SuperposedNetwork network, int maxActive) {
        Layer first = network.layers().get(0);
        Codes codes = network.inputCodes();
        double[] magnitudes = new double[first.rows()];
        for (int r = 0; r < magnitudes.length; r++) {
            LargestTerms largest = new LargestTerms(maxActive);
            for (int j = 0; j < codes.features(); j++) {
                double ofFeature = 0;
                for (int t = 0; t < codes.weight(j); t++) {
                    ofFeature += Math.abs(first.weights().get(r, codes.neuron(j, t)));
                }
                largest.add(ofFeature);
            }
            magnitudes[r] = largest.sum(0);
        }
        return magnitudes;
    }

    /** @param magnitudes the sums of absolute products of the rows, or null to take the intervals of what is read */
    private static State next(Layer layer, List<State> states, double[] magnitudes) {
        State x = states.get(states.size() - 1);
        State skipped = layer.skip().isPresent() ? states.get(layer.skip().getAsInt()) : null;
        int rows = layer.rows();
        State y = new State(new double[rows], new double[rows], new double[rows], new double[rows]);
        boolean isDiagonal = layer.weights() instanceof DiagonalMatrix;
        int terms = (isDiagonal ? 1 : layer.columns()) + 1; // the skip, if there is one
        for (int r = 0; r < rows; r++) {
            double low = layer.bias(r);
            double high = low;
            double magnitude = Math.abs(low);
            double inherited = 0;
            double ownInherited = 0;
            double ownMagnitude = magnitude;
            for (int c = isDiagonal ? r : 0; c < (isDiagonal ? r + 1 : layer.columns()); c++) {
                double weight = layer.weights().get(r, c);
                low += Math.min(weight * x.low[c], weight * x.high[c]);
                high += Math.max(weight * x.low[c], weight * x.high[c]);
                inherited += Math.abs(weight) * x.errors[c];
                ownInherited += Math.abs(weight) * x.ownErrors[c];
                double most = Math.abs(weight) * x.most(c);
                inherited += Math.abs(weight) < RoundedModel.FLUSHED ? most + Math.abs(weight) * x.errors[c] : 0;
                magnitude += magnitudes == null ? most + Math.abs(weight) * x.errors[c] : 0;
                ownMagnitude += most + Math.abs(weight) * x.ownErrors[c];
            }
            if (magnitudes != null) {
                double bias = layer.bias(r);
                magnitude += magnitudes[r];
                low = Math.max(low, bias - magnitudes[r]);
                high = Math.min(high, bias + magnitudes[r]);
            }
            if (skipped != null) {
                low += skipped.low[r];
                high += skipped.high[r];
                inherited += skipped.errors[r];
                ownInherited += skipped.ownErrors[r];
                magnitude += skipped.most(r) + skipped.errors[r];
                ownMagnitude += skipped.most(r) + skipped.ownErrors[r];
            }
            y.errors[r] = error(terms, inherited, magnitude);
            y.ownErrors[r] = error(terms, ownInherited, ownMagnitude);
            y.low[r] = layer.hasRelu() ? Math.max(0, low) : low;
            y.high[r] = layer.hasRelu() ? Math.max(0, high) : high;
        }
        return y;
    }

    private static double error(int terms, double inherited, double magnitude) {
        // Where a sum may overflow, nothing is known of it.
        return magnitude < Float.MAX_VALUE / 4
                ? RoundedModel.error(terms, inherited, magnitude)
                : Double.POSITIVE_INFINITY;
    }

    /** Up to the first ReLU, own values are sums of v columns and their rest, each of which is rounded once. */
    private static State withFoldedSums(State state, int t, AffineStart start, int maxActive) {
        double[] own = new double[state.low.length];
        int offset = t == start.layer() ? 0 : start.offset(t + 1);
        for (int r = 0; offset >= 0 && r < own.length; r++) {
            own[r] = error(maxActive + 1, 0, start.magnitude(offset + r));
        }
        return new State(state.low, state.high, state.errors, own);
    }

    private static double bound(Readout readout, int output, State last) {
        Codes codes = readout.codes();
        int weight = codes.weight(output);
        double errors = 0;
        double magnitude = 0;
        double most = 0;
        for (int t = 0; t < weight; t++) {
            int neuron = codes.neuron(output, t);
            double both = last.errors[neuron] + last.ownErrors[neuron];
            errors += both;
            most = Math.max(most, both);
            magnitude += last.most(neuron) + both;
        }
        double thresholds = Math.abs(readout.on(output)) + Math.abs(readout.off(output));
        // The margin is computed in float32 too: one more rounding of a value and a threshold.
        if (readout.isLeast() || weight == 1) {
            return most + 2 * UNIT * (magnitude + thresholds) + Float.MIN_NORMAL;
        }
        return errors + 2 * (weight + 3) * UNIT * (magnitude + thresholds) + (weight + 3) * (double) Float.MIN_NORMAL;
    }

    /** How far the computed margin of an output may be from that of any float32 evaluation; 0 if nothing rounds. */
    public float of(int output) {
        return bounds[output];
    }

    /** The largest of them. */
    public float largest() {
        return largest;
    }
}
