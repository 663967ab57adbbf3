package org.superpose.constructions.clipped.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.superpose.core.random.Seed;

class BitTallyTest {
    @Property(tries = 200)
    void itCountsEveryPositionOfEveryAddedVectorFromAWordOnAndAroundTheEnd(
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 3) Integer> times, @ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int length = 1 + random.nextInt(5);
        int words = 1 + random.nextInt(length);
        int first = random.nextInt(length);
        long[] vectors = random.longs((long) length * Math.max(1, times.size())).toArray();
        BitTally tally = new BitTally(words, 3 * 40);
        tally.add(vectors, 0, first, length, 3);
        tally.clear();
        for (int t = 0; t < times.size(); t++) {
            tally.add(vectors, t * length, first, length, times.get(t));
        }
        tally.settle();
        int largest = 0;
        for (int position = 0; position < words * 64; position++) {
            int expected = 0;
            for (int t = 0; t < times.size(); t++) {
                long word = vectors[t * length + (first + position / 64) % length];
                expected += times.get(t) * (int) (word >>> position & 1);
            }
            assertEquals(expected, tally.get(position));
            for (int count = 0; count <= 120; count++) {
                assertEquals(count == expected, (tally.having(position / 64, count) >>> position & 1) != 0);
            }
            largest = Math.max(largest, expected);
        }
        assertEquals(largest, tally.largest());
    }
}
