package org.superpose.core.verify;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;

/** Networks whose layers are scaled by powers of two, which changes no output as long as nothing underflows. */
public final class PowersOfTwo {
    private PowersOfTwo() {}

    /**
     * The network with every value of layer t times 2^exponents[t], and thresholds to match; a matrix that is not
     * scaled stays of its kind.
     */
    public static SuperposedNetwork scaled(SuperposedNetwork network, int... exponents) {
        List<Layer> layers = new ArrayList<>();
        int before = 0;
        for (int t = 0; t < exponents.length; t++) {
            Layer layer = network.layers().get(t);
            float[] bias = layer.bias();
            for (int r = 0; r < bias.length; r++) {
                bias[r] = times(bias[r], exponents[t]);
            }
            layers.add(new Layer(scaled(layer.weights(), exponents[t] - before), bias));
            before = exponents[t];
        }
        float[] thresholds = network.decoder().thresholds();
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] = times(thresholds[i], before);
        }
        Decoder decoder = network.decoder();
        return network.withLayers(layers).withDecoder(new Decoder(decoder.codes(), decoder.kind(), thresholds));
    }

    /** The same, of a pair. */
    public static BuiltNetwork scaled(BuiltNetwork built, int... exponents) {
        return new BuiltNetwork(built.instance(), scaled(built.network(), exponents));
    }

    private static float times(float value, int exponent) {
        return (float) (value * Math.pow(2, exponent));
    }

    private static WeightMatrix scaled(WeightMatrix weights, int exponent) {
        if (exponent == 0) {
            return weights;
        }
        if (weights instanceof DiagonalMatrix matrix) {
            float[] diagonal = matrix.diagonal();
            for (int r = 0; r < diagonal.length; r++) {
                diagonal[r] = times(diagonal[r], exponent);
            }
            return new DiagonalMatrix(diagonal);
        }
        if (weights instanceof BitMatrix bits && exponent > 0 && exponent < 10) {
            return bits.withValues(bits.clearValue() << exponent, bits.setValue() << exponent);
        }
        float[] values = new float[weights.rows() * weights.columns()];
        for (int t = 0; t < values.length; t++) {
            values[t] = times(weights.get(t / weights.columns(), t % weights.columns()), exponent);
        }
        return new DenseMatrix(weights.rows(), weights.columns(), values);
    }
}
