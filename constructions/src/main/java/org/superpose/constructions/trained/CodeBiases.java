package org.superpose.constructions.trained;

/** Biases of a layer whose outputs are read as sums over the rows of codes. */
final class CodeBiases {
    private CodeBiases() {}

    /**
     * Biases that add up to one sum over every output code, which has one row in each of its equal blocks.
     *
     * @param width the number of rows
     * @param codeWeight the number of rows of each code
     */
    static float[] addingUpTo(int sum, int width, int codeWeight) {
        float[] biases = new float[width];
        int block = width / codeWeight;
        for (int f = 0; f < width; f++) {
            biases[f] = sum / codeWeight + (f / block < sum % codeWeight ? 1 : 0);
        }
        return biases;
    }
}
