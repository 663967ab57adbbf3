package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * Gradient descent ({@link Adam}) on the squared hinge loss of the scores of one matrix that {@link GateTargets} ask
 * for, with an exact test of the rounded matrix after every few steps.
 *
 * <p>The number of steps is fixed, every sum has a fixed order, and only operations are used whose float results the
 * language fixes: the same bits on every machine.
 */
final class GateTraining {
    private static final int STEPS_PER_TEST = 25;
    /** The part of its targets that a gate's reads have at first. */
    private static final float START = 0.6f;

    /** The weight of a gate's reads in the loss, where they stand against thousands of others. */
    private static final float READ_WEIGHT = 16;

    private final Gates gates;
    private final InputDomain domain;
    private final List<GateTargets> targets;
    private final Codes inputCodes;
    private final Codes outputCodes;
    private final Settings settings;
    private final CodeScores scores;
    private final float[] weights;
    private final float[] gradient;
    private final Adam adam;

    /**
     * How the scores are sought.
     *
     * @param steps of gradient descent
     * @param margin how far below 1 the scores of a gate that is off are to stay
     * @param rate how far a weight moves per step, at most about a tenth of it
     * @param largestWeight the largest whole number that a weight may be
     */
    record Settings(int steps, float margin, float rate, int largestWeight) {}

    /**
     * A matrix of whole numbers and what the exact test says of it.
     *
     * @param weights row by row
     * @param gap the exact test
     * @param steps after how many steps it was found
     */
    record Trained(short[] weights, GateGap gap, int steps) {}

    /** @param targets one for each gate */
    GateTraining(
            Gates gates,
            InputDomain domain,
            List<GateTargets> targets,
            Codes inputCodes,
            Codes outputCodes,
            Settings settings) {
        this.gates = gates;
        this.domain = domain;
        this.targets = targets;
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
     */
    Trained train() {
        start();
        Trained best = test(0);
        for (int step = 1; step <= settings.steps() && !best.gap().isRight(); step++) {
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
            for (int t = 0; t < gates.fanIn(i); t++) {
                int input = gates.read(i, t);
                int entries = inputCodes.weight(input) * outputCodes.weight(i);
                scores.addTo(weights, i, input, START * targets.get(i).weights()[t] / entries);
            }
        }
    }

    private void collectGradient() {
        Arrays.fill(gradient, 0);
        float[] score = new float[scores.inputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            scores.scoresOf(i, score);
            addReads(i, score);
            addOthers(i, score);
        }
    }

    /** What is missing where other features have the worst scores that they are allowed. */
    private void addReads(int output, float[] score) {
        GateTargets target = targets.get(output);
        float below = 1 - settings.margin();
        float[] slopes = new float[gates.fanIn(output)];
        for (int q = 0; q < target.subsets().length; q++) {
            int subset = target.subsets()[q];
            int others = target.others()[q];
            float sum = 0;
            for (int t = 0; t < slopes.length; t++) {
                sum += (subset >> t & 1) == 0 ? 0 : score[gates.read(output, t)];
            }
            float beyond = target.on()[q]
                    ? Math.min(0, sum - 1 - (others == 0 ? 0 : others * target.least()))
                    : Math.max(0, sum - below * (1 - others * target.most()));
            for (int t = 0; t < slopes.length && beyond != 0; t++) {
                slopes[t] += (subset >> t & 1) == 0 ? 0 : READ_WEIGHT * beyond;
            }
        }
        for (int t = 0; t < slopes.length; t++) {
            if (slopes[t] != 0) {
                scores.addTo(gradient, output, gates.read(output, t), slopes[t]);
            }
            score[gates.read(output, t)] = 0;
        }
    }

    private void addOthers(int output, float[] score) {
        float most = (1 - settings.margin()) * targets.get(output).most();
        float least = -targets.get(output).least();
        for (int j = 0; j < score.length; j++) {
            // Few scores are out of bounds, so that it pays to look before anything is added.
            float value = score[j];
            if (value > most || value < least) {
                scores.addTo(gradient, output, j, value > most ? value - most : value - least);
            }
        }
    }

    private Trained test(int step) {
        short[] rounded = Rounding.toWhole(weights, settings.largestWeight());
        scores.read(Rounding.toFloat(rounded));
        return new Trained(rounded, GateGap.of(scores, gates, targets, domain), step);
    }
}
