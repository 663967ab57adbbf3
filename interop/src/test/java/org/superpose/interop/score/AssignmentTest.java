package org.superpose.interop.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.core.random.Seed;

class AssignmentTest {
    /** The best sum by dynamic programming over sets of columns. */
    private static double best(float[][] values) {
        int columns = values[0].length;
        double[] best = new double[1 << columns];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        best[0] = 0;
        for (float[] row : values) {
            double[] next = new double[1 << columns];
            Arrays.fill(next, Double.NEGATIVE_INFINITY);
            for (int set = 0; set < best.length; set++) {
                for (int c = 0; c < columns; c++) {
                    if ((set >> c & 1) == 0) {
                        next[set | 1 << c] = Math.max(next[set | 1 << c], best[set] + row[c]);
                    }
                }
            }
            best = next;
        }
        return Arrays.stream(best).max().orElseThrow();
    }

    @Test
    void noAssignmentHasALargerSum() {
        RandomGenerator random = new Seed(1).generator();
        for (int trial = 0; trial < 300; trial++) {
            int rows = 1 + random.nextInt(7);
            int columns = rows + random.nextInt(4);
            int grain = 1 + random.nextInt(8); // few different values make many ties
            float[][] values = new float[rows][columns];
            for (float[] row : values) {
                for (int c = 0; c < columns; c++) {
                    row[c] = trial % 2 == 0 ? random.nextInt(grain) : (float) random.nextDouble() - 0.5f;
                }
            }
            int[] columnOf = Assignment.largest(values);
            assertEquals(rows, Arrays.stream(columnOf).distinct().count());
            double sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += values[r][columnOf[r]];
            }
            assertEquals(best(values), sum, 1e-5, "trial " + trial);
        }
    }

    @Test
    void aHiddenPermutationIsFoundAmongThousands() {
        RandomGenerator random = new Seed(2).generator();
        int rows = 1000;
        float[][] values = new float[rows][2 * rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < 2 * rows; c++) {
                values[r][c] = (float) random.nextDouble() * 0.4f;
            }
            values[r][(7 * r + 3) % rows] = 0.5f;
        }
        int[] columnOf = Assignment.largest(values);
        for (int r = 0; r < rows; r++) {
            assertEquals((7 * r + 3) % rows, columnOf[r]);
        }
    }

    @Test
    void moreRowsThanColumnsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Assignment.largest(new float[3][2]));
        assertTrue(Assignment.largest(new float[0][0]).length == 0);
    }
}
