package org.superpose.core.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.InputDomain;

/**
 * A ReLU network with its encoder and decoder: y_0 = E x, y_t = ReLU(W_t y_{t-1} + b_t), outputs read from y_L (theory,
 * section 1). Immutable.
 *
 * <p>Networks made elsewhere may have more: layers without ReLU, skips, and a linear read-out of the outputs. A dense
 * encoder, with an offset or without, is a first layer without ReLU over identity codes; such codes let features be
 * read directly. {@link #departure} tells the first such piece.
 *
 * @param inputCodes E, the codes of the m inputs in the n_0 neurons of y_0
 * @param layers the L layers, first applied first
 * @param decoder how the m' outputs are read from y_L
 * @param domain the inputs on which the network is claimed to be right
 * @param clean whether it is claimed that y_L is exactly the 0/1 indicator of the union of the codes of the active
 *     outputs
 * @param provenance how it was built
 */
@Reference(value = "Definition: network", standing = Standing.RECONSTRUCTED)
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
        int[] widths = new int[layers.size() + 1];
        widths[0] = inputCodes.neurons();
        for (int t = 0; t < layers.size(); t++) {
            Layer layer = layers.get(t);
            if (layer.columns() != widths[t]) {
                throw new IllegalArgumentException("layer " + t + " has " + layer.columns()
                        + " columns, but what it reads has " + widths[t] + " neurons");
            }
            widths[t + 1] = layer.rows();
            if (layer.skip().isPresent()) {
                requireSkip(t, layer, widths);
            }
        }
        int width = widths[layers.size()];
        if (decoder.codes().neurons() != width) {
            throw new IllegalArgumentException("the output codes are over "
                    + decoder.codes().neurons() + " neurons, but the last layer has " + width);
        }
    }

    private static void requireSkip(int t, Layer layer, int[] widths) {
        int from = layer.skip().getAsInt();
        if (from > t) {
            throw new IllegalArgumentException(
                    "layer " + t + " adds state " + from + ", but only states 0.." + t + " are there before it");
        }
        if (widths[from] != layer.rows()) {
            throw new IllegalArgumentException("layer " + t + " has " + layer.rows() + " rows, but state " + from
                    + ", which it adds, has " + widths[from] + " entries");
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

    /**
     * What the network has beyond y_t = ReLU(W_t y_{t-1} + b_t) with outputs read from codes, as a clause such as
     * "layer 2 has no ReLU"; empty if there is nothing. Arguments about chains of ReLU layers hold only where it is.
     */
    public Optional<String> departure() {
        for (int t = 0; t < layers.size(); t++) {
            Layer layer = layers.get(t);
            if (!layer.hasRelu()) {
                return Optional.of("layer " + t + " has no ReLU");
            }
            if (layer.skip().isPresent()) {
                return Optional.of("layer " + t + " adds state " + layer.skip().getAsInt());
            }
        }
        return decoder.isReadout() ? Optional.of("its outputs are read by a linear read-out") : Optional.empty();
    }

    /**
     * n, the largest number of neurons in any layer. In a network without {@link #departure}, y_0 is one of the layers.
     * In others only rows with ReLU are neurons, so that n is the hidden width, 0 if there is no ReLU: the embedding is
     * told by {@link #embeddingWidth}, and neither logits nor features that are read directly count.
     */
    public int width() {
        int width = departure().isPresent() ? 0 : inputCodes.neurons();
        for (Layer layer : layers) {
            if (layer.hasRelu()) {
                width = Math.max(width, layer.rows());
            }
        }
        return width;
    }

    /**
     * The entries of the linear encoder of a network with a {@link #departure}: the neurons of its codes, or the rows
     * of a first layer without ReLU over identity codes that is not the read-out itself. Empty where features are read
     * directly, and in a network without departure, whose {@link #width} counts y_0.
     */
    public OptionalInt embeddingWidth() {
        if (departure().isEmpty()) {
            return OptionalInt.empty();
        }
        if (!inputCodes.isIdentity()) {
            return OptionalInt.of(inputCodes.neurons());
        }
        Layer first = layers.get(0);
        return first.hasRelu() || layers.size() == 1 ? OptionalInt.empty() : OptionalInt.of(first.rows());
    }

    /** The largest number of entries of any state, y_0 and logits included: the size of a buffer for each of them. */
    public int largestState() {
        int largest = inputCodes.neurons();
        for (Layer layer : layers) {
            largest = Math.max(largest, layer.rows());
        }
        return largest;
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
