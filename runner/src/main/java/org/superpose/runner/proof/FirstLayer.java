package org.superpose.runner.proof;

import org.superpose.core.network.Codes;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;

/** What single features add to the rows of the first layer, in exact sums. */
final class FirstLayer {
    private FirstLayer() {}

    /** [features][rows]. */
    static float[][] scores(SuperposedNetwork network) {
        Codes codes = network.inputCodes();
        WeightMatrix weights = network.layers().get(0).weights();
        float[][] scores = new float[codes.features()][weights.rows()];
        float[] row = new float[weights.columns()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.copyRow(r, row);
            for (int j = 0; j < scores.length; j++) {
                float sum = 0;
                for (int t = 0; t < codes.weight(j); t++) {
                    sum += row[codes.neuron(j, t)];
                }
                scores[j][r] = sum;
            }
        }
        return scores;
    }

    /** Whether a layer is a full matrix. */
    static boolean isFull(WeightMatrix weights) {
        return !(weights instanceof DiagonalMatrix);
    }
}
