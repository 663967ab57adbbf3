package org.superpose.constructions.trained;

import java.util.Arrays;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;
import org.superpose.core.verify.Deadline;

/**
 * Gradient descent ({@link Adam}) on the squared hinge loss of all scores of one matrix, with an exact test of the
 * rounded matrix after every few steps.
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

    /** The weight of an output's own feature in the loss, where it stands against thousands of others. */
    private static final float TARGET_WEIGHT = 16;

    private final Gates gates;
    private final int maxActive;
    private final Codes inputCodes;
    private final Codes outputCodes;
    private final Settings settings;
    private final CodeScores scores;
    private final float[] weights;
    private final float[] gradient;
    private final Adam adam;

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
        this.scores = new CodeScores(inputCodes, outputCodes);
        int entries = Math.multiplyExact(outputCodes.neurons(), inputCodes.neurons());
        this.weights = new float[entries];
        this.gradient = new float[entries];
        this.adam = new Adam(weights, settings.rate() * 0.1f, settings.steps());
    }

    /**
     * Trains until the rounded matrix is right on every input, or the steps are used up: then the best of the tested
     * ones.
     *
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before
     */
    Trained train(Deadline deadline) {
        start();
        Trained best = test(0);
        for (int step = 1; step <= settings.steps() && !best.gap().isRight(); step++) {
            deadline.check((step - 1.0) / settings.steps());
            scores.read(weights);
            collectGradient();
            adam.descend(gradient, step);
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
            scores.addTo(weights, i, input, share);
        }
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
                scores.addTo(gradient, i, target, TARGET_WEIGHT * (score[target] - own));
            }
            for (int j = 0; j < score.length; j++) {
                // Few scores are out of bounds, so that it pays to look before anything is added.
                float value = score[j];
                if ((value > most || value < least) && j != target) {
                    scores.addTo(gradient, i, j, value > most ? value - most : value - least);
                }
            }
        }
    }

    private Trained test(int step) {
        short[] rounded = Rounding.toWhole(weights, settings.largestWeight());
        float[] whole = Rounding.toFloat(rounded);
        scores.read(whole);
        return new Trained(rounded, DecisionGap.of(scores, gates, maxActive), step);
    }
}
