package org.superpose.interop.tensor;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of an array of numbers before its numbers.
 *
 * @param type what they are
 * @param dimensions none for a single number, one or two otherwise; each at least 0
 */
public record TensorShape(NumberType type, List<Integer> dimensions) {
    /** @throws IllegalArgumentException if there are more than two dimensions, or one is negative */
    public TensorShape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.size() > 2 || dimensions.stream().anyMatch(dimension -> dimension < 0)) {
            throw new IllegalArgumentException("the shape " + dimensions + " has more than two or negative dimensions");
        }
    }

    /** The number of dimensions. */
    public int rank() {
        return dimensions.size();
    }

    /** One dimension. */
    public int dimension(int axis) {
        return dimensions.get(axis);
    }

    /** The number of numbers. */
    public long elements() {
        return dimensions.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** Whether it may be a vector: not more than one dimension differs from 1. */
    public boolean isVector() {
        return rank() == 1 || (rank() == 2 && (dimension(0) == 1 || dimension(1) == 1));
    }

    /** The dimensions alone, for example {@code [64, 24]}. */
    public String size() {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    /** For example {@code float32 [64, 24]}. */
    @Override
    public String toString() {
        return type + " " + size();
    }
}
