package org.superpose.constructions.clipped;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * Places channels where they add the fewest new ones to the two matrices: balanced allocation (theory, section 5) carried further. Mutable.
 *
 * <p>A row that already contains most of an output's codes takes it at little cost; that is how rows of a hub come to be shared by
 * its partners, and how the density of both matrices stays below that of random channels. Three things stand against the greed: an entry
 * costs more in a row that is fuller than others, since a full row fires for everything; rows that
 * another output's channel shares cost the more the more of them there are, since an output whose channel lies almost inside
 * another's would be on with it. And rows where one hub is are dear for the outputs of another.
 */
final class ChannelAllocation {
    /** A dearer hub would be crowded into too few rows where it is in every gate. */
    private static final int HEAVIEST = 3;

    /** Of the outputs in a row so many are looked at, the latest: where rows hold more, looking at all would take longer than all else. */
    private static final int MOST_SHARING = 256;

    /** So many rows are looked at for an output, from a random one on; a choice among more of them would hardly be better. */
    private static final int MOST_CANDIDATES = 4096;

    private final ChannelWiring wiring;
    private final Gates gates;
    private final Costs costs;
    private final int[] heaviness;
    private final double[] firstPrices;
    private final double[] secondPrices;
    private final double[] sharingPrices;
    private final BitTally present;
    private final double[] cost;
    private int scanStart;
    private final int candidates;
    private final int candidateWords;
    private final int[] sharedRows;
    private int[] sharers = new int[256];
    private int sharerCount;

    /**
     * What a row costs.
     *
     * @param density how steeply the price of an entry rises with the density of its row: exp(density x fraction of ones)
     * @param second the price of an entry of W_1, in entries of W_0
     * @param sharing the price of the second row shared with one other output, in entries
     * @param sharingGrowth the factor from the price of one shared row to the next
     * @param crowding the price of each pair of hubs that a row has not had in common before, in entries
     */
    record Costs(double density, double second, double sharing, double sharingGrowth, double crowding) {
        /**
         * Found by trying; within a factor of two none of them matters much, but for the price of sharing where more features may be active
         * than a gate reads: there a quarter of it leaves twenty times as many wrong inputs.
         */
        static final Costs USUAL = new Costs(6, 0.7, 4, 3, 12);
    }

    ChannelAllocation(ChannelWiring wiring, Costs costs) {
        this.wiring = wiring;
        this.gates = wiring.gates();
        this.costs = costs;
        this.heaviness = heaviness(gates);
        this.firstPrices = prices(wiring.inputCodes().neurons(), 1);
        this.secondPrices = prices(wiring.outputCodes().neurons(), costs.second);
        this.sharingPrices = new double[wiring.channelWeight() + 1];
        for (int t = 1; t < sharingPrices.length; t++) {
            sharingPrices[t] = costs.sharing * StrictMath.pow(costs.sharingGrowth, t - 1.0);
        }
        this.present = new BitTally(wiring.words());
        this.cost = new double[wiring.hidden()];
        this.candidates = Math.min(MOST_CANDIDATES, cost.length);
        // A stretch of candidates may begin and end within a word.
        this.candidateWords = Math.min(wiring.words(), BitMatrix.wordsPerRow(candidates) + 1);
        this.sharedRows = new int[gates.outputs()];
    }

    /**
     * How often an input's entries are counted: the square root of its influence over the mean, in a small range. A row that contains a hub
     * fires for every partner that it contains by chance, so a hub should not spread over more rows than its partners need.
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

    /**
     * Places the channels of all outputs anew, in random order, each beside all others as they are by then. A first placement
     * begins with empty rows and knows nothing of what is to come; later ones see where every row has become dear.
     */
    void placeAll(RandomGenerator random) {
        int[] order = new int[gates.outputs()];
        for (int t = 0; t < order.length; t++) {
            int swap = random.nextInt(t + 1);
            order[t] = order[swap];
            order[swap] = t;
        }
        for (int output : order) {
            for (int slot = 0; slot < wiring.channelWeight(); slot++) {
                if (wiring.row(output, slot) != ChannelWiring.UNPLACED) {
                    wiring.remove(output, slot);
                }
            }
            complete(output, random);
        }
    }

    /** Fills the empty slots of an output's channel. */
    void complete(int output, RandomGenerator random) {
        price(output, random);
        for (int slot = 0; slot < wiring.channelWeight(); slot++) {
            int row = wiring.row(output, slot);
            if (row != ChannelWiring.UNPLACED) {
                take(output, row);
            }
        }
        for (int slot = 0; slot < wiring.channelWeight(); slot++) {
            if (wiring.row(output, slot) == ChannelWiring.UNPLACED) {
                int row = cheapest();
                take(output, row);
                wiring.place(output, slot, row);
            }
        }
        forgetSharers();
    }

