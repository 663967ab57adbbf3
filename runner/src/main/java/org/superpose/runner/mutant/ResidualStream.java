package org.superpose.runner.mutant;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * A network with every piece that networks made elsewhere may have, right by design: a dense encoder with an offset
 * writes a residual stream, a layer of one neuron for each gate reads it, their sum is added to the stream, and a
 * linear read-out with two thresholds reads that. It is for one layer of AND gates with as many outputs as inputs.
 *
 * <p>The stream holds s_j = x_j - x_{j+1} + 1, so that x_j = sum of (s_k - 1) over k >= j; behind the neurons entry i
 * is s_i + 4 h_i, of which the read-out takes 3: from 1 to 3 if gate i is on, else from -3 to -1.
 */
final class ResidualStream {
    /** In provenances. */
    static final String ID = "residual-stream";

    private static final float ON = 0.5f;
    private static final float OFF = -0.5f;

    private ResidualStream() {}

    /** @param scale of the stream: with 1 all numbers are whole, with others they round */
    static BuiltNetwork of(ProblemInstance instance, float scale) {
        Gates gates = instance.gates();
        int size = gates.inputs();
        float[] encoder = new float[size * size];
        float[] neurons = new float[size * size];
        float[] written = new float[size * size];
        float[] readout = new float[size * size];
        float[] bias = new float[size];
        for (int i = 0; i < size; i++) {
            encoder[i * size + i] = scale;
            if (i + 1 < size) {
                encoder[i * size + i + 1] = -scale;
            }
            written[i * size + i] = 4 * scale;
            readout[i * size + i] = 1 / scale;
            bias[i] = 1 - gates.fanIn(i);
            for (int j : gates.reads(i)) {
                for (int k = j; k < size; k++) {
                    neurons[i * size + k] += 1 / scale;
                }
                bias[i] -= size - j;
            }
        }
        List<Layer> layers = List.of(
                Layer.linear(new DenseMatrix(size, size, encoder), all(size, scale)),
                new Layer(new DenseMatrix(size, size, neurons), bias),
                new Layer(new DenseMatrix(size, size, written), new float[size], Activation.NONE, OptionalInt.of(1)),
                Layer.linear(new DenseMatrix(size, size, readout), all(size, -3)));
        return new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        Codes.identity(size),
                        layers,
                        Decoder.readout(all(size, ON), all(size, OFF)),
                        instance.domain(),
                        false,
                        new Provenance(ID, Map.of(), 0, Map.of())));
    }

    private static float[] all(int size, float value) {
        float[] all = new float[size];
        Arrays.fill(all, value);
        return all;
    }
}
