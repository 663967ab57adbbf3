package org.superpose.runner.proof;

/**
 * Digests of 64 bits of what is decided: that of a part is the sum of those of its decisions, so that it does not
 * depend on their order. They find accidents, not forgers: a checker decides everything again.
 */
final class Decisions {
    private static final long FACTOR = 0xd6e8_feb8_6659_fd93L;

    private Decisions() {}

    static long mix(long bits) {
        long x = (bits ^ bits >>> 32) * FACTOR;
        x = (x ^ x >>> 32) * FACTOR;
        return x ^ x >>> 32;
    }

    /** Of a set of features in ascending order, the first {@code size} entries. */
    static long set(int[] features, int size) {
        long digest = 0;
        for (int t = 0; t < size; t++) {
            digest = mix(digest + features[t] + 1);
        }
        return digest;
    }

    /** Of one output for a set. */
    static long output(long set, int output) {
        return mix(set + output + 1);
    }
}
