package org.superpose.constructions.universal;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * The expected readout of a pair from ReLU neurons with random signs, y = ReLU(sum of the signs of the s active
 * features), and how far it strays.
 *
 * <p>The neurons of one layer are independent, so the variances are exact, not only to leading order, over the draw of
 * the layer. That of the plain signed mean is E y^2 = s / 2 (half of the second moment s of the sum, by symmetry) less
 * the square of the mean, so half of the s / (c^2 d) that is quoted for it.
 */
@Reference(value = "Random universal AND", standing = Standing.ATTESTED, source = "arXiv 2408.05451")
final class PairSignal {
    private PairSignal() {}

    /**
     * c(s) = (h(2) - 2 h(0) + h(-2)) / 4: 0.5, 0.25, 0.25, 0.1875, 0.1875 for s = 2..6. Without a pair of active inputs
     * the readout is 0 on average.
     *
     * @param active s, the number of active features, at least 2
     */
    static double scale(int active) {
        return (expectedRelu(2, active - 2) - 2 * expectedRelu(0, active - 2) + expectedRelu(-2, active - 2)) / 4;
    }

    /** The smallest c(s) for s = 2..v. */
    static double leastScale(int maxActive) {
        return IntStream.rangeClosed(2, Math.max(2, maxActive))
                .mapToDouble(PairSignal::scale)
                .min()
                .orElseThrow();
    }

    /**
     * The variance of the mean over d neurons of A[e, a] A[e, b] y[e], divided by c(s).
     *
     * @param active s, the number of active features, at least 2
     * @param ofPair how many of them are in the pair, 0 to 2
     */
    static double signedMeanVariance(int active, int ofPair, int neurons) {
        double scale = scale(active);
        return (active / 2.0 - (ofPair == 2 ? scale * scale : 0)) / (scale * scale * neurons);
    }

    /**
     * The variance of A - B1 - B2 + C, divided by 4 c(s), where each of the four is the mean over the neurons with
     * given signs at the pair.
     *
     * @param active s, the number of active features, at least 2
     * @param ofPair how many of them are in the pair, 0 to 2
     * @param inverseCount the mean of 1 / (number of neurons of a kind)
     */
    static double classMeansVariance(int active, int ofPair, double inverseCount) {
        int others = active - ofPair;
        double variances = switch (ofPair) {
            case 2 -> reluVariance(2, others) + 2 * reluVariance(0, others) + reluVariance(-2, others);
            case 1 -> 2 * (reluVariance(1, others) + reluVariance(-1, others));
            default -> 4 * reluVariance(0, others);
        };
        double scale = 4 * scale(active);
        return variances * inverseCount / (scale * scale);
    }

    /** h(a): the expected ReLU(a + sum of independent signs). */
    private static double expectedRelu(int start, int signs) {
        return expected(start, signs, sum -> Math.max(0, sum));
    }

    private static double reluVariance(int start, int signs) {
        double mean = expectedRelu(start, signs);
        return Math.max(0, expected(start, signs, sum -> Math.max(0, sum) * Math.max(0, sum)) - mean * mean);
    }

    /** The expectation of a function of a + sum of independent signs. */
    private static double expected(int start, int signs, DoubleUnaryOperator function) {
        double probability = Math.pow(2, -signs);
        double expected = 0;
        for (int positive = 0; positive <= signs; positive++) {
            expected += probability * function.applyAsDouble(start + 2 * positive - signs);
            probability = probability * (signs - positive) / (positive + 1);
        }
        return expected;
    }
}
