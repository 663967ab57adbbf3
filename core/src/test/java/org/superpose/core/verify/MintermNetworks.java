package org.superpose.core.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * Networks for any map of gates that read few inputs: one neuron for each row of a truth table, ReLU(positive - negated
 * - (p - 1)), which is 1 on that row and 0 on all others; an output is on iff one of its rows is.
 */
public final class MintermNetworks {
    private MintermNetworks() {}

    /** Gates of random functions, constants and those that are on at rest among them. */
    public static Gates randomGates(int inputs, int outputs, int maxFanIn, RandomGenerator random) {
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            int[] reads = TestNetworks.subset(random.nextInt(Math.min(maxFanIn, inputs) + 1), inputs, random);
            boolean[] rows = new boolean[1 << reads.length];
            boolean[] signs = new boolean[reads.length];
            int[] weights = new int[reads.length];
            for (int x = 0; x < rows.length; x++) {
                rows[x] = random.nextBoolean();
            }
            for (int t = 0; t < reads.length; t++) {
                signs[t] = random.nextBoolean();
                weights[t] = random.nextInt(-3, 4);
            }
            GateFunction function = switch (reads.length == 0 ? 0 : random.nextInt(7)) {
                case 0 -> GateFunction.table(rows);
                case 1 -> GateFunction.allOf(signs);
                case 2 -> GateFunction.anyOf(signs);
                case 3 -> GateFunction.weighted(random.nextInt(-2, 4), weights);
                case 4 -> GateFunction.exactly(random.nextInt(reads.length + 1));
                case 5 -> GateFunction.PARITY;
                default -> GateFunction.AND;
            };
            gates.add(Gate.of(function, reads));
        }
        return Gates.of(inputs, gates);
    }

    /** Some number of active features at least and at most, with or without groups. */
    public static InputDomain randomDomain(int features, int maxActive, RandomGenerator random) {
        InputDomain domain = TestNetworks.randomDomain(features, maxActive, random);
        return random.nextBoolean() ? domain : domain.withMinActive(random.nextInt(maxActive + 1));
    }

    /**
     * A network that computes an instance.
     *
     * @param flips how many weights or biases of the last layers are changed by one
     * @param rounds whether it is not in whole numbers
     */
    public static SuperposedNetwork of(ProblemInstance instance, int flips, boolean rounds, RandomGenerator random) {
        List<Layer> layers = new ArrayList<>();
        Codes outputs = null;
        int features = instance.inputs();
        Codes state = Codes.ofWeight(features, 1, IntStream.range(0, features).toArray());
        Codes inputs = state;
        for (Gates gates : instance.layers()) {
            List<float[]> rows = new ArrayList<>();
            List<Float> biases = new ArrayList<>();
            List<int[]> codes = new ArrayList<>();
            int width = state.neurons();
            for (int i = 0; i < gates.outputs(); i++) {
                List<Integer> code = new ArrayList<>();
                for (int x = 0; x < 1 << gates.fanIn(i); x++) {
                    int sum = 0;
                    float[] row = new float[width];
                    for (int t = 0; t < gates.fanIn(i); t++) {
                        boolean positive = (x >> t & 1) != 0;
                        sum += positive ? gates.function(i).step(t) : 0;
                        for (int neuron : state.code(gates.read(i, t))) {
                            row[neuron] = positive ? 1 : -1;
                        }
                    }
                    if (gates.isOn(i, sum)) {
                        code.add(rows.size());
                        rows.add(row);
                        biases.add(1f - Integer.bitCount(x));
                    }
                }
                if (code.isEmpty()) {
                    code.add(rows.size());
                    rows.add(new float[width]);
                    biases.add(-1f);
                }
                codes.add(code.stream().mapToInt(Integer::intValue).toArray());
            }
            layers.add(layer(rows, biases, width, rounds, flips, random));
            int[] offsets = new int[codes.size() + 1];
            for (int i = 0; i < codes.size(); i++) {
                offsets[i + 1] = offsets[i] + codes.get(i).length;
            }
            outputs = Codes.of(
                    rows.size(),
                    offsets,
                    codes.stream().flatMapToInt(IntStream::of).toArray());
            state = outputs;
        }
        if (random.nextInt(3) == 0) {
            float[] ones = new float[outputs.neurons()];
            java.util.Arrays.fill(ones, 1);
            layers.add(Layer.withBias(new DiagonalMatrix(ones), 0));
        }
        Decoder decoder = Decoder.withThreshold(outputs, Decoder.Kind.SUM, rounds ? 0.55f : 1);
        return TestNetworks.network(inputs, layers, decoder, instance.domain());
    }

    /**
     * A network of two blocks for an instance of two layers: the state between them holds 1 - t for each gate of the
     * first, so that it is clean.
     *
     * @param flips how many weights of each matrix are changed by one
     */
    public static SuperposedNetwork chain(ProblemInstance instance, int flips, RandomGenerator random) {
        Gates first = instance.layers().get(0);
        Gates second = instance.layers().get(1);
        Rows firstRows = Rows.of(first, false);
        List<float[]> sums = new ArrayList<>();
        for (int i = 0; i < first.outputs(); i++) {
            float[] row = new float[firstRows.rows.size()];
            for (int r : firstRows.codes.get(i)) {
                row[r] = 1;
            }
            sums.add(row);
        }
        Rows secondRows = Rows.of(second, true);
        int width = first.outputs();
        float[] inverted = new float[width];
        java.util.Arrays.fill(inverted, -1);
        List<Layer> layers = List.of(
                layer(firstRows.rows, firstRows.biases, first.inputs(), false, flips, random),
                layer(sums, java.util.Collections.nCopies(width, 0f), firstRows.rows.size(), false, flips, random),
                Layer.withBias(new DiagonalMatrix(inverted), 1),
                layer(secondRows.rows, secondRows.biases, width, false, flips, random));
        return TestNetworks.network(
                Codes.identity(first.inputs()),
                layers,
                Decoder.withThreshold(secondRows.outputCodes(), Decoder.Kind.SUM, 1),
                instance.domain());
    }

    /** A neuron for each row of each gate's truth table in which it is on, and one that is silent if there is none. */
    private record Rows(List<float[]> rows, List<Float> biases, List<int[]> codes) {
        /** @param inverted whether neurons read 1 - t for each input t */
        private static Rows of(Gates gates, boolean inverted) {
            Rows made = new Rows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < gates.outputs(); i++) {
                int begin = made.rows.size();
                for (int x = 0; x < 1 << gates.fanIn(i); x++) {
                    int sum = 0;
                    float[] row = new float[gates.inputs()];
                    for (int t = 0; t < gates.fanIn(i); t++) {
                        boolean positive = (x >> t & 1) != 0;
                        sum += positive ? gates.function(i).step(t) : 0;
                        row[gates.read(i, t)] = positive == inverted ? -1 : 1;
                    }
                    if (gates.isOn(i, sum)) {
                        made.rows.add(row);
                        int positives = Integer.bitCount(x);
                        made.biases.add(inverted ? 1f - (gates.fanIn(i) - positives) : 1f - positives);
                    }
                }
                if (made.rows.size() == begin) {
                    made.rows.add(new float[gates.inputs()]);
                    made.biases.add(-1f);
                }
                made.codes.add(IntStream.range(begin, made.rows.size()).toArray());
            }
            return made;
        }

        private Codes outputCodes() {
            int[] offsets = new int[codes.size() + 1];
            for (int i = 0; i < codes.size(); i++) {
                offsets[i + 1] = offsets[i] + codes.get(i).length;
            }
            return Codes.of(
                    rows.size(),
                    offsets,
                    codes.stream().flatMapToInt(IntStream::of).toArray());
        }
    }

    private static Layer layer(
            List<float[]> rows, List<Float> biases, int width, boolean rounds, int flips, RandomGenerator random) {
        float scale = rounds ? 1.1f : 1;
        float[] weights = new float[rows.size() * width];
        short[] whole = new short[weights.length];
        float[] bias = new float[rows.size()];
        for (int r = 0; r < rows.size(); r++) {
            bias[r] = biases.get(r);
            for (int c = 0; c < width; c++) {
                weights[r * width + c] = rows.get(r)[c];
            }
        }
        for (int flip = 0; flip < flips; flip++) {
            weights[random.nextInt(weights.length)] += random.nextBoolean() ? 1 : -1;
        }
        for (int w = 0; w < weights.length; w++) {
            whole[w] = (short) weights[w];
            weights[w] *= scale;
        }
        for (int r = 0; r < bias.length; r++) {
            bias[r] *= scale;
        }
        WeightMatrix matrix = rounds || random.nextBoolean()
                ? new DenseMatrix(rows.size(), width, weights)
                : new IntegerMatrix(rows.size(), width, whole);
        return new Layer(matrix, bias);
    }
}
