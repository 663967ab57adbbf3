package org.superpose.core.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.kernel.RowPanels;

/**
 * Runs a network fast: where few entries of a layer's input differ from zero, as always in the first layer, it adds
 * their columns; bit matrices stay packed, whole numbers are multiplied in 8 or 16 bits where no sum can overflow; and
 * decoding looks only at outputs that an active neuron belongs to.
 *
 * <p>Agrees with {@link PlainEvaluator} exactly wherever {@link Exactness#isExact()} holds, and within the float32
 * rounding bound of {@link Kernel} elsewhere.
 */
public final class KernelEvaluator implements Evaluator {
    /** The share of nonzero entries, one in this many, up to which adding columns beats a full product. */
    private static final int SPARSE = 8;

    private final SuperposedNetwork network;
    private final Kernel kernel;
    private final Codes.Inverse outputsOfNeuron;
    private final List<Step> steps = new ArrayList<>();
    private final int[] nonzero;
    private final float[] factors;
    private final int[] hits;
    private final int[] touched;

    /** With the kernel of this process. */
    public KernelEvaluator(SuperposedNetwork network) {
        this(network, Kernels.best());
    }

    /** Evaluates with the given kernel. */
    public KernelEvaluator(SuperposedNetwork network, Kernel kernel) {
        this.network = network;
        this.kernel = kernel;
        this.outputsOfNeuron = network.decoder().codes().inverse();
        this.nonzero = new int[network.largestState()];
        this.factors = new float[network.largestState()];
        this.hits = new int[network.outputs()];
        this.touched = new int[network.outputs()];
        for (Layer layer : network.layers()) {
            steps.add(stepOf(layer, steps.isEmpty()));
        }
    }

    @Override
    public float[][] activations(FeatureSet active) {
        float[][] states = new float[steps.size() + 1][];
        states[0] = encode(active);
        for (int t = 0; t < steps.size(); t++) {
            OptionalInt skip = network.layers().get(t).skip();
            states[t + 1] = steps.get(t).apply(states[t], skip.isPresent() ? states[skip.getAsInt()] : null);
        }
        return states;
    }

    private float[] encode(FeatureSet active) {
        Codes codes = network.inputCodes();
        float[] y = new float[codes.neurons()];
        for (int s = 0; s < active.size(); s++) {
            for (int t = 0; t < codes.weight(active.get(s)); t++) {
                y[codes.neuron(active.get(s), t)]++;
            }
        }
        return y;
    }

    @Override
    public Reading read(FeatureSet active) {
        float[][] states = activations(active);
        float[] y = states[states.length - 1];
        return network.decoder().isReadout() ? readLogits(y) : new Reading(decode(y), FeatureSet.EMPTY);
    }

    private Reading readLogits(float[] logits) {
        Decoder decoder = network.decoder();
        int[] between = new int[logits.length];
        int on = 0;
        int undecided = 0;
        for (int i = 0; i < logits.length; i++) {
            OutputState state = decoder.stateOf(i, logits[i]);
            if (state == OutputState.ON) {
                touched[on++] = i;
            } else if (state == OutputState.BETWEEN) {
                between[undecided++] = i;
            }
        }
        return new Reading(FeatureSet.ofSorted(touched, on), FeatureSet.ofSorted(between, undecided));
    }

    /** Thresholds are positive, so an output whose neurons are all zero is off. */
    private FeatureSet decode(float[] y) {
        Decoder decoder = network.decoder();
        int count = 0;
        for (int neuron = 0; neuron < y.length; neuron++) {
            if (y[neuron] != 0) {
                for (int t = 0; t < outputsOfNeuron.load(neuron); t++) {
                    int output = outputsOfNeuron.feature(neuron, t);
                    if (hits[output]++ == 0) {
                        touched[count++] = output;
                    }
                }
            }
        }
        int on = 0;
        for (int t = 0; t < count; t++) {
            int output = touched[t];
            boolean complete = hits[output] == decoder.codes().weight(output);
            if ((complete || decoder.kind() == Decoder.Kind.SUM) && isOn(decoder, output, y)) {
                touched[on++] = output;
            }
            hits[output] = 0;
        }
        return FeatureSet.of(Arrays.copyOf(touched, on));
    }

    private static boolean isOn(Decoder decoder, int output, float[] y) {
        float sum = 0;
        float least = Float.POSITIVE_INFINITY;
        for (int t = 0; t < decoder.codes().weight(output); t++) {
            float value = y[decoder.codes().neuron(output, t)];
            sum += value;
            least = Math.min(least, value);
        }
        return (decoder.kind() == Decoder.Kind.SUM ? sum : least) >= decoder.threshold(output);
    }

    /** One layer, prepared. */
    private interface Step {
        /** @param skipped the state that is added, or null if there is none */
        float[] apply(float[] x, float @Nullable [] skipped);
    }

    private Step stepOf(Layer layer, boolean isFirst) {
        float[] bias = layer.bias();
        WeightMatrix weights = layer.weights();
        if (!layer.isPlain()) {
            return generalStep(layer);
        }
        if (weights instanceof DiagonalMatrix diagonal) {
            return diagonalStep(diagonal.diagonal(), bias);
        }
        if (isFirst) {
            return firstStep(weights, bias);
        }
        return weights instanceof BitMatrix bits ? bitStep(bits, bias) : denseStep(weights, bias);
    }

