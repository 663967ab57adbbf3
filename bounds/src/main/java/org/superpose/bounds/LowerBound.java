package org.superpose.bounds;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.ProblemInstance;

/**
 * How many parameter bits, and so how many neurons, any parameter-driven network needs for almost all functions of a
 * class (theory, section 3; Theorems 3.1 and 3.2, Corollaries 3.2.1 and 3.2.2). Everything is in bits.
 *
 * <p>The bound is about a class, not about one function: a construction that handles every function of the class cannot
 * stay below it for more than a vanishing share of them. Weights are counted, biases are not.
 *
 * @param functions the class 𝓕
 * @param outputs m', of which a fraction may be wrong
 * @param errors eps, the fraction of the outputs that may be wrong, 0..1
 * @param failing delta, the fraction of the functions on which the algorithm may fail altogether, {@code 0 <= delta <
 *     1}
 * @param functionCountLog2 log|𝓕|
 * @param ballLog2 log Ball(eps): at most this many functions, as a logarithm, differ from a given one in that many
 *     outputs
 * @param parameterBits the bits that the parameters must have: log|𝓕| - log Ball(eps) - log(1/(1-delta)), and at least
 *     0
 */
@Reference(
        value = {"Corollary 3.2.1", "Corollary 3.2.2"},
        standing = Standing.ATTESTED)
@Reference(
        value = {"Theorem 3.2", "Lower bound: multiple inputs"},
        standing = Standing.RECONSTRUCTED)
