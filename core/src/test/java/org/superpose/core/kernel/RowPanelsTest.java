package org.superpose.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowPanelsTest {
    @Property(tries = 200)
    void everyEntryHasAPlaceOfItsOwnAndTheRestIsZero(
            @ForAll @IntRange(max = 200) int rows, @ForAll @IntRange(max = 40) int columns) {
        float[] matrix = new float[rows * columns];
        for (int t = 0; t < matrix.length; t++) {
            matrix[t] = t + 1;
        }
        RowPanels panels = RowPanels.of(matrix, rows, columns);
        BitSet taken = new BitSet();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                assertEquals(matrix[r * columns + c], panels.at(r, c));
                assertEquals(panels.at(r, c), panels.values()[panels.index(r, c)]);
                taken.set(panels.index(r, c));
            }
        }
        assertEquals(matrix.length, taken.cardinality());
        double sum = 0;
        for (float value : panels.values()) {
            sum += value;
        }
        assertEquals(matrix.length * (matrix.length + 1.0) / 2, sum);
        int beforeTheFirst = panels.values().length - panels.panels() * RowPanels.HEIGHT * columns;
        assertTrue(beforeTheFirst >= 0 && beforeTheFirst < RowPanels.STRIP);
        assertTrue(panels.panels() * RowPanels.HEIGHT >= rows && panels.panels() * RowPanels.HEIGHT < rows + 64);
    }

    @Test
    void aShapeThatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RowPanels.of(new float[6], 2, 2));
        assertThrows(IllegalArgumentException.class, () -> RowPanels.of(new float[6], -2, -3));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> RowPanels.of(50_000, 50_000, r -> new float[0]));
        assertEquals("a matrix of 50000 x 50000 has more entries than an array can hold", refused.getMessage());
    }
}
