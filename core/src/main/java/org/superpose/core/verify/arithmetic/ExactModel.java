package org.superpose.core.verify.arithmetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.network.Activation;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * A network whose float32 arithmetic is exact, in whole numbers: every value below is the value that any float32
 * runtime computes (theory, section 7, exactness).
 *
 * <p>Beside each layer lie its sums and values on the empty input. Another input changes few of them, so it is
 * evaluated by its differences from the empty input, and layers that it does not change cost nothing. Immutable.
 */
public final class ExactModel {
    private final Kernel kernel;
    private final Codes inputCodes;
    private final Decoder decoder;
    private final Codes.Inverse outputsOfNeuron;
    private final List<Stage> stages;
    /** W_0 E(j) for each feature j, or null if that takes too much memory or does not fit 16 bits. */
    private final short[][] featureColumns;

    /**
     * One layer.
     *
     * @param columns W, or null if it is diagonal
     * @param diagonal the diagonal of W, or null if it is not diagonal
     * @param bias b
     * @param activation what becomes of the sums
     * @param skip the index of the state that is added, 0 for y_0
     * @param emptySums W y + b, and what is added, on the empty input
     * @param emptyValues the activation of these
     */
    public record Stage(
            IntegerColumns columns,
            int[] diagonal,
            int[] bias,
            Activation activation,
            OptionalInt skip,
            int[] emptySums,
            int[] emptyValues) {
        /** The number of neurons. */
        public int rows() {
            return bias.length;
        }

        /** Whether W is diagonal; then {@link #columns} is null. */
        public boolean isDiagonal() {
            return diagonal != null;
        }

        /** Whether it is ReLU(W y + b). */
        boolean isPlain() {
            return activation == Activation.RELU && skip.isEmpty();
        }

        /** True if it has ReLU and no neuron is active on the empty input. */
        boolean isSilentWhenEmpty() {
            if (activation != Activation.RELU) {
                return false;
            }
            for (int value : emptyValues) {
                if (value != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Prepares a network.
     *
     * @param network one that {@link org.superpose.core.network.Exactness} proves exact on the domain that is verified,
     *     in whole numbers
     * @param maxShorts the most memory to spend on one precomputed column W_0 E(j) for each feature
     */
    public ExactModel(SuperposedNetwork network, Kernel kernel, long maxShorts) {
        this.kernel = kernel;
        this.inputCodes = network.inputCodes();
        this.decoder = network.decoder();
        this.outputsOfNeuron = network.decoder().codes().inverse();
        this.stages = new ArrayList<>();
        List<int[]> states = new ArrayList<>(List.of(new int[inputCodes.neurons()]));
        for (Layer layer : network.layers()) {
            Stage stage = stageOf(layer, states);
            stages.add(stage);
            states.add(stage.emptyValues());
        }
        this.featureColumns = (long) inputCodes.features() * first().rows() <= maxShorts ? sumFeatures() : null;
    }

    private short[][] sumFeatures() {
        short[][] columns = new short[inputCodes.features()][first().rows()];
        int[] sums = new int[first().rows()];
        for (int j = 0; j < columns.length; j++) {
            Arrays.fill(sums, 0);
            addCode(j, sums);
            for (int e = 0; e < sums.length; e++) {
                columns[j][e] = (short) sums[e];
                if (columns[j][e] != sums[e]) {
                    return null;
                }
            }
        }
        return columns;
    }

    /** @param emptyStates those before the layer on the empty input, y_0 first */
    private Stage stageOf(Layer layer, List<int[]> emptyStates) {
        int[] emptyInput = emptyStates.get(emptyStates.size() - 1);
        int[] bias = new int[layer.rows()];
        for (int r = 0; r < bias.length; r++) {
            bias[r] = (int) layer.bias(r);
        }
        IntegerColumns columns = null;
        int[] diagonal = null;
        int[] sums = bias.clone();
        // The first layer has to have columns, because inputs are sums of them.
        if (layer.weights() instanceof DiagonalMatrix && !stages.isEmpty()) {
            diagonal = new int[bias.length];
            for (int r = 0; r < bias.length; r++) {
                diagonal[r] = (int) layer.weights().get(r, r);
                sums[r] += diagonal[r] * emptyInput[r];
            }
        } else {
            columns = IntegerColumns.of(layer.weights());
            for (int c = 0; c < emptyInput.length; c++) {
                if (emptyInput[c] != 0) {
                    columns.add(kernel, c, emptyInput[c], sums);
                }
            }
        }
        if (layer.skip().isPresent()) {
            int[] added = emptyStates.get(layer.skip().getAsInt());
            for (int r = 0; r < bias.length; r++) {
                sums[r] += added[r];
            }
        }
        int[] values = new int[bias.length];
        for (int r = 0; r < bias.length; r++) {
            values[r] = layer.activation().of(sums[r]);
        }
        return new Stage(columns, diagonal, bias, layer.activation(), layer.skip(), sums, values);
    }

    /** Adds and compares whole numbers. */
    public Kernel kernel() {
        return kernel;
    }

    /** m, the number of input features. */
    public int features() {
        return inputCodes.features();
    }

    /** How the outputs are read from the last layer. */
    public Decoder decoder() {
        return decoder;
    }

    /** For each neuron of the last layer the outputs whose code contains it. */
    public Codes.Inverse outputsOfNeuron() {
        return outputsOfNeuron;
    }

    /** The layers, first applied first. */
    public List<Stage> stages() {
        return stages;
    }

    /** The first layer; it is never diagonal. */
    public Stage first() {
        return stages.get(0);
    }

    /** Whether a layer behind the first adds y_0. */
    boolean skipsInput() {
        return stages.subList(1, stages.size()).stream()
                .anyMatch(stage -> stage.skip().isPresent() && stage.skip().getAsInt() == 0);
    }

    /** The codes of the features in y_0. */
    Codes inputCodes() {
        return inputCodes;
    }

    /** sums += the column W_0 E(j) of a feature, and E(j) where the first layer adds y_0. */
    public void addFeature(int feature, int[] sums) {
        if (featureColumns != null) {
            kernel.addScaled(featureColumns[feature], 1, sums);
        } else {
            addCode(feature, sums);
        }
    }

    /** What a feature adds to one neuron of the first layer: an entry of W_0 E(j). */
    public int contribution(int feature, int neuron) {
        if (featureColumns != null) {
            return featureColumns[feature][neuron];
        }
        int sum = 0;
        for (int t = 0; t < inputCodes.weight(feature); t++) {
            int e = inputCodes.neuron(feature, t);
            sum += first().columns().get(neuron, e)
                    + (e == neuron && first().skip().isPresent() ? 1 : 0);
        }
        return sum;
    }

    private void addCode(int feature, int[] sums) {
        for (int t = 0; t < inputCodes.weight(feature); t++) {
            first().columns().add(kernel, inputCodes.neuron(feature, t), 1, sums);
            if (first().skip().isPresent()) { // it can only be y_0
                sums[inputCodes.neuron(feature, t)]++;
            }
        }
    }

    /** The index of the second full matrix, or the number of stages if there is none. */
    public int secondMatrix() {
        int t = 1;
        while (t < stages.size() && stages.get(t).isDiagonal()) {
            t++;
        }
        return t;
    }

    /** What a neuron of the first layer holds after the diagonal layers that follow, for a sum z of the first layer. */
    public int valueAfterDiagonals(int neuron, int z) {
        int value = Math.max(0, z);
        for (int t = 1; t < secondMatrix(); t++) {
            Stage stage = stages.get(t);
            value = Math.max(0, stage.diagonal()[neuron] * value + stage.bias()[neuron]);
        }
        return value;
    }
}
