package org.superpose.runner.proof;

import java.util.Optional;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.ProblemInstance;

/**
 * Bounds how many rows of the first of two layers can fire on any input that begins with a prefix: fewer than are
 * needed before any row of the second layer can, and all of these inputs leave the network silent. Where the rule of
 * {@code docs/proofs.md} applies; the buffers of one thread.
 */
final class SilentPrefixes {
    private static final long MOST_SCORES = 1L << 28;

    private final float[][] scores;
    private final float[] bias;
    private final double[] mostAdded;
    private final int needed;
    /** [k][n]: C(n, 0) + ... + C(n, k). */
    private final long[][] completions;

    private final double[][] sums;

    private SilentPrefixes(
            float[][] scores, float[] bias, double[] mostAdded, int needed, long[][] completions, int maxActive) {
        this.scores = scores;
        this.bias = bias;
        this.mostAdded = mostAdded;
        this.needed = needed;
        this.completions = completions;
        this.sums = new double[maxActive][bias.length];
    }

    /** Empty where the rule does not apply. */
    static Optional<SilentPrefixes> of(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        int maxActive = instance.maxActive();
        if (maxActive < 2
                || instance.domain().isGrouped()
                || instance.domain().minActive() > 0
                || instance.isLayered()
                || !instance.gates().areAll(GateFunction.AND)
                || !areTwoSilentLayers(network)) {
            return Optional.empty();
        }
        Layer first = network.layers().get(0);
        Layer second = network.layers().get(1);
        if ((long) instance.inputs() * first.rows() > MOST_SCORES) {
            return Optional.empty();
        }
        float[][] scores = FirstLayer.scores(network);
        double[] mostAdded = new double[first.rows()];
        for (float[] score : scores) {
            for (int r = 0; r < mostAdded.length; r++) {
                mostAdded[r] = Math.max(mostAdded[r], score[r]);
            }
        }
        double largest = 0;
        double gap = Double.POSITIVE_INFINITY;
        for (int f = 0; f < second.rows(); f++) {
            gap = Math.min(gap, -(double) second.bias(f));
        }
        float[] row = new float[second.columns()];
        for (int f = 0; f < second.rows(); f++) {
            second.weights().copyRow(f, row);
            for (int e = 0; e < row.length; e++) {
                largest = Math.max(largest, row[e] * Math.max(0, first.bias(e) + maxActive * mostAdded[e]));
            }
        }
        int needed = largest == 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE - 1, gap / largest) + 1;
        return Optional.of(new SilentPrefixes(
                scores, first.bias(), mostAdded, needed, completions(maxActive, instance.inputs()), maxActive));
    }

    private static boolean areTwoSilentLayers(SuperposedNetwork network) {
        if (network.layers().size() != 2 || network.departure().isPresent()) {
            return false;
        }
        for (Layer layer : network.layers()) {
            if (!FirstLayer.isFull(layer.weights())) {
                return false;
            }
            for (float bias : layer.bias()) {
                if (bias > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long[][] completions(int maxActive, int features) {
        long[][] sums = new long[maxActive][features];
        for (int k = 0; k < maxActive; k++) {
            for (int n = 0; n < features; n++) {
                // Sets with or without the last of n features.
                sums[k][n] = n == 0 ? 1 : sums[k][n - 1] + (k == 0 ? 0 : sums[k - 1][n - 1]);
            }
        }
        return sums;
    }

    /** The same with other buffers. */
    SilentPrefixes forThread() {
        return new SilentPrefixes(scores, bias, mostAdded, needed, completions, sums.length);
    }

    /** Adds a feature to a prefix of {@code count} features. */
    void push(int count, int feature) {
        float[] added = scores[feature];
        for (int r = 0; r < bias.length; r++) {
            sums[count][r] = (count == 0 ? bias[r] : sums[count - 1][r]) + added[r];
        }
    }

    /** How many rows may fire on inputs that begin with the prefix of so many features. */
    int rowsThatMayFire(int size) {
        int rows = 0;
        for (int r = 0; r < bias.length; r++) {
            if (sums[size - 1][r] + (sums.length - size) * mostAdded[r] > 0) {
                rows++;
            }
        }
        return rows;
    }

    /** How many rows it takes before the second layer can change. */
    int needed() {
        return needed;
    }

    /** How many inputs begin with a prefix of so many features, the largest of which is given. */
    long inputs(int size, int largest) {
        return completions[sums.length - size][scores.length - 1 - largest];
    }
}
