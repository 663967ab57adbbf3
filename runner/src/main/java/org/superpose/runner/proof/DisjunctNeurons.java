package org.superpose.runner.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * Follows the nodes of a map, which are features and gates, through a deep network of zeros and ones, neuron by neuron
 * ({@code docs/proofs.md}, the method disjunct).
 */
final class DisjunctNeurons {
    /** The most nodes times neurons, for checkers that keep who has whom in a matrix. */
    private static final long MOST_ENTRIES = 1L << 28;

    private final SuperposedNetwork network;
    private final List<Gates> gates;
    /** How many nodes of each layer are on at most. */
    private final int[] mostOn;

    private final List<Map<List<Integer>, Integer>> gateOfReads;

    private List<Neuron> neurons;
    /** Of the layer that was read last in this state. */
    private Optional<DisjunctCodes> codes = Optional.empty();

    private DisjunctNeurons(BuiltNetwork built) {
        this.network = built.network();
        this.gates = built.instance().layers();
        this.mostOn = mostOn(built.instance());
        this.gateOfReads = gates.stream().map(DisjunctNeurons::gateOfReads).toList();
        this.neurons = embedding(network.inputCodes());
    }

    private static Map<List<Integer>, Integer> gateOfReads(Gates gates) {
        Map<List<Integer>, Integer> gateOfReads = new HashMap<>();
        for (int i = 0; i < gates.outputs(); i++) {
            gateOfReads.put(Arrays.stream(gates.reads(i)).boxed().toList(), i);
        }
        return gateOfReads;
    }

    /** What a neuron is of its nodes. */
    enum Kind {
        /** How many are on. */
        COUNT,
        /** 1 iff any is on. */
        ANY,
        /** 1 iff none is on. */
        NONE
    }

    /**
     * A neuron.
     *
     * @param layer of the nodes: 0 for features, t for gates of the t-th layer
     * @param nodes one of them several times where it counts so often
     */
    record Neuron(Kind kind, int layer, int[] nodes) {
        /** Whether it is 1 iff any of its nodes is on. */
        boolean isAny() {
            return kind == Kind.ANY || kind == Kind.COUNT && nodes.length <= 1;
        }

        /** Whether it is the number of its nodes that are on. */
        boolean isCount() {
            return kind == Kind.COUNT || kind == Kind.ANY && nodes.length <= 1;
        }

        /** 1 less what it is, cut at 0. */
        Neuron turned() {
            return new Neuron(kind == Kind.NONE ? Kind.ANY : Kind.NONE, layer, nodes);
        }
    }

    /** Whether every neuron is one of these, and every output what its gate computes. */
    static boolean follow(BuiltNetwork built) {
        return fits(built) && new DisjunctNeurons(built).areOutputsOfGates();
    }

    private static boolean fits(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        ProblemInstance instance = built.instance();
        if (network.departure().isPresent()
                || network.decoder().kind() != Decoder.Kind.EVERY_ROW
                || instance.domain().isGrouped()
                || instance.domain().minActive() > 0
                || !instance.layers().stream().allMatch(gates -> gates.areAll(GateFunction.AND))) {
            return false;
        }
        long nodes = instance.inputs()
                + instance.layers().stream().mapToLong(Gates::outputs).sum();
        return nodes * network.width() <= MOST_ENTRIES;
    }

    private static int[] mostOn(ProblemInstance instance) {
        int[] most = new int[instance.layers().size() + 1];
        most[0] = instance.maxActive();
        for (int t = 1; t < most.length; t++) {
            most[t] = mostOn(instance.layers().get(t - 1), most[t - 1]);
        }
        return most;
    }

    /**
     * Each gate that is on takes its reads out of what the nodes that are on have, and different gates of one fan-in
     * read different subsets of these.
     */
    private static int mostOn(Gates gates, int below) {
        long reads = IntStream.range(0, gates.inputs())
                .map(node -> -gates.influence(node))
                .sorted()
                .limit(below)
                .mapToLong(influence -> -influence)
                .sum();
        int fanIn = gates.minFanIn();
        BigInteger most = BigInteger.valueOf(Math.min(gates.outputs(), reads / fanIn));
        return fanIn == gates.maxFanIn() && gateOfReads(gates).size() == gates.outputs()
                ? most.min(FunctionClass.binomial(below, fanIn)).intValueExact()
                : most.intValueExact();
    }

