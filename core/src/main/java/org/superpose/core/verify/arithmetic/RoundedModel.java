package org.superpose.core.verify.arithmetic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.network.Activation;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;

/**
 * A network whose float32 arithmetic rounds, by columns, with what the rounding bound needs. Immutable.
 *
 * <p>The bound holds for any order of summation and with or without fused multiply-add: a sum of c products and a bias
 * is computed with an error of at most gamma_{c+2} (|W| |y| + |b|), where gamma_c = c u / (1 - c u) and u = 2^-24;
 * terms with y = 0 are exact and do not count, and a skip is one product more. Any number below the smallest normal one
 * may be taken for zero, wherever it is read or written: a weight, a bias, a threshold, a product, a partial sum, a
 * value.
 */
public final class RoundedModel {
    /** What is lost with a number that a runtime takes for zero. */
    public static final double FLUSHED = Float.MIN_NORMAL;

    /** Half a unit in the last place of 1. */
    private static final double UNIT = 0x1p-24;

    /**
     * A factor for the rounding of the double arithmetic in which centre and bound are computed: 2^-29 of what is
     * bounded.
     */
    private static final double SLACK = 1 + 0x1p-20;

    private final Codes inputCodes;
    private final Decoder decoder;
    private final Codes.Inverse outputsOfNeuron;
    private final List<Stage> stages;
    private final float[][] featureColumns;
    private final float silenceBound;
    private final Optional<SecondLayerBound> secondLayerBound;

    /** Whether sums may overflow to infinity on a network, so that no rounding bound holds. */
    public static boolean mayOverflow(Exactness exactness) {
        return !(exactness.largestSum() < Float.MAX_VALUE / 4);
    }

    /**
     * How much the neurons of the first layer can raise the sums of the second.
     *
     * @param highest the largest positive weight of each column, or 0
     * @param largest the largest absolute weight of each column
     * @param largestBias the largest absolute bias
     * @param gap how far every bias is below zero, positive
     */
    record SecondLayerBound(double[] highest, double[] largest, double largestBias, double gap) {}

    /**
     * One layer.
     *
     * @param columns W by columns, or null if it is diagonal
     * @param diagonal the diagonal of W, or null if it is not diagonal
     * @param bias b
     * @param activation what becomes of the sums
     * @param skip the index of the state that is added, 0 for y_0
     * @param flushed a bound on the weights that a runtime may take for zero: 0 if there are none
     */
    record Stage(
            float[][] columns,
            float[] diagonal,
            float[] bias,
            Activation activation,
            OptionalInt skip,
            double flushed) {}

    /**
     * Prepares a network, for which {@link #mayOverflow} is false.
     *
     * @param maxActive v
     * @param maxFloats the most memory to spend on one precomputed column W_0 E(j) for each feature
     */
    public RoundedModel(SuperposedNetwork network, int maxActive, long maxFloats) {
        this.inputCodes = network.inputCodes();
        this.decoder = network.decoder();
        this.outputsOfNeuron = decoder.codes().inverse();
        boolean[] isFirst = {true};
        this.stages = network.layers().stream()
                .map(layer -> {
                    Stage stage = stageOf(layer, isFirst[0]);
                    isFirst[0] = false;
                    return stage;
                })
                .toList();
        int rows = stages.get(0).bias().length;
        boolean affordable = (long) inputCodes.features() * rows <= maxFloats;
        this.featureColumns = affordable ? new float[inputCodes.features()][rows] : null;
        float bound = prepareFeatures(maxActive);
        // Without ReLU no sum is silent, and what the first layer adds of y_0 is not in its columns.
        this.silenceBound = network.layers().get(0).isPlain() ? bound : Float.NEGATIVE_INFINITY;
        this.secondLayerBound = network.departure().isPresent() ? Optional.empty() : boundSecondLayer();
    }

    private Optional<SecondLayerBound> boundSecondLayer() {
        if (stages.size() < 2 || stages.get(1).diagonal() != null) {
            return Optional.empty();
        }
        Stage second = stages.get(1);
        double gap = Double.POSITIVE_INFINITY;
        double largestBias = 0;
        for (float bias : second.bias()) {
            gap = Math.min(gap, -bias);
            largestBias = Math.max(largestBias, Math.abs(bias));
        }
        if (!(gap > 0)) {
            return Optional.empty();
        }
        double[] highest = new double[second.columns().length];
        double[] largest = new double[highest.length];
        for (int e = 0; e < highest.length; e++) {
            for (float weight : second.columns()[e]) {
                highest[e] = Math.max(highest[e], weight);
                largest[e] = Math.max(largest[e], Math.abs(weight));
            }
        }
        return Optional.of(new SecondLayerBound(highest, largest, largestBias, gap));
    }

