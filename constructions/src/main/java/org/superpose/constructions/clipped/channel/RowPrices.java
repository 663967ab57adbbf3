package org.superpose.constructions.clipped.channel;

import java.util.stream.IntStream;
import org.superpose.core.problem.Gates;

/**
 * What an output pays for a row, by how full the row is, how many rows another output's channel shares and which hubs
 * are there. Mutable only by {@link #update}; between updates for any number of threads.
 */
final class RowPrices {
    /** The largest heaviness: a dearer hub would be crowded into too few rows where it is in every gate. */
    private static final int HEAVIEST = 3;

    private final ChannelWiring wiring;
    private final Costs costs;
    private final int[] heaviness;
    private final double[] firstPrices;
    private final double[] secondPrices;
    private final double[] sharingPrices;
    private final int mostFirstWanted;
    /** For each word of rows the fewest ones in a row of W_0 at the last update. */
    private final int[] leastFirstSizes;
    /** For each word of rows the fewest ones in a column of W_1 at the last update. */
    private final int[] leastSecondSizes;

    /**
     * What a row costs.
     *
     * @param density how steeply the price of an entry rises with the density of its row: exp(density x fraction of
     *     ones)
     * @param second the price of an entry of W_1, in entries of W_0
     * @param sharing the price of the second row shared with one other output, in entries
     * @param sharingGrowth the factor from the price of one shared row to the next
     * @param crowding the price of each pair of hubs that a row has not had in common before, in entries
     */
    record Costs(double density, double second, double sharing, double sharingGrowth, double crowding) {
        /**
         * Found by trying; within a factor of two none of them matters much, but for the price of sharing where more
         * features may be active than a gate reads: there a quarter of it leaves twenty times as many wrong inputs.
         */
        static final Costs USUAL = new Costs(6, 0.7, 4, 3, 12);
    }

    RowPrices(ChannelWiring wiring, Costs costs) {
        this.wiring = wiring;
        this.costs = costs;
        this.heaviness = heaviness(wiring.gates());
        this.firstPrices = prices(wiring.inputCodes().neurons(), 1);
        this.secondPrices = prices(wiring.outputCodes().neurons(), costs.second);
        this.sharingPrices = new double[wiring.channelWeight() + 1];
        for (int t = 1; t < sharingPrices.length; t++) {
            sharingPrices[t] = costs.sharing * StrictMath.pow(costs.sharingGrowth, t - 1.0);
        }
        this.mostFirstWanted =
                HEAVIEST * wiring.gates().maxFanIn() * wiring.inputCodes().maxWeight();
        this.leastFirstSizes = new int[wiring.words()];
        this.leastSecondSizes = new int[wiring.words()];
    }

    /**
     * How often an input's entries are counted: the square root of its influence over the mean, in a small range. A row
     * that contains a hub fires for every partner that it contains by chance, so a hub should not spread over more rows
     * than its partners need.
     */
    private static int[] heaviness(Gates gates) {
        double mean = gates.influenceProfile().mean();
        return IntStream.range(0, gates.inputs())
                .map(j -> (int) Math.rint(Math.sqrt(gates.influence(j) / mean)))
                .map(heaviness -> Math.max(1, Math.min(HEAVIEST, heaviness)))
                .toArray();
    }

    private double[] prices(int neurons, double unit) {
        double[] prices = new double[neurons + 1];
        for (int size = 0; size <= neurons; size++) {
            prices[size] = unit * StrictMath.exp(costs.density * size / neurons);
        }
        return prices;
    }

    /** Looks at how full rows are, after rows were placed or removed; until then the least prices are out of date. */
    void update() {
        wiring.leastFirstRowSizes(leastFirstSizes);
        wiring.leastSecondColumnSizes(leastSecondSizes);
    }

    /** A bound below the price of an entry of W_0 in a number of rows from one on, around the end. */
    double leastFirst(int start, int rows) {
        return firstPrices[least(leastFirstSizes, start, rows)];
    }

    /** A bound below the price of an entry of W_1. */
    double leastSecond(int start, int rows) {
        return secondPrices[least(leastSecondSizes, start, rows)];
    }

    private int least(int[] sizes, int start, int rows) {
        int end = start + rows - 1;
        int least = least(sizes, start >>> 6, Math.min(end, wiring.hidden() - 1) >>> 6, Integer.MAX_VALUE);
        return end < wiring.hidden() ? least : least(sizes, 0, end - wiring.hidden() >>> 6, least);
    }

    private static int least(int[] sizes, int fromWord, int toWord, int before) {
        int least = before;
        for (int word = fromWord; word <= toWord; word++) {
            least = Math.min(least, sizes[word]);
        }
        return least;
    }

    /** How often an entry that an input wants is counted. */
    int heaviness(int input) {
        return heaviness[input];
    }

    /** The price of an entry of W_0 in a row of a size. */
    double first(int rowSize) {
        return firstPrices[rowSize];
    }

    /** The price of an entry of W_1 in a column of a size. */
    double second(int columnSize) {
        return secondPrices[columnSize];
    }

    /** The price of a number of rows that one other output's channel shares. */
    double sharing(int rows) {
        return sharingPrices[rows];
    }

    /** The price of each pair of hubs that a row has not had in common before. */
    double crowding() {
        return costs.crowding;
    }

    /** The most entries of W_0 that an output may want, counted by heaviness. */
    int mostFirstWanted() {
        return mostFirstWanted;
    }
}
