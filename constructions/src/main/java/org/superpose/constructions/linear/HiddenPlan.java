package org.superpose.constructions.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The hidden layer of a linear construction: C_0 (which inputs each row adds up) and the channel of every output (which
 * rows it averages). Immutable.
 */
final class HiddenPlan implements Routing {
    private final int[] rowOffsets;
    private final int[] inputs;
    private final double[] weights;
    private final double[] raised;
    private final int[][] channels;
    private final Correction[][] corrections;
    private final int[][] zones;

    private HiddenPlan(
            int[] rowOffsets,
            int[] inputs,
            double[] weights,
            double[] raised,
            int[][] channels,
            Correction[][] corrections,
            int[][] zones) {
        this.rowOffsets = rowOffsets;
        this.inputs = inputs;
        this.weights = weights;
        this.raised = raised;
        this.channels = channels;
        this.corrections = corrections;
        this.zones = zones;
    }

    @Override
    public int rows() {
        return rowOffsets.length - 1;
    }

    int outputs() {
        return channels.length;
    }

    @Override
    public int load(int row) {
        return rowOffsets[row + 1] - rowOffsets[row];
    }

    @Override
    public int feature(int row, int t) {
        return inputs[rowOffsets[row] + t];
    }

    @Override
    public double weight(int row, int t) {
        return weights[rowOffsets[row] + t];
    }

    /** By how much the firing threshold of a row is above that of the gates. */
    double raised(int row) {
        return raised[row];
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

    /** The factor g that makes D_1 = g (channel - sum of corrections) give 1 where the channel alone is 1. */
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
        private static final int EMPHASIS_BITS = 2;

        private final int rows;
        private final double[] raised;
        private final int[][] channels;
        private final Correction[][] corrections;
        private final List<int[]> zones = new ArrayList<>();
        private long[] entries = new long[1024];
        private int count;

        Draft(int rows, int outputs) {
            this.rows = rows;
            this.raised = new double[rows];
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
            route(row, input, HubEmphasis.NONE.ordinal());
        }

        /** C_0 gets more than a 1 at (row, hub), and the row fires later by as much. */
        void routeHub(int row, int hub, HubEmphasis emphasis) {
            route(row, hub, emphasis.ordinal());
            raised[row] = emphasis.extra();
        }

        private void route(int row, int input, int emphasis) {
            if (count == entries.length) {
                entries = Arrays.copyOf(entries, Math.multiplyExact(count, 2));
            }
            entries[count++] = (long) row << Integer.SIZE | (long) input << EMPHASIS_BITS | emphasis;
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
            double[] weights = new double[sorted.length];
            for (int t = 0; t < sorted.length; t++) {
                rowOffsets[(int) (sorted[t] >>> Integer.SIZE) + 1]++;
                inputs[t] = (int) sorted[t] >>> EMPHASIS_BITS;
                weights[t] = 1 + HubEmphasis.values()[(int) sorted[t] & (1 << EMPHASIS_BITS) - 1].extra();
            }
            for (int e = 0; e < rows; e++) {
                rowOffsets[e + 1] += rowOffsets[e];
            }
            return new HiddenPlan(
                    rowOffsets, inputs, weights, raised, channels, corrections, zones.toArray(int[][]::new));
        }
    }
}