@Reference(value = "Lower bound: errors", standing = Standing.OURS)
public record LowerBound(
        FunctionClass functions,
        int outputs,
        double errors,
        double failing,
        double functionCountLog2,
        double ballLog2,
        double parameterBits) {

    /**
     * The bound for the class that an instance was drawn from.
     *
     * <p>On a domain on which no output of a single-layer instance can change, for instance with fewer active features
     * than an AND gate reads, all functions count as one, and the bound is 0.
     *
     * @throws InvalidInputException if nothing is known of the class
     */
    public static LowerBound of(ProblemInstance instance) {
        return find(instance).orElseThrow(() -> unknownClass(instance));
    }

    /** The same bound, or empty if nothing is known of the class. */
    public static Optional<LowerBound> find(ProblemInstance instance) {
        Optional<FunctionClass> functions = restsAlways(instance)
                ? Optional.of(new FunctionClass("one function", BigInteger.ONE, 1))
                : instance.functionClass();
        return functions.map(known -> of(known, instance.outputs(), 0, 0));
    }

    static InvalidInputException unknownClass(ProblemInstance instance) {
        return new InvalidInputException("nothing is known of the class of functions that this " + instance.problem()
                + " was drawn from, so there are no bounds for it");
    }

    private static boolean restsAlways(ProblemInstance instance) {
        // The class of a layered problem takes the activity bound into account itself.
        return !instance.isLayered() && !instance.canChange();
    }

    /** The bound for a class whose outputs are all counted. */
    public static LowerBound of(FunctionClass functions) {
        return of(functions, functions.outputs(), 0, 0);
    }

    private static LowerBound of(FunctionClass functions, int outputs, double errors, double failing) {
        double count =
                Math.max(0, LogCounts.fallingFactorial(functions.choices(), functions.picks()) - functions.boundBits());
        double ball = ball(functions, wrongOutputs(outputs, errors));
        double bits = Math.max(0, count - ball - StrictMath.log(1 / (1 - failing)) / StrictMath.log(2));
        return new LowerBound(functions, outputs, errors, failing, count, ball, bits);
    }

    /**
     * floor(eps m') of the decimal number that eps was given as: 0.29 of 100 is 29, not the 28 that binary fractions
     * make of it.
     */
    private static int wrongOutputs(int outputs, double errors) {
        return BigDecimal.valueOf(errors)
                .multiply(BigDecimal.valueOf(outputs))
                .setScale(0, RoundingMode.FLOOR)
                .intValueExact();
    }

    /**
     * log(C(m', e) N^e): choose the outputs that differ, then what each of them computes; of outputs that are picked
     * together, all that are picked with one that differs. Each pick has at most N choices, whatever else binds them.
     */
    private static double ball(FunctionClass functions, int wrong) {
        int differing = Math.min(wrong, functions.outputs());
        return differing == 0
                ? 0
                : LogCounts.binomial(functions.outputs(), differing)
                        + Math.min(differing, functions.picks()) * LogCounts.log2(functions.choices());
    }

    /**
     * The bound for algorithms that may get a fraction of the outputs wrong.
     *
     * @param fraction eps, 0..1
     * @throws InvalidInputException if it is out of range
     */
    public LowerBound withErrors(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new InvalidInputException("error " + fraction + " must be a fraction of the outputs from 0 to 1");
        }
        return of(functions, outputs, fraction, failing);
    }

    /**
     * The bound for algorithms that may fail on a fraction of the functions.
     *
     * @param fraction delta, {@code 0 <= delta < 1}
     * @throws InvalidInputException if it is out of range
     */
    public LowerBound withFailing(double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new InvalidInputException(
                    "failing fraction " + fraction + " must be at least 0 and less than 1 of the functions");
        }
        return of(functions, outputs, errors, fraction);
    }

    /**
     * The limit on the width n (Theorem 3.2): sqrt(bits / (b L)), since L matrices of at most n x n parameters of b
     * bits have at most b L n^2 bits. A real number; a network has at least its ceiling.
     *
     * @param bitsPerParameter b, on average, positive and finite
     * @param matrices L, at least 1
     * @throws InvalidInputException if one of them is out of range
     */
    public double widthLimit(double bitsPerParameter, int matrices) {
        return Math.sqrt(parameterBits / bitsPerSquare(bitsPerParameter, matrices));
    }

    /**
     * The limit on the width n of networks of another shape than L square matrices: the least n at which they have the
     * parameters that are needed. A real number; a network has at least its ceiling.
     *
     * @param bitsPerParameter b, on average, positive and finite
     * @param parameters how many parameters there are at a width
     * @throws InvalidInputException if b is out of range
     */
    public double widthLimit(double bitsPerParameter, ParameterCount parameters) {
        if (parameters.perNeuron() == 0 && parameters.fixed() == 0 && parameters.squares() > 0) {
            return widthLimit(bitsPerParameter, parameters.squares());
        }
        return parameters.leastWidth(parameterBits / bitsPerSquare(bitsPerParameter, 1));
    }

    /** The fewest neurons that the limit allows: the smallest whole n with b L n^2 at least the bits needed. */
    public long leastWidth(double bitsPerParameter, int matrices) {
        return (long) Math.ceil(widthLimit(bitsPerParameter, matrices));
    }

    /**
     * The fewest weights that a network of any shape may have, for instance one into which another is distilled: the
     * bits needed, over b.
     *
     * @param bitsPerParameter b, on average, positive and finite
     * @throws InvalidInputException if b is out of range
     */
    public long leastParameters(double bitsPerParameter) {
        return (long) Math.ceil(parameterBits / bitsPerSquare(bitsPerParameter, 1));
    }

    /**
     * L, the fewest weight matrices that the bounds are usually stated for: one where every output copies an input,
     * else two.
     */
    public static int matricesNeeded(ProblemInstance instance) {
        return instance.layers().stream().allMatch(gates -> gates.maxFanIn() == 1) ? 1 : 2;
    }

    /** b L, the bits that one square of width 1 contributes. */
    static double bitsPerSquare(double bitsPerParameter, int matrices) {
        if (!(bitsPerParameter > 0) || !Double.isFinite(bitsPerParameter)) {
            throw new InvalidInputException("bits per parameter " + bitsPerParameter + " must be positive and finite");
        }
        if (matrices < 1) {
            throw new InvalidInputException("number of matrices " + matrices + " must be at least 1");
        }
        return bitsPerParameter * matrices;
    }

    /** Theorem 3.1 for this class and a saving of c bits. */
    public DescriptionBound description(double saved) {
        return DescriptionBound.of(functionCountLog2, saved);
    }
}
