package org.superpose.constructions.clipped;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;

/**
 * Chains clipped 0/1 matrices into layers, with saturation between them where it is wanted (theory, section 5).
 * Mutable.
 *
 * <p>A matrix with threshold t becomes ReLU(W y - (t - 1)), which is positive iff at least t of the ones that it reads
 * are on. Saturation is u = ReLU(1 - y), exactly 1 - [y >= 1] for whole y >= 0; the matrix after it reads 1 - u:
 * weights -W, and the row sums join the bias.
 */
final class ClippedStages {
    private final List<Layer> layers = new ArrayList<>();
    private boolean inverted;

    /** Adds a matrix whose rows fire at a threshold. */
    ClippedStages matrix(BitMatrix weights, int threshold) {
        if (!inverted) {
            layers.add(Layer.withBias(weights, 1 - threshold));
            return this;
        }
        float[] bias = new float[weights.rows()];
        for (int r = 0; r < bias.length; r++) {
            bias[r] = weights.rowCount(r) + 1 - threshold;
        }
        layers.add(new Layer(weights.withValues(0, -1), bias));
        inverted = false;
        return this;
    }

    /** Cuts the state to 0 and 1; what follows reads it inverted. */
    ClippedStages saturate() {
        layers.add(Layer.withBias(
                DiagonalMatrix.ofValue(layers.get(layers.size() - 1).rows(), -1), 1));
        inverted = true;
        return this;
    }

    /**
     * The network of these layers, whose outputs are on where every neuron of their code is; a last saturation is
     * inverted back, so that the last state is exactly 0/1.
     */
    SuperposedNetwork network(Codes inputCodes, Codes outputCodes, InputDomain domain, Provenance provenance) {
        if (inverted) {
            saturate();
            inverted = false;
        }
        return new SuperposedNetwork(
                inputCodes,
                layers,
                Decoder.withThreshold(outputCodes, Decoder.Kind.EVERY_ROW, 1),
                domain,
                false,
                provenance);
    }
}
