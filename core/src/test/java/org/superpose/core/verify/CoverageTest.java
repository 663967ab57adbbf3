package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;

class CoverageTest {
    private static BitSet bits(int... members) {
        BitSet bits = new BitSet();
        for (int member : members) {
            bits.set(member);
        }
        return bits;
    }

    private final Coverage.Part begun = new Coverage.Part(FeatureSet.of(3, 17), 14);
    private final Coverage coverage = new Coverage(bits(0, 2), List.of(begun));

    @Test
    void tellsWhatIsProvedWholeAndWhatUpToSomeInput() {
        assertTrue(coverage.isProved(0));
        assertFalse(coverage.isProved(1));
        assertTrue(coverage.isProved(2));
        assertFalse(coverage.isProved(3));
        assertEquals(3, begun.lowest());
        assertEquals(Optional.of(begun), coverage.part(3));
        assertEquals(Optional.empty(), coverage.part(0));
        assertEquals(Optional.empty(), coverage.part(1));
        assertEquals(List.of(begun), coverage.parts());
        assertEquals("parts {0, 2} and up to [{3, 17}]", coverage.toString());
    }

    @Test
    void namesTheLargestFeatureOfEitherSort() {
        assertEquals(18, coverage.features());
        assertEquals(21, new Coverage(bits(0, 20), List.of(begun)).features());
        assertEquals(0, Coverage.NONE.features());
    }

    @Test
    void isEmptyOnlyIfNothingIsProved() {
        assertTrue(Coverage.NONE.isEmpty());
        assertFalse(new Coverage(bits(0), List.of()).isEmpty());
        assertFalse(new Coverage(bits(), List.of(begun)).isEmpty());
    }

    @Test
    void isAValue() {
        Coverage same = new Coverage(bits(0, 2), List.of(new Coverage.Part(FeatureSet.of(3, 17), 14)));
        assertEquals(same, coverage);
        assertEquals(same.hashCode(), coverage.hashCode());
        assertNotEquals(coverage, new Coverage(bits(0), List.of(begun)));
        assertNotEquals(coverage, new Coverage(bits(0, 2), List.of()));
        assertNotEquals(coverage, new Object());
        assertNotEquals(coverage.hashCode(), new Coverage(bits(0, 2), List.of()).hashCode());
        assertNotEquals(coverage.hashCode(), new Coverage(bits(0), List.of(begun)).hashCode());
        BitSet given = bits(5);
        Coverage copied = new Coverage(given, List.of());
        given.set(6);
        copied.proved().set(7);
        assertEquals(bits(5), copied.proved());
    }

    @Test
    void aPartBeginsSomewhereAndCoversNoNegativeNumber() {
        assertEquals(0, new Coverage.Part(FeatureSet.of(1), 0).covered());
        assertThrows(IllegalArgumentException.class, () -> new Coverage.Part(FeatureSet.of(1), -1));
        assertThrows(IllegalArgumentException.class, () -> new Coverage.Part(FeatureSet.EMPTY, 1));
    }
}
