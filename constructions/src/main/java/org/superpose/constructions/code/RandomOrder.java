package org.superpose.constructions.code;

import java.util.random.RandomGenerator;

/** A uniformly random order (Fisher and Yates, from the inside out). */
public final class RandomOrder {
    private RandomOrder() {}

    /** The numbers 0..size-1 in random order. */
    public static int[] of(int size, RandomGenerator random) {
        int[] order = new int[size];
        for (int t = 0; t < size; t++) {
            int other = random.nextInt(t + 1);
            order[t] = order[other];
            order[other] = t;
        }
        return order;
    }
}
