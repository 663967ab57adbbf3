package org.superpose.bounds;

import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * What it costs to <em>read</em>: dimensions of a stored vector u = E x from which a read-out of its own for every
 * feature, or every gate, tells its value. The read-outs may depend on the codes of what they read, but not on a map F:
 * the vector is the same for all maps, so nothing is computed yet. Between representing, which needs as many dimensions
 * as tell inputs apart by any decoder, and computing.
 *
 * <p>m features, of which k are active. All logarithms of these formulas are natural.
 *
 * @param features m
 * @param active k, at least 2 and less than m
 */
@Reference(
        value = "Reading conjunctions by thresholds",
        standing = Standing.ATTESTED,
        source = "Li et al., The Ball and the Box, 2026")
@Reference(value = "Linear access", standing = Standing.ATTESTED, source = "arXiv 2602.11246")
public record ReadingBound(long features, int active) {
    /** @throws InvalidInputException if a number is out of range */
    public ReadingBound {
        if (active < 2 || active >= features) {
            throw new InvalidInputException(
                    "active features " + active + " must be at least 2 and fewer than the " + features + " features");
        }
    }

    /**
     * When reading all conjunctions of two features counts as possible, for a random Gaussian dictionary, random inputs
     * and one threshold unit per pair that reads the sum of its two codes.
     */
    public enum Criterion {
        /** The expected number of wrong outputs vanishes, with the bias midway at 3/2: about 16 k ln m. */
        EXPECTED_MIDPOINT,
        /** The expected number of wrong outputs vanishes, with the best bias: about 4 k ln m. */
        EXPECTED_BEST,
        /** All outputs are right with a probability that tends to 1, with the bias midway at 3/2: about 8 k ln m. */
        RELIABLE_MIDPOINT,
        /** All outputs are right with a probability that tends to 1, with the best bias: about 2 k ln m. */
        RELIABLE_BEST
    }

    /**
     * The sharp threshold on the dimensions from which all pairwise conjunctions are read by one threshold unit each:
     * asymptotic in k and m / k, a guide at small k. Li, Lin, Shi, Jiang, Gao and Han, "The Ball and the Box: Two
     * Geometries of Computation in Superposition" (preprint, October 2026), Table 1.
     */
    @Reference(
            value = "Reading conjunctions by thresholds",
            standing = Standing.ATTESTED,
            source = "Li et al., The Ball and the Box (2026), Table 1")
    public double conjunctions(Criterion criterion) {
        double on = StrictMath.sqrt(2 * StrictMath.log(active));
        double off = StrictMath.sqrt(2 * StrictMath.log(features - active));
        double both = StrictMath.sqrt(on * on + off * off);
        double inner = switch (criterion) {
            case EXPECTED_MIDPOINT -> StrictMath.sqrt(8) * both;
            case EXPECTED_BEST -> StrictMath.sqrt(2) * (StrictMath.sqrt(2) * on + both);
            case RELIABLE_MIDPOINT -> 2 * (on + off);
            case RELIABLE_BEST -> 3 * on + off;
        };
        return active * inner * inner;
    }

    /**
     * k^2 / ln k ln(m / k), below which, up to a constant that depends on the error allowed, no dimensions let every
     * feature be read by a linear read-out. Garg, Kleinberg and Peng, "How Many Features Can a Language Model Store
     * Under the Linear Representation Hypothesis?" (arXiv 2602.11246), abstract.
     */
    public double linearAccess() {
        double k = active;
        return k * k / StrictMath.log(k) * StrictMath.log(features / k);
    }

    /** k^2 ln m, which up to such a constant is enough for linear read-outs; the same source. */
    public double linearAccessEnough() {
        return (double) active * active * StrictMath.log(features);
    }

    /**
     * k ln(m / k), which up to a constant is enough where any decoder may be used: compressed sensing, as cited by the
     * same source (Candes and Tao 2006; Donoho 2006).
     */
    public double anyDecoderEnough() {
        return active * StrictMath.log((double) features / active);
    }
}
