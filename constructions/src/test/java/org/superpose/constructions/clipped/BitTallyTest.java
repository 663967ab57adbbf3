package org.superpose.constructions.clipped;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class BitTallyTest {
    @Property(tries = 100)
    void itCountsEveryPositionOfEveryAddedVector(@ForAll @Size(max = 40) long[] vectors) {
        BitTally tally = new BitTally(2);
        tally.add(0, -1L, 5);
        tally.clear();
        for (long vector : vectors) {
            tally.add(1, vector, 3);
        }
        for (int bit = 0; bit < 64; bit++) {
            int expected = 0;
            for (long vector : vectors) {
                expected += (int) (vector >>> bit & 1);
            }
            assertEquals(3 * expected, tally.get(64 + bit));
            assertEquals(0, tally.get(bit));
        }
    }
}
