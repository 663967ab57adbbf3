package org.superpose.constructions.clipped.channel;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.code.RandomOrder;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;
import org.superpose.core.verify.Deadline;

/**
 * Places channels where they add the fewest new ones to the two matrices: balanced allocation (theory, section 5)
 * carried further. Mutable.
 *
 * <p>A row that already contains most of an output's codes takes it at little cost; that is how rows of a hub come to
 * be shared by its partners, and how the density of both matrices stays below that of random channels. Three things
 * stand against the greed: an entry costs more in a row that is fuller than others, since a full row fires for
 * everything; rows that another output's channel shares cost the more the more of them there are, since an output whose
 * channel lies almost inside another's would be on with it. And rows where one hub is are dear for the outputs of
 * another.
 *
 * <p>Few rows have to be priced to find the cheapest. Those that lack few entries come first ({@link BitTally}), and
 * once the price of what the others lack, at the emptiest row's rate, is above the best cost found, none of them can be
 * cheaper.
 */
public final class ChannelAllocation {
    /** The largest heaviness: a dearer hub would be crowded into too few rows where it is in every gate. */
    private static final int HEAVIEST = 3;

    /**
     * The most outputs that are looked at in a row, the latest: where rows hold more, looking at all would take longer
     * than all else.
     */
    private static final int MOST_SHARING = 256;

    /**
     * The most rows that are looked at for an output, from a random one on; a choice among more of them would hardly be
     * better.
     */
    private static final int MOST_CANDIDATES = 4096;

    private final ChannelWiring wiring;
    private final Gates gates;
    private final Costs costs;
    private final int[] heaviness;
    private final double[] firstPrices;
    private final double[] secondPrices;
    private final double[] sharingPrices;
    private final int mostSharing;
    private final int hidden;
    private final int candidates;
    private final BitTally firstPresent;
    private final BitTally secondPresent;
    private final int tallyWords;

    // What follows is about the output at hand.
    private int output;
    private int scanStart;
    private long hubs;
    private int firstWanted;
    private int secondWanted;
    /** The least that a candidate pays for an entry of W_0. */
    private double leastFirstPrice;
    /** The least that a candidate pays for an entry of W_1. */
    private double leastSecondPrice;
    /** The most wanted entries of W_0 that a candidate has. */
    private int mostFirst;
    /** For each number of wanted entries of W_0, the number of those of W_1 beyond which all candidates are priced. */
    private final int[] unpriced;

    /** The last entry, like that of the arrays below, is for empty slots. */
    private final boolean[] isPriced;

    private final double[] cost;
    private final int[] priced;
    private int pricedCount;
    /** How many times the price of a first shared row has yet to be added to the cost. */
    private final int[] dearer;

    private final byte[] isTaken;
    private final int[] taken;
    /** The number of outputs of a row when it was taken. */
    private final int[] sizes;

    private int takenCount;
    /** Whether no taken row has more outputs than are looked at. */
    private boolean areAllLookedAt;

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

    public ChannelAllocation(ChannelWiring wiring) {
        this(wiring, Costs.USUAL, MOST_CANDIDATES, MOST_SHARING);
    }

