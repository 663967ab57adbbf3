package org.superpose.core.kernel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * One argument after the other is one entry too short or out of its range; beside each is the call that is just right.
 */
@Tag("jdk")
class CheckedKernelTest {
    private final Kernel kernel = Kernels.named("scalar");
    private final RowPanels matrix = RowPanels.of(new float[6], 2, 3);

    private static void assertRefused(String fault, Executable call) {
        assertEquals(fault, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static float[] floats(int length) {
        return new float[length];
    }

    @Test
    void matrixVectorProducts() {
        assertDoesNotThrow(() -> kernel.matrixVectorRelu(matrix, 0, 1, floats(2), floats(3), floats(2)));
        assertDoesNotThrow(() -> kernel.matrixVectorRelu(matrix, 1, 1, floats(2), floats(3), floats(2)));
        assertRefused(
                "panels -1 to 1 are no range",
                () -> kernel.matrixVectorRelu(matrix, -1, 1, floats(2), floats(3), floats(2)));
        assertRefused(
                "panels 1 to 0 are no range",
                () -> kernel.matrixVectorRelu(matrix, 1, 0, floats(2), floats(3), floats(2)));
        assertRefused(
                "there are 1 panels, but 2 are asked for",
                () -> kernel.matrixVectorRelu(matrix, 0, 2, floats(2), floats(3), floats(2)));
        assertRefused(
                "bias has 1 entries, but 2 are needed",
                () -> kernel.matrixVectorRelu(matrix, floats(1), floats(3), floats(2)));
        assertRefused(
                "x has 2 entries, but 3 are needed",
                () -> kernel.matrixVectorRelu(matrix, floats(2), floats(2), floats(2)));
        assertRefused(
                "y has 1 entries, but 2 are needed",
                () -> kernel.matrixVectorRelu(matrix, floats(2), floats(3), floats(1)));
        float[] same = floats(3);
        assertRefused(
                "x and y must not be the same array", () -> kernel.matrixVectorRelu(matrix, floats(2), same, same));
    }

    @Test
    void matrixBlockProducts() {
        assertDoesNotThrow(() -> kernel.matrixBlockRelu(matrix, floats(2), floats(6), 1, 2, floats(4)));
        assertRefused(
                "inputs -1 to 2 are no range",
                () -> kernel.matrixBlockRelu(matrix, floats(2), floats(6), -1, 2, floats(4)));
        assertRefused(
                "inputs 2 to 1 are no range",
                () -> kernel.matrixBlockRelu(matrix, floats(2), floats(6), 2, 1, floats(4)));
        assertRefused(
                "bias has 1 entries, but 2 are needed",
                () -> kernel.matrixBlockRelu(matrix, floats(1), floats(6), 1, 2, floats(4)));
        assertRefused(
                "x has 5 entries, but 6 are needed",
                () -> kernel.matrixBlockRelu(matrix, floats(2), floats(5), 1, 2, floats(4)));
        assertRefused(
                "y has 3 entries, but 4 are needed",
                () -> kernel.matrixBlockRelu(matrix, floats(2), floats(6), 1, 2, floats(3)));
        float[] same = floats(6);
        assertRefused(
                "x and y must not be the same array",
                () -> kernel.matrixBlockRelu(matrix, floats(2), same, 1, 2, same));
    }

    /** Calls the kernel of 8 or of 16 bits with arrays of the given lengths. */
    private interface WholeProduct {
        void multiply(int matrix, int rows, int columns, int bias, int x, int batch, int y);
    }

    @Test
    void productsOfWholeNumbers() {
        WholeProduct bytes = (m, rows, columns, b, x, batch, y) ->
                kernel.matrixBlockRelu(new byte[m], rows, columns, new int[b], new byte[x], batch, new int[y]);
        WholeProduct shorts = (m, rows, columns, b, x, batch, y) ->
                kernel.matrixBlockRelu(new short[m], rows, columns, new int[b], new short[x], batch, new int[y]);
        for (WholeProduct product : new WholeProduct[] {bytes, shorts}) {
            assertDoesNotThrow(() -> product.multiply(6, 2, 3, 2, 12, 4, 8));
            assertDoesNotThrow(() -> product.multiply(0, 0, 0, 0, 0, 0, 0));
            assertRefused("a matrix cannot be -1 x 3", () -> product.multiply(6, -1, 3, 2, 12, 4, 8));
            assertRefused("a matrix cannot be 2 x -1", () -> product.multiply(6, 2, -1, 2, 12, 4, 8));
            assertRefused("batch must be at least 0, not -1", () -> product.multiply(6, 2, 3, 2, 12, -1, 8));
            assertRefused("matrix has 5 entries, but 6 are needed", () -> product.multiply(5, 2, 3, 2, 12, 4, 8));
            assertRefused("bias has 1 entries, but 2 are needed", () -> product.multiply(6, 2, 3, 1, 12, 4, 8));
            assertRefused("x has 11 entries, but 12 are needed", () -> product.multiply(6, 2, 3, 2, 11, 4, 8));
            assertRefused("y has 7 entries, but 8 are needed", () -> product.multiply(6, 2, 3, 2, 12, 4, 7));
            // the product of the lengths leaves the range of int
            assertRefused(
                    "matrix has 6 entries, but 4294967296 are needed",
                    () -> product.multiply(6, 1 << 16, 1 << 16, 2, 12, 4, 8));
            assertRefused(
                    "x has 12 entries, but 4294967296 are needed", () -> product.multiply(4, 1, 4, 1, 12, 1 << 30, 8));
            assertRefused(
                    "y has 8 entries, but 4294967296 are needed", () -> product.multiply(0, 4, 0, 4, 0, 1 << 30, 8));
        }
    }

    @Test
    void whateverKernelIsAskedForIsChecked() {
        for (Kernel any : new Kernel[] {Kernels.best(), Kernels.named("scalar"), Kernels.named("vector")}) {
            assertRefused("sums has 2 entries, but 3 are needed", () -> any.addScaled(new short[3], 1, new int[2]));
        }
    }

    @Test
    void columnSums() {
        float[][] columns = {floats(2), floats(3)};
        assertDoesNotThrow(() -> kernel.columnSumRelu(columns, new int[] {1, 0}, floats(2), 2, floats(2), floats(2)));
        assertRefused(
                "chosen has 1 entries, but 2 are needed",
                () -> kernel.columnSumRelu(columns, new int[1], floats(2), 2, floats(2), floats(2)));
        assertRefused(
                "factors has 1 entries, but 2 are needed",
                () -> kernel.columnSumRelu(columns, new int[2], floats(1), 2, floats(2), floats(2)));
        assertRefused(
                "y has 1 entries, but 2 are needed",
                () -> kernel.columnSumRelu(columns, new int[2], floats(2), 2, floats(2), floats(1)));
        assertRefused(
                "there is no column 2",
                () -> kernel.columnSumRelu(columns, new int[] {0, 2}, floats(2), 2, floats(2), floats(2)));
        assertRefused(
                "there is no column -1",
                () -> kernel.columnSumRelu(columns, new int[] {-1}, floats(2), 1, floats(2), floats(2)));
        assertRefused(
                "column has 2 entries, but 3 are needed",
                () -> kernel.columnSumRelu(columns, new int[] {1, 0}, floats(2), 2, floats(3), floats(3)));
        assertRefused("sums has 2 entries, but 3 are needed", () -> kernel.addScaled(new short[3], 1, new int[2]));
    }

    @Test
    void positions() {
        assertDoesNotThrow(() -> kernel.collectAtLeast(new int[2], new int[2], new int[2]));
        assertRefused(
                "bounds has 1 entries, but 2 are needed",
                () -> kernel.collectAtLeast(new int[2], new int[1], new int[2]));
        assertRefused(
                "indices has 1 entries, but 2 are needed",
                () -> kernel.collectAtLeast(new int[2], new int[2], new int[1]));
        assertDoesNotThrow(() -> kernel.collectSumsAbove(floats(2), floats(2), 1, new int[2]));
        assertRefused(
                "second has 1 entries, but 2 are needed",
                () -> kernel.collectSumsAbove(floats(2), floats(1), 1, new int[2]));
        assertRefused(
                "indices has 1 entries, but 2 are needed",
                () -> kernel.collectSumsAbove(floats(2), floats(2), 1, new int[1]));
    }

    @Test
    void bitProducts() {
        assertDoesNotThrow(() -> kernel.commonBits(new long[6], 2, 3, new long[12], 4, new int[8]));
        assertRefused(
                "a matrix cannot be -1 x 3", () -> kernel.commonBits(new long[6], -1, 3, new long[12], 4, new int[8]));
        assertRefused(
                "batch must be at least 0, not -1",
                () -> kernel.commonBits(new long[6], 2, 3, new long[12], -1, new int[8]));
        assertRefused(
                "matrix has 5 entries, but 6 are needed",
                () -> kernel.commonBits(new long[5], 2, 3, new long[12], 4, new int[8]));
        assertRefused(
                "x has 11 entries, but 12 are needed",
                () -> kernel.commonBits(new long[6], 2, 3, new long[11], 4, new int[8]));
        assertRefused(
                "counts has 7 entries, but 8 are needed",
                () -> kernel.commonBits(new long[6], 2, 3, new long[12], 4, new int[7]));
    }

    /** Both operations on several sets. */
    private interface Sets {
        void visit(int words, int[] starts, int count, int from, int to, int result);
    }

    @Test
    void sets() {
        Sets reach = (words, starts, count, from, to, result) ->
                kernel.reach(new long[words], starts, count, from, to, 1, new long[result]);
        Sets intersect = (words, starts, count, from, to, result) ->
                kernel.intersect(new long[words], starts, count, from, to, new long[result]);
        for (Sets sets : new Sets[] {reach, intersect}) {
            assertDoesNotThrow(() -> sets.visit(8, new int[] {0, 4}, 2, 1, 4, 4));
            assertDoesNotThrow(() -> sets.visit(8, new int[] {0, 99}, 1, 4, 4, 4));
            assertRefused("words -1 to 4 are no range", () -> sets.visit(8, new int[] {0, 4}, 2, -1, 4, 4));
            assertRefused("words 3 to 2 are no range", () -> sets.visit(8, new int[] {0, 4}, 2, 3, 2, 4));
            assertRefused("starts has 1 entries, but 2 are needed", () -> sets.visit(8, new int[] {0}, 2, 1, 4, 4));
            assertRefused("result has 3 entries, but 4 are needed", () -> sets.visit(8, new int[] {0, 4}, 2, 1, 4, 3));
            assertRefused(
                    "a set that begins at 5 does not lie within 8 words",
                    () -> sets.visit(8, new int[] {0, 5}, 2, 1, 4, 4));
            assertRefused(
                    "a set that begins at -1 does not lie within 8 words",
                    () -> sets.visit(8, new int[] {-1, 4}, 2, 1, 4, 4));
            assertRefused(
                    "a set that begins at 2147483647 does not lie within 8 words",
                    () -> sets.visit(8, new int[] {Integer.MAX_VALUE}, 1, 1, 4, 4));
        }
        assertRefused(
                "reach must be at least 1, not 0",
                () -> kernel.reach(new long[4], new int[] {0}, 1, 0, 4, 0, new long[4]));
        assertRefused(
                "count must be at least 1, not 0",
                () -> kernel.intersect(new long[4], new int[0], 0, 0, 4, new long[4]));
    }
}
