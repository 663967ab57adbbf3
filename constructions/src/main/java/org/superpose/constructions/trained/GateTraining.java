package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;
import org.superpose.core.verify.Deadline;

/**
 * Gradient descent ({@link Adam}) on the squared hinge loss of the scores of one matrix that {@link GateTargets} ask
 * for, with an exact test of the rounded matrix after every few steps.
 *
 * <p>The number of steps is fixed, every sum has a fixed order, and only operations are used whose float results the
 * language fixes: the same bits on every machine.
 */
final class GateTraining {
    static final int STEPS_PER_TEST = 25;
    /** The steps from one look at all pairs to the next; between them only pairs near the threshold count. */
    private static final int STEPS_PER_SWEEP = 3;
    /** What counts as near. */
    private static final float NEAR = 0.15f;
    /** The part of its targets that a gate's reads have at first. */
    static final float START = 0.6f;

    /** The weights of pairs in the loss, by how many of their features the gate reads. */
    private static final float[] PAIR_WEIGHTS = {1, 4, 16};

    private final Gates gates;
    private final InputDomain domain;
    private final List<GateTargets> targets;
    private final Codes inputCodes;
    private final Codes outputCodes;
    private final Settings settings;
    private final int columns;
    private final CodeScores scores;
    private final Optional<PairTerms> terms;
    /** Null without pair rows. */
    private final PairScores pairs;
    /** For each output the pairs that were near the threshold when all were looked at. */
    private final int[][] near;

    private final Emphasis emphasis;
    private final ScoreSlopes slopes = new ScoreSlopes();

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

    /**
     * @param targets one for each gate
     * @param terms the pair rows, if there are any: the matrix has a column more for each
     */
    GateTraining(
            Gates gates,
            InputDomain domain,
            List<GateTargets> targets,
            Codes inputCodes,
            Codes outputCodes,
            Optional<PairTerms> terms,
            Settings settings) {
        this.gates = gates;
        this.domain = domain;
        this.targets = targets;
        this.inputCodes = inputCodes;
        this.outputCodes = outputCodes;
        this.settings = settings;
        int columns = inputCodes.neurons() + terms.map(all -> all.rows().rows()).orElse(0);
        this.scores = new CodeScores(inputCodes, outputCodes, columns);
        this.terms = terms;
        this.pairs = terms.map(all -> new PairScores(gates, targets, outputCodes, all, columns))
                .orElse(null);
        this.near = new int[gates.outputs()][];
        this.columns = columns;
        this.emphasis = new Emphasis(gates.outputs());
        int entries = Math.multiplyExact(outputCodes.neurons(), columns);
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
            collectGradient(step % STEPS_PER_SWEEP == 1);
            adam.descend(gradient, step);
            if (step % STEPS_PER_TEST == 0 || step == settings.steps()) {
                Trained now = test(step);
                emphasis.follow(now.gap().wrong()::get, now.gap().wrongOutputs());
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
        terms.ifPresent(this::start);
    }

    private void start(PairTerms all) {
        for (int p = 0; p < all.corrections().size(); p++) {
            PairTerms.Correction correction = all.corrections().get(p);
            int[] channel = all.channels().channel(p);
            int weight = outputCodes.weight(correction.output());
            for (int u = 0; u < weight; u++) {
                int row = outputCodes.neuron(correction.output(), u) * columns + inputCodes.neurons();
                for (int e : channel) {
                    weights[row + e] += START * correction.missing() / (weight * channel.length);
                }
            }
        }
    }

    /** @param sweep whether to look at all pairs */
    private void collectGradient(boolean sweep) {
        Arrays.fill(gradient, 0);
        float[] score = new float[scores.inputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            scores.scoresOf(i, score);
            if (pairs != null) {
                pairs.read(weights, i);
                if (sweep) {
                    near[i] = nearThreshold(score);
                }
                addPairs(i, score);
            }
            slopes.collect(targets.get(i), gates.reads(i), score, settings.margin(), emphasis.of(i));
            for (int t = 0; t < slopes.count(); t++) {
                scores.addTo(gradient, i, slopes.feature(t), slopes.slope(t));
            }
        }
    }

    private int[] nearThreshold(float[] score) {
        int[] found = new int[64];
        int count = 0;
        float off = 1 - settings.margin() - NEAR;
        for (int p = 0; p < pairs.responses().pairs(); p++) {
            float total = pairs.total(p, score);
            if (pairs.isOn(p) ? total < 1 + NEAR : total > off) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = p;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private void addPairs(int output, float[] score) {
        for (int p : near[output]) {
            float total = pairs.total(p, score);
            float beyond = pairs.isOn(p) ? Math.min(0, total - 1) : Math.max(0, total - 1 + settings.margin());
            if (beyond != 0) {
                float slope = emphasis.of(output) * PAIR_WEIGHTS[pairs.reads(p)] * beyond;
                scores.addTo(gradient, output, pairs.responses().first(p), slope);
                scores.addTo(gradient, output, pairs.responses().second(p), slope);
                pairs.addSlope(p, slope);
            }
        }
        pairs.addTo(gradient);
    }

    private Trained test(int step) {
        short[] rounded = Rounding.toWhole(weights, settings.largestWeight());
        float[] whole = Rounding.toFloat(rounded);
        scores.read(whole);
        GateGap gap = pairs == null
                ? GateGap.of(scores, gates, targets, domain)
                : GateGap.of(scores, gates, targets, domain, pairs, whole);
        return new Trained(rounded, gap, step);
    }
}
