package org.superpose.constructions.clipped.weight;

import org.superpose.constructions.code.LowOverlapCodes;

/**
 * Expected errors of a one-matrix clipped permutation, from the load of theory, section 5.
 *
 * @param width n
 * @param inputs m
 * @param outputs m'
 * @param maxActive v
 */
public record SingleMatrixModel(int width, int inputs, int outputs, int maxActive) implements ClippedWeights.CostModel {
    @Override
    public boolean hasChannels() {
        return false;
    }

    @Override
    public double expectedErrors(ClippedWeights weights) {
        int k = weights.code();
        int o = weights.outputCode();
        double n = width;
        if (!ClippedWeights.CostModel.hasRoom(width, k, inputs)
                || !ClippedWeights.CostModel.hasRoom(width, o, outputs)) {
            return Double.POSITIVE_INFINITY;
        }
        double density = 1 - StrictMath.exp(-(double) outputs * k * o / (n * n));
        double errors = 0;
        // The rows of a false output contain the code of the input that it reads, and so what this code shares with the
        // active ones; the rows that it shares with a true output fire anyway.
        int mostShared = Math.min(k - 1, maxActive * LowOverlapCodes.expectedOverlap(inputs, width, k));
        int mostCommon = Math.min(o - 1, maxActive * LowOverlapCodes.expectedOverlap(outputs, width, o));
        for (int shared = 0; shared <= mostShared; shared++) {
            double row = Chance.atLeast(maxActive * k - shared, density, k - shared);
            for (int common = 0; common <= mostCommon; common++) {
                errors += Chance.exactly(k, Math.min(1, maxActive * k / n), shared)
                        * Chance.exactly(o, Math.min(1, maxActive * o / n), common)
                        * StrictMath.pow(row, o - common);
            }
        }
        return Chance.binomial(inputs, maxActive) * outputs * errors;
    }
}
