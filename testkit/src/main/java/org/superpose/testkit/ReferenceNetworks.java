package org.superpose.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Networks of which it is known whether they are right: the AND of every second pair of a few inputs has a hidden
 * neuron of its own, and in the wrong ones a single weight or bias differs. Others have what networks made elsewhere
 * have: those that are wrong are right to a verifier that overlooks it.
 */
final class ReferenceNetworks {
    private static final int INPUTS = 9;

    private ReferenceNetworks() {}

    /** The AND of every second pair of inputs, on at most {@code maxActive} active ones. */
    static ProblemInstance instance(int inputs, int maxActive) {
        List<Integer> reads = new ArrayList<>();
        for (int a = 0; a < inputs; a++) {
            for (int b = a + 1; b < inputs; b += 2) {
                reads.add(a);
                reads.add(b);
            }
        }
        Gates gates =
                Gates.conjunctions(inputs, 2, reads.stream().mapToInt(j -> j).toArray());
        return ProblemInstance.of(
                "every-second-pair",
                ParameterValues.NONE,
                0,
                gates,
                InputDomain.sparse(inputs, maxActive),
                FunctionClass.distinctSubsets(inputs, 2, gates.outputs()));
    }

    /** Networks that are right on all inputs. */
    static List<BuiltNetwork> right() {
        return List.of(
                network(instance(INPUTS, 1), new Slip(-1, -1, 0)),
                network(instance(INPUTS, 2), new Slip(-1, -1, 0)),
                network(instance(5, 2), new Slip(-1, -1, 0)),
                readout(0.5f, 0.5f),
                readout(1, 0));
    }

    /** Networks that are wrong on at least one input. */
    static List<BuiltNetwork> wrong() {
        ProblemInstance instance = instance(INPUTS, 2);
        int last = instance.outputs() - 1;
        int[] read = instance.gates().reads(last);
        int other = IntStream.range(0, INPUTS)
                .filter(j -> j != read[0] && j != read[1])
                .findFirst()
                .orElseThrow();
        return List.of(
                network(instance, new Slip(last, read[1], 0)), // one input is not read: the gate is never on
                network(instance, new Slip(last, other, 0)), // one input too many: the gate is on for wrong pairs
                network(instance, new Slip(last, -1, 1)), // a bias too high: the gate is on for single inputs
                network(instance, new Slip(last, -1, -1)), // a bias too low: the gate is never on
                network(instance, new Slip(0, read[1], 0)),
                readout(1, -0.5f), // what is off has a logit of 0, which is above the off-threshold
                readout(0, 0), // all outputs are on at rest
                withSkip(),
                withoutRelu());
    }

    /** The neurons of the last layer are logits. */
    private static BuiltNetwork readout(float on, float off) {
        BuiltNetwork built = network(instance(INPUTS, 2), new Slip(-1, -1, 0));
        float[] onThresholds = new float[built.instance().outputs()];
        float[] offThresholds = onThresholds.clone();
        Arrays.fill(onThresholds, on);
        Arrays.fill(offThresholds, off);
        Layer first = built.network().layers().get(0);
        Layer second = built.network().layers().get(1);
        return with(
                built,
                Decoder.readout(onThresholds, offThresholds),
                List.of(first, Layer.linear(second.weights(), second.bias())));
    }

    /** The last layer adds to each neuron its negative, as a skip, so that no output is ever on. */
    private static BuiltNetwork withSkip() {
        BuiltNetwork built = network(instance(INPUTS, 2), new Slip(-1, -1, 0));
        Layer first = built.network().layers().get(0);
        int rows = first.rows();
        Layer negative = Layer.linear(DiagonalMatrix.ofValue(rows, -1), new float[rows]);
        Layer sum = new Layer(DiagonalMatrix.ofValue(rows, -1), new float[rows], Activation.RELU, OptionalInt.of(2));
        return with(built, built.network().decoder(), List.of(first, negative, sum));
    }

    /** Each output takes away the neuron of the one before, which below zero turns it on for single inputs. */
    private static BuiltNetwork withoutRelu() {
        BuiltNetwork built = network(instance(INPUTS, 2), new Slip(-1, -1, 0));
        Layer first = built.network().layers().get(0);
        int outputs = first.rows();
        short[] differences = new short[outputs * outputs];
        for (int i = 0; i < outputs; i++) {
            differences[i * outputs + i] = 1;
            differences[i * outputs + (i + 1) % outputs] = -1;
        }
        Layer second = Layer.withBias(new IntegerMatrix(outputs, outputs, differences), 0);
        return with(built, built.network().decoder(), List.of(Layer.linear(first.weights(), first.bias()), second));
    }

    private static BuiltNetwork with(BuiltNetwork built, Decoder decoder, List<Layer> layers) {
        SuperposedNetwork network = built.network();
        return new BuiltNetwork(
                built.instance(),
                new SuperposedNetwork(
                        network.inputCodes(), layers, decoder, network.domain(), false, network.provenance()));
    }

    /**
     * The one place where a network is wrong.
     *
     * @param output the hidden neuron that is changed, or -1 for none
     * @param input the input whose weight is flipped there, or -1 for none
     * @param bias what is added to the neuron's bias
     */
    private record Slip(int output, int input, float bias) {}

    private static BuiltNetwork network(ProblemInstance instance, Slip slip) {
        Gates gates = instance.gates();
        int wordsPerRow = BitMatrix.wordsPerRow(gates.inputs());
        long[] first = new long[gates.outputs() * wordsPerRow];
        long[] second = new long[gates.outputs() * BitMatrix.wordsPerRow(gates.outputs())];
        float[] bias = new float[gates.outputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            for (int j : gates.reads(i)) {
                first[i * wordsPerRow + j / Long.SIZE] ^= 1L << j;
            }
            second[i * BitMatrix.wordsPerRow(gates.outputs()) + i / Long.SIZE] |= 1L << i;
            bias[i] = -1;
        }
        if (slip.output() >= 0) {
            bias[slip.output()] += slip.bias();
            if (slip.input() >= 0) {
                first[slip.output() * wordsPerRow + slip.input() / Long.SIZE] ^= 1L << slip.input();
            }
        }
        return new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        Codes.identity(gates.inputs()),
                        List.of(
                                new Layer(BitMatrix.ofBits(gates.outputs(), gates.inputs(), first), bias),
                                Layer.withBias(BitMatrix.ofBits(gates.outputs(), gates.outputs(), second), 0)),
                        Decoder.withThreshold(Codes.identity(gates.outputs()), Decoder.Kind.EVERY_ROW, 1),
                        instance.domain(),
                        true,
                        new Provenance("reference", Map.of(), new Seed(0).value(), Map.of())));
    }
}