    private static List<Neuron> embedding(Codes codes) {
        Codes.Inverse inverse = codes.inverse();
        return IntStream.range(0, codes.neurons())
                .mapToObj(e -> new Neuron(
                        Kind.COUNT,
                        0,
                        IntStream.range(0, inverse.load(e))
                                .map(t -> inverse.feature(e, t))
                                .toArray()))
                .toList();
    }

    private boolean areOutputsOfGates() {
        for (Layer layer : network.layers()) {
            if (!pass(layer)) {
                return false;
            }
        }
        List<Neuron> last = new ArrayList<>();
        for (Neuron neuron : neurons) { // a threshold of 1 makes of a number whether any is on
            last.add(neuron.isCount() ? new Neuron(Kind.ANY, neuron.layer(), neuron.nodes()) : neuron);
        }
        Decoder decoder = network.decoder();
        var outputs = new DisjunctCodes(last, gates.size(), decoder.outputs(), mostOn[gates.size()]);
        return IntStream.range(0, decoder.outputs())
                .allMatch(output -> decoder.threshold(output) > 0
                        && decoder.threshold(output) <= 1
                        && Arrays.equals(outputs.allOn(decoder.codes().code(output)), new int[] {output}));
    }

    private boolean pass(Layer layer) {
        codes = Optional.empty();
        List<Neuron> next = new ArrayList<>();
        float[] weights = new float[layer.columns()];
        for (int r = 0; r < layer.rows(); r++) {
            layer.weights().copyRow(r, weights);
            Optional<Neuron> neuron = neuron(weights, layer.bias(r));
            if (neuron.isEmpty()) {
                return false;
            }
            next.add(neuron.get());
        }
        neurons = next;
        return true;
    }

    /** What a row makes of the neurons before it; empty if that is none of the three. */
    private Optional<Neuron> neuron(float[] weights, float bias) {
        int[] read =
                IntStream.range(0, weights.length).filter(c -> weights[c] != 0).toArray();
        if (read.length == 1 && weights[read[0]] == -1 && bias == 1) {
            return Optional.of(neurons.get(read[0]).turned());
        }
        if (IntStream.of(read).anyMatch(c -> weights[c] != 1)) {
            return Optional.empty();
        }
        if (read.length == 1 && bias == 0) {
            return Optional.of(neurons.get(read[0]));
        }
        if (bias == 0 || read.length == 0 && bias < 0) {
            return sum(read);
        }
        return read.length > 0 && bias == 1 - read.length ? gate(read) : Optional.empty();
    }

    private Optional<Neuron> sum(int[] read) {
        int[] layers = IntStream.of(read)
                .filter(c -> neurons.get(c).nodes().length > 0)
                .map(c -> neurons.get(c).layer())
                .distinct()
                .toArray();
        if (layers.length > 1
                || !IntStream.of(read).allMatch(c -> neurons.get(c).isCount())) {
            return Optional.empty();
        }
        int[] nodes = IntStream.of(read)
                .flatMap(c -> IntStream.of(neurons.get(c).nodes()))
                .toArray();
        return Optional.of(new Neuron(Kind.COUNT, layers.length == 0 ? 0 : layers[0], nodes));
    }

    /** The gate that is on iff all of some neurons are. */
    private Optional<Neuron> gate(int[] read) {
        int layer = neurons.get(read[0]).layer();
        if (layer == gates.size()) {
            return Optional.empty();
        }
        if (codes.isEmpty() || codes.get().layer() != layer) {
            codes = Optional.of(
                    new DisjunctCodes(neurons, layer, gates.get(layer).inputs(), mostOn[layer]));
        }
        int[] nodes = codes.get().allOn(read);
        return Optional.ofNullable(
                        gateOfReads.get(layer).get(Arrays.stream(nodes).boxed().toList()))
                .map(gate -> new Neuron(Kind.COUNT, layer + 1, new int[] {gate}));
    }
}
