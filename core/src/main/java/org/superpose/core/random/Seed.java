package org.superpose.core.random;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * A node of the seed tree: one 64-bit seed, split by name.
 *
 * <p>Everything random in a build hangs off one seed: {@code seed.child("input-encoding")},
 * {@code seed.child("channels")}, and so on. Streams with different names do not influence each other, so input codes
 * stay the same when only the gates change, and the same seed gives the same bytes on any machine, JDK and number of
 * threads.
 */
public record Seed(long value) {
    /** The seed of the named stream below this one. */
    public Seed child(String name) {
        long hash = 0xcbf29ce484222325L; // FNV-1a over the name, then mixed with this seed
        for (byte character : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (character & 0xff)) * 0x100000001b3L;
        }
        return new Seed(SplitMix64.mix(SplitMix64.mix(value) + hash));
    }

    /** The seed of the numbered stream below this one: one trial, one round, one unit. */
    public Seed child(long number) {
        return new Seed(SplitMix64.mix(SplitMix64.mix(value) ^ SplitMix64.mix(~number)));
    }

    /** A fresh generator that starts at this seed; two generators of one seed give the same numbers. */
    public RandomGenerator generator() {
        return new SplitMix64(value);
    }
}
