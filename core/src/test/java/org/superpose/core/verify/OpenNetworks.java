package org.superpose.core.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;

/** Random networks of every shape that people make elsewhere: linear layers, skips, read-outs with two thresholds. */
public final class OpenNetworks {
    private OpenNetworks() {}

    /** One in small whole numbers, on which float32 is exact. */
    public static SuperposedNetwork whole(RandomGenerator random) {
        return network(() -> random.nextInt(-2, 3), true, random);
    }

    /** A dense one in numbers that round. */
    public static SuperposedNetwork rounding(RandomGenerator random) {
        return network(random::nextGaussian, false, random);
    }

    /** One in quarters, on many of which float32 is exact. */
    public static SuperposedNetwork dyadic(RandomGenerator random) {
        return network(() -> random.nextInt(-8, 9) / 4f, false, random);
    }

    /** One whose numbers are near the smallest normal one, on either side of it. */
    public static SuperposedNetwork tiny(RandomGenerator random) {
        return network(() -> random.nextGaussian() * Math.scalb(1, -random.nextInt(118, 134)), false, random);
    }

    private static SuperposedNetwork network(DoubleSupplier number, boolean whole, RandomGenerator random) {
        int m = 2 + random.nextInt(5);
        InputDomain domain = MintermNetworks.randomDomain(m, 1 + random.nextInt(Math.min(3, m)), random);
        Codes codes = random.nextInt(3) > 0
                ? Codes.identity(m)
                : TestNetworks.randomCodes(m, 3 + random.nextInt(4), 2, random);
        int[] sizes = {codes.neurons(), 1 + random.nextInt(7), 1 + random.nextInt(7)};
        List<Integer> states = new ArrayList<>(List.of(codes.neurons()));
        List<Layer> layers = new ArrayList<>();
        int depth = 1 + random.nextInt(4);
        for (int t = 0; t < depth; t++) {
            int rows = sizes[random.nextInt(sizes.length)];
            float[] bias = numbers(rows, number);
            boolean linear = random.nextInt(t == depth - 1 ? 3 : 2) > 0;
            layers.add(new Layer(
                    matrix(rows, states.get(t), number, whole, random),
                    bias,
                    linear ? Activation.NONE : Activation.RELU,
                    skip(rows, states, random)));
            states.add(rows);
        }
        return TestNetworks.network(codes, layers, decoder(states.get(depth), number, random), domain);
    }

    private static OptionalInt skip(int rows, List<Integer> states, RandomGenerator random) {
        int[] fitting = IntStream.range(0, states.size())
                .filter(s -> states.get(s) == rows)
                .toArray();
        return fitting.length == 0 || random.nextInt(3) == 0
                ? OptionalInt.empty()
                : OptionalInt.of(fitting[random.nextInt(fitting.length)]);
    }

    private static WeightMatrix matrix(
            int rows, int columns, DoubleSupplier number, boolean whole, RandomGenerator random) {
        if (rows == columns && random.nextInt(5) == 0) {
            return new DiagonalMatrix(numbers(rows, number));
        }
        if (whole && random.nextInt(3) == 0) {
            long[] words = new long[rows];
            for (int r = 0; r < rows; r++) {
                words[r] = random.nextLong() & (1L << columns) - 1;
            }
            return new BitMatrix(rows, columns, words, random.nextInt(-1, 1), 1);
        }
        float[] values = numbers(rows * columns, number);
        if (!whole || random.nextBoolean()) {
            return new DenseMatrix(rows, columns, values);
        }
        short[] shorts = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            shorts[i] = (short) values[i];
        }
        return new IntegerMatrix(rows, columns, shorts);
    }

    private static Decoder decoder(int neurons, DoubleSupplier number, RandomGenerator random) {
        if (random.nextInt(4) == 0) {
            return Decoder.withThreshold(
                    TestNetworks.randomCodes(1 + random.nextInt(4), neurons, 1 + random.nextInt(neurons), random),
                    random.nextBoolean() ? Decoder.Kind.SUM : Decoder.Kind.EVERY_ROW,
                    random.nextBoolean() ? 1 : 0.75f);
        }
        float[] on = numbers(neurons, number);
        float[] off = on.clone();
        if (random.nextBoolean()) {
            for (int i = 0; i < neurons; i++) {
                off[i] -= random.nextInt(3) * 0.5f;
            }
        }
        return Decoder.readout(on, off);
    }

    /** The same network, but with thresholds at what the plain evaluator computes for some input, or next to it. */
    public static SuperposedNetwork onTheEdge(SuperposedNetwork network, RandomGenerator random) {
        Decoder decoder = network.decoder();
        float[] on = decoder.thresholds();
        float[] off = decoder.offThresholds();
        for (int i = 0; i < on.length; i++) {
            float[][] states =
                    new PlainEvaluator(network).activations(TestNetworks.bits(random.nextInt(1 << network.inputs())));
            float[] y = states[states.length - 1];
            float edge = 0;
            for (int neuron : decoder.codes().code(i)) {
                edge = decoder.kind() == Decoder.Kind.EVERY_ROW ? y[neuron] : edge + y[neuron];
            }
            for (int step = random.nextInt(3); step > 0; step--) {
                edge = random.nextBoolean() ? Math.nextUp(edge) : Math.nextDown(edge);
            }
            if (decoder.isReadout() && off[i] < on[i] && random.nextBoolean()) {
                off[i] = edge;
                on[i] = Math.max(on[i], edge);
            } else if (decoder.isReadout() || edge > 0) {
                off[i] += edge - on[i];
                on[i] = edge;
                off[i] = decoder.isReadout() ? Math.min(off[i], edge) : edge;
            }
        }
        return network.withDecoder(new Decoder(decoder.codes(), decoder.kind(), on, off));
    }

    private static float[] numbers(int count, DoubleSupplier number) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) number.getAsDouble();
        }
        return numbers;
    }

    /**
     * A network with an instance that it computes, but where an output lies between its thresholds and where flips
     * change what is asked for.
     *
     * @param flips how many outputs of how many inputs are asked to be what they are not
     */
    public static BuiltNetwork withItsOwnTruth(SuperposedNetwork network, int flips, RandomGenerator random) {
        int m = network.inputs();
        Evaluator evaluator = new PlainEvaluator(network);
        boolean[][] tables = new boolean[network.outputs()][1 << m];
        for (int x = 0; x < 1 << m; x++) {
            for (int output : evaluator.evaluate(TestNetworks.bits(x)).toArray()) {
                tables[output][x] = true;
            }
        }
        for (int t = 0; t < flips; t++) {
            tables[random.nextInt(tables.length)][random.nextInt(1 << m)] ^= true;
        }
        int[] reads = IntStream.range(0, m).toArray();
        List<Gate> gates = new ArrayList<>();
        for (boolean[] table : tables) {
            gates.add(Gate.of(row -> table[index(row)], reads));
        }
        return new BuiltNetwork(TestNetworks.instance(List.of(Gates.of(m, gates)), network.domain()), network);
    }

    private static int index(boolean[] row) {
        int x = 0;
        for (int j = 0; j < row.length; j++) {
            x |= row[j] ? 1 << j : 0;
        }
        return x;
    }
}
