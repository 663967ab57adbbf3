package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.verify.arithmetic.ExactModel;

/**
 * Finds, among all candidates for the last active feature at once, those that may disturb the second matrix; for all
 * others it is proved that the second layer stays silent, as it is on the empty input, and so does everything behind
 * it.
 *
 * <p>The argument: on the empty input every sum of the second layer is at most -g. A first-layer neuron e that holds
 * another value than on the empty input raises a sum by at most its disturbance D_e(z), the difference times the
 * largest weight of its column in that direction. If the disturbances add up to at most g, no sum gets above 0. D_e is
 * replaced by its running maximum, so that it does not fall as the sum z of the first layer rises; then it is a sum of
 * 0/1 steps, one for each level that the last feature's contribution reaches, and the candidates whose steps exceed g
 * are found by counting bit sets.
 */
final class SecondLayerFilter {
    /** The widest range of sums of a neuron; in a wider one weights are large, and counting steps does not pay. */
    private static final int MAX_RANGE = 512;

    /** In the place of a sum: none is large enough. */
    private static final int NEVER = 1 << 30;

    private final ExactModel model;
    private final LevelSets levels;
    /** g + 1 in units of the largest weight: the number of steps that may disturb. */
    private final int reach;
    /** D_e in steps, for z from lowestSum[e]. */
    private final int[][] steps;

    private final int[] lowestSum;
    /** The least z at which D_e is positive. */
    private final int[] firstStep;
    /** The most that a further feature raises a sum by, 0 if it can only lower it. */
    private final int[] mostRise;
    /** [later][e]: the least sum at which one more feature, and {@code later} behind it, can get to a positive D_e. */
    private final int[][] opening;
    /** For the parts of inputs, or null where that argument does not apply. */
    private final StrongParts strongParts;
    /** Evaluates what the filter cannot rule out, or null where only the general evaluation can. */
    private final SwitchedOutputs switched;

    private SecondLayerFilter(
            ExactModel model,
            LevelSets levels,
            int maxActive,
            int reach,
            int[][] steps,
            int[] lowestSum,
            int[] firstStep) {
        this.model = model;
        this.levels = levels;
        this.reach = reach;
        this.steps = steps;
        this.lowestSum = lowestSum;
        this.firstStep = firstStep;
        this.mostRise = new int[firstStep.length];
        Arrays.setAll(mostRise, e -> Math.max(0, levels.most(e)));
        this.opening = openings(firstStep, maxActive);
        this.strongParts = maxActive < 2 ? null : strongParts(maxActive);
        this.switched = SwitchedOutputs.of(model, steps, lowestSum).orElse(null);
    }

    private int[][] openings(int[] firing, int most) {
        int[][] openings = new int[most][firing.length];
        for (int later = 0; later < most; later++) {
            for (int e = 0; e < firing.length; e++) {
                openings[later][e] = firing[e] == NEVER ? NEVER : firing[e] - levels.most(e) - later * mostRise[e];
            }
        }
        return openings;
    }

    /**
     * What an input of v features that disturbs must contain: a part of v - 1 of them to which enough neurons owe
     * nearly all of their sum. A neuron needs z >= z_e with z_e above its bias b_e; without its smallest contribution
     * it keeps at least b_e + (z_e - b_e) (v - 1) / v. At least reach / (the most steps of a neuron) neurons are
     * needed, and each of them points at one of the v parts.
     *
     * @param firing for each neuron the sum that the part reaches
     * @param opening as for the whole
     * @param count how many neurons the part has to bring there
     */
    private record StrongParts(int[] firing, int[][] opening, int count) {}

    private StrongParts strongParts(int maxActive) {
        int[] firing = new int[firstStep.length];
        int mostSteps = 1;
        for (int e = 0; e < firing.length; e++) {
            firing[e] = firstStep[e];
            if (firstStep[e] != NEVER) {
                int bias = model.first().bias()[e];
                if (firstStep[e] <= bias) {
                    return null; // it disturbs without any feature, so nothing follows for a part
                }
                firing[e] = bias + ceilDivide((firstStep[e] - bias) * (maxActive - 1), maxActive);
                mostSteps = Math.max(mostSteps, steps[e][steps[e].length - 1]);
            }
        }
        int count = ceilDivide(ceilDivide(reach, mostSteps), maxActive);
        return new StrongParts(firing, openings(firing, maxActive - 1), count);
    }

