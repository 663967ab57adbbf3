package org.superpose.constructions.linear;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;

/**
 * Turns codes and a {@link HiddenPlan} into layers: W_0 = C_0 D_0 with fire = ReLU((z - (r - h)) / h), W_1 = C_1 D_1
 * where D_1 averages each channel and C_1 is the output code.
 *
 * <p>The values are not clamped: a row whose r inputs are active is 1 + noise / h, one that misses an input is 0 unless
 * its noise exceeds 1 - h. So h trades one against the other; 1/2 is the symmetric choice.
 */
final class LinearAssembly {
    /**
     * h. 1/2 is the symmetric choice for a single row; the average over a channel removes noise but no bias, which
     * favours more of the signal: 0.8 needed a smaller width than 0.5 and 0.6, and no larger one than 0.75 and 0.9.
     */
    static final double HEADROOM = 0.8;

    /** What is cut off a row that is 1 where its input is active. */
    private static final double CLEANING_CUT = 0.3;

    private LinearAssembly() {}

    /** The first layer of a plan from C_0 D_0: a row is 1 + noise where its {@code threshold} inputs are active. */
    static Layer fire(HiddenPlan plan, DenseMatrix decompressed, int threshold) {
        float[] bias = new float[plan.rows()];
        for (int e = 0; e < bias.length; e++) {
            bias[e] = (float) (-(threshold + plan.raised(e) - HEADROOM) / HEADROOM);
        }
        return new Layer(scaled(decompressed, 1 / HEADROOM), bias);
    }

    /**
     * A layer before the first that writes the inputs into a code of the hidden layer and cuts noise off: a row is 1 +
     * noise where one input of its own is active, and 0 elsewhere unless its noise exceeds the cut. AND is left to the
     * next ReLU. The matrix between the two is what makes them two: of the same rows, the ReLU of a ReLU is one ReLU.
     */
    static Layer clean(DenseMatrix decompressed) {
        return Layer.withBias(
                scaled(decompressed, 1 / (1 - CLEANING_CUT)), (float) (-CLEANING_CUT / (1 - CLEANING_CUT)));
    }

    /** The second matrix C_1 D_1: every output row adds up the averages of the channels of its outputs. */
    static DenseMatrix compress(HiddenPlan plan, Codes outputCodes) {
        int hidden = plan.rows();
        int rows = outputCodes.neurons();
        Codes.Inverse outputsOfRow = outputCodes.inverse();
        float[] values = new float[Math.multiplyExact(rows, hidden)];
        double[] sum = new double[hidden];
        double[] gains =
                IntStream.range(0, plan.outputs()).mapToDouble(plan::gain).toArray();
        double[] offsets = new double[plan.zones()];
        for (int f = 0; f < rows; f++) {
            Arrays.fill(sum, 0);
            Arrays.fill(offsets, 0);
            for (int t = 0; t < outputsOfRow.load(f); t++) {
                int output = outputsOfRow.feature(f, t);
                double gain = gains[output];
                for (int e : plan.channel(output)) {
                    sum[e] += gain;
                }
                for (HiddenPlan.Correction correction : plan.corrections(output)) {
                    offsets[correction.zone()] += gain * correction.share();
                }
            }
            for (int zone = 0; zone < offsets.length; zone++) {
                for (int e : plan.zone(zone)) {
                    sum[e] -= offsets[zone];
                }
            }
            for (int e = 0; e < hidden; e++) {
                values[f * hidden + e] = (float) sum[e];
            }
        }
        return new DenseMatrix(rows, hidden, values);
    }

    /** A matrix times a number. */
    static DenseMatrix scaled(DenseMatrix matrix, double factor) {
        float[] values = matrix.values();
        for (int t = 0; t < values.length; t++) {
            values[t] = (float) (values[t] * factor);
        }
        return new DenseMatrix(matrix.rows(), matrix.columns(), values);
    }
}