    /** Any layer, by its columns: the form of those without ReLU and those with a skip. */
    private static Step generalStep(Layer layer) {
        float[][] byColumn = layer.weights().byColumn();
        float[] bias = layer.bias();
        return (x, skipped) -> {
            float[] y = bias.clone();
            for (int c = 0; c < x.length; c++) {
                if (x[c] != 0) {
                    addScaled(byColumn[c], x[c], y);
                }
            }
            for (int r = 0; r < y.length; r++) {
                y[r] = layer.activation().of(skipped == null ? y[r] : y[r] + skipped[r]);
            }
            return y;
        };
    }

    private static void addScaled(float[] column, float factor, float[] sums) {
        for (int r = 0; r < sums.length; r++) {
            sums[r] += factor * column[r];
        }
    }

    private static Step diagonalStep(float[] diagonal, float[] bias) {
        return (x, skipped) -> {
            float[] y = new float[bias.length];
            for (int r = 0; r < bias.length; r++) {
                y[r] = Math.max(0, diagonal[r] * x[r] + bias[r]);
            }
            return y;
        };
    }

    /** The first layer's input is a few code words, so that layer needs nothing but its columns. */
    private Step firstStep(WeightMatrix weights, float[] bias) {
        float[][] byColumn = weights.byColumn();
        return (x, skipped) -> columnSum(byColumn, collectNonzero(x), bias);
    }

    private Step denseStep(WeightMatrix weights, float[] bias) {
        int columns = weights.columns();
        float[] row = new float[columns];
        RowPanels matrix = RowPanels.of(weights.rows(), columns, r -> {
            weights.copyRow(r, row);
            return row;
        });
        float[][] byColumn = weights.byColumn();
        WholeProduct whole = WholeProduct.of(weights, bias);
        return (x, skipped) -> {
            int count = collectNonzero(x);
            if (count <= columns / SPARSE) {
                return columnSum(byColumn, count, bias);
            }
            float[] y = new float[bias.length];
            if (whole == null || !whole.apply(kernel, x, y)) {
                kernel.matrixVectorRelu(matrix, bias, x, y);
            }
            return y;
        };
    }

    private float[] columnSum(float[][] byColumn, int count, float[] bias) {
        float[] y = new float[bias.length];
        kernel.columnSumRelu(byColumn, nonzero, factors, count, bias, y);
        return y;
    }

    private int collectNonzero(float[] x) {
        int count = 0;
        for (int c = 0; c < x.length; c++) {
            if (x[c] != 0) {
                nonzero[count] = c;
                factors[count++] = x[c];
            }
        }
        return count;
    }

    /**
     * Whole numbers are split into bit planes, each a 0/1 vector for AND and population count; others are added bit by
     * bit.
     */
    private Step bitStep(BitMatrix bits, float[] bias) {
        long[] matrix = bits.words();
        int words = BitMatrix.wordsPerRow(bits.columns());
        return (x, skipped) -> {
            BitPlanes planes = BitPlanes.of(x, words);
            double[] inSet = planes == null ? sumsOverSetBits(bits, x) : sumsOverPlanes(matrix, bits.rows(), planes);
            double all = 0;
            for (float value : x) {
                all += value;
            }
            float[] y = new float[bias.length];
            for (int r = 0; r < bias.length; r++) {
                double z = bits.setValue() * inSet[r] + bits.clearValue() * (all - inSet[r]) + bias[r];
                y[r] = (float) Math.max(0, z);
            }
            return y;
        };
    }

    private double[] sumsOverPlanes(long[] matrix, int rows, BitPlanes planes) {
        double[] sums = new double[rows];
        int[] counts = new int[rows];
        for (int p = 0; p < planes.planes().size(); p++) {
            long[] plane = planes.planes().get(p);
            kernel.commonBits(matrix, rows, plane.length, plane, counts);
            for (int r = 0; r < rows; r++) {
                sums[r] += (double) (1L << p) * counts[r];
            }
        }
        return sums;
    }

    private static double[] sumsOverSetBits(BitMatrix bits, float[] x) {
        double[] sums = new double[bits.rows()];
        for (int r = 0; r < sums.length; r++) {
            for (int w = 0; w < BitMatrix.wordsPerRow(bits.columns()); w++) {
                for (long word = bits.word(r, w); word != 0; word &= word - 1) {
                    sums[r] += x[w * Long.SIZE + Long.numberOfTrailingZeros(word)];
                }
            }
        }
        return sums;
    }

    /** A vector of small whole numbers as 0/1 vectors: x = sum of 2^p planes[p]. */
    private record BitPlanes(List<long[]> planes) {
        /** The planes, or null if an entry is not one of the whole numbers 0..2^16 - 1. */
        static @Nullable BitPlanes of(float[] x, int words) {
            List<long[]> planes = new ArrayList<>();
            for (int c = 0; c < x.length; c++) {
                int value = (int) x[c];
                if (value != x[c] || value < 0 || value >= 1 << 16) {
                    return null;
                }
                for (int p = 0; value >>> p != 0; p++) {
                    if (p == planes.size()) {
                        planes.add(new long[words]);
                    }
                    if ((value >>> p & 1) != 0) {
                        planes.get(p)[c / Long.SIZE] |= 1L << c;
                    }
                }
            }
            return new BitPlanes(planes);
        }
    }
}
