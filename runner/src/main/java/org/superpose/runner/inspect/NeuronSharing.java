package org.superpose.runner.inspect;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.problem.Gates;

/**
 * Who shares a neuron with whom: polysemanticity, read off the network itself by running it on the smallest input that
 * turns on each output.
 */
public final class NeuronSharing {
    private final BuiltNetwork built;
    private final Evaluator evaluator;

    /** @param evaluator runs the same network */
    public NeuronSharing(BuiltNetwork built, Evaluator evaluator) {
        this.built = built;
        this.evaluator = evaluator;
    }

    /**
     * The outputs for which a neuron fires when exactly the inputs that the output reads are active.
     *
     * @param layer 1..L
     * @param neuron of that layer
     */
    public List<Integer> outputsThatFire(int layer, int neuron) {
        Gates gates = built.instance().gates();
        List<Integer> outputs = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            FeatureSet reads = FeatureSet.of(gates.reads(i));
            if (built.instance().domain().contains(reads) && evaluator.activations(reads)[layer][neuron] > 0) {
                outputs.add(i);
            }
        }
        return outputs;
    }

    /** The inputs whose code contains a neuron of y_0. */
    public List<Integer> inputsOf(int neuron) {
        List<Integer> inputs = new ArrayList<>();
        var inverse = built.network().inputCodes().inverse();
        for (int t = 0; t < inverse.load(neuron); t++) {
            inputs.add(inverse.feature(neuron, t));
        }
        return inputs;
    }
}
