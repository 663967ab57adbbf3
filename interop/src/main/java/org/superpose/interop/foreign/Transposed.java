package org.superpose.interop.foreign;

/** A matrix with rows and columns exchanged. */
final class Transposed {
    private Transposed() {}

    /**
     * {@return columns x rows entries, row by row}
     *
     * @param values rows x columns entries, row by row
     */
    static float[] of(int rows, int columns, float[] values) {
        float[] transposed = new float[values.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                transposed[c * rows + r] = values[r * columns + c];
            }
        }
        return transposed;
    }
}
