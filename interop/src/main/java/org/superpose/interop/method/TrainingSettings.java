package org.superpose.interop.method;

import java.util.Optional;
import org.superpose.core.InvalidInputException;

/**
 * How a dictionary is trained.
 *
 * @param latents at least 1
 * @param k how many latents are kept, or empty for ReLU with a penalty
 * @param penalty the weight of the sum of latents in the loss, at least 0
 * @param steps of descent, at least 1
 * @param batch samples of a step, at least 1
 * @param rate about the most that a weight moves in a step
 */
public record TrainingSettings(int latents, Optional<Integer> k, float penalty, int steps, int batch, float rate) {

    /** @throws InvalidInputException if a value is out of range */
    public TrainingSettings {
        if (latents < 1 || steps < 1 || batch < 1 || !(penalty >= 0) || !(rate > 0)) {
            throw new InvalidInputException("training out of range: latents, steps, batch and rate must be positive,"
                    + " the penalty not negative");
        }
        if (k.isPresent() && (k.get() < 1 || k.get() > latents)) {
            throw new InvalidInputException("k " + k.get() + " must be from 1 to the number of latents, " + latents);
        }
    }

    /** TopK. */
    public static TrainingSettings topK(int latents, int k, int steps) {
        return new TrainingSettings(latents, Optional.of(k), 0, steps, 64, 3e-3f);
    }

    /** ReLU with an L1 penalty. */
    public static TrainingSettings l1(int latents, float penalty, int steps) {
        return new TrainingSettings(latents, Optional.empty(), penalty, steps, 64, 3e-3f);
    }
}
