package org.superpose.constructions.linear;

import java.util.List;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;

/**
 * What happens to the sums z of the output rows, which are about 1 in the code of an active output and about 0
 * elsewhere.
 */
enum OutputStage {
    /**
     * y = ReLU(z - cut), and the decoder averages the rows of a code. Averaging removes noise that is independent
     * between the rows, so this needs the smallest width; the values stay noisy. For sums of channels.
     */
    CHANNEL_AVERAGES(0.53),
    /**
     * The same for sums of inputs, where several outputs can be on whose codes share rows with that of one that is off.
     */
    INPUT_AVERAGES(0.62),
    /**
     * A steep step, clamped to 0..1 by two diagonal layers, so that another block reads 0 and 1 and noise does not
     * accumulate: y = 1 - ReLU(1 - ReLU(slope (z - start))).
     */
    PUSHED_BACK(0.55) {
        @Override
        List<Layer> layers(DenseMatrix sums) {
            int rows = sums.rows();
            return List.of(
                    Layer.withBias(LinearAssembly.scaled(sums, STEP_SLOPE), (float) (-STEP_SLOPE * STEP_START)),
                    Layer.withBias(DiagonalMatrix.ofValue(rows, -1), 1),
                    Layer.withBias(DiagonalMatrix.ofValue(rows, -1), 1));
        }
    };

    private static final double CUT = 0.1;
    private static final double STEP_START = 0.4;
    private static final double STEP_SLOPE = 4;

    private final double decodeAverage;

    OutputStage(double decodeAverage) {
        this.decodeAverage = decodeAverage;
    }

    /** The layers that follow the hidden one. */
    List<Layer> layers(DenseMatrix sums) {
        return List.of(Layer.withBias(sums, (float) -CUT));
    }

    /** Output i is on iff the average over the rows of its code reaches a fixed value between 0 and 1. */
    final Decoder decoder(Codes outputCodes) {
        float[] thresholds = new float[outputCodes.features()];
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] = (float) (decodeAverage * outputCodes.weight(i));
        }
        return new Decoder(outputCodes, Decoder.Kind.SUM, thresholds);
    }
}
