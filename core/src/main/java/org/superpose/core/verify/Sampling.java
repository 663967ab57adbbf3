package org.superpose.core.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * What random inputs, all of them found right, tell about a network.
 *
 * @param samples how many were tried, at least 1
 * @param uniformSamples how many of them were drawn uniformly from the whole domain, 0..samples: only they tell how
 *     many inputs are wrong
 * @param errorRateBound the one-sided Clopper-Pearson upper bound on the error rate under the distribution they were
 *     drawn from, in 0..1; that is not the share of inputs that are wrong
 * @param confidence the confidence of that bound, between 0 and 1
 */
@Reference(value = "Verification: sampled", standing = Standing.OURS)
public record Sampling(long samples, long uniformSamples, double errorRateBound, double confidence) {
    /** More than the relative rounding error of the bound, which is a few units in the last place of a double. */
    private static final double ROUNDING = 1e-12;

    /** @throws IllegalArgumentException if a value is out of its range */
    public Sampling {
        if (samples < 1 || !(errorRateBound >= 0 && errorRateBound <= 1) || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("sampling out of range: " + samples + " samples, error rate at most "
                    + errorRateBound + ", confidence " + confidence);
        }
        if (uniformSamples < 0 || uniformSamples > samples) {
            throw new IllegalArgumentException(
                    uniformSamples + " of " + samples + " samples cannot be uniform over the domain");
        }
    }

    /** Samples none of which is known to be uniform over the domain. */
    public Sampling(long samples, double errorRateBound, double confidence) {
        this(samples, 0, errorRateBound, confidence);
    }

    /** Samples that were all right, with the bound that follows. */
    static Sampling right(long samples, long uniformSamples, double confidence) {
        return new Sampling(samples, uniformSamples, bound(samples, confidence), confidence);
    }

    /**
     * The error rate at which no error has probability 1 - confidence, rounded up: the quantile of the beta
     * distribution with parameters 1 and n, which is 1 - (1 - confidence)^(1/n).
     */
    private static double bound(long samples, double confidence) {
        double rate = -Math.expm1(Math.log1p(-confidence) / samples);
        return Math.min(1, rate * (1 + ROUNDING));
    }

    /**
     * The most inputs that can be wrong, with the confidence: the largest K with (1 - K / N)^n at least 1 - confidence,
     * for the n uniform samples, drawn with replacement from all N inputs. It holds whatever else is known of them.
     *
     * @param domainSize N
     */
    public BigInteger mostWrong(BigInteger domainSize) {
        if (uniformSamples == 0) {
            return domainSize;
        }
        BigDecimal bound = BigDecimal.valueOf(bound(uniformSamples, confidence));
        BigDecimal most = new BigDecimal(domainSize).multiply(bound, MathContext.DECIMAL128);
        return most.setScale(0, RoundingMode.FLOOR).toBigInteger().min(domainSize);
    }
}
