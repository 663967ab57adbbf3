package org.superpose.constructions.trained;

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
 * {@code -least} and {@code most}, the sum is at least 1 where the gate is on, and below 1 where it is off. A gate for
 * which there are no such weights is no threshold function of these inputs.
 *
 * @param subsets the subsets T that the domain allows, bit t for read t
 * @param on for each subset whether the gate is on
 * @param others for each subset the largest number of other features
 * @param weights for each read the score that it should have
 * @param most how far above 0 the scores of other features may be
 * @param least how far below 0 they may be; infinite where no input that turns the gate on has room for others
 */
record GateTargets(int[] subsets, boolean[] on, int[] others, float[] weights, float most, float least) {
    /** The largest fan-in: all subsets of reads are looked at. */
    static final int MAX_FAN_IN = 16;

    /** What a subset has to be above or below the threshold where there is no room for others. */
    private static final double STRICT = 0.1;
    /** How much dearer a large threshold is than large weights; a little, so that the shortest solution is unique. */
    private static final double THRESHOLD_UNIT = 3;

    /**
     * The targets of a gate that is off while no feature is active.
     *
     * @param slack how far below 0 the others may be, as a multiple of how far above
     * @return empty if it is no threshold function on the domain
     */
    static Optional<GateTargets> of(Gates gates, int output, InputDomain domain, double slack) {
        int fanIn = gates.fanIn(output);
        int[] groups = new int[fanIn];
        for (int t = 0; t < fanIn; t++) {
            groups[t] = domain.groupOf(gates.read(output, t));
        }
        int[] subsets = IntStream.range(0, 1 << fanIn)
                .filter(subset -> isAllowed(subset, groups, domain.maxActive()))
                .toArray();
        boolean[] on = new boolean[subsets.length];
        int[] others = new int[subsets.length];
        for (int q = 0; q < subsets.length; q++) {
            int size = Integer.bitCount(subsets[q]);
            on[q] = isOn(gates.function(output), subsets[q], fanIn);
            others[q] = Math.min(domain.maxActive(), domain.groupCount()) - size;
        }
        return solve(fanIn, subsets, on, others, slack);
    }

    private static boolean isAllowed(int subset, int[] groups, int maxActive) {
        if (Integer.bitCount(subset) > maxActive) {
            return false;
        }
        for (int t = 0; t < groups.length; t++) {
            for (int u = t + 1; u < groups.length; u++) {
                if ((subset >> t & subset >> u & 1) != 0 && groups[t] == groups[u]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isOn(GateFunction function, int subset, int fanIn) {
        int sum = 0;
        for (int t = 0; t < fanIn; t++) {
            sum += (subset >> t & 1) == 0 ? 0 : function.step(t);
        }
        return function.isOn(sum, fanIn);
    }

    /**
     * Weights and threshold for others of at most 1 above and {@code slack} below 0, then scaled to the threshold 1.
     */
    private static Optional<GateTargets> solve(int fanIn, int[] subsets, boolean[] on, int[] others, double slack) {
        double[][] normals = new double[subsets.length][fanIn + 1];
        double[] bounds = new double[subsets.length];
        boolean lowered = false;
        for (int q = 0; q < subsets.length; q++) {
            int sign = on[q] ? 1 : -1;
            for (int t = 0; t < fanIn; t++) {
                normals[q][t] = sign * (subsets[q] >> t & 1);
            }
            normals[q][fanIn] = -sign * THRESHOLD_UNIT;
            bounds[q] = STRICT + others[q] * (on[q] ? slack : 1);
            lowered |= on[q] && others[q] > 0;
        }
        boolean bounded = lowered;
        return LeastNorm.solve(normals, bounds, fanIn + 1).map(solution -> {
            double threshold = solution[fanIn] * THRESHOLD_UNIT;
            float[] weights = new float[fanIn];
            for (int t = 0; t < fanIn; t++) {
                weights[t] = (float) (solution[t] / threshold);
            }
            float least = bounded ? (float) (slack / threshold) : Float.POSITIVE_INFINITY;
            return new GateTargets(subsets, on, others, weights, (float) (1 / threshold), least);
        });
    }
}
