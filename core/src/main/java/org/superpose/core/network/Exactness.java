package org.superpose.core.network;

import org.superpose.core.Reference;

/**
 * Whether float32 evaluation of a network is exact, whatever the order of summation (theory, section 7).
 *
 * <p>With whole weights, biases and inputs, every partial sum of a row is a whole number of at most {@code largestSum};
 * if that is below 2^24, no rounding can occur in any runtime.
 *
 * @param integer whether all weights and biases are whole numbers
 * @param largestSum a proven bound on |bias| + sum of |weight| x largest input, over all rows, and on every decoded sum
 */
@Reference("Section 7, exactness")
public record Exactness(boolean integer, double largestSum) {
    /** The bound below which whole numbers, sums among them, are exact in float32. */
    public static final double LIMIT = 1 << 24;

    /** True if float32 evaluation of the network is exact. */
    public boolean isExact() {
        return integer && largestSum < LIMIT;
    }

    /**
     * Bounds a network on its claimed domain by propagating the largest value that each neuron can take.
     *
     * @param maxActive v, the largest number of active features
     */
    public static Exactness of(SuperposedNetwork network, int maxActive) {
        int[] loads = network.inputCodes().loads();
        double[] largest = new double[loads.length];
        for (int e = 0; e < loads.length; e++) {
            largest[e] = Math.min(loads[e], maxActive);
        }
        boolean integer = true;
        double largestSum = maxActive;
        for (Layer layer : network.layers()) {
            integer &= layer.isInteger();
            double[] next = new double[layer.rows()];
            for (int r = 0; r < layer.rows(); r++) {
                double magnitude = Math.abs(layer.bias(r));
                double upper = layer.bias(r);
                if (layer.weights() instanceof DiagonalMatrix) {
                    float weight = layer.weights().get(r, r);
                    magnitude += Math.abs(weight) * largest[r];
                    upper += Math.max(0, weight) * largest[r];
                } else {
                    for (int c = 0; c < layer.columns(); c++) {
                        float weight = layer.weights().get(r, c);
                        magnitude += Math.abs(weight) * largest[c];
                        upper += Math.max(0, weight) * largest[c];
                    }
                }
                largestSum = Math.max(largestSum, magnitude);
                next[r] = Math.max(0, upper);
            }
            largest = next;
        }
        return new Exactness(integer, Math.max(largestSum, largestDecodedSum(network.decoder(), largest)));
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
