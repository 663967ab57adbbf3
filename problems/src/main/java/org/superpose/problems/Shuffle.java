package org.superpose.problems;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Uniformly random orders (Fisher and Yates). */
final class Shuffle {
    private Shuffle() {}

    /** The numbers 0..size-1 in random order. */
    static int[] permutation(int size, RandomGenerator random) {
        int[] order = IntStream.range(0, size).toArray();
        inPlace(order, random);
        return order;
    }

    static void inPlace(int[] values, RandomGenerator random) {
        for (int last = values.length - 1; last > 0; last--) {
            int chosen = random.nextInt(last + 1);
            int value = values[chosen];
            values[chosen] = values[last];
            values[last] = value;
        }
    }

    /** The blocks of {@code size} consecutive values in random order: gates of one fan-in get random output labels. */
    static int[] blocks(int[] values, int size, RandomGenerator random) {
        int[] order = permutation(values.length / size, random);
        int[] shuffled = new int[values.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(values, order[i] * size, shuffled, i * size, size);
        }
        return shuffled;
    }
}
