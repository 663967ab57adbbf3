package org.superpose.core.network;

/**
 * The outputs by the first neuron of their code, and beside each of them its second neuron: which outputs have a whole
 * code among some neurons is found without counting for every output of each of these, and mostly without a look at the
 * codes, which lie all over memory. Immutable.
 */
public final class CodeIndex {
    private final Codes codes;
    private final int[] starts;
    private final int[] outputs;
    private final int[] secondNeurons;

    public CodeIndex(Codes codes) {
        this.codes = codes;
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

    /**
     * The outputs whose codes lie within a set of neurons.
     *
     * @param neurons a bit set
     * @param into receives them, in no particular order
     * @return how many there are
     */
    public int within(long[] neurons, int[] into) {
        int count = 0;
        for (int w = 0; w < neurons.length; w++) {
            for (long word = neurons[w]; word != 0; word &= word - 1) {
                int neuron = w * Long.SIZE + Long.numberOfTrailingZeros(word);
                for (int t = starts[neuron]; t < starts[neuron + 1]; t++) {
                    if (has(neurons, secondNeurons[t]) && hasRestOf(neurons, outputs[t])) {
                        into[count++] = outputs[t];
                    }
                }
            }
        }
        return count;
    }

    private boolean hasRestOf(long[] neurons, int output) {
        for (int u = 2; u < codes.weight(output); u++) {
            if (!has(neurons, codes.neuron(output, u))) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(long[] neurons, int neuron) {
        return (neurons[neuron / Long.SIZE] >>> neuron & 1) != 0;
    }
}
