package org.superpose.core.verify;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** Small instances and networks, right and wrong, and the naive verifier with which all others are compared. */
public final class TestNetworks {
    private TestNetworks() {}

    /**
     * What the definition says: the first wrong input in enumeration order, or null, and how many inputs come up to it.
     */
    public record Naive(FeatureSet wrong, BigInteger covered) {
        public static Naive verify(BuiltNetwork built) {
            ProblemInstance instance = built.instance();
            PlainEvaluator evaluator = new PlainEvaluator(built.network());
            long covered = 0;
            for (FeatureSet input : instance.domain()) {
                covered++;
                if (!evaluator.read(input).is(instance.evaluate(input))) {
                    return new Naive(input, BigInteger.valueOf(covered));
                }
            }
            return new Naive(null, BigInteger.valueOf(covered));
        }
    }

    public static ProblemInstance instance(List<Gates> layers, InputDomain domain) {
        return new ProblemInstance(
                "test",
                ParameterValues.NONE,
                0,
                layers,
                domain,
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    public static SuperposedNetwork network(Codes inputs, List<Layer> layers, Decoder decoder, InputDomain domain) {
        return new SuperposedNetwork(
                inputs, layers, decoder, domain, false, new Provenance("test", Map.of(), 0, Map.of()));
    }

    /** The features at the set bits of a number. */
    public static FeatureSet bits(int x) {
        return FeatureSet.of(
                IntStream.range(0, Integer.SIZE).filter(j -> (x >>> j & 1) != 0).toArray());
    }

    public static int[] subset(int size, int of, RandomGenerator random) {
        TreeSet<Integer> chosen = new TreeSet<>();
        while (chosen.size() < size) {
            chosen.add(random.nextInt(of));
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    public static Codes randomCodes(int features, int neurons, int weight, RandomGenerator random) {
        int[] members = new int[features * weight];
        for (int j = 0; j < features; j++) {
            System.arraycopy(subset(weight, neurons, random), 0, members, j * weight, weight);
        }
        return Codes.ofWeight(neurons, weight, members);
    }

    public static Gates randomConjunctions(int inputs, int outputs, int fanIn, RandomGenerator random) {
        int[] reads = new int[outputs * fanIn];
        for (int i = 0; i < outputs; i++) {
            System.arraycopy(subset(fanIn, inputs, random), 0, reads, i * fanIn, fanIn);
        }
        return Gates.conjunctions(inputs, fanIn, reads);
    }

    /** Random groups, all of them in use, with gates that ignore the groups. */
    public static InputDomain randomDomain(int features, int maxActive, RandomGenerator random) {
        if (random.nextBoolean()) {
            return InputDomain.sparse(features, maxActive);
        }
        int groups = maxActive + random.nextInt(features - maxActive + 1);
        int[] group = new int[features];
        for (int j = 0; j < features; j++) {
            group[j] = j < groups ? j : random.nextInt(groups);
        }
        return InputDomain.grouped(group, maxActive);
    }

    private static BitMatrix union(int rows, int columns, List<int[]> rowSets, List<int[]> columnSets) {
        int words = BitMatrix.wordsPerRow(columns);
        long[] bits = new long[rows * words];
        for (int i = 0; i < rowSets.size(); i++) {
            for (int row : rowSets.get(i)) {
                for (int column : columnSets.get(i)) {
                    bits[row * words + column / 64] |= 1L << column;
                }
            }
        }
        return BitMatrix.ofBits(rows, columns, bits);
    }

    /** A clipped network with output channels drawn at random (theory, section 5), for one layer of AND gates. */
    public static SuperposedNetwork clipped(
            ProblemInstance instance, int width, int k, int s, int kOut, RandomGenerator random) {
        Gates gates = instance.gates();
        Codes inputs = randomCodes(gates.inputs(), width, k, random);
        Codes outputs = randomCodes(gates.outputs(), width, kOut, random);
        List<Layer> layers = throughChannels(gates, inputs, outputs, s, random);
        return network(inputs, layers, Decoder.withThreshold(outputs, Decoder.Kind.EVERY_ROW, 1), instance.domain());
    }

    /**
     * Clipped blocks, each with a saturation between its matrices and one between two blocks, for layers of AND gates.
     * Features that one gate behind the first layer reads have codes without a common neuron, where possible.
     */
    public static SuperposedNetwork clippedChain(
            ProblemInstance instance, int width, int k, int s, RandomGenerator random) {
        List<Gates> gates = instance.layers();
        List<Codes> codes = new ArrayList<>();
        for (int t = 1; t < gates.size(); t++) {
            Codes between = randomCodes(gates.get(t).inputs(), width, k, random);
            for (int tries = 0; tries < 50 && overlaps(gates.get(t), between); tries++) {
                between = randomCodes(gates.get(t).inputs(), width, k, random);
            }
            codes.add(between);
        }
        codes.add(0, randomCodes(instance.inputs(), width, k, random));
        List<Layer> layers = new ArrayList<>();
        for (int t = 0; t < gates.size(); t++) {
            if (t == gates.size() - 1) {
                codes.add(randomCodes(instance.outputs(), width, 2, random));
            }
            List<Layer> block = clippedBlock(gates.get(t), codes.get(t), codes.get(t + 1), s, random);
            if (t == 0) {
                layers.addAll(block);
            } else {
                layers.add(Layer.withBias(DiagonalMatrix.ofValue(width, -1), 1));
                layers.add(inverted(block.get(0)));
                layers.addAll(block.subList(1, block.size()));
            }
        }
        Decoder decoder = Decoder.withThreshold(codes.get(gates.size()), Decoder.Kind.EVERY_ROW, 1);
        return network(codes.get(0), layers, decoder, instance.domain());
    }

    /**
     * The chain with fractions in its matrices, so that float32 rounds; the saturations stay, and sums are at least
     * 1.05 or below -0.2.
     */
    public static SuperposedNetwork roundingChain(SuperposedNetwork chain) {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : chain.layers()) {
            if (layer.weights() instanceof DiagonalMatrix) {
                layers.add(layer);
                continue;
            }
            float[] values = new float[layer.rows() * layer.columns()];
            for (int t = 0; t < values.length; t++) {
                values[t] = 1.3f * layer.weights().get(t / layer.columns(), t % layer.columns());
            }
            float[] bias = layer.bias();
            for (int r = 0; r < bias.length; r++) {
                bias[r] = 1.3f * bias[r] - 0.25f;
            }
            layers.add(new Layer(new DenseMatrix(layer.rows(), layer.columns(), values), bias));
        }
        return network(chain.inputCodes(), layers, chain.decoder(), chain.domain());
    }

    private static boolean overlaps(Gates gates, Codes codes) {
        for (int i = 0; i < gates.outputs(); i++) {
            int[] reads = gates.reads(i);
            int[] members = Arrays.stream(reads)
                    .flatMap(j -> Arrays.stream(codes.code(j)))
                    .toArray();
            if (Arrays.stream(members).distinct().count() < members.length) {
                return true;
            }
        }
        return false;
    }

    /** Two clipped layers with a random channel for each gate between them. */
    private static List<Layer> throughChannels(
            Gates gates, Codes inputs, Codes outputs, int s, RandomGenerator random) {
        int width = inputs.neurons();
        List<int[]> hiddenRows = new ArrayList<>();
        List<int[]> hiddenColumns = new ArrayList<>();
        List<int[]> outputRows = new ArrayList<>();
        List<int[]> channels = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            int[] channel = subset(s, width, random);
            for (int input : gates.reads(i)) {
                hiddenRows.add(channel);
                hiddenColumns.add(inputs.code(input));
            }
            outputRows.add(outputs.code(i));
            channels.add(channel);
        }
        return List.of(
                Layer.withBias(
                        union(width, width, hiddenRows, hiddenColumns), 1 - gates.maxFanIn() * inputs.maxWeight()),
                Layer.withBias(union(width, width, outputRows, channels), 1 - s));
    }

    /** The same, with a saturation between the layers. */
    private static List<Layer> clippedBlock(Gates gates, Codes inputs, Codes outputs, int s, RandomGenerator random) {
        List<Layer> layers = throughChannels(gates, inputs, outputs, s, random);
        return List.of(
                layers.get(0),
                Layer.withBias(DiagonalMatrix.ofValue(inputs.neurons(), -1), 1),
                inverted(layers.get(1)));
    }

    /** The layer that reads 1 - t instead of t. */
    private static Layer inverted(Layer layer) {
        BitMatrix bits = (BitMatrix) layer.weights();
        float[] bias = layer.bias();
        for (int f = 0; f < bias.length; f++) {
            bias[f] += bits.rowCount(f);
        }
        return new Layer(bits.withValues(0, -1), bias);
    }

    /** The same function with a saturation between the matrices: t = ReLU(1 - y), and the second matrix reads 1 - t. */
    public static SuperposedNetwork saturated(SuperposedNetwork clipped) {
        Layer second = clipped.layers().get(1);
        return network(
                clipped.inputCodes(),
                List.of(
                        clipped.layers().get(0),
                        Layer.withBias(DiagonalMatrix.ofValue(second.columns(), -1), 1),
                        inverted(second)),
                clipped.decoder(),
                clipped.domain());
    }

    /**
     * A clipped network of dense matrices with fractions, so that float32 rounds; right wherever the clipped one is.
     */
    public static SuperposedNetwork rounding(SuperposedNetwork clipped) {
        List<Layer> layers = new ArrayList<>();
        float factor = 0.7f;
        for (Layer layer : clipped.layers()) {
            float[] values = new float[layer.rows() * layer.columns()];
            for (int t = 0; t < values.length; t++) {
                values[t] = factor * layer.weights().get(t / layer.columns(), t % layer.columns());
            }
            float[] bias = layer.bias();
            for (int r = 0; r < bias.length; r++) {
                bias[r] *= layers.isEmpty() ? factor : 1;
            }
            layers.add(new Layer(new DenseMatrix(layer.rows(), layer.columns(), values), bias));
            factor = 1 / factor;
        }
        Decoder decoder = Decoder.withThreshold(clipped.decoder().codes(), Decoder.Kind.EVERY_ROW, 0.5f);
        return network(clipped.inputCodes(), layers, decoder, clipped.domain());
    }

    /** A clipped permutation: one matrix, fire at k (theory, section 5). */
    public static BuiltNetwork clippedPermutation(
            InputDomain domain, int width, int k, int kOut, RandomGenerator random) {
        int m = domain.features();
        int[] source = IntStream.range(0, m).toArray();
        for (int j = m - 1; j > 0; j--) {
            int other = random.nextInt(j + 1);
            int swap = source[j];
            source[j] = source[other];
            source[other] = swap;
        }
        ProblemInstance instance = instance(List.of(Gates.conjunctions(m, 1, source)), domain);
        Codes inputs = randomCodes(m, width, k, random);
        Codes outputs = randomCodes(m, width, kOut, random);
        List<int[]> rows = new ArrayList<>();
        List<int[]> columns = new ArrayList<>();
        for (int i = 0; i < m; i++) {
            rows.add(outputs.code(i));
            columns.add(inputs.code(source[i]));
        }
        return new BuiltNetwork(
                instance,
                network(
                        inputs,
                        List.of(Layer.withBias(union(width, width, rows, columns), 1 - k)),
                        Decoder.withThreshold(outputs, Decoder.Kind.EVERY_ROW, 1),
                        domain));
    }

    private static GateFunction randomFunction(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> GateFunction.PARITY;
            case 1 -> GateFunction.atLeast(1 + random.nextInt(2));
            default -> GateFunction.AND;
        };
    }

    public static Gates randomGates(int inputs, int outputs, RandomGenerator random) {
        List<int[]> reads = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            reads.add(subset(1 + random.nextInt(Math.min(3, inputs)), inputs, random));
        }
        return Gates.of(inputs, randomFunction(random), reads);
    }

