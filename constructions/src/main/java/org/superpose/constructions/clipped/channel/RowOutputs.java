package org.superpose.constructions.clipped.channel;

import java.util.Arrays;

/**
 * The outputs whose channel has each hidden row, and beside each of them its whole channel, so that the rows that go
 * together with a row are found in one stretch of memory. Mutable.
 */
final class RowOutputs {
    /** Outputs that a row has room for at first, at least. */
    private static final int FIRST_CAPACITY = 4;

    /** Room for rows that come to have more outputs than most, as a part of the mean. */
    private static final double SPARE = 1.0 / 16;

    private final int channelWeight;
    /** Stands for an empty slot of a channel. */
    private final char empty;

    private final int[][] outputs;
    private final char[][] channels;
    private final int[] sizes;

    /**
     * @param rows the number of hidden rows, at most 65535
     * @param channelWeight s
     * @param mean the outputs of a row when all channels are placed
     */
    RowOutputs(int rows, int channelWeight, double mean) {
        this.channelWeight = channelWeight;
        this.empty = (char) rows;
        int capacity = Math.max(FIRST_CAPACITY, (int) (mean * (1 + SPARE)));
        this.outputs = new int[rows][capacity];
        this.channels = new char[rows][Math.multiplyExact(capacity, channelWeight)];
        this.sizes = new int[rows];
    }

    /** The number of outputs in a row. */
    int size(int row) {
        return sizes[row];
    }

    /** The {@code t}-th output of a row; the order changes with every removal. */
    int get(int row, int t) {
        return outputs[row][t];
    }

    /**
     * The channels of the outputs of a row, one after another, each of s rows; the number of all rows stands for an
     * empty slot. A live array.
     */
    char[] channels(int row) {
        return channels[row];
    }

    /**
     * Follows the placement of a row.
     *
     * @param channel the channels of all outputs, one after another; that of the output has the row
     */
    void add(int row, int output, int[] channel) {
        append(row, output);
        tellAll(output, channel);
    }

    /**
     * Follows the placement of a row together with all the others of its channel, each of which is added like this one.
     *
     * @param rows has the channel from an index on
     */
    void addBeside(int row, int output, int[] rows, int from) {
        append(row, output);
        int base = (sizes[row] - 1) * channelWeight;
        for (int slot = 0; slot < channelWeight; slot++) {
            channels[row][base + slot] = (char) rows[from + slot];
        }
    }

    private void append(int row, int output) {
        int size = sizes[row];
        if (size == outputs[row].length) {
            int capacity = size + size / 2;
            outputs[row] = Arrays.copyOf(outputs[row], capacity);
            channels[row] = Arrays.copyOf(channels[row], Math.multiplyExact(capacity, channelWeight));
        }
        outputs[row][size] = output;
        sizes[row]++;
    }

    /**
     * Follows the removal of a row that the output had.
     *
     * @param channel the channels of all outputs; that of the output has the row no longer
     */
    void remove(int row, int output, int[] channel) {
        int t = position(row, output);
        int last = --sizes[row];
        outputs[row][t] = outputs[row][last];
        System.arraycopy(channels[row], last * channelWeight, channels[row], t * channelWeight, channelWeight);
        tellAll(output, channel);
    }

    private void tellAll(int output, int[] channel) {
        for (int slot = 0; slot < channelWeight; slot++) {
            int placed = channel[output * channelWeight + slot];
            if (placed != ChannelWiring.UNPLACED) {
                tell(placed, output, channel);
            }
        }
    }

    /** Brings the channel beside an output of a row up to date. */
    private void tell(int row, int output, int[] channel) {
        int base = position(row, output) * channelWeight;
        for (int slot = 0; slot < channelWeight; slot++) {
            int placed = channel[output * channelWeight + slot];
            channels[row][base + slot] = placed == ChannelWiring.UNPLACED ? empty : (char) placed;
        }
    }

    private int position(int row, int output) {
        int[] ofRow = outputs[row];
        int t = sizes[row] - 1; // most often the output is one of the latest
        while (ofRow[t] != output) {
            t--;
        }
        return t;
    }
}
