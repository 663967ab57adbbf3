package org.superpose.interop.dataset;

import java.util.random.RandomGenerator;

/** Normal numbers by Marsaglia's polar method, in the strict functions of the JDK: the same bits on every machine. */
public final class Gaussian {
    private Gaussian() {}

    /** One draw of mean 0 and deviation 1. */
    public static double draw(RandomGenerator random) {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double square = u * u + v * v;
            if (square > 0 && square < 1) {
                return u * Math.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }
}