    /** The bound, or empty where the second layer is not silent by a margin when the first is. */
    Optional<SecondLayerBound> secondLayerBound() {
        return secondLayerBound;
    }

    private static Stage stageOf(Layer layer, boolean isFirst) {
        WeightMatrix weights = layer.weights();
        if (weights instanceof DiagonalMatrix diagonal && !isFirst) {
            float[] entries = diagonal.diagonal();
            return new Stage(null, entries, layer.bias(), layer.activation(), layer.skip(), flushed(entries));
        }
        float[][] columns = weights.byColumn();
        return new Stage(columns, null, layer.bias(), layer.activation(), layer.skip(), flushed(columns));
    }

    private static double flushed(float[]... entries) {
        for (float[] some : entries) {
            for (float entry : some) {
                if (entry != 0 && Math.abs(entry) < Float.MIN_NORMAL) {
                    return FLUSHED;
                }
            }
        }
        return 0;
    }

    /**
     * Fills the columns of the features; returns the bound at or below which a computed first-layer sum is proved not
     * to fire.
     */
    private float prepareFeatures(int maxActive) {
        Stage first = stages.get(0);
        double largest = 0;
        double[] magnitudes = new double[first.bias().length];
        double[] most = new double[magnitudes.length];
        for (int j = 0; j < inputCodes.features(); j++) {
            Arrays.fill(magnitudes, 0);
            for (int t = 0; t < inputCodes.weight(j); t++) {
                float[] column = first.columns()[inputCodes.neuron(j, t)];
                for (int e = 0; e < magnitudes.length; e++) {
                    magnitudes[e] += Math.abs(column[e]);
                }
            }
            for (int e = 0; e < magnitudes.length; e++) {
                most[e] = Math.max(most[e], magnitudes[e]);
            }
            if (featureColumns != null) {
                addFeature(j, featureColumns[j]);
            }
        }
        for (int e = 0; e < most.length; e++) {
            largest = Math.max(largest, maxActive * most[e] + Math.abs(first.bias()[e]));
        }
        // Twice: this runtime's sum is one error away from the exact one, any other runtime's another.
        double bound = 2 * error(maxActive * inputCodes.maxWeight(), 0, largest) * SLACK;
        return -Math.nextUp((float) bound);
    }

    /**
     * A bound on the distance between any float32 evaluation of a sum and the centre computed in double.
     *
     * <p>For each term a factor of 1, a product and a partial sum may be taken for zero, then the bias and the result.
     *
     * @param terms the number of products that may differ from zero
     * @param inherited sum of |weight| x error of the value, and of what weights taken for zero lose times other values
     *     than 1
     * @param magnitude sum of |weight| x largest possible value, plus |bias|
     */
    public static double error(int terms, double inherited, double magnitude) {
        double gamma = (terms + 2) * UNIT / (1 - (terms + 2) * UNIT);
        return (inherited + gamma * magnitude) * SLACK + (4.0 * terms + 4) * FLUSHED;
    }

    Codes inputCodes() {
        return inputCodes;
    }

    /** m, the number of input features. */
    public int features() {
        return inputCodes.features();
    }

    Decoder decoder() {
        return decoder;
    }

    Codes.Inverse outputsOfNeuron() {
        return outputsOfNeuron;
    }

    List<Stage> stages() {
        return stages;
    }

    /** The sums of the first layer on the empty input; a live array. */
    public float[] firstBias() {
        return stages.get(0).bias();
    }

    /**
     * A first-layer sum computed in float32 at or below this is at or below zero in any float32 evaluation, and ReLU
     * makes it 0; minus infinity where the first layer is not just ReLU(W y_0 + b).
     */
    public float silenceBound() {
        return silenceBound;
    }

    /** Whether {@link #featureColumn} needs no scratch array. */
    public boolean hasFeatureColumns() {
        return featureColumns != null;
    }

    /** The column W_0 E(j) of a feature: precomputed, or in the scratch array. */
    public float[] featureColumn(int feature, float[] scratch) {
        if (featureColumns != null) {
            return featureColumns[feature];
        }
        Arrays.fill(scratch, 0);
        addFeature(feature, scratch);
        return scratch;
    }

    private void addFeature(int feature, float[] sums) {
        for (int t = 0; t < inputCodes.weight(feature); t++) {
            float[] column = stages.get(0).columns()[inputCodes.neuron(feature, t)];
            for (int e = 0; e < sums.length; e++) {
                sums[e] += column[e];
            }
        }
    }
}
