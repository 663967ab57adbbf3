package org.superpose.constructions.clipped.conflict;

import org.superpose.core.network.Codes;

/**
 * The outputs by the first neuron of their code, and beside each of them its second neuron, so that most outputs that
 * are not on are seen to be so without a look at their codes, which lie all over memory. Immutable.
 */
final class OutputsByNeuron {
    private final int[] starts;
    private final int[] outputs;
    private final int[] secondNeurons;

    OutputsByNeuron(Codes codes) {
        this.starts = new int[codes.neurons() + 1];
        this.outputs = new int[codes.features()];
        this.secondNeurons = new int[codes.features()];
        for (int i = 0; i < outputs.length; i++) {
            starts[codes.neuron(i, 0) + 1]++;
        }
        for (int neuron = 0; neuron < codes.neurons(); neuron++) {
            starts[neuron + 1] += starts[neuron];
        }
        int[] next = starts.clone();
        for (int i = 0; i < outputs.length; i++) {
            int t = next[codes.neuron(i, 0)]++;
            outputs[t] = i;
            secondNeurons[t] = codes.neuron(i, Math.min(1, codes.weight(i) - 1));
        }
    }

    /** Where the outputs whose code begins with a neuron begin; they end where those of the next neuron begin. */
    int start(int neuron) {
        return starts[neuron];
    }

    /** The output at a place, ascending among those of one neuron. */
    int output(int place) {
        return outputs[place];
    }

    /** The second neuron of the code of the output at a place, or the first where that is all. */
    int secondNeuron(int place) {
        return secondNeurons[place];
    }
}
