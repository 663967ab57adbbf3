package org.superpose.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeedTest {
    @Test
    void theGeneratorIsTheSplitMix64OfTheLiterature() {
        RandomGenerator random = new Seed(1234567).generator();
        // The reference outputs published with the algorithm for seed 1234567.
        assertEquals(6457827717110365317L, random.nextLong());
        assertEquals(3203168211198807973L, random.nextLong());
        assertEquals(-8629252141511181193L, random.nextLong());
    }

    @Test
    void streamsOfDifferentNamesDiffer() {
        Set<Long> first = new HashSet<>();
        for (String name : new String[] {"channels", "input-encoding", "output-encoding", "a", "b", ""}) {
            first.add(new Seed(1).child(name).generator().nextLong());
        }
        for (int number = 0; number < 100; number++) {
            first.add(new Seed(1).child(number).generator().nextLong());
        }
        assertEquals(106, first.size());
        assertNotEquals(
                new Seed(1).child("channels").value(),
                new Seed(2).child("channels").value());
    }

    @Property(tries = 100)
    void boundedDrawsStayInRangeAndReachAllOfIt(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int bound) {
        RandomGenerator random = new Seed(seed).generator();
        Set<Integer> seen = new HashSet<>();
        for (int t = 0; t < 400; t++) {
            int drawn = random.nextInt(bound);
            assertTrue(drawn >= 0 && drawn < bound);
            seen.add(drawn);
        }
        assertEquals(bound, seen.size());
    }

    @Test
    void largeBoundsAreUnbiased() {
        RandomGenerator random = new Seed(3).generator();
        int bound = 3 << 29; // a multiply without rejection would favour every other value of this range
        int low = 0;
        int draws = 100_000;
        for (int t = 0; t < draws; t++) {
            low += random.nextInt(bound) < 1 << 29 ? 1 : 0;
        }
        assertEquals(draws / 3.0, low, 5 * Math.sqrt(draws * 2 / 9.0));
    }
}
