package org.superpose.core.verify.argument;

import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.RestingState;

/**
 * The form of network and instance for which pairs of features can be judged by the rows that both are contained in
 * (theory, section 7.2). Every condition is checked on the arrays; where a network says it comes from does not matter.
 *
 * <p>With W_0 in {0,1}, every input code of weight k and bias -(2k - 1), a feature adds at most k to a row, so the
 * first layer holds 1 in the rows that contain the codes of both active features, and 0 elsewhere; with one active
 * feature it is silent. The second matrix is of any whole numbers with biases that are whole and not positive, so a
 * silent first layer gives a silent second one. Values of the second layer are whole, so with thresholds of at most 1 a
 * row is on iff it is not 0. All sums are whole numbers far below 2^24, so that float32 is exact. A second layer of
 * whole multiples of another power of two is taken in these units.
 *
 * <p>Any map will do that is silent where such a network is, with at most one active feature: AND gates of two inputs
 * or more, majorities, {@code exactly(2)}, a AND b AND NOT c, truth tables, and layers of these. An output that is on
 * for a and b then depends on both, since with either alone it is off; so the pairs on which the map is not silent are
 * among those that an output depends on. A map that is on for less is left to others, which refute such a network at
 * once.
 */
public final class ClippedPairForm {
    private ClippedPairForm() {}

    /** Whether instance and network have the form. */
    public static Acceptance accepts(BuiltNetwork built) {
        return acceptsInstance(built.instance())
                .and(() -> acceptsFirstLayer(built.network()))
                .and(() -> acceptsSecondLayer(built.network(), inWholeNumbers(built)));
    }

    /** The network in whole numbers; as it is where float32 is not exact on it. */
    public static SuperposedNetwork inWholeNumbers(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        if (network.layers().get(1).isInteger()) {
            return network;
        }
        Exactness exactness = Exactness.of(network, built.instance().maxActive());
        return exactness.isExact() ? exactness.inWholeNumbers(network) : network;
    }

    private static Acceptance acceptsInstance(ProblemInstance instance) {
        if (instance.maxActive() > 2) {
            return Acceptance.rejected("up to " + instance.maxActive() + " features may be active, not 2");
        }
        Gates gates = instance.layers().get(0);
        if (!instance.isLayered() && gates.areAll(GateFunction.AND) && gates.minFanIn() > 1) {
            return Acceptance.accepted(); // two inputs at least turn each gate on
        }
        RestingState rest = RestingState.of(instance);
        if (!rest.outputs().isEmpty()) {
            return Acceptance.rejected("output " + rest.outputs().get(0)
                    + " is on while nothing is active, where a network of this form is silent");
        }
        for (int a = 0; a < instance.inputs(); a++) {
            FeatureSet on = rest.changes(FeatureSet.of(a));
            if (!on.isEmpty()) {
                return Acceptance.rejected("output " + on.get(0) + " is on while only feature " + a
                        + " is active, where a network of this form is silent");
            }
        }
        return Acceptance.accepted();
    }

    private static Acceptance acceptsFirstLayer(SuperposedNetwork network) {
        Optional<String> departure = network.departure();
        if (departure.isPresent()) {
            return Acceptance.rejected(departure.get() + ", but the argument is about two layers of clipped channels");
        }
        if (network.layers().size() != 2) {
            return Acceptance.rejected("the network has " + network.layers().size() + " layers, not two");
        }
        Codes codes = network.inputCodes();
        int weight = codes.maxWeight();
        if (codes.minWeight() != weight) {
            return Acceptance.rejected("the input codes have weights from " + codes.minWeight() + " to " + weight);
        }
        Layer first = network.layers().get(0);
        if (!(first.weights() instanceof BitMatrix bits) || !bits.isZeroOne()) {
            return Acceptance.rejected("the first matrix is not a 0/1 bit matrix");
        }
        for (int e = 0; e < first.rows(); e++) {
            if (first.bias(e) != 1 - 2 * weight) {
                return Acceptance.rejected("the bias of row " + e + " of the first layer is " + first.bias(e) + ", not "
                        + (1 - 2 * weight));
            }
        }
        return Acceptance.accepted();
    }

    /** @param whole the network in whole numbers, if it can be */
    private static Acceptance acceptsSecondLayer(SuperposedNetwork network, SuperposedNetwork whole) {
        Decoder decoder = network.decoder();
        if (!decoder.isByRow()) {
            return Acceptance.rejected("the decoder sums the rows of a code");
        }
        if (decoder.hasSubnormalThreshold()) {
            return Acceptance.rejected("a threshold is below the smallest normal float32 number");
        }
        for (int i = 0; i < decoder.outputs(); i++) {
            if (whole.decoder().threshold(i) > 1) {
                return Acceptance.rejected("the threshold of output " + i + " is " + decoder.threshold(i) + ", above 1"
                        + (whole == network ? "" : " unit of the second layer"));
            }
        }
        Layer second = whole.layers().get(1);
        if (!second.isInteger()) {
            return Acceptance.rejected("the second layer is not in whole numbers");
        }
        double largest = 0;
        for (int f = 0; f < second.rows(); f++) {
            if (second.bias(f) > 0) {
                return Acceptance.rejected("the bias of row " + f + " of the second layer is "
                        + network.layers().get(1).bias(f) + ", above 0");
            }
            largest = Math.max(largest, -second.bias(f));
        }
        if (largest + largestRowSum(second.weights()) >= Exactness.LIMIT) {
            return Acceptance.rejected("sums of the second layer may reach 2^24");
        }
        return Acceptance.accepted();
    }

    /** A bound on the sum of absolute weights of a row. */
    private static double largestRowSum(WeightMatrix weights) {
        if (weights instanceof BitMatrix bits) {
            return (double) bits.columns() * Math.max(Math.abs(bits.clearValue()), Math.abs(bits.setValue()));
        }
        double largest = 0;
        float[] row = new float[weights.columns()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.copyRow(r, row);
            double sum = 0;
            for (float weight : row) {
                sum += Math.abs(weight);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
