package org.superpose.interop.method;

/**
 * A matrix of weights that is moved by Adam (Kingma and Ba, arXiv 1412.6980), with the gradient that gathers between
 * two steps. Only operations whose results the language fixes, in a fixed order.
 */
final class AdamMatrix {
    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final float[][] values;
    private final float[][] gradient;
    private final float[][] first;
    private final float[][] second;

    AdamMatrix(int rows, int columns) {
        this.values = new float[rows][columns];
        this.gradient = new float[rows][columns];
        this.first = new float[rows][columns];
        this.second = new float[rows][columns];
    }

    /** The weights; a live array. */
    float[][] values() {
        return values;
    }

    /** What gathers for the next step; a live array. */
    float[][] gradient() {
        return gradient;
    }

    /**
     * One step; the gradient starts anew.
     *
     * @param scale what the gathered gradient is multiplied by
     * @param step its number, from 1
     */
    void descend(float scale, float rate, int step) {
        float firstPart = 1 / (1 - (float) StrictMath.pow(FIRST_DECAY, step));
        float secondPart = 1 / (1 - (float) StrictMath.pow(SECOND_DECAY, step));
        for (int r = 0; r < values.length; r++) {
            float[] slope = gradient[r];
            float[] mean = first[r];
            float[] square = second[r];
            float[] weight = values[r];
            for (int c = 0; c < weight.length; c++) {
                float g = slope[c] * scale;
                mean[c] = FIRST_DECAY * mean[c] + (1 - FIRST_DECAY) * g;
                square[c] = SECOND_DECAY * square[c] + (1 - SECOND_DECAY) * g * g;
                weight[c] -= rate * (mean[c] * firstPart) / ((float) Math.sqrt(square[c] * secondPart) + EPSILON);
                slope[c] = 0;
            }
        }
    }
}
