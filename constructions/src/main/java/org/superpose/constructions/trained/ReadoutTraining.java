package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;
import org.superpose.core.verify.Deadline;

/**
 * A direction for each output in the space of {@link FeatureVectors}, by gradient descent ({@link Adam}) on the squared
 * hinge loss of the scores that {@link GateTargets} ask for, with an exact test in whole numbers after every few steps.
 *
 * <p>With fixed vectors every output is a problem of its own, which ends when the test of its rounded direction finds
 * nothing wrong. With trained ones all directions and vectors move together until all outputs are right at once.
 *
 * <p>The number of steps is fixed, every sum has a fixed order, and only operations are used whose float results the
 * language fixes: the same bits on every machine and with any number of threads.
 */
final class ReadoutTraining {
    private final Gates gates;
    private final InputDomain domain;
    private final List<GateTargets> targets;
    private final FeatureVectors vectors;
    private final Settings settings;
    private final int width;
    private final float[] directions;
    private final float[] slopes;
    private final Emphasis emphasis;
    private final ScoreSlopes[] slopesOfScores;
    private final boolean[] done;

    /**
     * How directions are sought.
     *
     * @param steps of gradient descent
     * @param rate how far a weight moves per step, at most about a tenth of it
     * @param margin how far below 1 the scores of a gate that is off are to stay
     * @param moves whether the vectors are trained too
     * @param largestWeight the largest whole number that an entry of a direction may be
     * @param largestEntry the largest whole number that an entry of a vector may be
     */
    record Settings(int steps, float rate, float margin, boolean moves, int largestWeight, int largestEntry) {}

    /**
     * Whole numbers, and what the exact test says of them.
     *
     * @param vectors m x n
     * @param directions m' x n
     * @param thresholds for each output the score from which on it is on
     * @param wrongOutputs how many outputs are wrong on some input
     * @param steps after how many steps they were found
     */
    record Trained(short[] vectors, short[] directions, int[] thresholds, int wrongOutputs, int steps) {}

    ReadoutTraining(
            Gates gates, InputDomain domain, List<GateTargets> targets, FeatureVectors vectors, Settings settings) {
        this.gates = gates;
        this.domain = domain;
        this.targets = targets;
        this.vectors = vectors;
        this.settings = settings;
        this.width = vectors.width();
        int outputs = gates.outputs();
        this.directions = new float[Math.multiplyExact(outputs, width)];
        this.slopes = new float[directions.length];
        this.emphasis = new Emphasis(outputs);
        this.slopesOfScores = Stream.generate(ScoreSlopes::new).limit(outputs).toArray(ScoreSlopes[]::new);
        this.done = new boolean[outputs];
    }

    /**
     * Trains until every output is right on every input, or the steps are used up: then the best of what was tested.
     *
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before
     */
    Trained train(Deadline deadline) {
        start();
        Adam ofDirections = new Adam(directions, settings.rate(), settings.steps());
        Adam ofVectors = new Adam(vectors.vectors(), settings.rate(), settings.steps());
        float[] slopesOfVectors = new float[vectors.vectors().length];
        Test test = new Test();
        Trained best = test.take(0);
        for (int step = 1; step <= settings.steps() && best.wrongOutputs() > 0; step++) {
            deadline.check((step - 1.0) / settings.steps());
            outputs().forEach(this::collect);
            if (settings.moves()) {
                collectForVectors(slopesOfVectors);
                ofVectors.descend(slopesOfVectors, step);
                vectors.refresh();
            }
            ofDirections.descend(slopes, step);
            if (step % GateTraining.STEPS_PER_TEST == 0 || step == settings.steps()) {
                Trained now = test.take(step);
                if (now.wrongOutputs() <= best.wrongOutputs()) {
                    best = now;
                }
            }
        }
        return best;
    }

    private IntStream outputs() {
        return IntStream.range(0, gates.outputs()).parallel();
    }

    /** Each direction starts as the sum of the vectors of what its gate reads. */
    private void start() {
        for (int i = 0; i < gates.outputs(); i++) {
            for (int t = 0; t < gates.fanIn(i); t++) {
                vectors.addTo(
                        directions,
                        i * width,
                        gates.read(i, t),
                        GateTraining.START * targets.get(i).weights()[t]);
            }
        }
    }

    private void collect(int output) {
        ScoreSlopes found = slopesOfScores[output];
        int start = output * width;
        Arrays.fill(slopes, start, start + width, 0);
        if (done[output]) {
            found.clear();
            return;
        }
        float[] score = new float[vectors.features()];
        vectors.scores(directions, start, score);
        found.collect(targets.get(output), gates.reads(output), score, settings.margin(), emphasis.of(output));
        for (int t = 0; t < found.count(); t++) {
            vectors.addTo(slopes, start, found.feature(t), found.slope(t));
        }
    }

    /** Output by output in their order, for each feature on its own. */
    private void collectForVectors(float[] into) {
        ScoreSlopes[] byFeature =
                Stream.generate(ScoreSlopes::new).limit(vectors.features()).toArray(ScoreSlopes[]::new);
        for (int i = 0; i < slopesOfScores.length; i++) {
            for (int t = 0; t < slopesOfScores[i].count(); t++) {
                byFeature[slopesOfScores[i].feature(t)].add(i, slopesOfScores[i].slope(t));
            }
        }
        IntStream.range(0, byFeature.length).parallel().forEach(j -> {
            Arrays.fill(into, j * width, (j + 1) * width, 0);
            for (int t = 0; t < byFeature[j].count(); t++) {
                FloatRows.addScaled(
                        directions, byFeature[j].feature(t) * width, byFeature[j].slope(t), into, j * width, width);
            }
        });
    }

    /** The exact test in whole numbers. */
    private final class Test {
        private final short[] rounded = new short[directions.length];
        private final int[] thresholds = new int[gates.outputs()];
        private final boolean[] wrong = new boolean[gates.outputs()];

        Trained take(int step) {
            short[] entries = Rounding.toWhole(vectors.vectors(), settings.largestEntry());
            FeatureVectors whole = new FeatureVectors(vectors.features(), width, Rounding.toFloat(entries));
            outputs().filter(i -> !done[i]).forEach(i -> test(i, whole));
            int left =
                    (int) IntStream.range(0, wrong.length).filter(i -> wrong[i]).count();
            emphasis.follow(i -> wrong[i], left);
            for (int i = 0; i < wrong.length; i++) {
                done[i] = !settings.moves() && !wrong[i];
            }
            return new Trained(entries, rounded.clone(), thresholds.clone(), left, step);
        }

        private void test(int output, FeatureVectors whole) {
            int start = output * width;
            short[] direction =
                    Rounding.toWhole(Arrays.copyOfRange(directions, start, start + width), settings.largestWeight());
            System.arraycopy(direction, 0, rounded, start, width);
            float[] score = new float[vectors.features()];
            whole.scores(Rounding.toFloat(direction), 0, score);
            ScoreExtremes extremes = new ScoreExtremes(1);
            extremes.addSubsets(
                    targets.get(output), new GroupExtremes(domain, gates.reads(output), score), any -> false);
            wrong[output] = extremes.greatestOff() >= extremes.leastOn();
            thresholds[output] = threshold(extremes.greatestOff(), extremes.leastOn());
        }

        /** Half way between the two, where they are in order and the output is ever on. */
        private static int threshold(int greatestOff, int leastOn) {
            if (leastOn == Integer.MAX_VALUE) {
                return greatestOff + 1;
            }
            return greatestOff < leastOn ? greatestOff + (leastOn - greatestOff + 1) / 2 : Math.max(1, leastOn);
        }
    }
}
