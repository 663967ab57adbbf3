package org.superpose.core.verify;

/**
 * What random inputs, all of them found right, tell about a network.
 *
 * @param samples how many were tried, at least 1
 * @param errorRateBound the one-sided Clopper-Pearson upper bound on the error rate under the distribution they were
 *     drawn from, in 0..1
 * @param confidence the confidence of that bound, between 0 and 1
 */
public record Sampling(long samples, double errorRateBound, double confidence) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public Sampling {
        if (samples < 1 || !(errorRateBound >= 0 && errorRateBound <= 1) || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("sampling out of range: " + samples + " samples, error rate at most "
                    + errorRateBound + ", confidence " + confidence);
        }
    }
}
