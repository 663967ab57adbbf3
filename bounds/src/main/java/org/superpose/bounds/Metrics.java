package org.superpose.bounds;

import org.superpose.core.Reference;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.ProblemInstance;

/**
 * The figures of merit of a network for an instance, by the names of theory, section 6. A ratio whose denominator is
 * zero (kappa for a single output, limit ratio for a class of one function) is infinite.
 *
 * @param superpositionRatio m' / n
 * @param kappa n / sqrt(m' log m')
 * @param widthLimit the lower bound on n at the network's L and its average stored bits per parameter, over its full
 *     (not diagonal) matrices
 * @param limitRatio n / widthLimit
 * @param weightBits the bits of all weights as stored
 * @param bitEfficiency log|𝓕| / weightBits
 */
@Reference("Section 6, metrics")
public record Metrics(
        double superpositionRatio,
        double kappa,
        double widthLimit,
        double limitRatio,
        long weightBits,
        double bitEfficiency) {

    /** The figures of a network for the instance that it is to compute. */
    public static Metrics of(ProblemInstance instance, SuperposedNetwork network) {
        LowerBound bound = LowerBound.of(instance);
        double limit = bound.widthLimit(bitsPerParameter(network), Math.max(1, network.matrices()));
        return new Metrics(
                superpositionRatio(instance.outputs(), network.width()),
                kappa(instance.outputs(), network.width()),
                limit,
                network.width() / limit,
                network.weightBits(),
                bound.functionCountLog2() / network.weightBits());
    }

    /** m' / n. */
    public static double superpositionRatio(int outputs, int width) {
        return (double) outputs / width;
    }

    /** n / sqrt(m' log m'). */
    public static double kappa(int outputs, int width) {
        return width / Math.sqrt(outputs * (StrictMath.log(outputs) / StrictMath.log(2)));
    }

    /**
     * b: the average stored bits of the parameters that the bound counts; of all if a network has diagonal matrices
     * only.
     */
    private static double bitsPerParameter(SuperposedNetwork network) {
        boolean anyFull = network.matrices() > 0;
        long bits = 0;
        long parameters = 0;
        for (Layer layer : network.layers()) {
            WeightMatrix weights = layer.weights();
            if (!anyFull || !(weights instanceof DiagonalMatrix)) {
                bits += weights.storedBits();
                parameters += weights.parameters();
            }
        }
        return (double) bits / parameters;
    }
}
