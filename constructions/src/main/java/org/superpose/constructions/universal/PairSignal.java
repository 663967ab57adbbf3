package org.superpose.constructions.universal;

import java.util.stream.IntStream;
import org.superpose.core.Reference;

/** The expected readout of an active pair from ReLU neurons with random signs. */
@Reference(value = "Section 5a, random universal AND", source = "arXiv 2408.05451")
final class PairSignal {
    private PairSignal() {}

    /**
     * c(s) = (h(2) - 2 h(0) + h(-2)) / 4: 0.5, 0.25, 0.25, 0.1875, 0.1875 for s = 2..6. Without a pair of active inputs the
     * readout is 0 on average.
     *
     * @param active s, the number of active features, at least 2
     */
    static double scale(int active) {
        return (expectedRelu(2, active - 2) - 2 * expectedRelu(0, active - 2) + expectedRelu(-2, active - 2)) / 4;
    }

    /** The smallest c(s) for 2 <= s <= v. */
    static double leastScale(int maxActive) {
        return IntStream.rangeClosed(2, Math.max(2, maxActive))
                .mapToDouble(PairSignal::scale)
                .min()
                .orElseThrow();
    }

    /** h(a): the expected ReLU(a + sum of independent signs). */
    private static double expectedRelu(int start, int signs) {
        double probability = Math.pow(2, -signs);
        double expected = 0;
        for (int positive = 0; positive <= signs; positive++) {
            expected += probability * Math.max(0, start + 2 * positive - signs);
            probability = probability * (signs - positive) / (positive + 1);
        }
        return expected;
    }
}
