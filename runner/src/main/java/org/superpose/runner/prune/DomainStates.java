package org.superpose.runner.prune;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * The states of a network on the inputs of its domain, kept while single weights are removed: a change is followed
 * through the inputs and rows that it reaches and nowhere else, and undone if it makes any output wrong. Whole numbers
 * throughout, so that states are exact.
 *
 * <p>All inputs are kept, unless no weight is negative, as in clipped networks. Then a removal lowers states and raises
 * none, so it can turn outputs off, but none on; and of AND gates it leaves an output on wherever it leaves it on for
 * the gate's own inputs alone, since more active inputs lower no state either. So those inputs, one for each output,
 * are enough.
 */
final class DomainStates {
    /** Numbers that are kept: half a gigabyte. */
    private static final long MOST_NUMBERS = 1L << 27;

    private final int layers;
    private final int inputs;
    private final int[] sizes;
    private final int[][] weights;
    private final boolean[] prunable;
    /** Before ReLU, the sums of each layer; the states of layer 0 are the encoded inputs. */
    private final int[][] sums;

    private final BitSet[] wanted;
    private final Codes codes;
    private final Decoder decoder;
    private final float[] thresholds;
    private final int[][] outputsOfRow;
    /** Inputs in the order in which they are tried: those that failed last come first. */
    private final int[] order;

    private final Changes changes = new Changes();

    /**
     * Evaluates the network on the inputs that are kept.
     *
     * @throws InvalidInputException if it has weights or biases that are not whole, or layers that are not ReLU(W y +
     *     b); if it reads logits; if too many inputs would have to be kept; or if it is wrong on one of those
     */
    DomainStates(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        requireWhole(built);
        this.layers = network.layers().size();
        this.sizes = new int[layers + 1];
        sizes[0] = network.inputCodes().neurons();
        for (int t = 0; t < layers; t++) {
            sizes[t + 1] = network.layers().get(t).rows();
        }
        List<FeatureSet> kept = new ArrayList<>();
        (onlyFalls(built) ? ownInputs(built.instance()) : requireRoom(built)).forEach(kept::add);
        this.inputs = kept.size();
        this.weights = new int[layers][];
        this.prunable = new boolean[layers];
        for (int t = 0; t < layers; t++) {
            Layer layer = network.layers().get(t);
            prunable[t] = !(layer.weights() instanceof DiagonalMatrix);
            weights[t] = new int[sizes[t + 1] * sizes[t]];
            float[] row = new float[sizes[t]];
            for (int r = 0; r < sizes[t + 1]; r++) {
                layer.weights().copyRow(r, row);
                for (int c = 0; c < row.length; c++) {
                    weights[t][r * row.length + c] = (int) row[c];
                }
            }
        }
        this.decoder = network.decoder();
        this.codes = decoder.codes();
        this.thresholds = decoder.thresholds();
        this.outputsOfRow = outputsOfRow(codes);
        this.sums = new int[layers + 1][];
        this.wanted = new BitSet[inputs];
        evaluate(built, kept);
        this.order = new int[inputs];
        Arrays.setAll(order, input -> input);
        for (int input = 0; input < inputs; input++) {
            for (int output = 0; output < codes.features(); output++) {
                if (isOn(input, output) != wanted[input].get(output)) {
                    throw new InvalidInputException("only a network that is right on every input is pruned, and this"
                            + " one is wrong at output " + output);
                }
            }
        }
    }

    private static void requireWhole(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        boolean plain = network.layers().stream().allMatch(layer -> layer.isPlain() && layer.isInteger());
        if (!plain || network.decoder().kind() == Decoder.Kind.READOUT) {
            throw new InvalidInputException(
                    "pruning takes networks of layers ReLU(W y + b) of whole numbers whose" + " output codes are read");
        }
        if (!Exactness.of(network, built.instance().maxActive()).isExact()) {
            throw new InvalidInputException("pruning takes networks whose sums are exact");
        }
    }

    /** Whether removals lower states and raise none, and the inputs of the gates are in the domain, one by one. */
    private static boolean onlyFalls(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        return !instance.isLayered()
                && instance.gates().areAll(GateFunction.AND)
                && built.network().layers().stream().allMatch(DomainStates::isNonNegative)
                && StreamSupport.stream(ownInputs(instance).spliterator(), false)
                        .allMatch(instance.domain()::contains);
    }

