package org.superpose.core.file;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of an array before its elements: their type and its dimensions.
 *
 * @param type the type of the elements
 * @param dimensions none for a scalar, one or two otherwise; each at least 0
 */
public record ArrayShape(ElementType type, List<Integer> dimensions) {
    private static final int MAX_RANK = 2;

    /**
     * @throws IllegalArgumentException if there are more than two dimensions, one is negative, or there are more than
     *     2^62 bytes
     */
    public ArrayShape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.size() > MAX_RANK || dimensions.stream().anyMatch(dimension -> dimension < 0)) {
            throw new IllegalArgumentException("the shape " + dimensions + " has more than two or negative dimensions");
        }
        if (elements(dimensions) > (1L << 62) / type.bytes()) {
            throw new IllegalArgumentException("the shape " + dimensions + " is too large");
        }
    }

    /** A shape of the given dimensions. */
    public static ArrayShape of(ElementType type, int... dimensions) {
        return new ArrayShape(type, Arrays.stream(dimensions).boxed().toList());
    }

    private static long elements(List<Integer> dimensions) {
        return dimensions.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** The number of elements; 1 for a scalar. */
    public long elements() {
        return elements(dimensions);
    }

    /** The bytes of all elements. */
    public long bytes() {
        return elements() * type.bytes();
    }

    /** The number of dimensions. */
    public int rank() {
        return dimensions.size();
    }

    /** One dimension. */
    public int dimension(int axis) {
        return dimensions.get(axis);
    }

    /** For example {@code float32 [700, 4096]}. */
    @Override
    public String toString() {
        return type + dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", " [", "]"));
    }
}
