package org.superpose.core.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.kernel.LargestTerms;

/**
 * Whether float32 evaluation of a network is exact, whatever the order of summation (theory, section 7).
 *
 * <p>Where all weights, biases and inputs are whole multiples of a power of two, so is every partial sum of a row; if
 * all of them are below 2^24 of these units, no rounding can occur in any runtime. The unit may be another one for each
 * layer; 1 serves for whole numbers. Below the smallest normal number, which a runtime may take for zero, nothing is
 * exact: no unit and no threshold is there.
 *
 * @param largestSum a proven bound on |bias| + sum of |weight| x largest input, over all rows, and on every decoded sum
 * @param exponents e_0 = 0, e_1, ..., e_L: every value of y_t is a whole multiple of 2^e_t, and float32 is exact on
 *     them; empty if that is not proved
 */
@Reference(value = "Verification: exactness", standing = Standing.OURS)
public record Exactness(double largestSum, List<Integer> exponents) {
    /** The bound below which whole numbers, sums among them, are exact in float32. */
    public static final double LIMIT = 1 << 24;

    /** Copies the exponents. */
    public Exactness {
        exponents = List.copyOf(exponents);
    }

    /** True if float32 evaluation of the network is exact. */
    public boolean isExact() {
        return !exponents.isEmpty();
    }

    /**
     * The network in whole numbers: each value as a multiple of its unit, so that the same outputs are on. A network
     * whose units are all 1 stays what it is.
     *
     * @param network the one that this speaks of
     * @throws IllegalStateException if float32 is not exact on it
     */
    public SuperposedNetwork inWholeNumbers(SuperposedNetwork network) {
        if (!isExact()) {
            throw new IllegalStateException("float32 is not exact on the network");
        }
        return exponents.stream().allMatch(exponent -> exponent == 0) ? network : FixedPoint.scaled(network, exponents);
    }

    /**
     * Bounds a network on its claimed domain by propagating the range of values that each entry of a state can take. A
     * first layer that reads features one by one reads at most v of them that are not 0.
     *
     * @param maxActive v, the largest number of active features
     */
    public static Exactness of(SuperposedNetwork network, int maxActive) {
        double[] largestSums = largestSums(network, maxActive);
        double largestSum = Arrays.stream(largestSums).max().orElseThrow();
        if (network.decoder().hasSubnormalThreshold()) {
            return new Exactness(largestSum, List.of());
        }
        if (isInteger(network) && largestSum < LIMIT) {
            return new Exactness(largestSum, Collections.nCopies(largestSums.length, 0));
        }
        return new Exactness(
                largestSum,
                FixedPoint.exponents(network.layers())
                        .filter(exponents -> areBelowLimit(largestSums, exponents))
                        .orElse(List.of()));
    }

    private static boolean isInteger(SuperposedNetwork network) {
        return network.layers().stream().allMatch(Layer::isInteger);
    }

    private static boolean areBelowLimit(double[] largestSums, List<Integer> exponents) {
        for (int t = 0; t < largestSums.length; t++) {
            if (!(largestSums[t] < Math.min(Math.scalb(LIMIT, exponents.get(t)), Float.MAX_VALUE))) {
                return false;
            }
        }
        return true;
    }

    /** For y_0 and each layer the bound on its partial sums; that on decoded sums counts for the last layer. */
    private static double[] largestSums(SuperposedNetwork network, int maxActive) {
        int[] loads = network.inputCodes().loads();
        double[] upper = new double[loads.length];
        for (int e = 0; e < loads.length; e++) {
            upper[e] = Math.min(loads[e], maxActive);
        }
        List<Ranges> states = new ArrayList<>(List.of(new Ranges(new double[loads.length], upper)));
        double[] largestSums = new double[network.layers().size() + 1];
        largestSums[0] = maxActive;
        for (int t = 1; t < largestSums.length; t++) {
            Layer layer = network.layers().get(t - 1);
            Ranges next = new Ranges(new double[layer.rows()], new double[layer.rows()]);
            int active = t == 1 && network.inputCodes().isIdentity() ? maxActive : layer.columns();
            for (int r = 0; r < layer.rows(); r++) {
                largestSums[t] = Math.max(largestSums[t], next.boundRow(layer, r, states, active));
            }
            states.add(next);
        }
        int last = largestSums.length - 1;
        largestSums[last] = Math.max(
                largestSums[last],
                largestDecodedSum(network.decoder(), states.get(last).largest()));
        return largestSums;
    }

    /** Between which values each entry of a state lies. */
    private record Ranges(double[] lower, double[] upper) {
        double largest(int entry) {
            return Math.max(-lower[entry], upper[entry]);
        }

        double[] largest() {
            double[] largest = new double[upper.length];
            Arrays.setAll(largest, this::largest);
            return largest;
        }

        /**
         * Sets one entry from the states before; returns the bound on the partial sums that lead to it.
         *
         * @param active of so many entries that the layer reads all others are 0 on every input
         */
        double boundRow(Layer layer, int row, List<Ranges> states, int active) {
            Ranges read = states.get(states.size() - 1);
            lower[row] = layer.bias(row);
            upper[row] = layer.bias(row);
            double magnitude = Math.abs(layer.bias(row));
            if (layer.weights() instanceof DiagonalMatrix) {
                magnitude += add(row, layer.weights().get(row, row), read, row);
            } else if (active < layer.columns()) {
                magnitude += addFew(row, layer, read, active);
            } else {
                for (int c = 0; c < layer.columns(); c++) {
                    magnitude += add(row, layer.weights().get(row, c), read, c);
                }
            }
            if (layer.skip().isPresent()) {
                magnitude += add(row, 1, states.get(layer.skip().getAsInt()), row);
            }
            if (layer.hasRelu()) {
                lower[row] = 0;
                upper[row] = Math.max(0, upper[row]);
            }
            return magnitude;
        }

        /** Adds what the {@code active} entries add that count most, each of them between 0 and its upper end. */
        private double addFew(int row, Layer layer, Ranges read, int active) {
            LargestTerms rising = new LargestTerms(active);
            LargestTerms falling = new LargestTerms(active);
            LargestTerms any = new LargestTerms(active);
            for (int c = 0; c < layer.columns(); c++) {
                double most = layer.weights().get(row, c) * read.upper[c];
                rising.add(most);
                falling.add(-most);
                any.add(Math.abs(most));
            }
            lower[row] -= falling.sum(0);
            upper[row] += rising.sum(0);
            return any.sum(0);
        }

        private double add(int row, float weight, Ranges read, int entry) {
            lower[row] += weight * (weight > 0 ? read.lower[entry] : read.upper[entry]);
            upper[row] += weight * (weight > 0 ? read.upper[entry] : read.lower[entry]);
            return Math.abs(weight) * read.largest(entry);
        }
    }

    private static double largestDecodedSum(Decoder decoder, double[] largest) {
        double most = 0;
        for (int i = 0; i < decoder.outputs(); i++) {
            double sum = 0;
            for (int t = 0; t < decoder.codes().weight(i); t++) {
                sum += largest[decoder.codes().neuron(i, t)];
            }
            most = Math.max(most, sum);
        }
        return most;
    }
}
