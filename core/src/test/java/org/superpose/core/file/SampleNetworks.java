package org.superpose.core.file;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureNames;
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
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Small networks with every kind of part. They need not compute anything sensible: files do not care. */
final class SampleNetworks {
    private SampleNetworks() {}

    /** One bit matrix, equal codes, no names: the plainest case. */
    static BuiltNetwork permutation() {
        int m = 12;
        Codes codes = codes(new Seed(1), m, 9, 3, 3);
        Gates gates = Gates.conjunctions(
                m, 1, IntStream.range(0, m).map(j -> (j * 5 + 1) % m).toArray());
        ProblemInstance instance = ProblemInstance.of(
                "permutation",
                ParameterValues.NONE.with(Parameter.whole("inputs", 1, 100, "m"), m),
                7,
                gates,
                InputDomain.sparse(m, 1),
                FunctionClass.permutations(m));
        SuperposedNetwork network = new SuperposedNetwork(
                codes,
                List.of(Layer.withBias(bits(new Seed(2), 9, 9), -2)),
                Decoder.withThreshold(codes, Decoder.Kind.EVERY_ROW, 1),
                InputDomain.sparse(m, 1),
                true,
                new Provenance("by-hand", Map.of(), -3, Map.of()));
        return new BuiltNetwork(instance, network);
    }

    /** Every matrix kind, unequal codes, two layers of gates, groups, names, and every type of parameter and fact. */
    static BuiltNetwork everything() {
        int m = 11;
        int outputs = 6;
        Codes inputCodes = codes(new Seed(3), m, 70, 2, 5);
        Codes outputCodes = codes(new Seed(4), outputs, 13, 1, 4);
        int[] groups = IntStream.range(0, m).map(j -> j < 4 ? 0 : j < 8 ? 1 : 2).toArray();
        InputDomain domain = InputDomain.grouped(groups, 2);
        Gates first = Gates.of(m, GateFunction.AND, new int[] {0, 2, 4, 5, 8}, new int[] {0, 4, 1, 10, 3, 2, 5, 9});
        Gates second = Gates.of(4, GateFunction.atLeast(2), new int[] {0, 2, 4, 6, 8, 10, 12}, new int[] {
            0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3
        });
        ParameterValues parameters = ParameterValues.NONE
                .with(Parameter.whole("inputs", 1, 100, "m"), m)
                .with(Parameter.real("alpha", 0, 10, "exponent"), 0.1 + 0.2)
                .with(Parameter.flag("shared", "one name space"), true)
                .with(Parameter.text("file", "a file", "pairs"), "Wörter \"2\".csv");
        ProblemInstance instance = new ProblemInstance(
                "layered",
                parameters,
                Long.MIN_VALUE,
                List.of(first, second),
                domain,
                Optional.of(new FunctionClass("all of them", BigInteger.TEN.pow(40), outputs)),
                new FeatureNames(
                        IntStream.range(0, m).mapToObj(j -> "wört·" + j).toList()),
                FeatureNames.NONE);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("rounds", 3);
        facts.put("redrawn", 5L);
        facts.put("tries", 1L << 60);
        facts.put("density", 2.0E-3);
        facts.put("whole real", 1.0E23);
        facts.put("balanced", true);
        facts.put("note", "first\nsecond");
        SuperposedNetwork network = new SuperposedNetwork(
                inputCodes,
                List.of(
                        layer(new BitMatrix(66, 70, bits(new Seed(5), 66, 70).words(), -1, 2), 0.5f),
                        layer(DiagonalMatrix.ofValue(66, -1), 1),
                        layer(integers(new Seed(6), 5, 66), -0.0f),
                        layer(dense(new Seed(7), 13, 5), Float.MIN_VALUE)),
                new Decoder(outputCodes, Decoder.Kind.SUM, thresholds(outputs)),
                domain,
                false,
                new Provenance("by-hand", Map.of("width", 70), 42, facts));
        return new BuiltNetwork(instance, network);
    }

    /** An encoder with an offset, a residual stream and a read-out with two thresholds. */
    static BuiltNetwork residual() {
        int m = 5;
        InputDomain domain = InputDomain.sparse(m, 2);
        ProblemInstance instance = ProblemInstance.of(
                "two-and",
                ParameterValues.NONE,
                1,
                Gates.conjunctions(m, 2, new int[] {0, 1, 2, 3, 0, 4}),
                domain,
                FunctionClass.distinctSubsets(m, 2, 3));
        SuperposedNetwork network = new SuperposedNetwork(
                Codes.identity(m),
                List.of(
                        Layer.linear(dense(new Seed(8), 4, m), new float[] {0, -1.5f, 2, 0.125f}),
                        layer(dense(new Seed(9), 7, 4), 0.25f),
                        residual(integers(new Seed(10), 4, 7), Activation.NONE, 1),
                        residual(DiagonalMatrix.ofValue(4, 0.5f), Activation.RELU, 3),
                        Layer.linear(dense(new Seed(11), 3, 4), new float[] {-1, 0, 1})),
                Decoder.readout(new float[] {0.5f, 0, -3}, new float[] {0.25f, 0, -4}),
                domain,
                false,
                new Provenance("by-hand", Map.of(), 0, Map.of()));
        return new BuiltNetwork(instance, network);
    }

    private static Layer residual(WeightMatrix weights, Activation activation, int skip) {
        return new Layer(weights, new float[weights.rows()], activation, OptionalInt.of(skip));
    }

    private static Layer layer(WeightMatrix weights, float firstBias) {
        float[] bias = new float[weights.rows()];
        Arrays.fill(bias, -1.25f);
        bias[0] = firstBias;
        return new Layer(weights, bias);
    }

    private static float[] thresholds(int outputs) {
        float[] thresholds = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            thresholds[i] = 1 + i / 3f;
        }
        return thresholds;
    }

    static Codes codes(Seed seed, int features, int neurons, int minWeight, int maxWeight) {
        RandomGenerator random = seed.generator();
        int[] offsets = new int[features + 1];
        int[] members = new int[features * maxWeight];
        int filled = 0;
        for (int j = 0; j < features; j++) {
            int weight = minWeight + (maxWeight == minWeight ? 0 : j % (maxWeight - minWeight + 1));
            int[] code =
                    random.ints(0, neurons).distinct().limit(weight).sorted().toArray();
            System.arraycopy(code, 0, members, filled, weight);
            filled += weight;
            offsets[j + 1] = filled;
        }
        return Codes.of(neurons, offsets, Arrays.copyOf(members, filled));
    }

    static BitMatrix bits(Seed seed, int rows, int columns) {
        RandomGenerator random = seed.generator();
        int wordsPerRow = BitMatrix.wordsPerRow(columns);
        long[] words = new long[rows * wordsPerRow];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                words[r * wordsPerRow + c / 64] |= (random.nextBoolean() ? 1L : 0) << c;
            }
        }
        return BitMatrix.ofBits(rows, columns, words);
    }

    private static IntegerMatrix integers(Seed seed, int rows, int columns) {
        RandomGenerator random = seed.generator();
        short[] values = new short[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
        }
        return new IntegerMatrix(rows, columns, values);
    }

    private static DenseMatrix dense(Seed seed, int rows, int columns) {
        RandomGenerator random = seed.generator();
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble() - 0.5f;
        }
        return new DenseMatrix(rows, columns, values);
    }
}
