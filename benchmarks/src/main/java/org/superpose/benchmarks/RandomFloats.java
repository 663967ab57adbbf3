package org.superpose.benchmarks;

import java.util.random.RandomGenerator;
import org.superpose.core.random.Seed;

/** Numbers between -1 and 1, the same in every run. */
final class RandomFloats {
    private RandomFloats() {}

    static float[] of(int length, String name) {
        RandomGenerator random = new Seed(0).child(name).generator();
        float[] values = new float[length];
        for (int t = 0; t < length; t++) {
            values[t] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }
}
