package org.superpose.bounds;

import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.FunctionClass;

/**
 * The bits of all weights of a network, to be held against log|𝓕| (theory, sections 4 and 6). Biases and codes are not
 * weights.
 *
 * @param matrices the bits of each weight matrix, first applied first, diagonal ones among them
 */
@Reference(value = "Parameter bits", standing = Standing.RECONSTRUCTED)
public record BitComplexity(List<MatrixBits> matrices) {
    /** Copies the list. */
    public BitComplexity {
        matrices = List.copyOf(matrices);
    }

    /** The bits of every matrix of a network. */
    public static BitComplexity of(SuperposedNetwork network) {
        return new BitComplexity(network.layers().stream()
                .map(Layer::weights)
                .map(MatrixBits::of)
                .toList());
    }

    /** The bits of all weights as stored. */
    public long storedBits() {
        return matrices.stream().mapToLong(MatrixBits::storedBits).sum();
    }

    /** The bits of all weights, entropy-coded matrix by matrix. */
    public double entropyBits() {
        return matrices.stream().mapToDouble(MatrixBits::entropyBits).sum();
    }

    /** Bit efficiency with entropy-coded weights; infinite if these carry no bits at all. */
    public double entropyEfficiency(FunctionClass functions) {
        return LowerBound.of(functions).functionCountLog2() / entropyBits();
    }
}
