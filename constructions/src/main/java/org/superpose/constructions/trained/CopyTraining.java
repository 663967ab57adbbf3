package org.superpose.constructions.trained;

import java.util.Arrays;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * Gradient descent (Adam) on the squared hinge loss of all scores of one matrix, with an exact test of the rounded
 * matrix after every few steps.
 *
 * <p>The scores that are asked for: with v active features an output's own feature has at least 1 + (v - 1) d, every
 * other feature between -d and (1 - g) / v, so that v - 1 others cannot push the sum below 1, nor v of them above 1 -
 * g. With v = 1 nothing bounds the others from below.
 *
 * <p>The number of steps is fixed, every sum has a fixed order, and only operations are used whose float results the
 * language fixes: the same bits on every machine.
 */
final class CopyTraining {
    private static final int STEPS_PER_TEST = 25;
    /** The score of an output on its own feature at first. */
    private static final float START = 0.6f;

    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.99f;
    private static final float EPSILON = 1e-6f;
    /** The weight of an output's own feature in the loss, where it stands against thousands of others. */
    private static final float TARGET_WEIGHT = 16;

    /** The part of all steps after which the rate is cut. */
    private static final double FIRST_CUT = 0.6;
    /** The part of all steps after which the rate is cut again. */
    private static final double SECOND_CUT = 0.85;
    /** The factor of a cut. */
    private static final float CUT = 0.3f;

    private final Gates gates;
    private final int maxActive;
    private final Codes inputCodes;
    private final Codes outputCodes;
    private final Settings settings;
    private final CopyScores scores;
    private final float[] weights;
    private final float[] gradient;
    private final float[] firstMoment;
    private final float[] secondMoment;
    private double firstPower = 1;
    private double secondPower = 1;

    /**
     * What is asked of the scores, and how they are sought.
     *
     * @param steps of gradient descent
     * @param margin g
     * @param slack d
     * @param rate how far a weight moves per step, at most about a tenth of it
     * @param largestWeight the largest whole number that a weight may be
     */
    record Settings(int steps, float margin, float slack, float rate, int largestWeight) {}

    /**
     * A matrix of whole numbers and what the exact test says of it.
     *
     * @param weights row by row
     * @param gap the exact test
     * @param steps after how many steps it was found
     */
    record Trained(short[] weights, DecisionGap gap, int steps) {}

    CopyTraining(Gates gates, int maxActive, Codes inputCodes, Codes outputCodes, Settings settings) {
        this.gates = gates;
        this.maxActive = maxActive;
        this.inputCodes = inputCodes;
        this.outputCodes = outputCodes;
        this.settings = settings;
        this.scores = new CopyScores(inputCodes, outputCodes);
        int entries = Math.multiplyExact(outputCodes.neurons(), inputCodes.neurons());
        this.weights = new float[entries];
        this.gradient = new float[entries];
        this.firstMoment = new float[entries];
        this.secondMoment = new float[entries];
    }

    /**
     * Trains until the rounded matrix is right on every input, or the steps are used up: then the best of the tested
     * ones.
     */
    Trained train() {
        start();
        Trained best = test(0);
        for (int step = 1; step <= settings.steps() && !best.gap().isRight(); step++) {
            scores.read(weights);
            collectGradient();
            descend(rate(step));
            if (step % STEPS_PER_TEST == 0 || step == settings.steps()) {
                Trained now = test(step);
                if (now.gap().wrongOutputs() <= best.gap().wrongOutputs()) {
                    best = now;
                }
            }
        }
        return best;
    }

    /** Hebb's rule: what fires together is wired together. */
    private void start() {
        for (int i = 0; i < gates.outputs(); i++) {
            int input = gates.read(i, 0);
            float share = START / (inputCodes.weight(input) * outputCodes.weight(i));
            addTo(weights, i, input, share);
        }
    }

    private void addTo(float[] matrix, int output, int input, float value) {
        int columns = inputCodes.neurons();
        for (int u = 0; u < outputCodes.weight(output); u++) {
            int row = outputCodes.neuron(output, u) * columns;
            for (int t = 0; t < inputCodes.weight(input); t++) {
                matrix[row + inputCodes.neuron(input, t)] += value;
            }
        }
    }

    private float rate(int step) {
        double done = (double) step / settings.steps();
        float rate = settings.rate() * 0.1f;
        if (done > FIRST_CUT) {
            rate *= CUT;
        }
        if (done > SECOND_CUT) {
            rate *= CUT;
        }
        return rate;
    }

    private void collectGradient() {
        Arrays.fill(gradient, 0);
        float own = 1 + (maxActive - 1) * settings.slack();
        float most = (1 - settings.margin()) / maxActive;
        float least = maxActive == 1 ? Float.NEGATIVE_INFINITY : -settings.slack();
        float[] score = new float[scores.inputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            scores.scoresOf(i, score);
            int target = gates.read(i, 0);
            if (score[target] < own) {
                addTo(gradient, i, target, TARGET_WEIGHT * (score[target] - own));
            }
            for (int j = 0; j < score.length; j++) {
                // Few scores are out of bounds, so that it pays to look before anything is added.
                float value = score[j];
                if ((value > most || value < least) && j != target) {
                    addTo(gradient, i, j, value > most ? value - most : value - least);
                }
            }
        }
    }

    private void descend(float rate) {
        firstPower *= FIRST_DECAY;
        secondPower *= SECOND_DECAY;
        float first = (float) (1 / (1 - firstPower));
        float second = (float) (1 / (1 - secondPower));
        for (int x = 0; x < weights.length; x++) {
            float slope = gradient[x];
            float mean = FIRST_DECAY * firstMoment[x] + (1 - FIRST_DECAY) * slope;
            float square = SECOND_DECAY * secondMoment[x] + (1 - SECOND_DECAY) * slope * slope;
            firstMoment[x] = mean;
            secondMoment[x] = square;
            weights[x] -= rate * (mean * first) / ((float) Math.sqrt(square * second) + EPSILON);
        }
    }

    private Trained test(int step) {
        float largest = 0;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        float scale = settings.largestWeight() / largest;
        short[] rounded = new short[weights.length];
        float[] whole = new float[weights.length];
        for (int x = 0; x < weights.length; x++) {
            rounded[x] = (short) Math.rint(weights[x] * scale);
            whole[x] = rounded[x];
        }
        scores.read(whole);
        return new Trained(rounded, DecisionGap.of(scores, gates, maxActive), step);
    }
}
