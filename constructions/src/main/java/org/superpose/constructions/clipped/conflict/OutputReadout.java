package org.superpose.constructions.clipped.conflict;

import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.CodeIndex;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * The second stage of a clipped layer, on bit vectors: an output row fires iff it reads at least s of the hidden rows
 * that fire. Keeps buffers; for one thread.
 *
 * <p>What makes an input wrong depends on what follows. A decoder turns an output on iff all rows of its code fire, so
 * it is an output that is on though not all that it reads is active. Another block needs a clean state, so it is any
 * row that fires outside the codes of the outputs that are on.
 */
final class OutputReadout {
    private static final int[] NONE = {};

    private final ChannelWiring wiring;
    private final Gates gates;
    private final Codes codes;
    private final boolean clean;
    private final int threshold;
    private final int words;
    private final int outputWords;
    private final CodeIndex outputs;
    private final Kernel kernel = Kernels.best();
    private final int[] columns;
    private final long[] firing;
    private final int[] on;

    /** @param clean whether a stray row makes an input wrong, and not only a false output */
    OutputReadout(ChannelWiring wiring, boolean clean) {
        this(wiring, clean, new CodeIndex(wiring.outputCodes()));
    }

    private OutputReadout(ChannelWiring wiring, boolean clean, CodeIndex outputs) {
        this.wiring = wiring;
        this.gates = wiring.gates();
        this.codes = wiring.outputCodes();
        this.clean = clean;
        this.threshold = wiring.channelWeight();
        this.words = wiring.words();
        this.outputWords = wiring.outputWords();
        this.outputs = outputs;
        this.columns = new int[wiring.hidden()];
        this.firing = new long[outputWords];
        this.on = new int[codes.features()];
    }

    /** The same for another thread, while the wiring stays as it is. */
    OutputReadout copy() {
        return new OutputReadout(wiring, clean, outputs);
    }

    /**
     * The output rows by which an input is wrong: the code of a false output, or a stray row where the state has to be
     * clean.
     *
     * @param active the active features, in any order
     * @param fired the hidden rows that fire, a bit vector
     * @return empty if the input is right
     */
    int[] faultyRows(int[] active, long[] fired) {
        if (!fireOutputRows(fired)) {
            return NONE;
        }
        return clean ? strayRow(active) : falseOutput(active);
    }

    /**
     * The same for fired rows in a list.
     *
     * @param rows the hidden rows that fire
     * @param count how many entries of {@code rows} count
     */
    int[] faultyRows(int[] active, int[] rows, int count) {
        if (count < threshold) {
            return NONE;
        }
        for (int t = 0; t < count; t++) {
            columns[t] = rows[t] * outputWords;
        }
        kernel.reach(wiring.secondColumns(), columns, count, 0, outputWords, threshold, firing);
        return clean ? strayRow(active) : falseOutput(active);
    }

    /** Whether there are {@link #faultyRows}. */
    boolean isWrong(int[] active, long[] fired) {
        return faultyRows(active, fired).length > 0;
    }

    private int[] strayRow(int[] active) {
        FeatureSet intended = gates.evaluate(FeatureSet.of(active));
        for (int t = 0; t < intended.size(); t++) {
            for (int u = 0; u < codes.weight(intended.get(t)); u++) {
                int neuron = codes.neuron(intended.get(t), u);
                firing[neuron >>> 6] &= ~(1L << neuron);
            }
        }
        for (int word = 0; word < outputWords; word++) {
            if (firing[word] != 0) {
                return new int[] {word * Long.SIZE + Long.numberOfTrailingZeros(firing[word])};
            }
        }
        return NONE;
    }

    private int[] falseOutput(int[] active) {
        int count = outputs.within(firing, on);
        for (int t = 0; t < count; t++) {
            if (!readsOnly(on[t], active)) {
                return codes.code(on[t]);
            }
        }
        return NONE;
    }

    /**
     * Fills {@link #firing} with the output rows that read at least s of the fired rows; false if fewer than s fired,
     * so that there is none.
     */
    private boolean fireOutputRows(long[] fired) {
        int count = 0;
        for (int word = 0; word < words; word++) {
            for (long left = fired[word]; left != 0; left &= left - 1) {
                int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                columns[count++] = row * outputWords;
            }
        }
        if (count < threshold) {
            return false;
        }
        kernel.reach(wiring.secondColumns(), columns, count, 0, outputWords, threshold, firing);
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
