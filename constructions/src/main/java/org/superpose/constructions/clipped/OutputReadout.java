package org.superpose.constructions.clipped;

import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * The second stage of a clipped layer and its decoder, on bit vectors: an output row fires iff it reads at least s of the hidden rows that
 * fire, an output is on iff all rows of its code fire. Keeps buffers; for one thread.
 */
final class OutputReadout {
    private final ChannelWiring wiring;
    private final Gates gates;
    private final Codes codes;
    private final int threshold;
    private final int words;
    private final int outputWords;
    private final RowMembers outputsByFirstNeuron;
    private final long[] planes = new long[Integer.SIZE];
    private final long[] firing;

    OutputReadout(ChannelWiring wiring) {
        this.wiring = wiring;
        this.gates = wiring.gates();
        this.codes = wiring.outputCodes();
        this.threshold = wiring.channelWeight();
        this.words = wiring.words();
        this.outputWords = wiring.outputWords();
        this.outputsByFirstNeuron = new RowMembers(codes.neurons());
        for (int i = 0; i < gates.outputs(); i++) {
            outputsByFirstNeuron.add(codes.neuron(i, 0), i);
        }
        this.firing = new long[outputWords];
    }

    /**
     * An output that is on although not all features that it reads are active.
     *
     * @param active the active features, in any order
     * @param fired the hidden rows that fire, a bit vector
     * @return an output, or -1 if there is none
     */
    int falseOutput(int[] active, long[] fired) {
        if (!fireOutputRows(fired)) {
            return -1;
        }
        for (int word = 0; word < outputWords; word++) {
            for (long left = firing[word]; left != 0; left &= left - 1) {
                int neuron = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                for (int t = 0; t < outputsByFirstNeuron.size(neuron); t++) {
                    int output = outputsByFirstNeuron.get(neuron, t);
                    if (isOn(output) && !readsOnly(output, active)) {
                        return output;
                    }
                }
            }
        }
        return -1;
    }

    /** Fills {@link #firing} with the output rows that read at least s of the fired rows; false if there is none. */
    private boolean fireOutputRows(long[] fired) {
        int count = 0;
        for (int word = 0; word < words; word++) {
            count += Long.bitCount(fired[word]);
        }
        if (count < threshold) {
            return false;
        }
        // A counter per output row, bit-sliced: it starts at 2^p - s and so reaches 2^p with the s-th fired row.
        int top = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(threshold, count) - 1);
        int start = (1 << top) - threshold;
        boolean any = false;
        for (int outputWord = 0; outputWord < outputWords; outputWord++) {
            for (int plane = 0; plane < top; plane++) {
                planes[plane] = (start >>> plane & 1) != 0 ? -1L : 0;
            }
            long reached = 0;
            for (int word = 0; word < words; word++) {
                for (long left = fired[word]; left != 0; left &= left - 1) {
                    int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                    long carry = wiring.secondColumnWord(row, outputWord);
                    for (int plane = 0; plane < top && carry != 0; plane++) {
                        long sum = planes[plane] ^ carry;
                        carry &= planes[plane];
                        planes[plane] = sum;
                    }
                    reached |= carry;
                }
            }
            firing[outputWord] = reached;
            any |= reached != 0;
        }
        return any;
    }

    private boolean isOn(int output) {
        for (int u = 1; u < codes.weight(output); u++) {
            int neuron = codes.neuron(output, u);
            if ((firing[neuron >>> 6] >>> neuron & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean readsOnly(int output, int[] active) {
        for (int t = 0; t < gates.fanIn(output); t++) {
            int read = gates.read(output, t);
            boolean found = false;
            for (int feature : active) {
                found |= feature == read;
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
