package org.superpose.constructions.dedicated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Weighted;
import org.superpose.core.random.Seed;

/**
 * Dedicated neurons (theory, section 5a) for any map: identity codes, and for every gate neurons of its own, one y =
 * ReLU(weighted number of active inputs - (t - 1)) where it is a threshold function. Whole numbers, exact and clean on
 * every input; for AND gates the width is max(m, m').
 *
 * <p>Where a gate needs several neurons ({@link GateNeurons}), a second matrix adds them up. A gate that can overshoot
 * is brought back to 1 by two diagonal layers.
 */
@Reference(value = "Dedicated neurons", standing = Standing.OURS)
public final class Dedicated implements BlockConstruction {
    /** The words of the largest bit matrix: one Java array of 1 GiB. */
    private static final long MOST_WORDS = 1 << 27;

    /** The largest sum of absolute weights of a gate. */
    private static final long MOST_TOTAL = 1 << 22;

    /** The entries of the largest matrix of whole numbers. */
    private static final long MOST_ENTRIES = 1 << 29;

    @Override
    public String id() {
        return "dedicated";
    }

    @Override
    public String title() {
        return "no superposition: one neuron per feature, the baseline";
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        for (Gates gates : instance.layers()) {
            if (words(gates) > MOST_WORDS) {
                return Acceptance.rejected(gates.outputs() + " outputs of " + gates.inputs()
                        + " inputs need a matrix of more than 2^33 weights without superposition");
            }
            for (GateFunction function : gates.functions()) {
                if (function instanceof Weighted weighted && total(weighted) > MOST_TOTAL) {
                    return Acceptance.rejected("the weights of a gate add up to " + total(weighted)
                            + " in absolute value, more than the " + MOST_TOTAL + " that stay exact in float32");
                }
            }
        }
        return Acceptance.accepted();
    }

    private static long words(Gates gates) {
        return (long) gates.outputs() * BitMatrix.wordsPerRow(gates.inputs());
    }

    private static long total(Weighted weighted) {
        long total = Math.abs(weighted.threshold());
        for (int t = 0; t < weighted.fanIn(); t++) {
            total += Math.abs(weighted.weight(t));
        }
        return total;
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, seed);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException if the input codes are not identity codes
     */
    @Override
    public SuperposedNetwork buildBlock(
            ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed) {
        if (!inputCodes.equals(Codes.identity(instance.inputs()))) {
            throw new InvalidInputException("dedicated reads identity codes, not " + inputCodes);
        }
        return build(instance, seed);
    }

    @Override
    public boolean readsOnlyIdentityCodes() {
        return true;
    }

    private SuperposedNetwork build(ProblemInstance instance, Seed seed) {
        List<Layer> layers = new ArrayList<>();
        int most = instance.maxActive();
        for (Gates gates : instance.layers()) {
            layers.addAll(layersOf(gates, most));
            most = gates.outputs(); // nothing is known of how many are on together
        }
        Codes outputCodes = Codes.identity(instance.outputs());
        return new SuperposedNetwork(
                Codes.identity(instance.inputs()),
                layers,
                Decoder.withThreshold(outputCodes, Decoder.Kind.EVERY_ROW, 1),
                instance.domain(),
                true,
                new Provenance(id(), Map.of(), seed.value(), Map.of()));
    }

    private static List<Layer> layersOf(Gates gates, int most) {
        List<GateNeurons> all = new ArrayList<>();
        boolean overshoots = false;
        int neurons = 0;
        for (int i = 0; i < gates.outputs(); i++) {
            GateNeurons own = GateNeurons.of(gates.function(i), gates.fanIn(i), Math.min(most, gates.fanIn(i)));
            all.add(own);
            overshoots |= own.overshoots();
            neurons = Math.addExact(neurons, own.neurons().size());
        }
        List<Layer> layers = new ArrayList<>(List.of(neurons(gates, all, neurons)));
        if (neurons > gates.outputs()) {
            layers.add(sums(all, neurons));
        }
        if (overshoots) {
            layers.add(Layer.withBias(DiagonalMatrix.ofValue(gates.outputs(), -1), 1));
            layers.add(Layer.withBias(DiagonalMatrix.ofValue(gates.outputs(), -1), 1));
        }
        return layers;
    }

    private static Layer neurons(Gates gates, List<GateNeurons> all, int rows) {
        float[] bias = new float[rows];
        int[] gateOf = new int[rows];
        List<GateNeurons.Neuron> flat = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (GateNeurons.Neuron neuron : all.get(i).neurons()) {
                gateOf[flat.size()] = i;
                bias[flat.size()] = neuron.bias();
                flat.add(neuron);
            }
        }
        boolean bits =
                flat.stream().allMatch(neuron -> IntStream.of(neuron.weights()).allMatch(w -> w == 0 || w == 1));
        if (bits) {
            int wordsPerRow = BitMatrix.wordsPerRow(gates.inputs());
            long[] words = new long[Math.multiplyExact(rows, wordsPerRow)];
            forEachWeight(gates, gateOf, flat, (row, input, weight) -> {
                if (weight != 0) {
                    words[row * wordsPerRow + input / Long.SIZE] |= 1L << input;
                }
            });
            return new Layer(BitMatrix.ofBits(rows, gates.inputs(), words), bias);
        }
        int columns = gates.inputs();
        requireRoom(rows, columns);
        boolean small =
                flat.stream().allMatch(neuron -> IntStream.of(neuron.weights()).allMatch(w -> w == (short) w));
        if (small) {
            short[] weights = new short[rows * columns];
            forEachWeight(gates, gateOf, flat, (row, input, weight) -> weights[row * columns + input] = (short) weight);
            return new Layer(new IntegerMatrix(rows, columns, weights), bias);
        }
        float[] weights = new float[rows * columns];
        forEachWeight(gates, gateOf, flat, (row, input, weight) -> weights[row * columns + input] = weight);
        return new Layer(new DenseMatrix(rows, columns, weights), bias);
    }

    /** Takes one entry of a matrix. */
    private interface Entry {
        void put(int row, int input, int weight);
    }

    private static void forEachWeight(Gates gates, int[] gateOf, List<GateNeurons.Neuron> flat, Entry entry) {
        for (int row = 0; row < flat.size(); row++) {
            for (int t = 0; t < gates.fanIn(gateOf[row]); t++) {
                entry.put(row, gates.read(gateOf[row], t), flat.get(row).weights()[t]);
            }
        }
    }

    /** Adds up the neurons of each gate. */
    private static Layer sums(List<GateNeurons> all, int neurons) {
        requireRoom(all.size(), neurons);
        short[] weights = new short[all.size() * neurons];
        int column = 0;
        for (int i = 0; i < all.size(); i++) {
            for (GateNeurons.Neuron neuron : all.get(i).neurons()) {
                weights[i * neurons + column++] = (short) neuron.outgoing();
            }
        }
        return Layer.withBias(new IntegerMatrix(all.size(), neurons, weights), 0);
    }

    private static void requireRoom(long rows, long columns) {
        if (rows * columns > MOST_ENTRIES) {
            throw new InvalidInputException("the gates need " + rows + " neurons of " + columns
                    + " inputs without superposition, more weights than the " + MOST_ENTRIES
                    + " of the largest matrix");
        }
    }
}
