package org.superpose.interop.dataset;

import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;

/**
 * Which inputs a data set has, and whether the truth is written beside them.
 *
 * @param samples how many, 1..2^30
 * @param seed the source of all randomness
 * @param nearGates the share of inputs, 0..1, that contain everything some gate reads, because outputs are rarely on
 *     otherwise; of no effect with a profile
 * @param profile the distribution of the inputs, or empty for that of {@code nearGates}
 * @param isWithTruth whether truth.npz, edges.csv and granularity.json are written
 */
public record DatasetRequest(
        int samples, Seed seed, double nearGates, Optional<SampleProfile> profile, boolean isWithTruth) {
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

    /** Without profile and truth. */
    public DatasetRequest(int samples, Seed seed, double nearGates) {
        this(samples, seed, nearGates, Optional.empty(), false);
    }

    /** Half of the samples near gates. */
    public DatasetRequest(int samples, Seed seed) {
        this(samples, seed, 0.5);
    }

    /** The same with the truth beside it. */
    public DatasetRequest withTruth() {
        return new DatasetRequest(samples, seed, nearGates, profile, true);
    }

    /** The same with inputs of a profile. */
    public DatasetRequest with(SampleProfile newProfile) {
        return new DatasetRequest(samples, seed, nearGates, Optional.of(newProfile), isWithTruth);
    }
}