    /**
     * A random small instance of one or two layers of any symmetric gates, and a network that interpolates them, of
     * random matrix kinds. It is right, unless {@code flips} entries are changed afterwards.
     *
     * @param rounded whether to scale the layers so that float32 rounds
     */
    public static BuiltNetwork interpolating(int flips, boolean rounded, RandomGenerator random) {
        int m = 2 + random.nextInt(7);
        int v = 1 + random.nextInt(Math.min(3, m));
        InputDomain domain = randomDomain(m, v, random);
        List<Gates> gates = new ArrayList<>();
        gates.add(randomGates(m, 1 + random.nextInt(5), random));
        if (random.nextInt(3) == 0) {
            gates.add(randomGates(gates.get(0).outputs(), 1 + random.nextInt(4), random));
        }
        ProblemInstance instance = instance(gates, domain);
        // Every code has a second neuron, which no gate reads.
        Codes inputs = Codes.ofWeight(
                2 * m,
                2,
                IntStream.range(0, 2 * m)
                        .map(t -> t % 2 == 0 ? t / 2 : m + t / 2)
                        .toArray());
        List<float[][]> weights = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        List<Boolean> diagonal = new ArrayList<>();
        int read = 2 * m;
        for (Gates layer : gates) {
            addInterpolation(layer, read, weights, biases, diagonal);
            read = layer.outputs();
            if (random.nextInt(3) == 0) {
                for (int t = 0; t < 2; t++) { // 1 - (1 - y), by diagonals
                    float[][] negated = new float[read][read];
                    float[] ones = new float[read];
                    for (int r = 0; r < read; r++) {
                        negated[r][r] = -1;
                        ones[r] = 1;
                    }
                    weights.add(negated);
                    biases.add(ones);
                    diagonal.add(true);
                }
            }
        }
        for (int t = 0; t < flips; t++) {
            int layer = random.nextInt(weights.size());
            float[][] w = weights.get(layer);
            int row = random.nextInt(w.length);
            int column = diagonal.get(layer) ? row : random.nextInt(w[0].length);
            if (random.nextInt(4) == 0) {
                biases.get(layer)[row] += random.nextBoolean() ? 1 : -1;
            } else {
                w[row][column] += random.nextBoolean() ? 1 : -1;
            }
        }
        if (rounded) {
            scale(weights, biases, random);
        }
        List<Layer> layers = new ArrayList<>();
        for (int t = 0; t < weights.size(); t++) {
            layers.add(new Layer(matrix(weights.get(t), diagonal.get(t), random), biases.get(t)));
        }
        Decoder.Kind kind = random.nextBoolean() ? Decoder.Kind.SUM : Decoder.Kind.EVERY_ROW;
        float threshold = rounded ? 0.5f : random.nextBoolean() ? 1 : 0.75f;
        Decoder decoder = Decoder.withThreshold(Codes.identity(read), kind, threshold);
        return new BuiltNetwork(instance, network(inputs, layers, decoder, domain));
    }

