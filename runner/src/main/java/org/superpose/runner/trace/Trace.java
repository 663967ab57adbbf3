package org.superpose.runner.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.network.OutputState;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;

/**
 * What a network does with one input: every state, each row that is not zero with the reason for it, and every output
 * with its margin, beside the truth.
 *
 * <p>A row of a hidden layer is <em>wanted</em> if it fires, too, when only the inputs of one feature that should be on
 * are active: of an output, or of a feature between two layers of gates. A row of a last state that is read by codes is
 * wanted if it is in the code of an output that should be on. Every other row that fires is <em>spurious</em>: inputs
 * of different features meet in it by chance.
 *
 * @param built the network and its map
 * @param input the active inputs, in the domain or not
 * @param truth the features that should be on behind each layer of gates; the last are the outputs F(x)
 * @param states y_0, y_1, ..., y_L: the rows that are not zero
 * @param outputs every output
 */
public record Trace(
        BuiltNetwork built,
        FeatureSet input,
        List<FeatureSet> truth,
        List<List<ActiveRow>> states,
        List<OutputRead> outputs) {

    /** Why a row is not zero. */
    public enum Reason {
        /** It is in the code of an active input: only in y_0. */
        CODE,
        /** It fires for features that should be on. */
        WANTED,
        /** It fires, though no feature that should be on asks for it. */
        SPURIOUS,
        /** It fires while no input is active. */
        AT_REST,
        /** Its layer has no ReLU: an entry of a linear state, or a logit. */
        LINEAR
    }

    /**
     * A feature of the map.
     *
     * @param gates the layer of gates whose output it is, from 0; -1 for the inputs of the map
     * @param index in that layer
     */
    public record MapFeature(int gates, int index) {}

    /**
     * A row that is not zero.
     *
     * @param row its number
     * @param value of the state
     * @param reason why
     * @param features those that ask for it; of a spurious row the active inputs without any of which it would be
     *     silent
     */
    public record ActiveRow(int row, float value, Reason reason, List<MapFeature> features) {}

    /**
     * An output.
     *
     * @param value the sum of the rows of its code, the smallest of them, or its logit, as the decoder reads it
     * @param on the output is on iff its value is at least this
     * @param off the output is off iff its value is at most this, or, where it equals {@code on}, below it
     * @param state what the network says
     * @param expected what is right
     */
    public record OutputRead(double value, double on, double off, OutputState state, boolean expected) {
        /** How far the value is on the right side of the threshold; negative where it is on the wrong one. */
        public double margin() {
            return expected ? value - on : off - value;
        }

        /** Whether the network is right. */
        public boolean isRight() {
            return state == (expected ? OutputState.ON : OutputState.OFF);
        }
    }

    /** Copies the lists. */
    public Trace {
        truth = List.copyOf(truth);
        states = List.copyOf(states);
        outputs = List.copyOf(outputs);
    }

    /**
     * Runs a network on an input.
     *
     * @param input each below m
     */
    public static Trace of(BuiltNetwork built, FeatureSet input) {
        return new Tracer(built, input).trace();
    }

    /** Whether the input is one on which the network is claimed to be right. */
    public boolean isInDomain() {
        return built.instance().domain().contains(input);
    }

    /** Whether every output is right. */
    public boolean isRight() {
        return outputs.stream().allMatch(OutputRead::isRight);
    }

    /** F(x): the outputs that should be on. */
    public FeatureSet expected() {
        return truth.get(truth.size() - 1);
    }

    /** The outputs that the network says are on. */
    public FeatureSet on() {
        int[] on = IntStream.range(0, outputs.size())
                .filter(i -> outputs.get(i).state() == OutputState.ON)
                .toArray();
        return FeatureSet.ofSorted(on, on.length);
    }

    /** The output with the smallest margin. */
    public int nearest() {
        return IntStream.range(0, outputs.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> outputs.get(i).margin()))
                .orElseThrow();
    }

    /** The number of rows of a state that are not zero for a reason. */
    public long count(int state, Reason reason) {
        return states.get(state).stream().filter(row -> row.reason() == reason).count();
    }

    /** What is called by which name: the features of the map, inputs and outputs with the names they have. */
    public String name(MapFeature feature) {
        boolean isInput = feature.gates() < 0;
        boolean isOutput = feature.gates() == truth.size() - 1;
        if (isInput) {
            return built.instance().inputNames().name(feature.index());
        }
        return isOutput
                ? built.instance().outputNames().name(feature.index())
                : feature.index() + " of map " + (feature.gates() + 1);
    }

    /** One run, put together. */
    private static final class Tracer {
        private final BuiltNetwork built;
        private final SuperposedNetwork network;
        private final FeatureSet input;
        private final Evaluator evaluator;
        private final List<FeatureSet> truth = new ArrayList<>();
        /** The features that should be on, by the part of the input that they depend on. */
        private final Map<FeatureSet, List<MapFeature>> byPart = new LinkedHashMap<>();

        private final Map<FeatureSet, float[][]> runs = new LinkedHashMap<>();

        Tracer(BuiltNetwork built, FeatureSet input) {
            this.built = built;
            this.network = built.network();
            this.input = input;
            this.evaluator = new KernelEvaluator(network);
        }

        Trace trace() {
            findParts();
            float[][] run = run(input);
            List<List<ActiveRow>> states = new ArrayList<>();
            for (int t = 0; t < run.length; t++) {
                states.add(rows(t, run[t]));
            }
            return new Trace(built, input, truth, states, outputs(run[run.length - 1]));
        }

        private float[][] run(FeatureSet part) {
            return runs.computeIfAbsent(part, evaluator::activations);
        }

        /** Follows the input through the gates, and with each feature that is on the inputs that it depends on. */
        private void findParts() {
            FeatureSet state = input;
            Map<Integer, TreeSet<Integer>> parts = new LinkedHashMap<>();
            for (int j : input.toArray()) {
                parts.put(j, new TreeSet<>(List.of(j)));
            }
            for (Gates gates : built.instance().layers()) {
                FeatureSet next = gates.evaluate(state);
                Map<Integer, TreeSet<Integer>> nextParts = new LinkedHashMap<>();
                // Not only features that are on hand the inputs on: one that is off may be negated.
                parts.forEach((feature, part) -> {
                    for (int t = 0; t < gates.influence(feature); t++) {
                        nextParts
                                .computeIfAbsent(gates.reader(feature, t), key -> new TreeSet<>())
                                .addAll(part);
                    }
                });
                for (int i : next.toArray()) {
                    FeatureSet part = FeatureSet.of(nextParts.getOrDefault(i, new TreeSet<>()).stream()
                            .mapToInt(j -> j)
                            .toArray());
                    byPart.computeIfAbsent(part, key -> new ArrayList<>()).add(new MapFeature(truth.size(), i));
                }
                truth.add(next);
                state = next;
                parts = nextParts;
            }
        }

        private List<ActiveRow> rows(int t, float[] state) {
            List<ActiveRow> rows = new ArrayList<>();
            for (int r = 0; r < state.length; r++) {
                if (state[r] != 0) {
                    rows.add(row(t, r, state[r]));
                }
            }
            return rows;
        }

        private ActiveRow row(int t, int row, float value) {
            if (t == 0) {
                return new ActiveRow(row, value, Reason.CODE, inputsOf(row));
            }
            Layer layer = network.layers().get(t - 1);
            if (!layer.hasRelu()) {
                return new ActiveRow(row, value, Reason.LINEAR, List.of());
            }
            boolean isRead = t == network.layers().size() && !network.decoder().isReadout();
            boolean isAtRest = run(FeatureSet.EMPTY)[t][row] > 0;
            List<MapFeature> wanting = isRead ? outputsOf(row) : isAtRest ? List.of() : featuresThatFire(t, row);
            if (!wanting.isEmpty()) {
                return new ActiveRow(row, value, Reason.WANTED, wanting);
            }
            if (isAtRest) {
                return new ActiveRow(row, value, Reason.AT_REST, List.of());
            }
            return new ActiveRow(row, value, Reason.SPURIOUS, needed(t, row));
        }

        private List<MapFeature> inputsOf(int row) {
            return IntStream.of(input.toArray())
                    .filter(j -> IntStream.of(network.inputCodes().code(j)).anyMatch(e -> e == row))
                    .mapToObj(j -> new MapFeature(-1, j))
                    .toList();
        }

        private List<MapFeature> outputsOf(int row) {
            return IntStream.of(truth.get(truth.size() - 1).toArray())
                    .filter(i -> IntStream.of(network.decoder().codes().code(i)).anyMatch(e -> e == row))
                    .mapToObj(i -> new MapFeature(truth.size() - 1, i))
                    .toList();
        }

        private List<MapFeature> featuresThatFire(int t, int row) {
            List<MapFeature> wanting = new ArrayList<>();
            byPart.forEach((part, features) -> {
                if (!part.isEmpty() && run(part)[t][row] > 0) {
                    wanting.addAll(features);
                }
            });
            return wanting;
        }

        private List<MapFeature> needed(int t, int row) {
            return IntStream.of(input.toArray())
                    .filter(j -> !(run(input.symmetricDifference(FeatureSet.of(j)))[t][row] > 0))
                    .mapToObj(j -> new MapFeature(-1, j))
                    .toList();
        }

        private List<OutputRead> outputs(float[] last) {
            Decoder decoder = network.decoder();
            FeatureSet expected = truth.get(truth.size() - 1);
            List<OutputRead> outputs = new ArrayList<>();
            for (int i = 0; i < decoder.outputs(); i++) {
                double value = value(decoder, i, last);
                outputs.add(new OutputRead(
                        value,
                        decoder.threshold(i),
                        decoder.offThreshold(i),
                        decoder.stateOf(i, (float) value),
                        expected.contains(i)));
            }
            return outputs;
        }

        private static double value(Decoder decoder, int output, float[] last) {
            if (decoder.isReadout()) {
                return last[output];
            }
            IntStream rows = IntStream.of(decoder.codes().code(output));
            return decoder.kind() == Decoder.Kind.SUM
                    ? rows.mapToDouble(r -> last[r]).sum()
                    : rows.mapToDouble(r -> last[r]).min().orElseThrow();
        }
    }
}
