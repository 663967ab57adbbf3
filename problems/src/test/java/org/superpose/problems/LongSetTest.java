package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LongSetTest {
    @Property(tries = 300)
    void behaves_as_a_set(@ForAll @Size(max = 200) List<@LongRange(min = 0, max = 60) Long> steps) {
        LongSet set = new LongSet(1);
        Set<Long> reference = new HashSet<>();
        for (long key : steps) {
            if (key % 3 == 0 && reference.remove(key)) {
                set.remove(key);
            } else {
                assertEquals(reference.add(key), set.add(key));
            }
            assertEquals(reference.size(), set.size());
        }
        for (long key = 0; key <= 60; key++) {
            assertEquals(reference.contains(key), set.contains(key));
        }
    }
}
