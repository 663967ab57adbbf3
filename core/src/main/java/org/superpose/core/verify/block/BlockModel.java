package org.superpose.core.verify.block;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.RowPanels;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/** A network in the form in which it is evaluated block by block, with what is known of the rounding. Immutable. */
public final class BlockModel {
    private final AffineStart start;
    private final Readout readout;
    private final RoundingBounds bounds;
    private final List<Step> steps = new ArrayList<>();
    private final boolean isFirstRectified;

    /**
     * Prepares a network.
     *
     * @param domain the inputs on which the bounds hold; of as many features as the network has inputs
     */
    public BlockModel(SuperposedNetwork network, InputDomain domain) {
        this.start = new AffineStart(network, domain.maxActive());
        this.readout = new Readout(network.decoder());
        this.bounds = new RoundingBounds(network, domain, start, readout);
        for (Layer layer :
                network.layers().subList(start.layer() + 1, network.layers().size())) {
            steps.add(Step.of(layer));
        }
        this.isFirstRectified = network.layers().get(start.layer()).hasRelu();
    }

    /** What is affine in the input, folded. */
    public AffineStart start() {
        return start;
    }

    /** How outputs are read. */
    public Readout readout() {
        return readout;
    }

    /** How far the values of a block may be from those of any float32 evaluation. */
    public RoundingBounds bounds() {
        return bounds;
    }

    /** The layers behind the folded ones. */
    List<Step> steps() {
        return steps;
    }

    /** Whether the last of the folded layers has ReLU. */
    boolean isFirstRectified() {
        return isFirstRectified;
    }

    /**
     * One layer behind the folded ones.
     *
     * @param panels its weights, or null if they are diagonal
     * @param diagonal its weights, or null if they are not
     * @param skip the state that is added, or -1
     */
    record Step(RowPanels panels, float[] diagonal, float[] bias, boolean hasRelu, int skip) {
        static Step of(Layer layer) {
            boolean isDiagonal = layer.weights() instanceof DiagonalMatrix;
            return new Step(
                    isDiagonal ? null : panels(layer),
                    isDiagonal ? ((DiagonalMatrix) layer.weights()).diagonal() : null,
                    layer.bias(),
                    layer.hasRelu(),
                    layer.skip().orElse(-1));
        }

        private static RowPanels panels(Layer layer) {
            float[] row = new float[layer.columns()];
            return RowPanels.of(layer.rows(), layer.columns(), r -> {
                for (int c = 0; c < row.length; c++) {
                    row[c] = layer.weights().get(r, c);
                }
                return row;
            });
        }

        int rows() {
            return bias.length;
        }
    }
}