    /**
     * The cheapest rows for one empty slot of an output's channel.
     *
     * @param forbidden a row that may not be taken
     * @param into receives the rows, the cheapest first
     */
    void cheapestRows(int output, int forbidden, RandomGenerator random, int[] into) {
        price(output, random);
        for (int slot = 0; slot < wiring.channelWeight(); slot++) {
            int row = wiring.row(output, slot);
            if (row != ChannelWiring.UNPLACED) {
                take(output, row);
            }
        }
        cost[forbidden] = Double.POSITIVE_INFINITY;
        for (int t = 0; t < into.length; t++) {
            into[t] = cheapest();
            cost[into[t]] = Double.POSITIVE_INFINITY;
        }
        forgetSharers();
    }

    /** Prices the candidate rows for an output, whatever other rows its channel has. */
    private void price(int output, RandomGenerator random) {
        scanStart = random.nextInt(cost.length); // so that ties are broken at random
        Codes inputCodes = wiring.inputCodes();
        int wanted = 0;
        present.clear();
        for (int t = 0; t < gates.fanIn(output); t++) {
            int input = gates.read(output, t);
            wanted += heaviness[input] * inputCodes.weight(input);
            for (int u = 0; u < inputCodes.weight(input); u++) {
                int column = inputCodes.neuron(input, u);
                for (int w = 0, word = scanStart >>> 6; w < candidateWords; w++) {
                    present.add(word, wiring.firstColumnWord(column, word), heaviness[input]);
                    word = word + 1 == wiring.words() ? 0 : word + 1;
                }
            }
        }
        for (int t = 0, e = scanStart; t < candidates; t++) {
            cost[e] = (wanted - present.get(e)) * firstPrices[wiring.firstRowSize(e)];
            e = e + 1 == cost.length ? 0 : e + 1;
        }
        Codes outputCodes = wiring.outputCodes();
        wanted = outputCodes.weight(output);
        present.clear();
        for (int u = 0; u < wanted; u++) {
            int neuron = outputCodes.neuron(output, u);
            for (int w = 0, word = scanStart >>> 6; w < candidateWords; w++) {
                present.add(word, wiring.secondRowWord(neuron, word), 1);
                word = word + 1 == wiring.words() ? 0 : word + 1;
            }
        }
        for (int t = 0, e = scanStart; t < candidates; t++) {
            cost[e] += (wanted - present.get(e)) * secondPrices[wiring.secondColumnSize(e)];
            e = e + 1 == cost.length ? 0 : e + 1;
        }
        long hubs = wiring.hubRows().readBy(output);
        for (int t = 0, e = scanStart; hubs != 0 && t < candidates; t++) {
            long there = wiring.hubRows().in(e);
            cost[e] += costs.crowding * Long.bitCount(hubs & ~there) * Long.bitCount(there & ~hubs);
            e = e + 1 == cost.length ? 0 : e + 1;
        }
    }

    private int cheapest() {
        int best = scanStart;
        int end = scanStart + candidates;
        for (int e = scanStart; e < Math.min(end, cost.length); e++) {
            if (cost[e] < cost[best]) {
                best = e;
            }
        }
        for (int e = 0; e < end - cost.length; e++) {
            if (cost[e] < cost[best]) {
                best = e;
            }
        }
        return best;
    }

    /** The row is in the channel from now on: it cannot be taken twice, and the other rows of its outputs become dearer. */
    private void take(int output, int row) {
        cost[row] = Double.POSITIVE_INFINITY;
        int sharing = wiring.outputsOfRow().size(row);
        for (int t = Math.max(0, sharing - MOST_SHARING); t < sharing; t++) {
            int other = wiring.outputsOfRow().get(row, t);
            if (other == output) {
                continue;
            }
            int shared = sharedRows[other]++;
            if (shared == 0) {
                if (sharerCount == sharers.length) {
                    sharers = Arrays.copyOf(sharers, 2 * sharerCount);
                }
                sharers[sharerCount++] = other;
            }
            double dearer = sharingPrices[shared + 1] - sharingPrices[shared];
            for (int slot = 0; slot < wiring.channelWeight(); slot++) {
                int otherRow = wiring.row(other, slot);
                if (otherRow != ChannelWiring.UNPLACED) {
                    cost[otherRow] += dearer;
                }
            }
        }
    }

    private void forgetSharers() {
        for (int t = 0; t < sharerCount; t++) {
            sharedRows[sharers[t]] = 0;
        }
        sharerCount = 0;
    }
}
