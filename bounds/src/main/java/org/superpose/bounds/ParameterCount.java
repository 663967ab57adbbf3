package org.superpose.bounds;

import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * How many parameters networks of one shape have at most, as a polynomial in their width n: squares n^2 + perNeuron n +
 * fixed. Only full (not diagonal) matrices count, as in the lower bounds (theory, section 3); all of them may depend on
 * the map.
 *
 * @param squares the matrices from neurons to neurons, n x n each
 * @param perNeuron the entries that each neuron of the widest layer has in matrices with neurons at one side only: from
 *     features or an embedding to neurons, or from neurons to logits (m' for a read-out that depends on the map) or a
 *     residual stream
 * @param fixed the entries of matrices without neurons, such as a dense encoder
 */
@Reference(value = "Metrics", standing = Standing.OURS)
public record ParameterCount(int squares, long perNeuron, long fixed) {

    /** L matrices of n x n: the count of the lower bounds. */
    public static ParameterCount ofSquares(int matrices) {
        return new ParameterCount(matrices, 0, 0);
    }

    /**
     * That of the networks shaped like a given one.
     *
     * <p>Without {@link SuperposedNetwork#departure} these are its L full matrices of n x n, or one where all are
     * diagonal. In others only layers with ReLU are of width n; features that are read directly, embeddings, linear
     * states and logits are as large as they are.
     */
    public static ParameterCount of(SuperposedNetwork network) {
        if (network.departure().isEmpty() || network.matrices() == 0) {
            return ofSquares(Math.max(1, network.matrices()));
        }
        int squares = 0;
        long perNeuron = 0;
        long fixed = 0;
        boolean fromNeurons = false;
        for (Layer layer : network.layers()) {
            boolean toNeurons = layer.hasRelu();
            if (!(layer.weights() instanceof DiagonalMatrix)) {
                if (fromNeurons && toNeurons) {
                    squares++;
                } else if (fromNeurons) {
                    perNeuron += layer.rows();
                } else if (toNeurons) {
                    perNeuron += layer.columns();
                } else {
                    fixed += layer.weights().parameters();
                }
            }
            fromNeurons = toNeurons;
        }
        return new ParameterCount(squares, perNeuron, fixed);
    }

    /** The parameters at a width, a real number. */
    public double at(double width) {
        return squares * width * width + perNeuron * width + fixed;
    }

    /**
     * The least width, a real number, at which there are so many parameters; 0 if there are without any neuron,
     * infinite if no number of neurons brings more.
     *
     * @param parameters at least 0
     */
    public double leastWidth(double parameters) {
        double missing = parameters - fixed;
        if (!(missing > 0)) {
            return 0;
        }
        if (perNeuron == 0) { // infinite where there are no squares either
            return Math.sqrt(missing / squares);
        }
        // The positive root of squares n^2 + perNeuron n = missing, in the form without cancellation.
        return 2 * missing / (perNeuron + Math.sqrt((double) perNeuron * perNeuron + 4 * squares * missing));
    }
}