    /** f(count) = sum over j of alpha_j ReLU(count - j), for each gate: one layer of steps, one of sums. */
    private static void addInterpolation(
            Gates gates, int read, List<float[][]> weights, List<float[]> biases, List<Boolean> diagonal) {
        int steps = gates.maxFanIn();
        float[][] first = new float[gates.outputs() * steps][read];
        float[] firstBias = new float[first.length];
        float[][] second = new float[gates.outputs()][first.length];
        for (int i = 0; i < gates.outputs(); i++) {
            int[] alpha = new int[steps];
            for (int count = 1; count <= gates.fanIn(i); count++) {
                int value = gates.isOn(i, count) ? 1 : 0;
                for (int j = 0; j < count - 1; j++) {
                    value -= alpha[j] * (count - j);
                }
                alpha[count - 1] = value;
            }
            for (int j = 0; j < steps; j++) {
                for (int input : gates.reads(i)) {
                    first[i * steps + j][input] = 1;
                }
                firstBias[i * steps + j] = -j;
                second[i][i * steps + j] = alpha[j];
            }
        }
        weights.add(first);
        biases.add(firstBias);
        diagonal.add(false);
        weights.add(second);
        biases.add(new float[gates.outputs()]);
        diagonal.add(false);
    }

    /** Multiplies each layer by a factor that the next one undoes, up to rounding: ReLU is homogeneous. */
    private static void scale(List<float[][]> weights, List<float[]> biases, RandomGenerator random) {
        double carried = 1;
        for (int t = 0; t < weights.size(); t++) {
            double own = t == weights.size() - 1 ? 1 : 0.3 + random.nextDouble();
            for (int r = 0; r < weights.get(t).length; r++) {
                for (int c = 0; c < weights.get(t)[r].length; c++) {
                    weights.get(t)[r][c] *= (float) (own / carried);
                }
                biases.get(t)[r] *= (float) own;
            }
            carried = own;
        }
    }

