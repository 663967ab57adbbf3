package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.superpose.core.problem.Gates;

/** Statements of tests about the sets of inputs that gates read. */
final class ReadSets {
    private ReadSets() {}

    static int[] influences(Gates gates) {
        return IntStream.range(0, gates.inputs()).map(gates::influence).toArray();
    }

    static void assertDistinct(Gates gates, int fanIn) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < gates.outputs(); i++) {
            int[] set = gates.reads(i);
            assertEquals(fanIn, set.length);
            assertEquals(fanIn, Arrays.stream(set).distinct().count());
            assertTrue(seen.add(Arrays.toString(set)), "two outputs read the same set");
        }
    }

    static void assertEqualWithinOne(Gates gates) {
        int[] influences = influences(gates);
        int most = Arrays.stream(influences).max().orElseThrow();
        int least = Arrays.stream(influences).min().orElseThrow();
        assertTrue(most - least <= 1, "influences from " + least + " to " + most);
    }
}
