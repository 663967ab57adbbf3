package org.superpose.constructions.trained.network;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** Inputs on which some output came near its threshold or beyond; of too many the earliest are forgotten. Mutable. */
final class HardInputs {
    private final int[][] inputs;
    private int size;
    private int next;

    /** @param capacity the most inputs that are kept */
    HardInputs(int capacity) {
        this.inputs = new int[capacity][];
    }

    void add(int[] active) {
        inputs[next] = active;
        next = (next + 1) % inputs.length;
        size = Math.min(inputs.length, size + 1);
    }

    int size() {
        return size;
    }

    /** One of them at random; empty if there are none. */
    Optional<int[]> draw(RandomGenerator random) {
        return size == 0 ? Optional.empty() : Optional.of(inputs[random.nextInt(size)]);
    }
}
