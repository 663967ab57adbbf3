package org.superpose.constructions.linear;

import java.util.stream.IntStream;

/**
 * Consecutive hidden rows: the part of the hidden layer that one sub-problem has to itself.
 *
 * @param start the first row
 * @param end the row after the last
 */
record RowRange(int start, int end) {
    int size() {
        return end - start;
    }

    int[] rows() {
        return IntStream.range(start, end).toArray();
    }

    /** Rows counted from the start of this range as rows of the hidden layer. */
    int[] place(int[] relative) {
        return IntStream.of(relative).map(row -> start + row).toArray();
    }
}