    private static boolean isNonNegative(Layer layer) {
        float[] row = new float[layer.columns()];
        for (int r = 0; r < layer.rows(); r++) {
            layer.weights().copyRow(r, row);
            for (float weight : row) {
                if (weight < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What each gate reads. */
    private static Iterable<FeatureSet> ownInputs(ProblemInstance instance) {
        Gates gates = instance.gates();
        return () -> IntStream.range(0, gates.outputs())
                .mapToObj(output -> FeatureSet.of(gates.reads(output)))
                .iterator();
    }

    private Iterable<FeatureSet> requireRoom(BuiltNetwork built) {
        InputDomain domain = built.instance().domain();
        long numbers =
                Arrays.stream(sizes).asLongStream().sum() + built.instance().outputs() / Integer.SIZE;
        long most = MOST_NUMBERS / numbers;
        if (domain.size().compareTo(BigInteger.valueOf(most)) > 0) {
            throw new InvalidInputException("pruning keeps the states of all inputs, of this network at most " + most
                    + ", but the domain has " + domain.size());
        }
        return domain;
    }

    private static int[][] outputsOfRow(Codes codes) {
        List<List<Integer>> outputs = new ArrayList<>();
        for (int row = 0; row < codes.neurons(); row++) {
            outputs.add(new ArrayList<>());
        }
        for (int i = 0; i < codes.features(); i++) {
            for (int t = 0; t < codes.weight(i); t++) {
                outputs.get(codes.neuron(i, t)).add(i);
            }
        }
        return outputs.stream()
                .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private void evaluate(BuiltNetwork built, List<FeatureSet> kept) {
        for (int t = 0; t <= layers; t++) {
            sums[t] = new int[inputs * sizes[t]];
        }
        Codes inputCodes = built.network().inputCodes();
        int input = 0;
        for (FeatureSet active : kept) {
            for (int feature : active.toArray()) {
                for (int neuron : inputCodes.code(feature)) {
                    sums[0][input * sizes[0] + neuron]++;
                }
            }
            for (int t = 0; t < layers; t++) {
                for (int r = 0; r < sizes[t + 1]; r++) {
                    int sum = (int) built.network().layers().get(t).bias(r);
                    for (int c = 0; c < sizes[t]; c++) {
                        sum += weights[t][r * sizes[t] + c] * state(t, input, c);
                    }
                    sums[t + 1][input * sizes[t + 1] + r] = sum;
                }
            }
            wanted[input] = new BitSet();
            for (int output : built.instance().evaluate(active).toArray()) {
                wanted[input].set(output);
            }
            input++;
        }
    }

    private int state(int layer, int input, int row) {
        return Math.max(0, sums[layer][input * sizes[layer] + row]);
    }

    private boolean isOn(int input, int output) {
        boolean every = decoder.kind() == Decoder.Kind.EVERY_ROW;
        long sum = 0;
        for (int t = 0; t < codes.weight(output); t++) {
            int value = state(layers, input, codes.neuron(output, t));
            if (every && value < thresholds[output]) {
                return false;
            }
            sum += value;
        }
        return every || sum >= thresholds[output];
    }

    /** Whether entries of a layer may be removed: those of diagonal layers count as no parameters. */
    boolean isPrunable(int layer) {
        return prunable[layer];
    }

    int layers() {
        return layers;
    }

    int rows(int layer) {
        return sizes[layer + 1];
    }

    int columns(int layer) {
        return sizes[layer];
    }

    int weight(int layer, int row, int column) {
        return weights[layer][row * sizes[layer] + column];
    }

    /**
     * Makes one entry zero if the network stays right on every input, and leaves everything as it was otherwise.
     *
     * @return whether the entry is zero now
     */
    boolean remove(int layer, int row, int column) {
        int place = row * sizes[layer] + column;
        int weight = weights[layer][place];
        if (weight == 0) {
            return true;
        }
        weights[layer][place] = 0;
        changes.count = 0;
        for (int at = 0; at < inputs; at++) {
            int input = order[at];
            int value = state(layer, input, column);
            if (value != 0 && !follow(layer, input, row, -weight * value)) {
                changes.undo();
                weights[layer][place] = weight;
                System.arraycopy(order, 0, order, 1, at);
                order[0] = input;
                return false;
            }
        }
        return true;
    }

    /** Adds to one sum and follows what changes; whether all outputs of this input are still right. */
    private boolean follow(int layer, int input, int row, int added) {
        List<Integer> changed = List.of();
        int difference = add(layer + 1, input, row, added);
        if (difference != 0) {
            changed = List.of(row);
        }
        int[] differences = {difference};
        for (int t = layer + 1; t < layers && !changed.isEmpty(); t++) {
            int[] sumsAdded = new int[sizes[t + 1]];
            for (int s = 0; s < changed.size(); s++) {
                for (int f = 0; f < sumsAdded.length; f++) {
                    sumsAdded[f] += weights[t][f * sizes[t] + changed.get(s)] * differences[s];
                }
            }
            List<Integer> next = new ArrayList<>();
            int[] nextDifferences = new int[sumsAdded.length];
            for (int f = 0; f < sumsAdded.length; f++) {
                int change = sumsAdded[f] == 0 ? 0 : add(t + 1, input, f, sumsAdded[f]);
                if (change != 0) {
                    nextDifferences[next.size()] = change;
                    next.add(f);
                }
            }
            changed = next;
            differences = nextDifferences;
        }
        for (int f : changed) {
            for (int output : outputsOfRow[f]) {
                if (isOn(input, output) != wanted[input].get(output)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Adds to a sum; by how much the state behind it changes. */
    private int add(int layer, int input, int row, int added) {
        int place = input * sizes[layer] + row;
        int before = sums[layer][place];
        changes.note(sums[layer], place, before);
        sums[layer][place] = before + added;
        return Math.max(0, before + added) - Math.max(0, before);
    }

    /** What was overwritten since the last weight was changed. */
    private static final class Changes {
        private int[][] arrays = new int[1024][];
        private int[] places = new int[1024];
        private int[] values = new int[1024];
        private int count;

        void note(int[] array, int place, int value) {
            if (count == places.length) {
                arrays = Arrays.copyOf(arrays, 2 * count);
                places = Arrays.copyOf(places, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            arrays[count] = array;
            places[count] = place;
            values[count++] = value;
        }

        void undo() {
            while (count > 0) {
                count--;
                arrays[count][places[count]] = values[count];
            }
        }
    }
}
