package org.superpose.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Weighted;
import org.superpose.core.random.Seed;

/**
 * Small networks of the kinds that the real constructions build, made without regard to width: sections 4 and 5 of the
 * theory in their plainest form. Some are wrong on some inputs, which is welcome when two runtimes are compared.
 */
public final class TinyNetworks {
    private TinyNetworks() {}

    /** Two bit matrices, no superposition in y_0; wide enough to be right on every input. */
    public static BuiltNetwork clippedTwoAnd() {
        return clipped(new Seed(1), 24, 30, 160, 2, Form.BITS, FeatureNames.NONE);
    }

    /** The same kind, so narrow that decoded outputs are often wrong. */
    public static BuiltNetwork overloadedTwoAnd() {
        return clipped(new Seed(2), 24, 60, 24, 2, Form.BITS, FeatureNames.NONE);
    }

    /** A diagonal layer between the matrices, negative bits behind it, any number of active features. */
    public static BuiltNetwork saturatedTwoAnd() {
        return clipped(new Seed(3), 20, 25, 90, 3, Form.SATURATED, FeatureNames.NONE);
    }

    /** Sums of channels instead of unions: integer weights. */
    public static BuiltNetwork summedTwoAnd() {
        return clipped(new Seed(4), 24, 40, 50, 2, Form.SUMS, FeatureNames.NONE);
    }

    /** Grouped domain and names. */
    public static BuiltNetwork bigrams() {
        int m = 20;
        List<String> names = IntStream.range(0, m)
                .mapToObj(j -> j < 10 ? "wört" + j + "·" : "·" + j)
                .toList();
        return clipped(new Seed(5), m, 30, 120, 2, Form.BITS, new FeatureNames(names));
    }

    /** A network with 101,476 inputs, in superposition and right on all of them. */
    public static BuiltNetwork large() {
        return clipped(new Seed(6), 450, 500, 440, 2, Form.BITS, FeatureNames.NONE);
    }

    private enum Form {
        BITS,
        SATURATED,
        SUMS
    }

