package org.superpose.constructions.trained;

/** Scales weights so that the largest is a given whole number, and rounds them. */
final class Rounding {
    private Rounding() {}

    /**
     * The weights times one factor, rounded.
     *
     * @param weights finite numbers; if all are 0, so are the whole ones
     * @param largest what the largest becomes in size, 1..32767
     */
    static short[] toWhole(float[] weights, int largest) {
        float most = 0;
        for (float weight : weights) {
            most = Math.max(most, Math.abs(weight));
        }
        float scale = largest / most;
        short[] whole = new short[weights.length];
        for (int x = 0; x < whole.length && most > 0; x++) {
            whole[x] = (short) Math.rint(weights[x] * scale);
        }
        return whole;
    }

    /** The same numbers as floats. */
    static float[] toFloat(short[] whole) {
        float[] weights = new float[whole.length];
        for (int x = 0; x < whole.length; x++) {
            weights[x] = whole[x];
        }
        return weights;
    }
}
