package org.superpose.core.verify.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.superpose.core.kernel.LargestTerms;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * The part of a network that is affine in its input: everything before the first ReLU. Each feature then adds one
 * column to the sums of the first layer that has ReLU, and to earlier states that later layers add as skips, so that an
 * enumeration gets from one input to the next by one sum of columns. Immutable.
 *
 * <p>Columns are folded in double and rounded once to float32.
 */
public final class AffineStart {
    /** The first layer with ReLU, or the last layer. */
    private final int layer;

    private final int rows;
    /** For each earlier state where it lies in a column, or -1 where no later layer needs it. */
    private final int[] offsets;

    private final float[] rest;
    private final float[][] columns;
    /** |rest| + the largest sum of the absolute entries of v columns, for each entry. */
    private final double[] magnitudes;

    /**
     * Folds a network.
     *
     * @param maxActive v, the largest number of active features
     */
    public AffineStart(SuperposedNetwork network, int maxActive) {
        List<Layer> layers = network.layers();
        int first = 0;
        while (first < layers.size() - 1 && !layers.get(first).hasRelu()) {
            first++;
        }
        this.layer = first;
        this.rows = layers.get(first).rows();
        this.offsets = new int[first + 1];
        int width = rows;
        for (int s = 0; s <= first; s++) {
            offsets[s] = -1;
            if (isSkippedTo(layers, s, first)) {
                offsets[s] = width;
                width += s == 0
                        ? network.inputCodes().neurons()
                        : layers.get(s - 1).rows();
            }
        }
        double[] constant = new double[width];
        double[] none = new double[network.inputCodes().neurons()];
        fold(layers, none, true, constant);
        this.rest = toFloat(constant);
        this.columns = new float[network.inputs()][];
        LargestTerms[] largest =
                Stream.generate(() -> new LargestTerms(maxActive)).limit(width).toArray(LargestTerms[]::new);
        double[] column = new double[width];
        for (int j = 0; j < columns.length; j++) {
            double[] code = new double[network.inputCodes().neurons()];
            for (int t = 0; t < network.inputCodes().weight(j); t++) {
                code[network.inputCodes().neuron(j, t)] = 1;
            }
            fold(layers, code, false, column);
            columns[j] = toFloat(column);
            for (int e = 0; e < width; e++) {
                largest[e].add(Math.abs(column[e]));
            }
        }
        this.magnitudes = new double[width];
        for (int e = 0; e < width; e++) {
            magnitudes[e] = largest[e].sum(Math.abs(constant[e]));
        }
    }

    private static boolean isSkippedTo(List<Layer> layers, int state, int after) {
        return layers.subList(after + 1, layers.size()).stream()
                .anyMatch(later -> later.skip().isPresent() && later.skip().getAsInt() == state);
    }

    private void fold(List<Layer> layers, double[] start, boolean withBias, double[] into) {
        List<double[]> states = new ArrayList<>(List.of(start));
        for (int t = 0; t <= layer; t++) {
            states.add(product(layers.get(t), states, withBias));
        }
        System.arraycopy(states.get(layer + 1), 0, into, 0, rows);
        for (int s = 0; s <= layer; s++) {
            if (offsets[s] >= 0) {
                System.arraycopy(states.get(s), 0, into, offsets[s], states.get(s).length);
            }
        }
    }

    private static double[] product(Layer each, List<double[]> states, boolean withBias) {
        double[] x = states.get(states.size() - 1);
        double[] y = new double[each.rows()];
        for (int r = 0; r < y.length; r++) {
            y[r] = withBias ? each.bias(r) : 0;
        }
        for (int c = 0; c < x.length; c++) {
            if (x[c] == 0) {
                continue;
            }
            if (each.weights() instanceof DiagonalMatrix) {
                y[c] += each.weights().get(c, c) * x[c];
                continue;
            }
            for (int r = 0; r < y.length; r++) {
                y[r] += each.weights().get(r, c) * x[c];
            }
        }
        if (each.skip().isPresent()) {
            double[] skipped = states.get(each.skip().getAsInt());
            for (int r = 0; r < y.length; r++) {
                y[r] += skipped[r];
            }
        }
        return y;
    }

    private static float[] toFloat(double[] values) {
        float[] rounded = new float[values.length];
        for (int e = 0; e < rounded.length; e++) {
            rounded[e] = (float) values[e];
        }
        return rounded;
    }

    /** The layer whose sums are folded: the first with ReLU, or the last one. */
    public int layer() {
        return layer;
    }

    /** Rows of that layer; its sums are the first entries of a column. */
    public int rows() {
        return rows;
    }

    /** Entries of a column. */
    public int width() {
        return rest.length;
    }

    /** Where an earlier state lies in a column. */
    public int offset(int state) {
        return offsets[state];
    }

    /** The sums on the empty input; a live array. */
    public float[] rest() {
        return rest;
    }

    /** What a feature adds; a live array. */
    public float[] column(int feature) {
        return columns[feature];
    }

    /**
     * Whether sums of columns are exact in float32 on a network on which float32 is: where a bias takes back what a
     * feature adds, a column may be larger than any sum.
     */
    boolean isExact(Exactness exactness) {
        return isBelow(0, rows, exactness, layer + 1)
                && IntStream.rangeClosed(0, layer)
                        .filter(state -> offsets[state] >= 0)
                        .allMatch(state -> isBelow(offsets[state], end(offsets[state]), exactness, state));
    }

    /** Where the state that lies at an offset ends. */
    private int end(int offset) {
        return Arrays.stream(offsets).filter(other -> other > offset).min().orElse(width());
    }

    private boolean isBelow(int from, int to, Exactness exactness, int state) {
        double limit = Math.scalb(Exactness.LIMIT, exactness.exponents().get(state));
        return IntStream.range(from, to).allMatch(e -> magnitudes[e] < limit);
    }

    /** A bound on the sum of the absolute terms of an entry. */
    public double magnitude(int entry) {
        return magnitudes[entry];
    }
}
