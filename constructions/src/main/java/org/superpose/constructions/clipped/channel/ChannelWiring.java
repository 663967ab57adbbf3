package org.superpose.constructions.clipped.channel;

import java.util.Arrays;
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

    private final Gates gates;
    private final Codes inputCodes;
    private final Codes outputCodes;
    private final int hidden;
    private final int channelWeight;
    private final int inputNeurons;
    private final int outputNeurons;
    private final int words;
    private final int outputWords;

    private final int[] channels;
    /** By hidden row, so that what one placement counts lies in few pages of memory. */
    private final char[] firstCounts;

    private final long[] firstColumns;
    private final int[] firstRowSizes;
    private final char[] secondCounts;
    private final long[] secondRows;
    private final long[] secondColumns;
    private final int[] secondColumnSizes;
    private final RowOutputs outputsOfRow;
    private final HubRows hubRows;

    private final int[] changedFirst;
    private int changedFirstCount;
    private final int[] changedSecond;
    private int changedSecondCount;

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
        this.inputNeurons = inputCodes.neurons();
        this.outputNeurons = outputCodes.neurons();
        this.words = BitMatrix.wordsPerRow(hidden);
        this.outputWords = BitMatrix.wordsPerRow(outputCodes.neurons());
        this.channels = new int[Math.multiplyExact(gates.outputs(), channelWeight)];
        Arrays.fill(channels, UNPLACED);
        this.firstCounts = new char[Math.multiplyExact(inputCodes.neurons(), hidden)];
        this.firstColumns = new long[Math.multiplyExact(inputCodes.neurons(), words)];
        this.firstRowSizes = new int[hidden];
        this.secondCounts = new char[Math.multiplyExact(outputCodes.neurons(), hidden)];
        this.secondRows = new long[Math.multiplyExact(outputCodes.neurons(), words)];
        this.secondColumns = new long[Math.multiplyExact(hidden, outputWords)];
        this.secondColumnSizes = new int[hidden];
        this.outputsOfRow = new RowOutputs(hidden, channelWeight);
        this.hubRows = new HubRows(gates, hidden);
        this.changedFirst = new int[gates.maxFanIn() * inputCodes.maxWeight()];
        this.changedSecond = new int[outputCodes.maxWeight()];
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
        count(output, row, 1);
    }

    /** Empties a slot; the entries that became 0 are the changed ones. */
    public void remove(int output, int slot) {
        int row = row(output, slot);
        channels[output * channelWeight + slot] = UNPLACED;
        outputsOfRow.remove(row, output, channels);
        hubRows.remove(row, output);
        count(output, row, -1);
    }

    /** Counts what an output wants of a hidden row, up or down, and turns entries on or off by it. */
    private void count(int output, int row, int step) {
        int turning = step > 0 ? 1 : 0;
        long bit = 1L << row;
        int word = row >>> 6;
        changedFirstCount = 0;
        for (int t = 0; t < gates.fanIn(output); t++) {
            int input = gates.read(output, t);
            for (int u = 0; u < inputCodes.weight(input); u++) {
                int column = inputCodes.neuron(input, u);
                if (count(firstCounts, row * inputNeurons + column, step) == turning) {
                    firstColumns[column * words + word] ^= bit;
                    firstRowSizes[row] += step;
                    changedFirst[changedFirstCount++] = column;
                }
            }
        }
        changedSecondCount = 0;
        for (int u = 0; u < outputCodes.weight(output); u++) {
            int neuron = outputCodes.neuron(output, u);
            if (count(secondCounts, row * outputNeurons + neuron, step) == turning) {
                secondRows[neuron * words + word] ^= bit;
                secondColumns[row * outputWords + (neuron >>> 6)] ^= 1L << neuron;
                secondColumnSizes[row] += step;
                changedSecond[changedSecondCount++] = neuron;
            }
        }
    }

    private int count(char[] counts, int index, int step) {
        int count = counts[index] + step;
        if (count > Character.MAX_VALUE) {
            throw new InvalidInputException("width " + hidden + " is too small for " + gates.outputs()
                    + " outputs: more than " + (int) Character.MAX_VALUE + " channels want one entry");
        }
        counts[index] = (char) count;
        return count;
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
        return changedFirstCount;
    }

    /** The column of the {@code t}-th changed entry of W_0. */
    public int changedFirst(int t) {
        return changedFirst[t];
    }

    /** How many entries of W_1 the last placement or removal changed, all in the column of its hidden row. */
    public int changedSecondCount() {
        return changedSecondCount;
    }

    /** The output neuron of the {@code t}-th changed entry of W_1. */
    public int changedSecond(int t) {
        return changedSecond[t];
    }

    public boolean hasFirst(int row, int column) {
        return (firstColumns[column * words + (row >>> 6)] >>> row & 1) != 0;
    }

    public boolean hasSecond(int neuron, int row) {
        return (secondRows[neuron * words + (row >>> 6)] >>> row & 1) != 0;
    }

    /** True if one (output, input) pair alone wants the entry of W_0. */
    public boolean isFirstWantedOnce(int row, int column) {
        return firstCounts[row * inputNeurons + column] == 1;
    }

    /** True if one output alone wants the entry of W_1. */
    public boolean isSecondWantedOnce(int neuron, int row) {
        return secondCounts[row * outputNeurons + neuron] == 1;
    }

    /** For each column of W_0 the hidden rows that have a 1 in it, {@link #words()} words each; a live array. */
    long[] firstColumns() {
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

    /** The fewest ones in any row of W_0 from one to another; the largest integer where there is none. */
    int leastFirstRowSize(int from, int to) {
        return least(firstRowSizes, from, to);
    }

    /** The fewest ones in any column of W_1 from one to another; the largest integer where there is none. */
    int leastSecondColumnSize(int from, int to) {
        return least(secondColumnSizes, from, to);
    }

    private static int least(int[] sizes, int from, int to) {
        int least = Integer.MAX_VALUE;
        for (int t = from; t < to; t++) {
            least = Math.min(least, sizes[t]);
        }
        return least;
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
