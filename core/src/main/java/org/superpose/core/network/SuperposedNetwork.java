package org.superpose.core.network;

import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.feature.InputDomain;

/**
 * A ReLU network with its encoder and decoder: y_0 = E x, y_t = ReLU(W_t y_{t-1} + b_t), outputs read from y_L (theory,
 * section 1). Immutable.
 *
 * @param inputCodes E, the codes of the m inputs in the n_0 neurons of y_0
 * @param layers the L layers, first applied first
 * @param decoder how the m' outputs are read from y_L
 * @param domain the inputs on which the network is claimed to be right
 * @param clean whether it is claimed that y_L is exactly the 0/1 indicator of the union of the codes of the active
 *     outputs
 * @param provenance how it was built
 */
@Reference("Definition: network")
public record SuperposedNetwork(
        Codes inputCodes,
        List<Layer> layers,
        Decoder decoder,
        InputDomain domain,
        boolean clean,
        Provenance provenance) {

    /** @throws IllegalArgumentException if the shapes do not fit onto each other */
    public SuperposedNetwork {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer");
        }
        if (domain.features() != inputCodes.features()) {
            throw new IllegalArgumentException(
                    inputCodes.features() + " input codes do not fit a domain of " + domain.features() + " features");
        }
        int width = inputCodes.neurons();
        for (int t = 0; t < layers.size(); t++) {
            if (layers.get(t).columns() != width) {
                throw new IllegalArgumentException("layer " + t + " has "
                        + layers.get(t).columns() + " columns, but what it reads has " + width + " neurons");
            }
            width = layers.get(t).rows();
        }
        if (decoder.codes().neurons() != width) {
            throw new IllegalArgumentException("the output codes are over "
                    + decoder.codes().neurons() + " neurons, but the last layer has " + width);
        }
    }

    /** The same network with another decoder; what it claims stays. */
    public SuperposedNetwork withDecoder(Decoder newDecoder) {
        return new SuperposedNetwork(inputCodes, layers, newDecoder, domain, clean, provenance);
    }

    /** The same network with other layers; what it claims stays. */
    public SuperposedNetwork withLayers(List<Layer> newLayers) {
        return new SuperposedNetwork(inputCodes, newLayers, decoder, domain, clean, provenance);
    }

    /** The same network that came about in another way. */
    public SuperposedNetwork withProvenance(Provenance newProvenance) {
        return new SuperposedNetwork(inputCodes, layers, decoder, domain, clean, newProvenance);
    }

    /** m, the number of input features. */
    public int inputs() {
        return inputCodes.features();
    }

    /** m', the number of output features. */
    public int outputs() {
        return decoder.outputs();
    }

    /** n, the largest number of neurons in any layer, y_0 included. */
    public int width() {
        int width = inputCodes.neurons();
        for (Layer layer : layers) {
            width = Math.max(width, layer.rows());
        }
        return width;
    }

    /** The number of full (not diagonal) weight matrices: L of the lower bounds. */
    public int matrices() {
        return (int) layers.stream()
                .filter(layer -> !(layer.weights() instanceof DiagonalMatrix))
                .count();
    }

    /** The bits of all weights as stored; biases and codes are not weights. */
    public long weightBits() {
        return layers.stream().mapToLong(layer -> layer.weights().storedBits()).sum();
    }
}
