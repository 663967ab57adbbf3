package org.superpose.constructions.trained.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.network.Codes;

/**
 * The matrices and biases of a network in training. The first matrix lies by columns, one for each entry of the
 * embedding, the others lie by rows. Mutable.
 */
final class TrainedLayers {
    /** Standard deviation of the sum of a hidden neuron on one feature at first. */
    private static final float FIRST_SPREAD = 0.6f;

    /** Bias of a trained read-out at first: most outputs are off, and then begin behind their margin. */
    private static final float READOUT_BIAS = -1.3f;

    /** Standard deviation of the weights of a trained read-out at first, times the root of their number. */
    private static final float READOUT_SPREAD = 0.4f;

    /** Bias of the rows of output codes at first. */
    private static final float CODE_BIAS = 0.2f;

    /** The bits by which weights may grow where the unit of the last state stays. */
    private static final int ROOM = 2;

    private final Embedding embedding;
    private final int[] widths;
    private final Optional<Codes> outputCodes;
    private final List<RoundedWeights> matrices = new ArrayList<>();
    private final List<RoundedWeights> biases = new ArrayList<>();
    /** W_0 E, a column for each feature. */
    private final float[][] sums;
    /** The matrices behind the first by columns. */
    private final float[][] byColumns;

    private boolean isUnitChosen;

    /**
     * What is trained, and how.
     *
     * @param embedding what the first matrix reads
     * @param width n, of every layer
     * @param hidden how many hidden layers there are, at least 1
     * @param outputs m'
     * @param outputCodes the codes by which outputs are read from one more layer of ReLUs, or empty for a trained
     *     read-out
     * @param largest the largest weight, as a multiple of the unit
     * @param rate about the part of its first standard deviation that a weight moves in a step at first
     * @param steps of gradient descent
     */
    record Plan(
            Embedding embedding,
            int width,
            int hidden,
            int outputs,
            Optional<Codes> outputCodes,
            int largest,
            float rate,
            int steps) {
        /** Matrices that are trained. */
        int matrices() {
            return hidden + 1;
        }
    }

    TrainedLayers(Plan plan, RandomGenerator random) {
        this.embedding = plan.embedding();
        this.outputCodes = plan.outputCodes();
        this.widths = new int[plan.matrices() + 1];
        Arrays.fill(widths, plan.width());
        widths[0] = embedding.width();
        if (outputCodes.isEmpty()) {
            widths[plan.matrices()] = plan.outputs();
        }
        for (int t = 0; t < plan.matrices(); t++) {
            boolean isLast = t == plan.matrices() - 1;
            float spread = t == 0
                    ? FIRST_SPREAD / (float) Math.sqrt(embedding.squaredLength())
                    : (isReadout(t) ? READOUT_SPREAD : isLast ? 0.7f : 1.4f) / (float) Math.sqrt(widths[t]);
            matrices.add(new RoundedWeights(
                    normal(widths[t] * widths[t + 1], spread, random),
                    plan.largest(),
                    plan.rate() * spread,
                    plan.steps()));
            float[] bias = new float[widths[t + 1]];
            Arrays.fill(bias, isReadout(t) ? READOUT_BIAS : isLast ? CODE_BIAS : 0);
            biases.add(new RoundedWeights(bias, 1 << 23, plan.rate() * 0.3f, plan.steps()));
        }
        this.sums = new float[embedding.features()][widths[1]];
        this.byColumns = new float[plan.matrices()][];
        for (int t = 1; t < byColumns.length; t++) {
            byColumns[t] = new float[widths[t] * widths[t + 1]];
        }
    }

    private boolean isReadout(int t) {
        return outputCodes.isEmpty() && t == widths.length - 2;
    }

    private static float[] normal(int count, float spread, RandomGenerator random) {
        float[] values = new float[count];
        for (int x = 0; x < count; x++) {
            // Twelve uniform numbers: a fixed sum of products, whereas logarithms may differ between machines.
            double sum = -6;
            for (int t = 0; t < 12; t++) {
                sum += random.nextDouble();
            }
            values[x] = (float) (spread * sum);
        }
        return values;
    }

    int matrices() {
        return matrices.size();
    }

    /** The entries of the state before a matrix; behind the last one, those of the last state. */
    int width(int state) {
        return widths[state];
    }

    Embedding embedding() {
        return embedding;
    }

    Optional<Codes> outputCodes() {
        return outputCodes;
    }

    /** The matrices, rounded; the first by columns. */
    RoundedWeights matrix(int t) {
        return matrices.get(t);
    }

    RoundedWeights bias(int t) {
        return biases.get(t);
    }

    /** W_0 of a feature's vector; a live array. */
    float[] sums(int feature) {
        return sums[feature];
    }

    /** A matrix behind the first, rounded, by columns; a live array. */
    float[] byColumns(int t) {
        return byColumns[t];
    }

    /** The exponent of the unit of the last state. */
    int lastExponent() {
        return biases.get(biases.size() - 1).exponent();
    }

    /**
     * Chooses the units of all weights anew. Where outputs are read by codes, that of the last state stays, since their
     * threshold is not to depend on the map: the unit of the last matrix makes up for those of the others.
     */
    void chooseUnits() {
        int exponent = 0;
        for (int t = 0; t < matrices.size(); t++) {
            RoundedWeights matrix = matrices.get(t);
            if (t == matrices.size() - 1 && outputCodes.isPresent() && isUnitChosen) {
                matrix.setExponent(lastExponent() - exponent);
            } else {
                matrix.chooseUnit();
            }
            exponent += matrix.exponent();
            biases.get(t).setExponent(exponent);
        }
        if (!isUnitChosen && outputCodes.isPresent()) {
            matrices.get(matrices.size() - 1)
                    .setExponent(matrices.get(matrices.size() - 1).exponent() + ROOM);
            biases.get(matrices.size() - 1).setExponent(exponent + ROOM);
        }
        isUnitChosen = true;
    }

    /** Rounds all weights, and makes ready what is computed from them. */
    void round() {
        IntStream.range(0, matrices.size()).parallel().forEach(t -> {
            matrices.get(t).round();
            biases.get(t).round();
        });
        prepare();
    }

    /** Makes ready what is computed from the rounded weights. */
    void prepare() {
        for (int t = 1; t < byColumns.length; t++) {
            transpose(matrices.get(t).rounded(), widths[t + 1], widths[t], byColumns[t]);
        }
        embedding.multiply(matrices.get(0).rounded(), sums);
    }

    private static void transpose(float[] from, int rows, int columns, float[] into) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                into[c * rows + r] = from[r * columns + c];
            }
        }
    }
}
