package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What the loss of each output is multiplied by: once most outputs are right, those that are not count for more and
 * more until they are. Mutable.
 */
final class Emphasis {
    /** The part of all outputs up to which wrong ones are emphasised. */
    private static final float MOST_EMPHASISED = 0.3f;
    /** What a wrong output's loss is multiplied by after every test, at most up to 64. */
    private static final float FACTOR = 2;

    private static final float RELIEF = 0.8f;
    private static final float MOST = 64;

    private final float[] factors;

    /** The same for all outputs. */
    Emphasis(int outputs) {
        this.factors = new float[outputs];
        Arrays.fill(factors, 1);
    }

    float of(int output) {
        return factors[output];
    }

    /** Follows a test that found {@code count} outputs wrong. */
    void follow(IntPredicate isWrong, int count) {
        boolean few = count <= MOST_EMPHASISED * factors.length;
        for (int i = 0; i < factors.length; i++) {
            factors[i] =
                    few && isWrong.test(i) ? Math.min(MOST, factors[i] * FACTOR) : Math.max(1, factors[i] * RELIEF);
        }
    }
}
