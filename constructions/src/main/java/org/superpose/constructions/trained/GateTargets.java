package org.superpose.constructions.trained;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;

/**
 * What is asked of the scores of one gate, so that their sum tells at the threshold 1 whether it is on, in every input
 * of the domain.
 *
 * <p>An input is a subset T of the features that the gate reads, and at most v - |T| others. The scores of the reads
 * are the weights of a threshold function, the shortest that leave room for the others: if every other score is between
 * {@code -least} and {@code most}, the sum is at least 1 where the gate is on, and below 1 where it is off.
 *
 * <p>A gate that is no threshold function has <em>corrected</em> subsets, which scores alone get wrong: pairs of
 * features, so that with v = 2 nothing but the pair itself has to be told apart.
 *
 * @param subsets the subsets T that the domain allows, bit t for read t
 * @param on for each subset whether the gate is on
 * @param others for each subset the largest number of other features
 * @param corrected for each subset whether the scores alone may get it wrong
 * @param weights for each read the score that it should have
 * @param most how far above 0 the scores of other features may be
 * @param least how far below 0 they may be; infinite where no input that turns the gate on has room for others
 */
record GateTargets(
        int[] subsets, boolean[] on, int[] others, boolean[] corrected, float[] weights, float most, float least) {
    /** The largest fan-in: all subsets of reads are looked at. */
    static final int MAX_FAN_IN = 16;

    /** What a subset has to be above or below the threshold where there is no room for others. */
    private static final double STRICT = 0.1;
    /** How much dearer a large threshold is than large weights; a little, so that the shortest solution is unique. */
    private static final double THRESHOLD_UNIT = 3;

    /**
     * The targets of a gate that is off while no feature is active, with as few corrected pairs as a greedy choice
     * finds.
     *
     * @param slack how far below 0 the others may be, as a multiple of how far above
     * @return empty if it is no threshold function on the domain, and the domain has more than two active features
     */
    static Optional<GateTargets> of(Gates gates, int output, InputDomain domain, double slack) {
        Subsets subsets = Subsets.of(gates, output, domain);
        boolean[] none = new boolean[subsets.masks().length];
        Optional<GateTargets> linear = solve(subsets, none, slack);
        if (linear.isPresent() || domain.maxActive() != 2) {
            return linear;
        }
        boolean[] corrected = subsets.pairsThatAreNotTheirOr();
        for (int q = 0; q < corrected.length; q++) {
            if (corrected[q]) {
                corrected[q] = false;
                corrected[q] = solve(subsets, corrected, slack).isEmpty();
            }
        }
        return solve(subsets, corrected, slack);
    }

    /** The number of corrected subsets. */
    int corrections() {
        return (int)
                IntStream.range(0, corrected.length).filter(q -> corrected[q]).count();
    }

    /**
     * How far sums of scores are on the wrong side, added up for each read over all subsets that contain it, where
     * other features have the worst scores that they are allowed.
     *
     * @param scores those of the reads
     * @param margin how far below the threshold, in parts of it, a gate that is off is to stay
     */
    float[] beyond(float[] scores, float margin) {
        float below = 1 - margin;
        float[] beyond = new float[scores.length];
        for (int q = 0; q < subsets.length; q++) {
            if (corrected[q]) {
                continue;
            }
            int subset = subsets[q];
            float sum = 0;
            for (int t = 0; t < scores.length; t++) {
                sum += (subset >> t & 1) == 0 ? 0 : scores[t];
            }
            float missing = on[q]
                    ? Math.min(0, sum - 1 - (others[q] == 0 ? 0 : others[q] * least))
                    : Math.max(0, sum - below * (1 - others[q] * most));
            for (int t = 0; t < scores.length && missing != 0; t++) {
                beyond[t] += (subset >> t & 1) == 0 ? 0 : missing;
            }
        }
        return beyond;
    }

    /** The value of the gate where exactly a subset of its reads is active. */
    boolean isOn(int subset) {
        for (int q = 0; q < subsets.length; q++) {
            if (subsets[q] == subset) {
                return on[q];
            }
        }
        throw new IllegalArgumentException("the domain does not allow the subset " + subset);
    }

    /**
     * The subsets of the reads of a gate that the domain allows.
     *
     * @param masks ascending, the empty subset first
     */
    private record Subsets(int fanIn, int[] masks, boolean[] on, int[] others) {
        static Subsets of(Gates gates, int output, InputDomain domain) {
            int fanIn = gates.fanIn(output);
            int[] groups =
                    IntStream.of(gates.reads(output)).map(domain::groupOf).toArray();
            int[] masks = IntStream.range(0, 1 << fanIn)
                    .filter(mask -> isAllowed(mask, groups, domain.maxActive()))
                    .toArray();
            boolean[] on = new boolean[masks.length];
            int[] others = new int[masks.length];
            for (int q = 0; q < masks.length; q++) {
                on[q] = valueOf(gates.function(output), masks[q], fanIn);
                others[q] = Math.min(domain.maxActive(), domain.groupCount()) - Integer.bitCount(masks[q]);
            }
            return new Subsets(fanIn, masks, on, others);
        }

        private static boolean isAllowed(int mask, int[] groups, int maxActive) {
            if (Integer.bitCount(mask) > maxActive) {
                return false;
            }
            for (int t = 0; t < groups.length; t++) {
                for (int u = t + 1; u < groups.length; u++) {
                    if ((mask >> t & mask >> u & 1) != 0 && groups[t] == groups[u]) {
                        return false;
                    }
                }
            }
            return true;
        }

        private static boolean valueOf(GateFunction function, int mask, int fanIn) {
            int sum = 0;
            for (int t = 0; t < fanIn; t++) {
                sum += (mask >> t & 1) == 0 ? 0 : function.step(t);
            }
            return function.isOn(sum, fanIn);
        }

        /** The pairs whose value is not the OR of the values of both alone; the OR is always a threshold function. */
        boolean[] pairsThatAreNotTheirOr() {
            List<Integer> single = new ArrayList<>();
            for (int q = 0; q < masks.length; q++) {
                if (Integer.bitCount(masks[q]) == 1 && on[q]) {
                    single.add(masks[q]);
                }
            }
            boolean[] differs = new boolean[masks.length];
            for (int q = 0; q < masks.length; q++) {
                int mask = masks[q];
                boolean or = single.stream().anyMatch(one -> (one & mask) != 0);
                differs[q] = Integer.bitCount(mask) == 2 && on[q] != or;
            }
            return differs;
        }
    }

    /**
     * Weights and threshold for others of at most 1 above and {@code slack} below 0, then scaled to the threshold 1.
     */
    private static Optional<GateTargets> solve(Subsets subsets, boolean[] corrected, double slack) {
        int fanIn = subsets.fanIn();
        List<double[]> normals = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        boolean lowered = false;
        for (int q = 0; q < corrected.length; q++) {
            boolean on = subsets.on()[q];
            int others = subsets.others()[q];
            if (!corrected[q]) {
                int sign = on ? 1 : -1;
                double[] normal = new double[fanIn + 1];
                for (int t = 0; t < fanIn; t++) {
                    normal[t] = sign * (subsets.masks()[q] >> t & 1);
                }
                normal[fanIn] = -sign * THRESHOLD_UNIT;
                normals.add(normal);
                bounds.add(STRICT + others * (on ? slack : 1));
            }
            lowered |= on && others > 0;
        }
        boolean bounded = lowered;
        double[] least = bounds.stream().mapToDouble(Double::doubleValue).toArray();
        return LeastNorm.solve(normals.toArray(double[][]::new), least, fanIn + 1)
                .map(solution -> {
                    double threshold = solution[fanIn] * THRESHOLD_UNIT;
                    float[] weights = new float[fanIn];
                    for (int t = 0; t < fanIn; t++) {
                        weights[t] = (float) (solution[t] / threshold);
                    }
                    return new GateTargets(
                            subsets.masks(),
                            subsets.on(),
                            subsets.others(),
                            corrected.clone(),
                            weights,
                            (float) (1 / threshold),
                            bounded ? (float) (slack / threshold) : Float.POSITIVE_INFINITY);
                });
    }
}
