package org.superpose.constructions.code;

import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.WidthTooSmallException;

/**
 * The rows 0..n-1 cut into {@code weight} consecutive blocks whose sizes differ by at most one. A code takes one row of
 * each block, so its rows are distinct and ascending without any rejection.
 *
 * @param neurons n, the number of rows
 * @param weight k, the number of blocks, 1..n
 */
public record Blocks(int neurons, int weight) {
    /** @throws InvalidInputException if there are fewer rows than blocks */
    public Blocks {
        requireWidth(neurons, "code-weight", weight);
    }

    /**
     * Refuses a width that is too small for a weight.
     *
     * @param weightName the parameter that the weight was given as: {@code code-weight}, {@code channel-weight}, ...
     * @throws InvalidInputException if width is below weight or weight below 1
     */
    public static void requireWidth(int width, String weightName, int weight) {
        if (weight < 1) {
            throw new InvalidInputException(weightName + " " + weight + " must be at least 1");
        }
        if (width < weight) {
            throw new WidthTooSmallException("width " + width + " is too small for " + weightName + " " + weight
                    + ": width must be at least " + weightName);
        }
    }

    /** The first row of a block; {@code start(weight)} is n. */
    public int start(int block) {
        return (int) ((long) block * neurons / weight);
    }

    /** The number of rows in a block: n / k, rounded up or down. */
    public int size(int block) {
        return start(block + 1) - start(block);
    }
}
