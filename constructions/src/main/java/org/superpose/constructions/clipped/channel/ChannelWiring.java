package org.superpose.constructions.clipped.channel;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * The two clipped matrices of one layer of gates while channels are being placed (theory, section 5). Mutable.
 *
 * <p>W_0[e,c] counts how many (output, input) pairs want the entry: output i with hidden row e in its channel s_i and
 * an input j of J_i with neuron c in E(j). W_1[f,e] counts the outputs with e in s_i and f in E_out(i). An entry of the
 * network is 1 iff its count is positive, so a channel row can be taken back exactly.
 *
 * <p>Sets of hidden rows are bit vectors of {@link #words()} words.
 */
public final class ChannelWiring {
    static final int UNPLACED = -1;

    /** The most stretches of hidden rows that threads share when many channels are placed. */
    private static final int STRETCHES = 8;

    private final Gates gates;
    private final Codes inputCodes;
    private final Codes outputCodes;
    private final int hidden;
    private final int channelWeight;
    private final int words;
    private final int outputWords;

    private final int[] channels;
    /** By hidden row, so that what one placement counts lies in few pages of memory. */
    private final EntryCounts firstCounts;

    private final long[] firstColumns;
    private final int[] firstRowSizes;
    /** By hidden row too, so transposed. */
    private final EntryCounts secondCounts;

    private final long[] secondRows;
    private final long[] secondColumns;
    private final int[] secondColumnSizes;
    private final RowOutputs outputsOfRow;
    private final HubRows hubRows;

    private final int fanIn;
    private final int codeWeight;
    private final int outputCodeWeight;
    private final Changes changed;

    /**
     * No channel is placed yet.
     *
     * @param hidden the number of hidden rows
     * @param channelWeight s, the number of rows in each channel, at most {@code hidden}
     */
    public ChannelWiring(Gates gates, Codes inputCodes, Codes outputCodes, int hidden, int channelWeight) {
        this.gates = gates;
        this.inputCodes = inputCodes;
        this.outputCodes = outputCodes;
        this.hidden = hidden;
        this.channelWeight = channelWeight;
        this.words = BitMatrix.wordsPerRow(hidden);
        this.outputWords = BitMatrix.wordsPerRow(outputCodes.neurons());
        this.channels = new int[Math.multiplyExact(gates.outputs(), channelWeight)];
        Arrays.fill(channels, UNPLACED);
        this.firstCounts = new EntryCounts(hidden, inputCodes.neurons());
        this.firstColumns = new long[Math.multiplyExact(inputCodes.neurons(), words)];
        this.firstRowSizes = new int[hidden];
        this.secondCounts = new EntryCounts(hidden, outputCodes.neurons());
        this.secondRows = new long[Math.multiplyExact(outputCodes.neurons(), words)];
        this.secondColumns = new long[Math.multiplyExact(hidden, outputWords)];
        this.secondColumnSizes = new int[hidden];
        this.outputsOfRow = new RowOutputs(hidden, channelWeight, (double) channels.length / hidden);
        this.hubRows = new HubRows(gates, hidden);
        this.fanIn = gates.maxFanIn();
        this.codeWeight = inputCodes.maxWeight();
        this.outputCodeWeight = outputCodes.maxWeight();
        this.changed = new Changes(this);
    }

    public Gates gates() {
        return gates;
    }

    public Codes inputCodes() {
        return inputCodes;
    }

    public Codes outputCodes() {
        return outputCodes;
    }

    /** The number of hidden rows. */
    public int hidden() {
        return hidden;
    }

    /** s. */
    public int channelWeight() {
        return channelWeight;
    }

    /** The words of a set of hidden rows. */
    public int words() {
        return words;
    }

    /** The words of a set of output neurons. */
    public int outputWords() {
        return outputWords;
    }

    /** The hidden row in a slot of an output's channel, {@code 0 <= slot < s}, or {@link #UNPLACED}. */
    public int row(int output, int slot) {
        return channels[output * channelWeight + slot];
    }

    /** The slot in which an output's channel has a hidden row, or -1 if it does not have it. */
    public int slotOf(int output, int row) {
        for (int slot = 0; slot < channelWeight; slot++) {
            if (row(output, slot) == row) {
                return slot;
            }
        }
        return -1;
    }

    /** The number of outputs whose channel has a hidden row. */
    public int outputCount(int row) {
        return outputsOfRow.size(row);
    }

    /** The {@code t}-th of the outputs whose channel has a hidden row; their order changes with every removal. */
    public int output(int row, int t) {
        return outputsOfRow.get(row, t);
    }

    RowOutputs outputsOfRow() {
        return outputsOfRow;
    }

    /** The hubs that the outputs of each hidden row read. */
    HubRows hubRows() {
        return hubRows;
    }

    /** Puts a hidden row into an empty slot; the entries that became 1 are the changed ones. */
    public void place(int output, int slot, int row) {
        channels[output * channelWeight + slot] = row;
        outputsOfRow.add(row, output, channels);
        hubRows.add(row, output);
        count(output, row, 1, changed);
    }

    /** Empties a slot; the entries that became 0 are the changed ones. */
    public void remove(int output, int slot) {
        int row = row(output, slot);
        channels[output * channelWeight + slot] = UNPLACED;
        outputsOfRow.remove(row, output, channels);
        hubRows.remove(row, output);
        count(output, row, -1, changed);
    }

    /**
     * Puts whole channels in the place of empty ones. That is the same as placing their rows one after another, but
     * several threads share the work, and nothing is known of changed entries.
     *
     * @param outputs those whose channels are placed, in this order
     * @param rows their channels, one after another, s rows each
     */
    void placeChannels(int[] outputs, int[] rows) {
        for (int t = 0; t < outputs.length; t++) {
            System.arraycopy(rows, t * channelWeight, channels, outputs[t] * channelWeight, channelWeight);
        }
        // Hidden rows of different words have no memory in common, so each stretch of words is for one thread.
        IntStream.range(0, STRETCHES).parallel().forEach(stretch -> {
            int from = (int) ((long) words * stretch / STRETCHES) * Long.SIZE;
            int to = (int) ((long) words * (stretch + 1) / STRETCHES) * Long.SIZE;
            Changes changes = new Changes(this);
            for (int t = 0; t < rows.length; t++) {
                if (from <= rows[t] && rows[t] < to) {
                    int output = outputs[t / channelWeight];
                    outputsOfRow.addBeside(rows[t], output, rows, t - t % channelWeight);
                    hubRows.add(rows[t], output);
                    count(output, rows[t], 1, changes);
                }
            }
        });
        changed.clear();
    }

    /** Counts what an output wants of a hidden row, up or down, and turns entries on or off by it. */
    private void count(int output, int row, int step, Changes changes) {
        int turning = step > 0 ? 1 : 0;
        long bit = 1L << row;
        int word = row >>> 6;
        changes.clear();
        for (int t = 0; t < gates.fanIn(output); t++) {
            int input = gates.read(output, t);
            for (int u = 0; u < inputCodes.weight(input); u++) {
                int column = inputCodes.neuron(input, u);
                if (count(firstCounts, row, column, step) == turning) {
                    firstColumns[column * words + word] ^= bit;
                    firstRowSizes[row] += step;
                    changes.first[changes.firstCount++] = column;
                }
            }
        }
        for (int u = 0; u < outputCodes.weight(output); u++) {
            int neuron = outputCodes.neuron(output, u);
            if (count(secondCounts, row, neuron, step) == turning) {
                secondRows[neuron * words + word] ^= bit;
                secondColumns[row * outputWords + (neuron >>> 6)] ^= 1L << neuron;
                secondColumnSizes[row] += step;
                changes.second[changes.secondCount++] = neuron;
            }
        }
    }

    private int count(EntryCounts counts, int row, int column, int step) {
        int count = counts.change(row, column, step);
        if (count > EntryCounts.MOST) {
            throw new InvalidInputException("width " + hidden + " is too small for " + gates.outputs()
                    + " outputs: more than " + EntryCounts.MOST + " channels want one entry");
        }
        return count;
    }

    /** The entries that one placement or removal turned on or off. */
    private static final class Changes {
        private final int[] first;
        private int firstCount;
        private final int[] second;
        private int secondCount;

        Changes(ChannelWiring wiring) {
            this.first = new int[wiring.fanIn * wiring.codeWeight];
            this.second = new int[wiring.outputCodeWeight];
        }

        void clear() {
            firstCount = 0;
            secondCount = 0;
        }
    }

    /** The hidden rows of all channels, to be given back to {@link #restore}. */
    public int[] channels() {
        return channels.clone();
    }

    /** Moves every channel to where it was. */
    public void restore(int[] before) {
        for (int i = 0; i < gates.outputs(); i++) {
            for (int slot = 0; slot < channelWeight; slot++) {
                if (row(i, slot) != UNPLACED) {
                    remove(i, slot);
                }
            }
        }
        for (int t = 0; t < before.length; t++) {
            if (before[t] != UNPLACED) {
                place(t / channelWeight, t % channelWeight, before[t]);
            }
        }
    }

    /** How many entries of W_0 the last placement or removal changed, all in its row. */
    public int changedFirstCount() {
        return changed.firstCount;
    }

    /** The column of the {@code t}-th changed entry of W_0. */
    public int changedFirst(int t) {
        return changed.first[t];
    }

    /** How many entries of W_1 the last placement or removal changed, all in the column of its hidden row. */
    public int changedSecondCount() {
        return changed.secondCount;
    }

    /** The output neuron of the {@code t}-th changed entry of W_1. */
    public int changedSecond(int t) {
        return changed.second[t];
    }

    public boolean hasFirst(int row, int column) {
        return (firstColumns[column * words + (row >>> 6)] >>> row & 1) != 0;
    }

    public boolean hasSecond(int neuron, int row) {
        return (secondRows[neuron * words + (row >>> 6)] >>> row & 1) != 0;
    }

    /** True if one (output, input) pair alone wants the entry of W_0. */
    public boolean isFirstWantedOnce(int row, int column) {
        return firstCounts.get(row, column) == 1;
    }

    /** True if one output alone wants the entry of W_1. */
    public boolean isSecondWantedOnce(int neuron, int row) {
        return secondCounts.get(row, neuron) == 1;
    }

    /** For each column of W_0 the hidden rows that have a 1 in it, {@link #words()} words each; a live array. */
    public long[] firstColumns() {
        return firstColumns;
    }

    /** One word of the hidden rows that have a 1 in a column of W_0. */
    public long firstColumnWord(int column, int word) {
        return firstColumns[column * words + word];
    }

    /** For each output neuron the hidden rows that it reads, {@link #words()} words each; a live array. */
    long[] secondRows() {
        return secondRows;
    }

    /** One word of the hidden rows that an output neuron reads. */
    public long secondRowWord(int neuron, int word) {
        return secondRows[neuron * words + word];
    }

    /** For each hidden row the output neurons that read it, {@link #outputWords()} words each; a live array. */
    public long[] secondColumns() {
        return secondColumns;
    }

    /** The number of ones in a row of W_0. */
    int firstRowSize(int row) {
        return firstRowSizes[row];
    }

    /** For each word of hidden rows the fewest ones in a row of W_0. */
    void leastFirstRowSizes(int[] into) {
        least(firstRowSizes, into);
    }

    /** For each word of hidden rows the fewest ones in a column of W_1. */
    void leastSecondColumnSizes(int[] into) {
        least(secondColumnSizes, into);
    }

    private static void least(int[] sizes, int[] into) {
        for (int word = 0, t = 0; word < into.length; word++) {
            int least = Integer.MAX_VALUE;
            for (int end = Math.min(sizes.length, t + Long.SIZE); t < end; t++) {
                least = Math.min(least, sizes[t]);
            }
            into[word] = least;
        }
    }

    /** The number of ones in a column of W_1. */
    int secondColumnSize(int row) {
        return secondColumnSizes[row];
    }

    /** W_0, hidden rows x input neurons. */
    public BitMatrix firstMatrix() {
        int columns = inputCodes.neurons();
        int rowWords = BitMatrix.wordsPerRow(columns);
        long[] packed = new long[Math.multiplyExact(hidden, rowWords)];
        for (int column = 0; column < columns; column++) {
            for (int word = 0; word < words; word++) {
                for (long left = firstColumnWord(column, word); left != 0; left &= left - 1) {
                    int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                    packed[row * rowWords + (column >>> 6)] |= 1L << column;
                }
            }
        }
        return BitMatrix.ofBits(hidden, columns, packed);
    }

    /** W_1, output neurons x hidden rows. */
    public BitMatrix secondMatrix() {
        return BitMatrix.ofBits(outputCodes.neurons(), hidden, secondRows.clone());
    }
}