    /**
     * @param mostCandidates the most rows that are looked at for an output
     * @param mostSharing the most outputs that are looked at in a row
     */
    ChannelAllocation(ChannelWiring wiring, Costs costs, int mostCandidates, int mostSharing) {
        this.mostSharing = mostSharing;
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
        this.hidden = wiring.hidden();
        this.candidates = Math.min(mostCandidates, hidden);
        // A stretch of candidates may begin and end within a word.
        this.tallyWords = Math.min(wiring.words(), BitMatrix.wordsPerRow(candidates) + 1);
        int most = HEAVIEST * gates.maxFanIn() * wiring.inputCodes().maxWeight();
        this.firstPresent = new BitTally(tallyWords, most);
        this.secondPresent = new BitTally(tallyWords, wiring.outputCodes().maxWeight());
        this.unpriced = new int[most + 1];
        this.isPriced = new boolean[hidden + 1];
        this.cost = new double[hidden];
        this.priced = new int[hidden];
        this.dearer = new int[hidden + 1];
        this.isTaken = new byte[hidden + 1];
        this.taken = new int[wiring.channelWeight()];
        this.sizes = new int[hidden];
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

    /**
     * Places the channels of all outputs anew, in random order, each beside all others as they are by then. A first
     * placement begins with empty rows and knows nothing of what is to come; later ones see where every row has become
     * dear.
     *
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before; the channels are of no use then
     */
    public void placeAll(RandomGenerator random, Deadline deadline) {
        for (int output : RandomOrder.of(gates.outputs(), random)) {
            deadline.check();
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
        begin(output, random);
        takeOwn();
        int empty = wiring.channelWeight() - takenCount;
        for (int slot = 0; slot < wiring.channelWeight(); slot++) {
            if (wiring.row(output, slot) == ChannelWiring.UNPLACED) {
                int row = cheapest();
                if (--empty > 0) {
                    take(row);
                }
                wiring.place(output, slot, row);
            }
        }
    }

    /**
     * The cheapest rows for one empty slot of an output's channel.
     *
     * @param forbidden a row that may not be taken
     * @param into receives the rows, the cheapest first
     */
    public void cheapestRows(int output, int forbidden, RandomGenerator random, int[] into) {
        begin(output, random);
        takeOwn();
        exclude(forbidden);
        for (int t = 0; t < into.length; t++) {
            into[t] = cheapest();
            exclude(into[t]);
        }
    }

    private void takeOwn() {
        for (int slot = 0; slot < wiring.channelWeight(); slot++) {
            int row = wiring.row(output, slot);
            if (row != ChannelWiring.UNPLACED) {
                take(row);
            }
        }
    }

    /** Turns to an output; no row is priced yet. */
    private void begin(int output, RandomGenerator random) {
        for (int t = 0; t < pricedCount; t++) {
            isPriced[priced[t]] = false;
        }
        pricedCount = 0;
        for (int t = 0; t < takenCount; t++) {
            isTaken[taken[t]] = 0;
        }
        takenCount = 0;
        areAllLookedAt = true;
        Arrays.fill(dearer, 0);
        this.output = output;
        this.scanStart = random.nextInt(hidden); // breaks ties at random
        this.hubs = wiring.hubRows().readBy(output);
        tallyFirst();
        tallySecond();
        mostFirst = firstPresent.largest();
        Arrays.fill(unpriced, 0, mostFirst + 1, secondPresent.largest());
        int end = Math.min(hidden, scanStart + candidates);
        int around = scanStart + candidates - end;
        leastFirstPrice =
                firstPrices[Math.min(wiring.leastFirstRowSize(scanStart, end), wiring.leastFirstRowSize(0, around))];
        leastSecondPrice = secondPrices[
                Math.min(wiring.leastSecondColumnSize(scanStart, end), wiring.leastSecondColumnSize(0, around))];
    }

    private void tallyFirst() {
        Codes codes = wiring.inputCodes();
        firstWanted = 0;
        firstPresent.clear();
        for (int t = 0; t < gates.fanIn(output); t++) {
            int input = gates.read(output, t);
            int weight = codes.weight(input);
            firstWanted += heaviness[input] * weight;
            for (int u = 0; u < weight; u++) {
                int from = codes.neuron(input, u) * wiring.words();
                firstPresent.add(wiring.firstColumns(), from, scanStart >>> 6, wiring.words(), heaviness[input]);
            }
        }
        firstPresent.settle();
    }

    private void tallySecond() {
        Codes codes = wiring.outputCodes();
        secondWanted = codes.weight(output);
        secondPresent.clear();
        for (int u = 0; u < secondWanted; u++) {
            int from = codes.neuron(output, u) * wiring.words();
            secondPresent.add(wiring.secondRows(), from, scanStart >>> 6, wiring.words(), 1);
        }
        secondPresent.settle();
    }

    /** Where a row comes in the order of candidates. */
    private int rank(int row) {
        return row >= scanStart ? row - scanStart : row - scanStart + hidden;
    }

    private boolean isCandidate(int row) {
        return row < hidden && rank(row) < candidates;
    }

    /** The first of the cheapest candidates. */
    private int cheapest() {
        int best = scanStart;
        double bestCost = Double.POSITIVE_INFINITY;
        int first = mostFirst;
        int seen = 0;
        while (true) {
            for (; seen < pricedCount; seen++) {
                int row = priced[seen];
                addDearer(row);
                if (cost[row] < bestCost || cost[row] == bestCost && rank(row) < rank(best)) {
                    best = row;
                    bestCost = cost[row];
                }
            }
            // Each group may lower the best cost, so after each one it is asked again whether the next can be cheaper.
            while (first >= 0 && (unpriced[first] < 0 || bestCost < leastCost(first, unpriced[first]))) {
                first--;
            }
            if (first < 0) {
                return best;
            }
            priceThoseWith(first, unpriced[first]--);
        }
    }

    /** A bound below the cost of every candidate with these numbers of wanted entries of the two matrices. */
    private double leastCost(int first, int second) {
        return (firstWanted - first) * leastFirstPrice + (secondWanted - second) * leastSecondPrice;
    }

    /** Prices the candidates that have these numbers of wanted entries. */
    private void priceThoseWith(int first, int second) {
        int word = scanStart >>> 6;
        for (int w = 0; w < tallyWords; w++) {
            long rows = firstPresent.having(w, first);
            if (rows != 0) {
                priceAmong(word, rows & secondPresent.having(w, second), first, second);
            }
            word = word + 1 == wiring.words() ? 0 : word + 1;
        }
        if (first == 0 && second == 0 && tallyWords < wiring.words()) {
            // Where an end that is not a whole word lies between the candidates, the last of them are beyond the tally.
            priceAmong(word, -1L, 0, 0);
        }
    }

    private void priceAmong(int word, long rows, int first, int second) {
        for (long left = rows; left != 0; left &= left - 1) {
            int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
            if (isCandidate(row) && !isPriced[row]) {
                price(row, first, second);
            }
        }
    }

    private void price(int row) {
        int position = row - (scanStart & -Long.SIZE);
        position += position < 0 ? wiring.words() * Long.SIZE : 0;
        if (position < tallyWords * Long.SIZE) {
            price(row, firstPresent.get(position), secondPresent.get(position));
        } else {
            price(row, 0, 0); // as if it had none of the wanted entries
        }
    }

    private void price(int row, int first, int second) {
        double price = (firstWanted - first) * firstPrices[wiring.firstRowSize(row)];
        price += (secondWanted - second) * secondPrices[wiring.secondColumnSize(row)];
        if (hubs != 0) {
            long there = wiring.hubRows().in(row);
            price += costs.crowding * Long.bitCount(hubs & ~there) * Long.bitCount(there & ~hubs);
        }
        markPriced(row, price);
    }

    private void markPriced(int row, double price) {
        isPriced[row] = true;
        cost[row] = price;
        priced[pricedCount++] = row;
    }

    /** Keeps a row from being the cheapest. */
    private void exclude(int row) {
        if (!isPriced[row]) {
            markPriced(row, 0);
        }
        cost[row] = Double.POSITIVE_INFINITY;
    }

    /** Adds to a cost what was put off, once for each time, because a product would be rounded in another way. */
    private void addDearer(int row) {
        if (cost[row] == Double.POSITIVE_INFINITY) {
            return;
        }
        for (; dearer[row] > 0; dearer[row]--) {
            cost[row] += sharingPrices[1];
        }
    }

    /**
     * The row is in the channel from now on: it cannot be taken twice, and the other rows of its outputs become dearer.
     */
    private void take(int row) {
        exclude(row);
        int weight = wiring.channelWeight();
        int size = wiring.outputsOfRow().size(row);
        char[] channels = wiring.outputsOfRow().channels(row);
        for (int t = Math.max(0, size - mostSharing); t < size; t++) {
            int base = t * weight;
            int met = 0;
            for (int at = base; at < base + weight; at++) {
                met += isTaken[channels[at]];
            }
            if (met > 0) {
                share(wiring.outputsOfRow().get(row, t), channels, base, met);
            } else {
                shareFirst(channels, base);
            }
        }
        isTaken[row] = 1;
        sizes[row] = size;
        areAllLookedAt &= size <= mostSharing;
        taken[takenCount++] = row;
    }

    /** The rows of an output become dearer by a first shared row. */
    private void shareFirst(char[] channels, int base) {
        for (int at = base; at < base + wiring.channelWeight(); at++) {
            dearer[channels[at]]++;
        }
    }

    /**
     * The same for an output that has other taken rows too, which it may have been found to share.
     *
     * @param met how many other taken rows it has
     */
    private void share(int other, char[] channels, int base, int met) {
        if (other == output) {
            return; // its own rows are excluded
        }
        int shared = areAllLookedAt ? met : sharedRows(other, channels, base);
        if (shared == 0) {
            shareFirst(channels, base);
            return;
        }
        double price = sharingPrices[shared + 1] - sharingPrices[shared];
        for (int at = base; at < base + wiring.channelWeight(); at++) {
            int row = channels[at];
            if (isPriced[row] || isCandidate(row)) {
                if (!isPriced[row]) {
                    price(row);
                }
                addDearer(row);
                cost[row] += price;
            }
        }
    }

    /** In how many of the taken rows another output was looked at. */
    private int sharedRows(int other, char[] channels, int base) {
        int shared = 0;
        for (int at = base; at < base + wiring.channelWeight(); at++) {
            int row = channels[at];
            shared += isTaken[row] != 0 && wasLookedAt(other, row) ? 1 : 0;
        }
        return shared;
    }

    private boolean wasLookedAt(int other, int row) {
        int size = sizes[row];
        if (size <= mostSharing) {
            return true;
        }
        for (int t = size - mostSharing; t < size; t++) {
            if (wiring.outputsOfRow().get(row, t) == other) {
                return true;
            }
        }
        return false;
    }
}
