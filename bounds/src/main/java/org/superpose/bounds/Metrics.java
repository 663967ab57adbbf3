package org.superpose.bounds;

import java.util.Optional;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;

/**
 * The figures of merit of a network for an instance, by the names of theory, section 6. A ratio whose denominator is
 * zero (kappa for a single output, limit ratio for a class of one function) is infinite; what compares with the class
 * of functions is empty where nothing is known of it.
 *
 * <p>Of a network made elsewhere ({@link SuperposedNetwork#departure}), n is the hidden width: neither the embedding
 * nor logits nor features that are read directly are neurons. Its read-out and its dense encoder are matrices that may
 * depend on the map, unlike the codes of others, so they count among the parameters ({@link ParameterCount}).
 *
 * @param superpositionRatio m' / n
 * @param kappa n / sqrt(m' log m')
 * @param widthLimit the lower bound on n at the network's L, or its shape, and its average stored bits per parameter,
 *     over its full (not diagonal) matrices
 * @param limitRatio n / widthLimit
 * @param weightBits the bits of all weights as stored
 * @param bitEfficiency log|𝓕| / weightBits
 */
@Reference(value = "Metrics", standing = Standing.OURS)
public record Metrics(
        double superpositionRatio,
        double kappa,
        Optional<Double> widthLimit,
        Optional<Double> limitRatio,
        long weightBits,
        Optional<Double> bitEfficiency) {

    /** The figures of a network for the instance that it is to compute. */
    public static Metrics of(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        int outputs = network.outputs();
        int width = network.width();
        Optional<LowerBound> bound = LowerBound.find(built.instance());
        Optional<Double> limit =
                bound.map(known -> known.widthLimit(bitsPerParameter(network), ParameterCount.of(network)));
        return new Metrics(
                superpositionRatio(outputs, width),
                kappa(outputs, width),
                limit,
                limit.map(least -> width / least),
                network.weightBits(),
                bound.map(known -> known.functionCountLog2() / network.weightBits()));
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
