package org.superpose.runner.experiment.file;

import java.util.Optional;
import org.superpose.core.verify.VerificationBudget;

/**
 * The limits of verification that an experiment file sets; what it leaves open is as on the command line.
 *
 * @param maxSeconds after which a verification gives up
 * @param maxInputs after which an enumeration gives up
 * @param samples that a sampling verifier tries
 */
record Limits(Optional<Double> maxSeconds, Optional<Long> maxInputs, Optional<Long> samples) {
    static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty());

    VerificationBudget applyTo(VerificationBudget budget) {
        VerificationBudget limited = budget;
        if (maxSeconds.isPresent()) {
            limited = limited.withMaxSeconds(maxSeconds.get());
        }
        if (maxInputs.isPresent()) {
            limited = limited.withMaxInputs(maxInputs.get());
        }
        if (samples.isPresent()) {
            limited = limited.withSamples(samples.get());
        }
        return limited;
    }
}