    private static BuiltNetwork clipped(
            Seed seed, int m, int outputs, int n, int maxActive, Form form, FeatureNames names) {
        int weight = 4;
        Gates gates = pairs(seed.child("gates"), m, outputs, !names.isEmpty());
        Codes in = codes(seed.child("in"), m, n, weight, weight);
        Codes channels = codes(seed.child("channels"), outputs, n, weight, weight);
        Codes out = codes(seed.child("out"), outputs, n, weight - 1, weight);
        int[][] first = new int[n][n];
        int[][] second = new int[n][n];
        for (int i = 0; i < outputs; i++) {
            for (int e : channels.code(i)) {
                for (int j : gates.reads(i)) {
                    for (int c : in.code(j)) {
                        first[e][c]++;
                    }
                }
                for (int f : out.code(i)) {
                    second[f][e]++;
                }
            }
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(Layer.withBias(matrix(first, form == Form.SUMS), 1 - 2 * weight));
        if (form == Form.SATURATED) {
            layers.add(Layer.withBias(DiagonalMatrix.ofValue(n, -1), 1));
            BitMatrix bits = (BitMatrix) matrix(second, false);
            float[] bias = new float[n];
            for (int f = 0; f < n; f++) {
                bias[f] = bits.rowCount(f) - (weight - 1);
            }
            layers.add(new Layer(bits.withValues(0, -1), bias));
        } else {
            layers.add(Layer.withBias(matrix(second, form == Form.SUMS), 1 - weight));
        }
        InputDomain domain = names.isEmpty()
                ? InputDomain.sparse(m, maxActive)
                : InputDomain.grouped(IntStream.range(0, m).map(j -> 2 * j / m).toArray(), maxActive);
        ParameterValues parameters = ParameterValues.NONE
                .with(Parameter.whole("inputs", 1, 1000, "m"), m)
                .with(Parameter.real("alpha", 0, 2, "skew"), 0.1);
        ProblemInstance instance = new ProblemInstance(
                "two-and",
                parameters,
                seed.value(),
                List.of(gates),
                domain,
                Optional.of(FunctionClass.distinctSubsets(m, 2, outputs)),
                names,
                FeatureNames.NONE);
        Provenance provenance = new Provenance("tiny", Map.of("width", n), seed.value(), Map.of("tries", 5L));
        return new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        in,
                        layers,
                        Decoder.withThreshold(out, Decoder.Kind.EVERY_ROW, 1),
                        domain,
                        form == Form.SATURATED,
                        provenance));
    }

    /** A permutation by linear decompression: dense weights, a sum decoder with thresholds for unequal codes. */
    public static BuiltNetwork linearPermutation() {
        int m = 60;
        int n = 200;
        int k = 6;
        Seed seed = new Seed(7);
        Codes in = codes(seed.child("in"), m, n, k, k);
        Codes out = codes(seed.child("out"), m, n, 3, 6);
        if (out.loads()[0] == 0) {
            throw new IllegalStateException("neuron 0 must be in use: a wrong padding would read it");
        }
        int[] from = IntStream.range(0, m).map(i -> (i * 7 + 3) % m).toArray();
        float[] weights = new float[n * n];
        double p = (double) k / n;
        for (int i = 0; i < m; i++) {
            boolean[] code = new boolean[n];
            for (int e : in.code(from[i])) {
                code[e] = true;
            }
            for (int f : out.code(i)) {
                for (int e = 0; e < n; e++) {
                    weights[f * n + e] += (float) (2 * ((code[e] ? 1 : 0) - p) / (k * (1 - p)));
                }
            }
        }
        float[] thresholds = new float[m];
        for (int i = 0; i < m; i++) {
            thresholds[i] = 0.75f * out.weight(i);
        }
        InputDomain domain = InputDomain.sparse(m, 1);
        ProblemInstance instance = ProblemInstance.of(
                "permutation",
                ParameterValues.NONE,
                7,
                Gates.conjunctions(m, 1, from),
                domain,
                FunctionClass.permutations(m));
        return new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        in,
                        List.of(Layer.withBias(new DenseMatrix(n, n, weights), -1)),
                        new Decoder(out, Decoder.Kind.SUM, thresholds),
                        domain,
                        false,
                        new Provenance("tiny-linear", Map.of(), 7, Map.of())));
    }

    /** Two layers of gates, not all of them conjunctions, with a neuron for each. */
    public static BuiltNetwork layered() {
        int m = 8;
        Gates first = Gates.conjunctions(m, 2, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 0, 2});
        Gates second = Gates.of(5, GateFunction.atLeast(1), new int[] {0, 2, 5}, new int[] {0, 1, 2, 3, 4});
        InputDomain domain = InputDomain.sparse(m, 4);
        ProblemInstance instance = new ProblemInstance(
                "layered",
                ParameterValues.NONE,
                1,
                List.of(first, second),
                domain,
                Optional.of(new FunctionClass("two layers", FunctionClass.binomial(28, 5), 2)),
                FeatureNames.NONE,
                FeatureNames.NONE);
        return new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        Codes.identity(m),
                        List.of(Layer.withBias(incidence(first), -1), Layer.withBias(incidence(second), 0)),
                        Decoder.withThreshold(Codes.identity(2), Decoder.Kind.SUM, 1),
                        domain,
                        false,
                        new Provenance("tiny-layered", Map.of(), 1, Map.of())));
    }

    /** A gate of every kind of function, on inputs with two to four active features; right on every one. */
    public static BuiltNetwork mixedGates() {
        int m = 20;
        int[] weights = IntStream.range(0, 18).map(t -> t % 3 == 0 ? -1 : t % 3).toArray();
        Gates gates = Gates.of(
                m,
                List.of(
                        Gate.of(GateFunction.AND, 0, 1),
                        Gate.of(GateFunction.PARITY, 2, 3, 4),
                        Gate.of(GateFunction.atLeast(2), 5, 6, 7),
                        Gate.of(GateFunction.exactly(1), 0, 7, 9),
                        Gate.of(
                                GateFunction.weighted(2, weights),
                                IntStream.range(2, m).toArray()),
                        Gate.of(GateFunction.allOf(true, false), 5, 2),
                        Gate.of(GateFunction.anyOf(false, true), 3, 0),
                        Gate.of(GateFunction.table(true, false, false, true, true, false, true, false), 7, 2, 5)));
        InputDomain domain = InputDomain.sparse(m, 4).withMinActive(2);
        ProblemInstance instance = new ProblemInstance(
                "mixed",
                ParameterValues.NONE,
                1,
                List.of(gates),
                domain,
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
        return new BuiltNetwork(instance, rows(instance));
    }

    /**
     * A neuron for each row of each truth table in which the gate is on: it holds 1 there, and 0 in other rows. A
     * weighted gate has one neuron, which is at least 1 iff its sum reaches the threshold.
     */
    private static SuperposedNetwork rows(ProblemInstance instance) {
        Gates gates = instance.gates();
        List<short[]> weights = new ArrayList<>();
        List<Float> biases = new ArrayList<>();
        int[] offsets = new int[gates.outputs() + 1];
        for (int i = 0; i < gates.outputs(); i++) {
            int[] reads = gates.reads(i);
            if (gates.function(i) instanceof Weighted weighted) {
                short[] row = new short[gates.inputs()];
                for (int t = 0; t < reads.length; t++) {
                    row[reads[t]] = (short) weighted.weight(t);
                }
                weights.add(row);
                biases.add(1f - weighted.threshold());
            }
            for (int x = 0; x < 1 << reads.length && !(gates.function(i) instanceof Weighted); x++) {
                short[] row = new short[gates.inputs()];
                List<Integer> active = new ArrayList<>();
                for (int t = 0; t < reads.length; t++) {
                    row[reads[t]] = (short) ((x >> t & 1) == 1 ? 1 : -1);
                    if ((x >> t & 1) == 1) {
                        active.add(reads[t]);
                    }
                }
                int[] on = active.stream().mapToInt(j -> j).toArray();
                if (instance.evaluate(FeatureSet.of(on)).contains(i)) {
                    weights.add(row);
                    biases.add(1f - on.length);
                }
            }
            offsets[i + 1] = weights.size();
        }
        short[] entries = new short[weights.size() * gates.inputs()];
        float[] bias = new float[weights.size()];
        for (int r = 0; r < bias.length; r++) {
            System.arraycopy(weights.get(r), 0, entries, r * gates.inputs(), gates.inputs());
            bias[r] = biases.get(r);
        }
        int[] members = IntStream.range(0, bias.length).toArray();
        return new SuperposedNetwork(
                Codes.identity(gates.inputs()),
                List.of(new Layer(new IntegerMatrix(bias.length, gates.inputs(), entries), bias)),
                Decoder.withThreshold(Codes.of(bias.length, offsets, members), Decoder.Kind.SUM, 1),
                instance.domain(),
                false,
                new Provenance("tiny-mixed", Map.of(), 1, Map.of()));
    }

    /**
     * An encoder with an offset, two blocks of a residual stream and a read-out with two thresholds, in small whole
     * numbers. What the gates are does not matter: many of its outputs are wrong or neither on nor off.
     */
    public static BuiltNetwork residual() {
        int m = 9;
        int n = 6;
        int outputs = 10;
        RandomGenerator random = new Seed(8).generator();
        InputDomain domain = InputDomain.sparse(m, 3);
        ProblemInstance instance = ProblemInstance.of(
                "two-and",
                ParameterValues.NONE,
                8,
                pairs(new Seed(8), m, outputs, false),
                domain,
                FunctionClass.distinctSubsets(m, 2, outputs));
        float[] on = new float[outputs];
        float[] off = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            on[i] = random.nextInt(-3, 4);
            off[i] = on[i] - random.nextInt(4);
        }
        List<Layer> layers = List.of(
                Layer.linear(small(n, m, random), biases(n, random)),
                new Layer(small(11, n, random), biases(11, random)),
                new Layer(small(n, 11, random), biases(n, random), Activation.NONE, OptionalInt.of(1)),
                new Layer(DiagonalMatrix.ofValue(n, -2), biases(n, random), Activation.RELU, OptionalInt.of(3)),
                new Layer(DiagonalMatrix.ofValue(n, 1), biases(n, random), Activation.NONE, OptionalInt.of(1)),
                Layer.linear(small(outputs, n, random), biases(outputs, random)));
        return new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        Codes.identity(m),
                        layers,
                        Decoder.readout(on, off),
                        domain,
                        false,
                        new Provenance("tiny-residual", Map.of(), 8, Map.of())));
    }

    private static WeightMatrix small(int rows, int columns, RandomGenerator random) {
        short[] values = new short[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) random.nextInt(-2, 3);
        }
        return new IntegerMatrix(rows, columns, values);
    }

    private static float[] biases(int rows, RandomGenerator random) {
        float[] biases = new float[rows];
        for (int r = 0; r < rows; r++) {
            biases[r] = random.nextInt(-2, 3);
        }
        return biases;
    }

    /** The AND of both inputs, twice. */
    static BuiltNetwork sameGateTwice() {
        Gates gates = Gates.conjunctions(2, 2, new int[] {0, 1, 0, 1});
        InputDomain domain = InputDomain.sparse(2, 2);
        return new BuiltNetwork(
                layered().instance().with(List.of(gates), domain),
                new SuperposedNetwork(
                        Codes.identity(2),
                        List.of(Layer.withBias(incidence(gates), -1)),
                        Decoder.withThreshold(Codes.identity(2), Decoder.Kind.SUM, 1),
                        domain,
                        false,
                        new Provenance("tiny-twice", Map.of(), 1, Map.of())));
    }

    private static BitMatrix incidence(Gates gates) {
        int[][] entries = new int[gates.outputs()][gates.inputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            for (int j : gates.reads(i)) {
                entries[i][j] = 1;
            }
        }
        return (BitMatrix) matrix(entries, false);
    }

    private static Gates pairs(Seed seed, int m, int outputs, boolean acrossHalves) {
        RandomGenerator random = seed.generator();
        Set<List<Integer>> pairs = new LinkedHashSet<>();
        while (pairs.size() < outputs) {
            int a = acrossHalves ? random.nextInt(m / 2) : random.nextInt(m);
            int b = acrossHalves ? m / 2 + random.nextInt(m / 2) : random.nextInt(m);
            if (a != b) {
                pairs.add(List.of(Math.min(a, b), Math.max(a, b)));
            }
        }
        return Gates.conjunctions(
                m,
                2,
                pairs.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray());
    }

    private static WeightMatrix matrix(int[][] entries, boolean sums) {
        int rows = entries.length;
        int columns = entries[0].length;
        if (sums) {
            short[] values = new short[rows * columns];
            for (int i = 0; i < values.length; i++) {
                values[i] = (short) entries[i / columns][i % columns];
            }
            return new IntegerMatrix(rows, columns, values);
        }
        int wordsPerRow = BitMatrix.wordsPerRow(columns);
        long[] words = new long[rows * wordsPerRow];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                words[r * wordsPerRow + c / 64] |= (entries[r][c] > 0 ? 1L : 0) << c;
            }
        }
        return BitMatrix.ofBits(rows, columns, words);
    }

    private static Codes codes(Seed seed, int features, int neurons, int minWeight, int maxWeight) {
        RandomGenerator random = seed.generator();
        int[] offsets = new int[features + 1];
        int[] members = new int[features * maxWeight];
        for (int j = 0; j < features; j++) {
            int weight = minWeight + j % (maxWeight - minWeight + 1);
            int[] code =
                    random.ints(0, neurons).distinct().limit(weight).sorted().toArray();
            System.arraycopy(code, 0, members, offsets[j], weight);
            offsets[j + 1] = offsets[j] + weight;
        }
        return Codes.of(neurons, offsets, Arrays.copyOf(members, offsets[features]));
    }

    /** One of every kind. */
    static List<BuiltNetwork> all() {
        return List.of(
                clippedTwoAnd(),
                overloadedTwoAnd(),
                saturatedTwoAnd(),
                summedTwoAnd(),
                bigrams(),
                linearPermutation(),
                layered(),
                mixedGates(),
                residual());
    }
}