    private static int ceilDivide(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** Whether {@link Scan#strong} can be asked. */
    boolean knowsStrongParts() {
        return strongParts != null;
    }

    /**
     * The filter, or empty if the argument does not apply: there is no second matrix, some neuron of it is not silent
     * on the empty input, the weights are too large, or the bit sets would take more than {@code maxWords} words.
     *
     * @param maxActive v
     */
    static Optional<SecondLayerFilter> of(ExactModel model, int maxActive, long maxWords) {
        int second = model.secondMatrix();
        if (second == model.stages().size() || model.stages().get(second).isDiagonal()) {
            return Optional.empty();
        }
        ExactModel.Stage stage = model.stages().get(second);
        int highest = Arrays.stream(stage.emptySums()).max().orElseThrow();
        if (highest > 0) {
            return Optional.empty();
        }
        int[][] extremes = LevelSets.extremes(model);
        int neurons = model.first().rows();
        int[] up = new int[neurons];
        int[] down = new int[neurons];
        int unit = 1;
        for (int e = 0; e < neurons; e++) {
            for (int f = 0; f < stage.rows(); f++) {
                up[e] = Math.max(up[e], stage.columns().get(f, e));
                down[e] = Math.max(down[e], -stage.columns().get(f, e));
            }
            unit = Math.max(unit, Math.max(up[e], down[e]));
        }
        int[][] steps = new int[neurons][];
        int[] lowestSum = new int[neurons];
        int[] firstStep = new int[neurons];
        int[] lowestLevel = new int[neurons];
        for (int e = 0; e < neurons; e++) {
            int bias = model.first().bias()[e];
            long lowest = bias + (long) maxActive * Math.min(0, extremes[0][e]);
            long range = bias + (long) maxActive * Math.max(0, extremes[1][e]) - lowest + 1;
            if (range > MAX_RANGE) {
                return Optional.empty();
            }
            lowestSum[e] = (int) lowest;
            steps[e] = stepsOf(model, e, lowestSum[e], (int) range, up[e], down[e], unit);
            firstStep[e] = firstPositive(steps[e], lowestSum[e]);
            int highestBefore = bias + (maxActive - 1) * extremes[1][e];
            lowestLevel[e] = firstStep[e] == NEVER ? NEVER : Math.max(extremes[0][e] + 1, firstStep[e] - highestBefore);
        }
        int reach = -highest / unit + 1;
        return LevelSets.of(model, extremes[0], extremes[1], lowestLevel, maxWords)
                .map(levels -> new SecondLayerFilter(model, levels, maxActive, reach, steps, lowestSum, firstStep));
    }

    private static int[] stepsOf(ExactModel model, int neuron, int lowestSum, int range, int up, int down, int unit) {
        int empty = model.valueAfterDiagonals(neuron, model.first().bias()[neuron]);
        int[] steps = new int[range];
        long highest = 0;
        for (int t = 0; t < range; t++) {
            long change = (long) model.valueAfterDiagonals(neuron, lowestSum + t) - empty;
            long disturbance = change > 0 ? change * up : -change * down;
            highest = Math.max(highest, (disturbance + unit - 1) / unit);
            steps[t] = (int) Math.min(highest, NEVER);
        }
        return steps;
    }

    private static int firstPositive(int[] steps, int lowestSum) {
        for (int t = 0; t < steps.length; t++) {
            if (steps[t] > 0) {
                return lowestSum + t;
            }
        }
        return NEVER;
    }

    /** Buffers of one thread. */
    final class Scan {
        private final SwitchedOutputs.Scan outputs = switched == null ? null : switched.new Scan();
        private final int[] open = new int[firstStep.length];
        private int openCount;
        private int[] starts = new int[256];

        /** Whether the second layer is proved to stay silent on an input, given the sums of the first layer. */
        boolean isQuiet(int[] sums) {
            openCount = model.kernel().collectAtLeast(sums, firstStep, open);
            long total = 0;
            for (int s = 0; s < openCount && total < reach; s++) {
                total += steps[open[s]][sums[open[s]] - lowestSum[open[s]]];
            }
            return total < reach;
        }

        /**
         * Finds the features that may disturb when they come last.
         *
         * @param sums of the first layer, for the v - 1 features before the last
         * @param suspects the words from..to-1 are overwritten, by a superset of the disturbing features
         */
        void suspects(int[] sums, int from, int to, long[] suspects) {
            suspects(sums, 0, from, to, suspects);
        }

        /**
         * Finds the features that may disturb together with some that follow: bounded by the most that any feature adds
         * to each neuron.
         *
         * @param later how many features may follow at most; with those of the sums and the one to find at most v
         */
        void suspects(int[] sums, int later, int from, int to, long[] suspects) {
            openCount = model.kernel().collectAtLeast(sums, opening[later], open);
            long missing = reach;
            int sets = 0;
            for (int s = 0; s < openCount && missing > 0; s++) {
                int e = open[s];
                int[] own = steps[e];
                int highest = sums[e] + later * mostRise[e];
                int origin = highest - lowestSum[e];
                int before = own[origin + levels.least(e)];
                int last = own[origin + levels.most(e)];
                missing -= before;
                // Levels below the first step add nothing, nor do those above the last.
                int level = Math.max(levels.lowestLevel(e), firstStep[e] - highest);
                for (; before < last; level++) {
                    int here = own[origin + level];
                    for (int rise = Math.min(here - before, reach); rise > 0; rise--) {
                        sets = add(levels.start(e, level), sets);
                    }
                    before = here;
                }
            }
            select(sets, missing, from, to, suspects);
        }

        /**
         * Finds the features that may complete a strong part of v - 1 features, together with some that follow.
         *
         * @param later how many may follow at most; with those of the sums and the one to find at most v - 1
         * @param strong the words from..to-1 are overwritten, by a superset of these features
         */
        void strong(int[] sums, int later, int from, int to, long[] strong) {
            openCount = model.kernel().collectAtLeast(sums, strongParts.opening()[later], open);
            long missing = strongParts.count();
            int sets = 0;
            for (int s = 0; s < openCount && missing > 0; s++) {
                int e = open[s];
                int level = strongParts.firing()[e] - sums[e] - later * mostRise[e];
                if (level <= levels.least(e)) {
                    missing--;
                } else {
                    sets = add(levels.start(e, level), sets);
                }
            }
            select(sets, missing, from, to, strong);
        }

        private int add(int start, int sets) {
            if (sets == starts.length) {
                starts = Arrays.copyOf(starts, 2 * sets);
            }
            starts[sets] = start;
            return sets + 1;
        }

        /** The features in at least {@code missing} of the sets. */
        private void select(int sets, long missing, int from, int to, long[] selected) {
            if (missing <= 0) {
                Arrays.fill(selected, from, to, -1L);
            } else if (sets < missing) {
                Arrays.fill(selected, from, to, 0L);
            } else {
                model.kernel().reach(levels.sets(), starts, sets, from, to, (int) missing, selected);
            }
        }

        /** Whether {@link #outputs} and {@link #outputsWith} can be asked. */
        boolean evaluates() {
            return outputs != null;
        }

        /** The outputs that are on, right after {@link #isQuiet} was asked for the same sums. */
        FeatureSet outputs(int[] sums) {
            outputs.clear();
            for (int s = 0; s < openCount; s++) {
                int e = open[s];
                outputs.disturb(e, steps[e][sums[e] - lowestSum[e]]);
            }
            return outputs.outputs();
        }

        /** The outputs that are on with one more feature, after {@link #suspects} was asked for the same sums. */
        FeatureSet outputsWith(int feature, int[] sums) {
            outputs.clear();
            for (int s = 0; s < openCount; s++) {
                int e = open[s];
                outputs.disturb(e, steps[e][sums[e] + model.contribution(feature, e) - lowestSum[e]]);
            }
            return outputs.outputs();
        }
    }
}
