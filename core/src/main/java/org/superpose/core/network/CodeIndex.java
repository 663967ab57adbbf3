package org.superpose.core.network;

/**
 * An index of codes that finds those that lie within a set of neurons. Features are listed by the first neuron of their
 * code, and beside each is its second neuron, so that most features are dismissed without a look at their codes, which
 * lie all over memory. Immutable.
 */
public final class CodeIndex {
    private final Codes codes;
    private final int[] starts;
    private final int[] features;
    private final int[] secondNeurons;

    /** Indexes the codes, in time and memory proportional to their number. */
    public CodeIndex(Codes codes) {
        this.codes = codes;
        this.starts = new int[codes.neurons() + 1];
        this.features = new int[codes.features()];
        this.secondNeurons = new int[codes.features()];
        for (int i = 0; i < features.length; i++) {
            starts[codes.neuron(i, 0) + 1]++;
        }
        for (int neuron = 0; neuron < codes.neurons(); neuron++) {
            starts[neuron + 1] += starts[neuron];
        }
        int[] next = starts.clone();
        for (int i = 0; i < features.length; i++) {
            int t = next[codes.neuron(i, 0)]++;
            features[t] = i;
            secondNeurons[t] = codes.neuron(i, Math.min(1, codes.weight(i) - 1));
        }
    }

    /**
     * The features whose codes lie within a set of neurons.
     *
     * @param neurons a bit set
     * @param into receives them, by the first neuron of their code and then ascending
     * @return how many there are
     */
    public int within(long[] neurons, int[] into) {
        int count = 0;
        for (int w = 0; w < neurons.length; w++) {
            for (long word = neurons[w]; word != 0; word &= word - 1) {
                int neuron = w * Long.SIZE + Long.numberOfTrailingZeros(word);
                for (int t = starts[neuron]; t < starts[neuron + 1]; t++) {
                    if (has(neurons, secondNeurons[t]) && hasRestOf(neurons, features[t])) {
                        into[count++] = features[t];
                    }
                }
            }
        }
        return count;
    }

    private boolean hasRestOf(long[] neurons, int feature) {
        for (int u = 2; u < codes.weight(feature); u++) {
            if (!has(neurons, codes.neuron(feature, u))) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(long[] neurons, int neuron) {
        return (neurons[neuron / Long.SIZE] >>> neuron & 1) != 0;
    }
}
