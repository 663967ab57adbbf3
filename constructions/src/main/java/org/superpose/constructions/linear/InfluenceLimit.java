package org.superpose.constructions.linear;

import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * The largest influence that an input of output channels may have, m'^((t-1)/(2t)) for gates that need t active inputs:
 * m'^(1/4) for two-and (Theorem 4.1).
 *
 * <p>An input occupies d s of the n rows. Rows in which t unrelated inputs meet number about (d s)^t / n^(t-1); beyond
 * this influence they swamp channels of s rows when n is about sqrt(m') s. For small m' the asymptotic limit says
 * nothing, and influences up to {@link #ALWAYS_ALLOWED} are harmless at any m'.
 */
@Reference(value = "Theorem 4.1", standing = Standing.ATTESTED)
@Reference(value = "Influence limit of multiple inputs", standing = Standing.OURS)
final class InfluenceLimit {
    /** The influence of a regular instance with twice as many outputs as inputs, however small it is. */
    static final int ALWAYS_ALLOWED = 4;

    private InfluenceLimit() {}

    /**
     * @param outputs m'
     * @param threshold t, the number of active inputs that turn a gate on; one counts as two
     */
    static int allowed(int outputs, int threshold) {
        return Math.max(ALWAYS_ALLOWED, power(outputs, threshold));
    }

    private static int power(int outputs, int threshold) {
        int t = Math.max(2, threshold);
        double exact = Math.pow(outputs, (t - 1) / (2.0 * t));
        return (int) Math.floor(exact + 1e-9); // 4096^(1/4) is 8, whatever pow rounds to
    }

    /**
     * The limit as it stands in messages: {@code m'^(1/4) = 8}, or {@code 4 (m'^(1/4) = 2, but 4 is always allowed)}.
     */
    static String describe(int outputs, int threshold) {
        int t = Math.max(2, threshold);
        String exponent = t % 2 == 1 ? (t - 1) / 2 + "/" + t : (t - 1) + "/" + 2 * t;
        String formula = "m'^(" + exponent + ") = " + power(outputs, threshold);
        return power(outputs, threshold) >= ALWAYS_ALLOWED
                ? formula
                : ALWAYS_ALLOWED + " (" + formula + ", but " + ALWAYS_ALLOWED + " is always allowed)";
    }
}
