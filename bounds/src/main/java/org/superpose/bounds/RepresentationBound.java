package org.superpose.bounds;

import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.InputDomain;

/**
 * How few neurons can merely <em>represent</em> the inputs, so that what is active can be told from y_0: exponentially
 * fewer than it takes to compute (theory, section 1).
 *
 * @param inputsLog2 log of the number of inputs in the domain
 * @param informationWidth the information bound on n: y_0 = E x has n entries of v + 1 possible values each, so n >=
 *     log(inputs) / log(v + 1). A real number
 */
@Reference(value = "Representing and computing", standing = Standing.ATTESTED)
public record RepresentationBound(double inputsLog2, double informationWidth) {
    /** The bound for a domain. */
    public static RepresentationBound of(InputDomain domain) {
        double inputs = LogCounts.log2(domain.size());
        double perNeuron = StrictMath.log(domain.maxActive() + 1.0) / StrictMath.log(2);
        return new RepresentationBound(inputs, inputs / perNeuron);
    }

    /**
     * The Johnson-Lindenstrauss figure: a number of dimensions in which the m features and the origin have images whose
     * squared distances are all within a factor 1 +- distortion of what they were. With the constant of Dasgupta and
     * Gupta (2003): 4 ln(points) / (distortion^2 / 2 - distortion^3 / 3).
     *
     * @param features m, at least 1
     * @param distortion greater than 0, less than 1
     * @throws InvalidInputException if one of them is out of range
     */
    public static long johnsonLindenstrauss(int features, double distortion) {
        if (features < 1) {
            throw new InvalidInputException("features " + features + " must be at least 1");
        }
        if (!(distortion > 0 && distortion < 1)) {
            throw new InvalidInputException("distortion " + distortion + " must be greater than 0 and less than 1");
        }
        double points = features + 1.0;
        double squared = distortion * distortion;
        return (long) Math.ceil(4 * StrictMath.log(points) / (squared / 2 - squared * distortion / 3));
    }
}
