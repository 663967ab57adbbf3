package org.superpose.problems;

import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;

/** The domain of at most v active features, with v held against what the problem needs. */
final class SparseDomain {
    private SparseDomain() {}

    /**
     * @param needed the fewest active inputs that can turn an output on
     * @throws InvalidInputException if v is larger than m, or so small that every output would always be off
     */
    static InputDomain of(int inputs, int maxActive, int needed) {
        if (maxActive > inputs) {
            throw new InvalidInputException(
                    "max-active " + maxActive + " is larger than inputs " + inputs + ": it must be at most inputs");
        }
        if (maxActive < needed) {
            throw new InvalidInputException("max-active " + maxActive
                    + " is too small: no output can be on with fewer than " + needed + " active inputs");
        }
        return InputDomain.sparse(inputs, maxActive);
    }

    /**
     * The domain of at least u and at most v active features.
     *
     * @param needed the fewest active inputs that can change an output
     * @throws InvalidInputException as {@link #of(int, int, int)}, or if u is larger than v
     */
    static InputDomain of(int inputs, int minActive, int maxActive, int needed) {
        if (minActive > maxActive) {
            throw new InvalidInputException("min-active " + minActive + " is larger than max-active " + maxActive
                    + ": it must be at most max-active");
        }
        return of(inputs, maxActive, needed).withMinActive(minActive);
    }

    /**
     * Whether inputs with few active features, which tell functions apart, can be filled up to the lower bound u with
     * features that neither of two functions reads, so that these still tell them apart: u is 0 or at most m - 2 r.
     *
     * @param reads r, what one function reads
     */
    static boolean tellsApart(InputDomain domain, long reads) {
        return domain.minActive() <= Math.max(0, domain.features() - 2 * reads);
    }
}
