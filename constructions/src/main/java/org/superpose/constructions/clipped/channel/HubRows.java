package org.superpose.constructions.clipped.channel;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.superpose.core.problem.Gates;

/**
 * Which hubs the outputs in each hidden row read, as the bits of a word; kept up to date while channels move. Mutable.
 *
 * <p>Two hubs that have many rows in common fire them all together, and with them false outputs; so hubs should keep to
 * rows of their own (theory, section 4: the very heavy inputs get disjoint rows).
 */
final class HubRows {
    private static final int MOST_HUBS = Long.SIZE;

    /** The least influence of a hub, in units of the mean. */
    private static final double HUB_INFLUENCE = 8;

    private final Gates gates;
    private final int[] hubOfInput;
    private final int hubs;
    private final int[] counts;
    private final long[] hubsOfRow;

    /**
     * No row has an output yet.
     *
     * @param rows the number of hidden rows
     */
    HubRows(Gates gates, int rows) {
        this.gates = gates;
        double least = HUB_INFLUENCE * gates.influenceProfile().mean();
        int[] heaviest = IntStream.range(0, gates.inputs())
                .filter(j -> gates.influence(j) >= least)
                .boxed()
                .sorted(Comparator.comparingInt(j -> -gates.influence(j)))
                .limit(MOST_HUBS)
                .mapToInt(Integer::intValue)
                .toArray();
        this.hubs = heaviest.length;
        this.hubOfInput = new int[gates.inputs()];
        Arrays.fill(hubOfInput, -1);
        for (int t = 0; t < hubs; t++) {
            hubOfInput[heaviest[t]] = t;
        }
        this.counts = new int[Math.multiplyExact(rows, hubs)];
        this.hubsOfRow = new long[rows];
    }

    /** The hubs that an output reads. */
    long readBy(int output) {
        long read = 0;
        for (int t = 0; hubs > 0 && t < gates.fanIn(output); t++) {
            int hub = hubOfInput[gates.read(output, t)];
            read |= hub < 0 ? 0 : 1L << hub;
        }
        return read;
    }

    /** The hubs that the outputs in a row read. */
    long in(int row) {
        return hubsOfRow[row];
    }

    void add(int row, int output) {
        count(row, output, 1);
    }

    void remove(int row, int output) {
        count(row, output, -1);
    }

    private void count(int row, int output, int step) {
        int turning = step > 0 ? 1 : 0;
        for (long left = readBy(output); left != 0; left &= left - 1) {
            int hub = Long.numberOfTrailingZeros(left);
            counts[row * hubs + hub] += step;
            if (counts[row * hubs + hub] == turning) {
                hubsOfRow[row] ^= 1L << hub;
            }
        }
    }
}
