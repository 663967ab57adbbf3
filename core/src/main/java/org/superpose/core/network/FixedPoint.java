package org.superpose.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fixed-point formats of a network: for y_0 and each y_t a power of two of which all its values, and all partial sums
 * that lead to them, are whole multiples. Every float32 weight is dyadic, so there always are some; they are of use
 * where sums stay below 2^24 of them, and where none of them is below the smallest normal number.
 */
final class FixedPoint {
    /** Of a number that is a multiple of every power of two: zero. */
    private static final int ANY = Integer.MAX_VALUE;

    private static final int MANTISSA_BITS = 23;

    private FixedPoint() {}

    /**
     * The exponents e_0 = 0, e_1, ..., e_L of the largest such powers, or empty if a weight, a bias or a unit is
     * subnormal, a weight is not below 2^24 units, or a skip adds a state in another unit than that of the sum.
     */
    static Optional<List<Integer>> exponents(List<Layer> layers) {
        List<Integer> exponents = new ArrayList<>(List.of(0));
        for (Layer layer : layers) {
            int before = exponents.get(exponents.size() - 1);
            Entries weights = entries(layer.weights());
            Entries bias = Entries.NONE;
            for (int r = 0; r < layer.rows(); r++) {
                bias = bias.with(layer.bias(r));
            }
            if (weights.exponent() < Float.MIN_EXPONENT || bias.exponent() < Float.MIN_EXPONENT) {
                return Optional.empty();
            }
            int products = weights.exponent() == ANY ? ANY : before + weights.exponent();
            int added = layer.skip().isPresent() ? exponents.get(layer.skip().getAsInt()) : ANY;
            int own = Math.min(Math.min(products, bias.exponent()), added);
            own = own == ANY ? 0 : own;
            boolean fits = weights.largest() * Math.scalb(1.0, before - own) < Exactness.LIMIT;
            if (own < Float.MIN_EXPONENT || !fits || added != ANY && added != own) {
                return Optional.empty();
            }
            exponents.add(own);
        }
        return Optional.of(exponents);
    }

    /**
     * The same network with all values as multiples of their unit: whole weights, biases and thresholds.
     *
     * @param exponents with which every value that is not zero is from 1 to below 2^24 units
     */
    static SuperposedNetwork scaled(SuperposedNetwork network, List<Integer> exponents) {
        List<Layer> layers = new ArrayList<>();
        for (int t = 0; t < network.layers().size(); t++) {
            layers.add(scaled(network.layers().get(t), exponents.get(t), exponents.get(t + 1)));
        }
        double unit = Math.scalb(1.0, exponents.get(layers.size()));
        return network.withLayers(layers).withDecoder(scaled(network.decoder(), unit));
    }

    /** Thresholds as whole numbers, which decide the same of whole numbers below 2^24 units. */
    private static Decoder scaled(Decoder decoder, double unit) {
        float[] on = decoder.thresholds();
        float[] off = decoder.offThresholds();
        for (int i = 0; i < on.length; i++) {
            boolean single = decoder.isSingle(i);
            on[i] = clamped(Math.ceil(on[i] / unit));
            off[i] = single ? on[i] : clamped(Math.floor(off[i] / unit));
        }
        return new Decoder(decoder.codes(), decoder.kind(), on, off);
    }

    private static float clamped(double value) {
        return (float) Math.max(-Exactness.LIMIT, Math.min(Exactness.LIMIT, value));
    }

    private static Layer scaled(Layer layer, int before, int own) {
        float[] bias = layer.bias();
        for (int r = 0; r < bias.length; r++) {
            bias[r] = (float) Math.scalb((double) bias[r], -own);
        }
        return layer.withWeights(scaled(layer.weights(), before - own)).withBias(bias);
    }

    private static WeightMatrix scaled(WeightMatrix weights, int exponent) {
        if (exponent == 0) {
            return weights;
        }
        if (weights instanceof DiagonalMatrix matrix) {
            float[] diagonal = matrix.diagonal();
            scale(diagonal, exponent);
            return new DiagonalMatrix(diagonal);
        }
        if (weights instanceof BitMatrix bits) {
            double clear = Math.scalb((double) bits.clearValue(), exponent);
            double set = Math.scalb((double) bits.setValue(), exponent);
            if ((short) clear == clear && (short) set == set) {
                return bits.withValues((int) clear, (int) set);
            }
        }
        float[] values = new float[Math.multiplyExact(weights.rows(), weights.columns())];
        float[] row = new float[weights.columns()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.copyRow(r, row);
            scale(row, exponent);
            System.arraycopy(row, 0, values, r * row.length, row.length);
        }
        return new DenseMatrix(weights.rows(), weights.columns(), values);
    }

    private static void scale(float[] values, int exponent) {
        for (int t = 0; t < values.length; t++) {
            values[t] = (float) Math.scalb((double) values[t], exponent);
        }
    }

    private static Entries entries(WeightMatrix weights) {
        if (weights instanceof BitMatrix bits) {
            return Entries.NONE.with(bits.clearValue()).with(bits.setValue());
        }
        if (weights instanceof DiagonalMatrix matrix) {
            return Entries.NONE.with(matrix.diagonal());
        }
        Entries entries = Entries.NONE;
        float[] row = new float[weights.columns()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.copyRow(r, row);
            entries = entries.with(row);
        }
        return entries;
    }

    /**
     * What is known of some numbers.
     *
     * @param exponent that of the largest power of two of which all are whole multiples
     * @param largest absolute value
     */
    private record Entries(int exponent, double largest) {
        private static final Entries NONE = new Entries(ANY, 0);

        private Entries with(float... values) {
            int exponent = this.exponent;
            float largest = (float) this.largest;
            for (float value : values) {
                if (value != 0) {
                    int mantissa = Float.floatToRawIntBits(value) | 1 << MANTISSA_BITS;
                    int own = Math.getExponent(value) - MANTISSA_BITS + Integer.numberOfTrailingZeros(mantissa);
                    exponent = Math.min(exponent, own);
                    largest = Math.max(largest, Math.abs(value));
                }
            }
            return new Entries(exponent, largest);
        }
    }
}
