package org.superpose.constructions.trained.network;

import java.util.Arrays;
import org.superpose.constructions.trained.FloatRows;
import org.superpose.core.network.Codes;

/**
 * Adds up the gradient of the loss on some inputs. The loss of an output is half the square of what its margin is below
 * 1, and 0 above. Belongs to one thread at a time.
 *
 * <p>Inputs are sums of few columns, half of the hidden neurons are silent, and few outputs are below their margin:
 * only what is not zero is gone through. Every sum has a fixed order, and nothing is computed but float sums and
 * products: the same bits on every machine.
 */
final class Gradient {
    /** By what the distance of a sum over a code from its threshold, which is 1, is multiplied to give the margin. */
    static final float CODE_SLOPE = 2;

    private final TrainedLayers layers;
    private final int last;
    private final float[] restingSigns;
    private final float[][] matrices;
    private final float[][] biases;
    private final float[][] columns;
    /** y_1 to y_L before their ReLU, and after it. */
    private final float[][] states;

    private final float[] values;
    private final int[][] chosen;
    private final float[][] factors;
    private final float[] slopes;
    /** The smallest margin of the input that was judged last. */
    private float leastMargin;

    /** @param restingSigns 1 for each output that is on at rest, else -1 */
    Gradient(TrainedLayers layers, float[] restingSigns) {
        this.layers = layers;
        this.last = layers.matrices();
        this.restingSigns = restingSigns;
        this.matrices = new float[last][];
        this.biases = new float[last][];
        this.states = new float[last + 1][];
        int most = restingSigns.length;
        for (int t = 0; t < last; t++) {
            matrices[t] = t == 0 ? null : new float[layers.width(t) * layers.width(t + 1)];
            biases[t] = new float[layers.width(t + 1)];
            states[t + 1] = new float[layers.width(t + 1)];
            most = Math.max(most, layers.width(t + 1));
        }
        this.columns = new float[layers.embedding().features()][layers.width(1)];
        this.values = layers.outputCodes().isPresent() ? new float[restingSigns.length] : states[last];
        this.chosen = new int[2][most];
        this.factors = new float[2][most];
        this.slopes = new float[most];
    }

    /** Forgets what was added up. */
    void clear() {
        for (int t = 0; t < last; t++) {
            if (t > 0) {
                Arrays.fill(matrices[t], 0);
            }
            Arrays.fill(biases[t], 0);
        }
        for (float[] column : columns) {
            Arrays.fill(column, 0);
        }
    }

    /** The gradient of W_0 E, by features; a live array. */
    float[][] columns() {
        return columns;
    }

    /** The gradient of a matrix behind the first; a live array. */
    float[] matrix(int t) {
        return matrices[t];
    }

    float[] bias(int t) {
        return biases[t];
    }

    /**
     * Adds the gradient of one input.
     *
     * @param active its features
     * @param changes the outputs that are not as at rest
     * @return the smallest margin of an output
     */
    float add(int[] active, int[] changes) {
        evaluate(active);
        int count = judge(changes);
        float least = leastMargin;
        int side = 0;
        if (count > 0 && layers.outputCodes().isPresent()) {
            count = throughCodes(layers.outputCodes().get(), count);
            side = 1;
        }
        for (int t = last - 1; t >= 1 && count > 0; t--) {
            count = back(t, count, side);
            side = 1 - side;
        }
        if (count > 0) {
            float[] slope = slopes;
            Arrays.fill(slope, 0, layers.width(1), 0);
            for (int s = 0; s < count; s++) {
                slope[chosen[side][s]] = factors[side][s];
            }
            addTo(biases[0], slope);
            for (int j : active) {
                addTo(columns[j], slope);
            }
        }
        return least;
    }

    private static void addTo(float[] sums, float[] added) {
        for (int e = 0; e < sums.length; e++) {
            sums[e] += added[e];
        }
    }

    private void evaluate(int[] active) {
        float[] first = states[1];
        System.arraycopy(layers.bias(0).rounded(), 0, first, 0, first.length);
        for (int j : active) {
            addTo(first, layers.sums(j));
        }
        for (int t = 1; t < last; t++) {
            float[] x = states[t];
            int[] on = chosen[0];
            int count = 0;
            for (int e = 0; e < x.length; e++) {
                if (x[e] > 0) {
                    on[count++] = e;
                }
            }
            float[] y = states[t + 1];
            System.arraycopy(layers.bias(t).rounded(), 0, y, 0, y.length);
            addColumns(layers.byColumns(t), on, x, count, y);
        }
    }

