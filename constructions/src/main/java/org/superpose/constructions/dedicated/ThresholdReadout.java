package org.superpose.constructions.dedicated;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.constructions.Admission;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Any number of threshold gates on one neuron for each input: output i is on iff the weights of gate i times y_1 = x
 * add up to its threshold. Inputs are not in superposition, outputs are: neuron j serves every gate that reads input j,
 * so there may be many more gates than neurons. The read-out, a matrix of m' x m small whole numbers, depends on the
 * map.
 *
 * <p>This is what trained networks with more clauses than neurons have to beat, if the map is one of threshold gates.
 */
@Reference(value = "Dedicated neurons", standing = Standing.OURS)
public final class ThresholdReadout implements Construction {
    /** The entries of the largest read-out. */
    private static final long MOST_ENTRIES = 1 << 28;

    @Override
    public String id() {
        return "threshold-readout";
    }

    @Override
    public String title() {
        return "threshold gates by one neuron for each input, which all gates share, and a linear read-out";
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Admission.oneLayer(instance, "an output compares one sum of its inputs with a threshold")
                .and(() -> acceptsGates(instance));
    }

    private static Acceptance acceptsGates(ProblemInstance instance) {
        Gates gates = instance.gates();
        if ((long) gates.outputs() * gates.inputs() > MOST_ENTRIES) {
            return Acceptance.rejected(gates.outputs() + " outputs of " + gates.inputs()
                    + " inputs need a read-out of more than 2^28 weights");
        }
        for (int i = 0; i < gates.outputs(); i++) {
            List<GateNeurons.Neuron> neurons = neurons(gates, i, instance.maxActive());
            if (neurons.size() > 1 || IntStream.of(neurons.get(0).weights()).anyMatch(w -> w != (short) w)) {
                return Acceptance.rejected("output " + i + " computes "
                        + gates.function(i).name() + ", not one sum of small whole weights and a threshold");
            }
        }
        return Acceptance.accepted();
    }

    private static List<GateNeurons.Neuron> neurons(Gates gates, int output, int maxActive) {
        GateFunction function = gates.function(output);
        int fanIn = gates.fanIn(output);
        return GateNeurons.of(function, fanIn, Math.min(maxActive, fanIn)).neurons();
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        Admission.require(this, instance);
        Gates gates = instance.gates();
        int inputs = gates.inputs();
        short[] weights = new short[gates.outputs() * inputs];
        float[] thresholds = new float[gates.outputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            GateNeurons.Neuron neuron = neurons(gates, i, instance.maxActive()).get(0);
            for (int t = 0; t < gates.fanIn(i); t++) {
                weights[i * inputs + gates.read(i, t)] = (short) neuron.weights()[t];
            }
            // On from 1 - bias on, off up to -bias: half way between them.
            thresholds[i] = 0.5f - neuron.bias();
        }
        return new SuperposedNetwork(
                Codes.identity(inputs),
                List.of(
                        Layer.withBias(identity(inputs), 0),
                        Layer.linear(new IntegerMatrix(gates.outputs(), inputs, weights), new float[gates.outputs()])),
                Decoder.readout(thresholds),
                instance.domain(),
                false,
                new Provenance(id(), Map.of(), seed.value(), Map.of()));
    }

    private static BitMatrix identity(int size) {
        int wordsPerRow = BitMatrix.wordsPerRow(size);
        long[] words = new long[Math.multiplyExact(size, wordsPerRow)];
        for (int j = 0; j < size; j++) {
            words[j * wordsPerRow + j / Long.SIZE] = 1L << j;
        }
        return BitMatrix.ofBits(size, size, words);
    }
}
