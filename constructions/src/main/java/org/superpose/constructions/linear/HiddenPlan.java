package org.superpose.constructions.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The hidden layer of a linear construction: C_0 (which inputs each row adds up) and the channel of every output (which rows
 * it averages). Immutable.
 */
final class HiddenPlan {
    private final int[] rowOffsets;
    private final int[] inputs;
    private final int[][] channels;
    private final Correction[][] corrections;
    private final int[][] zones;

    private HiddenPlan(int[] rowOffsets, int[] inputs, int[][] channels, Correction[][] corrections, int[][] zones) {
        this.rowOffsets = rowOffsets;
        this.inputs = inputs;
        this.channels = channels;
        this.corrections = corrections;
        this.zones = zones;
    }

    /** The number of hidden rows. */
    int rows() {
        return rowOffsets.length - 1;
    }

    int outputs() {
        return channels.length;
    }

    /** R, the number of inputs that a row adds up. */
    int load(int row) {
        return rowOffsets[row + 1] - rowOffsets[row];
    }

    /** The t-th input, in ascending order, that a row adds up. */
    int input(int row, int t) {
        return inputs[rowOffsets[row] + t];
    }

    int largestLoad() {
        return IntStream.range(0, rows()).map(this::load).max().orElse(0);
    }

    /** The rows of an output's channel, ascending; not to be changed. */
    int[] channel(int output) {
        return channels[output];
    }

    int smallestChannel() {
        return Arrays.stream(channels).mapToInt(rows -> rows.length).min().orElse(0);
    }

    /** What is subtracted from the average of an output's channel. */
    Correction[] corrections(int output) {
        return corrections[output];
    }

    /**
     * The factor g that makes D_1 = g (channel - sum of corrections) give 1 where the channel alone is 1.
     */
    double gain(int output) {
        double sum = 0;
        for (int row : channels[output]) {
            sum += 1;
            for (Correction correction : corrections[output]) {
                sum -= Arrays.binarySearch(zones[correction.zone()], row) >= 0 ? correction.share() : 0;
            }
        }
        return 1 / sum;
    }

    int zones() {
        return zones.length;
    }

    /** The ascending rows of a zone; not to be changed. */
    int[] zone(int zone) {
        return zones[zone];
    }

    /**
     * What fires all over a zone of rows says nothing about one output: it is subtracted.
     *
     * @param zone the number of the zone
     * @param share what is subtracted in each of its rows, where a row of the channel counts 1
     */
    record Correction(int zone, double share) {}

    /** Collects a plan; entries of C_0 may be added more than once and count once. */
    static final class Draft {
        private final int rows;
        private final int[][] channels;
        private final Correction[][] corrections;
        private final List<int[]> zones = new ArrayList<>();
        private long[] entries = new long[1024];
        private int count;

        Draft(int rows, int outputs) {
            this.rows = rows;
            this.channels = new int[outputs][];
            this.corrections = new Correction[outputs][];
        }

        /**
         * Declares rows that channels are drawn from.
         *
         * @param zoneRows ascending, at least one
         * @return the number of the zone
         */
        int zone(int[] zoneRows) {
            zones.add(zoneRows);
            return zones.size() - 1;
        }

        /** C_0 gets a 1 at (row, input). */
        void route(int row, int input) {
            if (count == entries.length) {
                entries = Arrays.copyOf(entries, Math.multiplyExact(count, 2));
            }
            entries[count++] = (long) row << Integer.SIZE | input;
        }

        /** C_0 gets a 1 in each of these rows for each of these inputs. */
        void route(int[] channelRows, int[] inputs) {
            for (int row : channelRows) {
                for (int input : inputs) {
                    route(row, input);
                }
            }
        }

        /**
         * A channel drawn at random from a zone, which is corrected by its mean there, as a code is in decompression.
         *
         * @param channelRows ascending rows of the zone, at least one
         */
        void channel(int output, int[] channelRows, int zone) {
            double share = (double) channelRows.length / zones.get(zone).length;
            channel(
                    output,
                    channelRows,
                    share == 1 ? new Correction[0] : new Correction[] {new Correction(zone, share)});
        }

        /** A channel with corrections of its own. */
        void channel(int output, int[] channelRows, Correction... own) {
            channels[output] = channelRows;
            corrections[output] = own;
        }

        HiddenPlan finish() {
            for (int i = 0; i < channels.length; i++) {
                if (channels[i] == null || channels[i].length == 0) {
                    throw new IllegalStateException("output " + i + " has no channel");
                }
            }
            long[] sorted = Arrays.stream(entries, 0, count).sorted().distinct().toArray();
            int[] rowOffsets = new int[rows + 1];
            int[] inputs = new int[sorted.length];
            for (int t = 0; t < sorted.length; t++) {
                rowOffsets[(int) (sorted[t] >>> Integer.SIZE) + 1]++;
                inputs[t] = (int) sorted[t];
            }
            for (int e = 0; e < rows; e++) {
                rowOffsets[e + 1] += rowOffsets[e];
            }
            return new HiddenPlan(rowOffsets, inputs, channels, corrections, zones.toArray(int[][]::new));
        }
    }
}
