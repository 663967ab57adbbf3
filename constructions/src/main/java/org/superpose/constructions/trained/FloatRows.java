package org.superpose.constructions.trained;

/** Multiples of the rows of a matrix, added up element by element: the same bits in vectors or not. */
public final class FloatRows {
    private FloatRows() {}

    /** Adds {@code factor} times {@code count} entries to as many others. */
    public static void addScaled(float[] from, int fromStart, float factor, float[] into, int start, int count) {
        for (int e = 0; e < count; e++) {
            into[start + e] += factor * from[fromStart + e];
        }
    }

    /** Adds multiples of four rows of {@code n} entries, one after the other in each entry. */
    public static void addFour(
            float[] from, int p0, int p1, int p2, int p3, float f0, float f1, float f2, float f3, float[] into, int n) {
        for (int e = 0; e < n; e++) {
            into[e] = into[e] + f0 * from[p0 + e] + f1 * from[p1 + e] + f2 * from[p2 + e] + f3 * from[p3 + e];
        }
    }

    /** The same with rows that follow each other from {@code start}. */
    public static void addFour(float[] from, int start, int n, float f0, float f1, float f2, float f3, float[] into) {
        addFour(from, start, start + n, start + 2 * n, start + 3 * n, f0, f1, f2, f3, into, n);
    }
}
