package org.superpose.constructions.trained.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.core.network.Codes;
import org.superpose.core.random.Seed;

/** The gradient against differences of the loss, which is computed here from the definition, in double. */
class GradientTest {
    private static final int FEATURES = 9;
    private static final int OUTPUTS = 6;
    private static final int WIDTH = 8;
    private static final int[] ACTIVE = {1, 4, 7};
    private static final int[] CHANGES = {0, 3};
    private static final double STEP = 1e-3;

    private static TrainedLayers layers(boolean isDense, int hidden, Optional<Codes> outputCodes, long seed) {
        RandomGenerator random = new Seed(seed).generator();
        Embedding embedding = isDense
                ? Embedding.ofSigns(FEATURES, 5, random)
                : Embedding.ofCodes(
                        Codes.ofWeight(6, 2, new int[] {0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3, 4, 5, 0, 4, 1, 5}));
        TrainedLayers layers = new TrainedLayers(
                new TrainedLayers.Plan(embedding, WIDTH, hidden, OUTPUTS, outputCodes, 2047, 0.05f, 10), random);
        layers.chooseUnits();
        layers.round();
        return layers;
    }

    private static float[] restingSigns() {
        float[] signs = new float[OUTPUTS];
        Arrays.fill(signs, -1);
        signs[3] = 1;
        signs[5] = 1;
        return signs;
    }

    private static double[] vector(Embedding embedding, int feature) {
        double[] vector = new double[embedding.width()];
        for (int c = 0; c < vector.length; c++) {
            vector[c] = embedding.signs().isPresent() ? embedding.signs().get()[feature][c] : 0;
        }
        for (int t = 0; embedding.signs().isEmpty() && t < embedding.codes().weight(feature); t++) {
            vector[embedding.codes().neuron(feature, t)] = 1;
        }
        return vector;
    }

    private static double loss(TrainedLayers layers) {
        double[] state = new double[layers.width(0)];
        for (int j : ACTIVE) {
            double[] vector = vector(layers.embedding(), j);
            for (int c = 0; c < state.length; c++) {
                state[c] += vector[c];
            }
        }
        for (int t = 0; t < layers.matrices(); t++) {
            double[] next = new double[layers.width(t + 1)];
            boolean hasRelu = t < layers.matrices() - 1 || layers.outputCodes().isPresent();
            for (int r = 0; r < next.length; r++) {
                next[r] = layers.bias(t).rounded()[r];
                for (int c = 0; c < state.length; c++) {
                    int place = t == 0 ? c * next.length + r : r * state.length + c;
                    next[r] += layers.matrix(t).rounded()[place] * state[c];
                }
                next[r] = hasRelu ? Math.max(0, next[r]) : next[r];
            }
            state = next;
        }
        double loss = 0;
        for (int i = 0; i < OUTPUTS; i++) {
            int output = i;
            boolean isOn = restingSigns()[i] > 0 != Arrays.stream(CHANGES).anyMatch(change -> change == output);
            double value = layers.outputCodes().isPresent() ? -2 : state[i];
            for (int t = 0;
                    layers.outputCodes().isPresent()
                            && t < layers.outputCodes().get().weight(i);
                    t++) {
                value += 2 * state[layers.outputCodes().get().neuron(i, t)];
            }
            double below = Math.max(0, 1 - (isOn ? value : -value));
            loss += below * below / 2;
        }
        return loss;
    }

    private static double difference(TrainedLayers layers, float[] weights, int place) {
        float before = weights[place];
        weights[place] = (float) (before + STEP);
        double above = loss(layers);
        weights[place] = (float) (before - STEP);
        double below = loss(layers);
        weights[place] = before;
        return (above - below) / (2 * STEP);
    }

    private static void assertIsSlope(TrainedLayers layers, float[] weights, float[] gradient, String what) {
        for (int x = 0; x < weights.length; x++) {
            assertEquals(difference(layers, weights, x), gradient[x], 5e-3, what + ", entry " + x);
        }
    }

    private static void assertIsSlope(TrainedLayers layers) {
        Gradient gradient = new Gradient(layers, restingSigns());
        gradient.add(new int[] {0, 2}, new int[] {1});
        gradient.clear();
        gradient.add(ACTIVE, CHANGES);
        float[] first = new float[layers.width(0) * layers.width(1)];
        layers.embedding().collect(gradient.columns(), first);
        for (int t = 0; t < layers.matrices(); t++) {
            assertIsSlope(layers, layers.bias(t).rounded(), gradient.bias(t), "bias " + t);
            assertIsSlope(layers, layers.matrix(t).rounded(), t == 0 ? first : gradient.matrix(t), "matrix " + t);
        }
    }

    @Test
    void itIsTheSlopeOfTheLossWithALinearReadout() {
        for (long seed = 1; seed <= 3; seed++) {
            assertIsSlope(layers(true, 1, Optional.empty(), seed));
            assertIsSlope(layers(false, 1, Optional.empty(), seed));
            assertIsSlope(layers(true, 3, Optional.empty(), seed));
        }
    }

    @Test
    void itIsTheSlopeOfTheLossWithCodesWhoseRowsAreAwake() {
        Codes codes = Codes.ofWeight(WIDTH, 2, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 0, 2, 1, 3});
        for (long seed = 1; seed <= 3; seed++) {
            TrainedLayers layers = layers(true, 2, Optional.of(codes), seed);
            // A silent row may be raised though its slope is 0: here none is silent.
            Arrays.fill(layers.bias(2).rounded(), 4);
            layers.prepare();
            assertIsSlope(layers);
        }
    }
}