    private static WeightMatrix matrix(float[][] entries, boolean diagonal, RandomGenerator random) {
        int rows = entries.length;
        int columns = entries[0].length;
        if (diagonal) {
            float[] values = new float[rows];
            for (int r = 0; r < rows; r++) {
                values[r] = entries[r][r];
            }
            return new DiagonalMatrix(values);
        }
        float[] flat = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(entries[r], 0, flat, r * columns, columns);
        }
        boolean whole = true;
        TreeSet<Float> distinct = new TreeSet<>();
        for (float value : flat) {
            whole &= value == Math.rint(value);
            distinct.add(value + 0f);
        }
        if (whole && distinct.size() <= 2 && random.nextBoolean()) {
            int words = BitMatrix.wordsPerRow(columns);
            long[] bits = new long[rows * words];
            for (int t = 0; t < flat.length; t++) {
                if (flat[t] == distinct.last()) {
                    bits[t / columns * words + t % columns / 64] |= 1L << (t % columns);
                }
            }
            return new BitMatrix(
                    rows,
                    columns,
                    bits,
                    distinct.first().intValue(),
                    distinct.last().intValue());
        }
        if (whole && random.nextBoolean()) {
            short[] values = new short[flat.length];
            for (int t = 0; t < flat.length; t++) {
                values[t] = (short) flat[t];
            }
            return new IntegerMatrix(rows, columns, values);
        }
        return new DenseMatrix(rows, columns, flat);
    }

    /** The network with one bit of one of its bit matrices flipped. */
    public static SuperposedNetwork withFlippedBit(SuperposedNetwork network, RandomGenerator random) {
        int layer = random.nextInt(network.layers().size());
        while (!(network.layers().get(layer).weights() instanceof BitMatrix)) {
            layer = random.nextInt(network.layers().size());
        }
        BitMatrix bits = (BitMatrix) network.layers().get(layer).weights();
        long[] words = bits.words();
        int column = random.nextInt(bits.columns());
        words[random.nextInt(bits.rows()) * BitMatrix.wordsPerRow(bits.columns()) + column / 64] ^= 1L << column;
        List<Layer> layers = new ArrayList<>(network.layers());
        layers.set(
                layer,
                new Layer(
                        new BitMatrix(bits.rows(), bits.columns(), words, bits.clearValue(), bits.setValue()),
                        network.layers().get(layer).bias()));
        return network(network.inputCodes(), layers, network.decoder(), network.domain());
    }

    /** The network with other layers. */
    public static SuperposedNetwork withLayers(SuperposedNetwork network, Layer... layers) {
        return network(network.inputCodes(), Arrays.asList(layers), network.decoder(), network.domain());
    }
}
