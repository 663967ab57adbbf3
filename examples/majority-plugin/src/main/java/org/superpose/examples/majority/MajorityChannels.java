package org.superpose.examples.majority;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * The majority of three inputs by clipped channels, for at most two active ones: two 0/1 matrices.
 *
 * <p>Every input has a code of k neurons, every output a channel of s hidden neurons and a code of k_out neurons. A
 * hidden neuron reads the codes of all inputs of the outputs whose channel contains it, and fires when two whole codes
 * are active: threshold 2k. An output neuron reads the channels of the outputs whose code contains it, and fires when a
 * whole channel is active: threshold s. An output is on iff all neurons of its code fire.
 */
public final class MajorityChannels implements Construction {
    private static final Parameter<Integer> CODE_WEIGHT = ConstructionParameters.CODE_WEIGHT.withDefault(6);
    private static final Parameter<Integer> CHANNEL_WEIGHT = ConstructionParameters.CHANNEL_WEIGHT.withDefault(6);
    private static final Parameter<Integer> OUTPUT_CODE_WEIGHT =
            ConstructionParameters.OUTPUT_CODE_WEIGHT.withDefault(6);

    @Override
    public String id() {
        return "majority-channels";
    }

    @Override
    public String title() {
        return "majority of three by clipped channels: two 0/1 matrices";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ConstructionParameters.WIDTH, CODE_WEIGHT, CHANNEL_WEIGHT, OUTPUT_CODE_WEIGHT);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        if (instance.isLayered()) {
            return Acceptance.rejected("the instance has " + instance.layers().size() + " layers of gates, not one");
        }
        Gates gates = instance.gates();
        if (!gates.areAll(GateFunction.atLeast(2)) || gates.minFanIn() != 3 || gates.maxFanIn() != 3) {
            return Acceptance.rejected("its " + gates.functionNames() + " gates of up to " + gates.maxFanIn()
                    + " inputs are no majorities of three");
        }
        if (instance.maxActive() > 2) {
            return Acceptance.rejected(
                    "max-active is " + instance.maxActive() + ", but three codes can add up to what two should");
        }
        return Acceptance.accepted();
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        int width = parameters.get(ConstructionParameters.WIDTH);
        int codeWeight = parameters.get(CODE_WEIGHT);
        int channelWeight = parameters.get(CHANNEL_WEIGHT);
        int outputCodeWeight = parameters.get(OUTPUT_CODE_WEIGHT);
        int largest = Math.max(codeWeight, Math.max(channelWeight, outputCodeWeight));
        if (width < largest) {
            throw new WidthTooSmallException("width " + width + " is too small for codes and channels of " + largest
                    + " neurons: width must be at least " + largest);
        }
        Gates gates = instance.gates();
        // Each kind of code has a random stream of its own and depends on sizes alone, never on the gates.
        Codes inputCodes = draw(gates.inputs(), codeWeight, width, seed.child("input-encoding"));
        Codes outputCodes = draw(gates.outputs(), outputCodeWeight, width, seed.child("output-encoding"));
        Codes channels = draw(gates.outputs(), channelWeight, width, seed.child("channels"));

        int wordsPerRow = BitMatrix.wordsPerRow(width);
        long[] first = new long[width * wordsPerRow];
        long[] second = new long[width * wordsPerRow];
        for (int i = 0; i < gates.outputs(); i++) {
            for (int hidden : channels.code(i)) {
                for (int input : gates.reads(i)) {
                    for (int neuron : inputCodes.code(input)) {
                        first[hidden * wordsPerRow + neuron / Long.SIZE] |= 1L << neuron;
                    }
                }
                for (int neuron : outputCodes.code(i)) {
                    second[neuron * wordsPerRow + hidden / Long.SIZE] |= 1L << hidden;
                }
            }
        }
        ParameterValues complete = parameters
                .with(CODE_WEIGHT, codeWeight)
                .with(CHANNEL_WEIGHT, channelWeight)
                .with(OUTPUT_CODE_WEIGHT, outputCodeWeight);
        return new SuperposedNetwork(
                inputCodes,
                List.of(
                        Layer.withBias(BitMatrix.ofBits(width, width, first), 1 - 2 * codeWeight),
                        Layer.withBias(BitMatrix.ofBits(width, width, second), 1 - channelWeight)),
                Decoder.withThreshold(outputCodes, Decoder.Kind.EVERY_ROW, 1),
                instance.domain(),
                false,
                new Provenance(id(), complete.asMap(), seed.value(), Map.of()));
    }

    /** For every feature, one random neuron from each of {@code weight} equal blocks. */
    private static Codes draw(int features, int weight, int width, Seed seed) {
        RandomGenerator random = seed.generator();
        int[] members = new int[features * weight];
        Arrays.setAll(members, t -> {
            int block = t % weight;
            int from = (int) ((long) block * width / weight);
            int to = (int) ((block + 1L) * width / weight);
            return from + random.nextInt(to - from);
        });
        return Codes.ofWeight(width, weight, members);
    }
}
