package org.superpose.interop.dataset;

import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;

/**
 * Which inputs a data set has.
 *
 * @param samples how many, 1..2^30
 * @param seed the source of all randomness
 * @param nearGates the share of inputs, 0..1, that contain everything some gate reads, because outputs are rarely on
 *     otherwise
 */
public record DatasetRequest(int samples, Seed seed, double nearGates) {
    private static final int MAX_SAMPLES = 1 << 30;

    /** @throws InvalidInputException if a value is out of range */
    public DatasetRequest {
        if (samples < 1 || samples > MAX_SAMPLES) {
            throw new InvalidInputException("samples " + samples + " must be a whole number from 1 to " + MAX_SAMPLES);
        }
        if (!(nearGates >= 0 && nearGates <= 1)) {
            throw new InvalidInputException("the share near gates " + nearGates + " must be from 0 to 1");
        }
    }

    /** Half of the samples near gates. */
    public DatasetRequest(int samples, Seed seed) {
        this(samples, seed, 0.5);
    }
}
