package org.superpose.bounds;

import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * Theorem 3.1: if T(P(F), u) = F(u) for all u and F, then P is injective, so fewer than 2^(1-c) |𝓕| of the functions
 * have {@code |P(F)| <= log|𝓕| - c}, because there are fewer than 2^(x+1) bit strings of at most x bits.
 *
 * @param functionCountLog2 log|𝓕|
 * @param saved c, the bits by which a description falls short of log|𝓕|
 * @param descriptionBits log|𝓕| - c; negative if no description can be that short
 * @param fractionBelow the fraction of the functions that have so short a description is less than this: 2^(1-c), and
 *     at most 1
 */
@Reference(value = "Theorem 3.1", standing = Standing.ATTESTED)
public record DescriptionBound(double functionCountLog2, double saved, double descriptionBits, double fractionBelow) {
    /**
     * @param saved c, at least 0
     * @throws InvalidInputException if it is negative or not a number
     */
    public static DescriptionBound of(double functionCountLog2, double saved) {
        if (!(saved >= 0)) {
            throw new InvalidInputException("saved bits " + saved + " must be at least 0");
        }
        return new DescriptionBound(
                functionCountLog2, saved, functionCountLog2 - saved, Math.min(1, StrictMath.pow(2, 1 - saved)));
    }

    /**
     * The other way round: all but a fraction of the functions need more than these bits.
     *
     * @param fraction greater than 0, at most 1
     * @throws InvalidInputException if it is out of range
     */
    public static DescriptionBound exceptFor(double functionCountLog2, double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new InvalidInputException("fraction " + fraction + " must be greater than 0 and at most 1");
        }
        return of(functionCountLog2, 1 - StrictMath.log(fraction) / StrictMath.log(2));
    }
}
