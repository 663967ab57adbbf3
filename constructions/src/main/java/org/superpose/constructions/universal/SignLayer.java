package org.superpose.constructions.universal;

import java.util.List;
import java.util.random.RandomGenerator;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.random.Seed;

/**
 * A random layer of d neurons, y = ReLU(A x) with entries +-1, and its reflection: the readouts of such layers subtract
 * neurons, and a decoder only adds, so a second layer puts v - y beside y. Whole numbers throughout.
 */
final class SignLayer {
    private final int neurons;
    private final BitMatrix signs;

    private SignLayer(int neurons, BitMatrix signs) {
        this.neurons = neurons;
        this.signs = signs;
    }

    /** Draws d x m signs. */
    static SignLayer draw(int neurons, int inputs, Seed seed) {
        RandomGenerator random = seed.generator();
        int wordsPerRow = BitMatrix.wordsPerRow(inputs);
        long[] words = new long[Math.multiplyExact(neurons, wordsPerRow)];
        for (int w = 0; w < words.length; w++) {
            words[w] = random.nextLong();
        }
        if (inputs % Long.SIZE != 0) {
            for (int e = 0; e < neurons; e++) {
                words[(e + 1) * wordsPerRow - 1] &= (1L << inputs) - 1;
            }
        }
        return new SignLayer(neurons, new BitMatrix(neurons, inputs, words, -1, 1));
    }

    /** True if the entry is +1. */
    boolean isPositive(int neuron, int input) {
        return signs.isSet(neuron, input);
    }

    /** y = ReLU(A x), then (y, v - y): 2 d neurons. No y exceeds v, so the second ReLU cuts nothing off. */
    List<Layer> layers(int maxActive) {
        short[] reflection = new short[Math.multiplyExact(2 * neurons, neurons)];
        float[] bias = new float[2 * neurons];
        for (int e = 0; e < neurons; e++) {
            reflection[e * neurons + e] = 1;
            reflection[(neurons + e) * neurons + e] = -1;
            bias[neurons + e] = maxActive;
        }
        return List.of(Layer.withBias(signs, 0), new Layer(new IntegerMatrix(2 * neurons, neurons, reflection), bias));
    }
}
