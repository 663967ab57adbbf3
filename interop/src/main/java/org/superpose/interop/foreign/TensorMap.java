package org.superpose.interop.foreign;

import java.util.List;
import java.util.Optional;

/**
 * Which tensors of a file are which part of a network: an embedding, layers, a read-out. Everything else in the file is
 * ignored.
 *
 * @param embed the linear map that features go through first, or none where the layers read them directly
 * @param layers first applied first
 * @param readout the linear map to the logits, or none where the last layer gives them
 * @param thresholds what the logits are compared with
 */
public record TensorMap(Optional<Affine> embed, List<Hidden> layers, Optional<Affine> readout, Thresholds thresholds) {
    public TensorMap {
        layers = List.copyOf(layers);
    }

    /**
     * The tensors of one affine map.
     *
     * @param weight name of the matrix
     * @param bias name of the offset, or none
     * @param orientation how the matrix stands, or nothing where its shape tells
     */
    public record Affine(String weight, Optional<String> bias, Optional<Orientation> orientation) {}

    /**
     * One layer.
     *
     * @param affine its tensors
     * @param relu whether ReLU follows; false for a layer that is linear
     * @param skip the earlier state that is added to the sums, or none
     */
    public record Hidden(Affine affine, boolean relu, Optional<Skip> skip) {}

    /** An earlier state of the network. */
    public sealed interface Skip {
        /** The features themselves. */
        record Features() implements Skip {}

        /** What the embedding gives. */
        record Embed() implements Skip {}

        /**
         * What a layer gives, after its ReLU.
         *
         * @param index counted from 0
         */
        record OfLayer(int index) implements Skip {}
    }
}
