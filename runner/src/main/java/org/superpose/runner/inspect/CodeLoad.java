package org.superpose.runner.inspect;

import java.util.Locale;
import java.util.stream.IntStream;
import org.superpose.core.network.Codes;

/**
 * How many codes the neurons are in.
 *
 * @param smallest of all neurons
 * @param mean over all neurons
 * @param largest of all neurons
 */
public record CodeLoad(int smallest, double mean, int largest) {
    /** Counts. */
    public static CodeLoad of(Codes codes) {
        var loads = IntStream.of(codes.loads()).summaryStatistics();
        return new CodeLoad(loads.getMin(), loads.getAverage(), loads.getMax());
    }

    /** For example {@code 3..11, 6.4 on average}. */
    @Override
    public String toString() {
        return smallest + ".." + largest + ", " + String.format(Locale.ROOT, "%.1f", mean) + " on average";
    }
}
