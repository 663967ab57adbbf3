package org.superpose.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CodesTest {
    private static final Codes CODES = Codes.of(5, new int[] {0, 2, 3, 6}, new int[] {0, 3, 4, 0, 1, 3});

    @Test
    void codesLoadsAndInverseAgree() {
        assertArrayEquals(new int[] {0, 1, 3}, CODES.code(2));
        assertArrayEquals(new int[] {2, 1, 0, 2, 1}, CODES.loads());
        Codes.Inverse inverse = CODES.inverse();
        int members = 0;
        for (int neuron = 0; neuron < CODES.neurons(); neuron++) {
            assertEquals(CODES.loads()[neuron], inverse.load(neuron));
            for (int t = 0; t < inverse.load(neuron); t++) {
                int wanted = neuron;
                assertTrue(Arrays.stream(CODES.code(inverse.feature(neuron, t))).anyMatch(member -> member == wanted));
                members++;
            }
        }
        assertEquals(6, members);
        assertEquals(3, CODES.maxWeight());
        assertEquals(1, CODES.minWeight());
    }

    @Test
    void brokenCodesAreRefusedWithTheFeature() {
        assertRefused("feature 1 has neuron 5", 5, new int[] {0, 1, 2}, new int[] {0, 5});
        assertRefused("feature 0 is empty", 5, new int[] {0, 0, 2}, new int[] {0, 1});
        assertRefused("feature 0 must ascend", 5, new int[] {0, 2}, new int[] {2, 2});
    }

    private static void assertRefused(String message, int neurons, int[] offsets, int[] members) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Codes.of(neurons, offsets, members));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }
}