    /** y += the sum of x_e times column e over the chosen ones. */
    private static void addColumns(float[] byColumns, int[] chosen, float[] x, int count, float[] y) {
        int n = y.length;
        int s = 0;
        for (; s + 4 <= count; s += 4) {
            int e0 = chosen[s];
            int e1 = chosen[s + 1];
            int e2 = chosen[s + 2];
            int e3 = chosen[s + 3];
            FloatRows.addFour(byColumns, e0 * n, e1 * n, e2 * n, e3 * n, x[e0], x[e1], x[e2], x[e3], y, n);
        }
        for (; s < count; s++) {
            FloatRows.addScaled(byColumns, chosen[s] * n, x[chosen[s]], y, 0, n);
        }
    }

    /** Lists the outputs below their margin with the slope of the loss at their values. */
    private int judge(int[] changes) {
        boolean byCodes = layers.outputCodes().isPresent();
        if (byCodes) {
            read(layers.outputCodes().get());
        }
        float slope = byCodes ? CODE_SLOPE : 1;
        float threshold = byCodes ? 1 : 0;
        int[] below = chosen[0];
        float[] by = factors[0];
        float least = Float.POSITIVE_INFINITY;
        int count = 0;
        for (int i : changes) {
            float sign = -restingSigns[i];
            float margin = sign * slope * (values[i] - threshold);
            least = Math.min(least, margin);
            if (margin < 1) {
                below[count] = i;
                by[count++] = -sign * slope * (1 - margin);
            }
            // The pass over all outputs is to leave it out.
            values[i] = -sign * Float.MAX_VALUE / 4;
        }
        for (int i = 0; i < values.length; i++) {
            float margin = restingSigns[i] * slope * (values[i] - threshold);
            if (margin < 1) {
                least = Math.min(least, margin);
                below[count] = i;
                by[count++] = -restingSigns[i] * slope * (1 - margin);
            }
        }
        leastMargin = least;
        return count;
    }

    private void read(Codes codes) {
        float[] rows = states[last];
        for (int i = 0; i < values.length; i++) {
            float sum = 0;
            for (int t = 0; t < codes.weight(i); t++) {
                sum += Math.max(0, rows[codes.neuron(i, t)]);
            }
            values[i] = sum;
        }
    }

    /** From slopes of values to those of the rows of the last layer; a silent row may be raised. */
    private int throughCodes(Codes codes, int count) {
        float[] rows = states[last];
        Arrays.fill(slopes, 0, rows.length, 0);
        for (int s = 0; s < count; s++) {
            int i = chosen[0][s];
            for (int t = 0; t < codes.weight(i); t++) {
                slopes[codes.neuron(i, t)] += factors[0][s];
            }
        }
        int next = 0;
        for (int r = 0; r < rows.length; r++) {
            if (slopes[r] < 0 || slopes[r] > 0 && rows[r] > 0) {
                chosen[1][next] = r;
                factors[1][next++] = slopes[r];
            }
        }
        return next;
    }

    /** From the slopes of the sums of layer t to those of the layer before it, and to the gradient of the matrix. */
    private int back(int t, int count, int side) {
        int[] rows = chosen[side];
        float[] by = factors[side];
        float[] x = states[t];
        int n = x.length;
        float[] weights = layers.matrix(t).rounded();
        float[] gradient = matrices[t];
        Arrays.fill(slopes, 0, n, 0);
        float[] rectified = rectified(x);
        int s = 0;
        for (; s + 4 <= count; s += 4) {
            FloatRows.addFour(
                    weights,
                    rows[s] * n,
                    rows[s + 1] * n,
                    rows[s + 2] * n,
                    rows[s + 3] * n,
                    by[s],
                    by[s + 1],
                    by[s + 2],
                    by[s + 3],
                    slopes,
                    n);
        }
        for (; s < count; s++) {
            FloatRows.addScaled(weights, rows[s] * n, by[s], slopes, 0, n);
        }
        for (s = 0; s < count; s++) {
            biases[t][rows[s]] += by[s];
            FloatRows.addScaled(rectified, 0, by[s], gradient, rows[s] * n, n);
        }
        int next = 0;
        for (int e = 0; e < n; e++) {
            if (x[e] > 0 && slopes[e] != 0) {
                chosen[1 - side][next] = e;
                factors[1 - side][next++] = slopes[e];
            }
        }
        return next;
    }

    private static float[] rectified(float[] x) {
        for (int e = 0; e < x.length; e++) {
            x[e] = Math.max(0, x[e]);
        }
        return x;
    }
}
