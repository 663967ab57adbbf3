package org.superpose.constructions.clipped.channel;

import java.util.Arrays;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * Finds the cheapest rows for the channel of one output after another, beside all others as they are. Keeps buffers;
 * for one thread, while the wiring stays as it is.
 *
 * <p>Few rows have to be priced to find the cheapest. Those that lack few entries come first ({@link BitTally}), and
 * once the price of what the others lack, at the emptiest row's rate, is above the best cost found, none of them can be
 * cheaper.
 */
final class CheapestRows {
    private final ChannelWiring wiring;
    private final Gates gates;
    private final RowPrices prices;
    private final int hidden;
    private final int candidates;
    private final int mostSharing;
    private final BitTally firstPresent;
    private final BitTally secondPresent;
    private final int tallyWords;

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

    /** The number of wanted entries of W_0 that the listed words are about, or -1. */
    private int listedFirst;
    /** Words of the tally in which rows have that number, and these rows. */
    private final int[] listedWords;

    private final long[] listedRows;
    private int listedCount;

    /** The last entry, like that of the arrays below, is for empty slots. */
    private final boolean[] isPriced;

    private final double[] cost;
    private final int[] priced;
    private int pricedCount;
    /** How many times the price of a first shared row has yet to be added to the cost. */
    private final char[] dearer;

    private final byte[] isTaken;
    private final int[] taken;
    /** The number of outputs of a row when it was taken. */
    private final int[] sizes;

    private int takenCount;
    /** Whether no taken row has more outputs than are looked at. */
    private boolean areAllLookedAt;

    /**
     * @param candidates the most rows that are looked at for an output, from a random one on
     * @param mostSharing the most outputs that are looked at in a row, the latest
     */
    CheapestRows(ChannelWiring wiring, RowPrices prices, int candidates, int mostSharing) {
        this.wiring = wiring;
        this.gates = wiring.gates();
        this.prices = prices;
        this.hidden = wiring.hidden();
        this.candidates = Math.min(candidates, hidden);
        this.mostSharing = mostSharing;
        // A stretch of candidates may begin and end within a word, and the last word of all rows may not be full.
        this.tallyWords = Math.min(wiring.words(), BitMatrix.wordsPerRow(this.candidates) + 2);
        int most = prices.mostFirstWanted();
        this.firstPresent = new BitTally(tallyWords, most);
        this.secondPresent = new BitTally(tallyWords, wiring.outputCodes().maxWeight());
        this.unpriced = new int[most + 1];
        this.listedWords = new int[tallyWords];
        this.listedRows = new long[tallyWords];
        this.isPriced = new boolean[hidden + 1];
        this.cost = new double[hidden];
        this.priced = new int[hidden];
        this.dearer = new char[hidden + 1];
        this.isTaken = new byte[hidden + 1];
        this.taken = new int[wiring.channelWeight()];
        this.sizes = new int[hidden];
    }

    /**
     * The rows for the empty slots of an output's channel.
     *
     * @param start the first row that is looked at; of equally cheap ones the first is taken
     * @param into receives the whole channel from an index on
     */
    void complete(int output, int start, int[] into, int at) {
        begin(output, start);
        takeOwn();
        int empty = wiring.channelWeight() - takenCount;
        for (int slot = 0; slot < wiring.channelWeight(); slot++) {
            int row = wiring.row(output, slot);
            if (row == ChannelWiring.UNPLACED) {
                row = cheapest();
                if (--empty > 0) {
                    take(row);
                }
            }
            into[at + slot] = row;
        }
    }

    /**
     * The cheapest rows for one empty slot of an output's channel.
     *
     * @param start the first row that is looked at
     * @param forbidden a row that may not be taken
     * @param into receives the rows, the cheapest first
     */
    void find(int output, int start, int forbidden, int[] into) {
        begin(output, start);
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
    private void begin(int output, int start) {
        for (int t = 0; t < pricedCount; t++) {
            isPriced[priced[t]] = false;
        }
        pricedCount = 0;
        for (int t = 0; t < takenCount; t++) {
            isTaken[taken[t]] = 0;
        }
        takenCount = 0;
        areAllLookedAt = true;
        Arrays.fill(dearer, (char) 0);
        listedFirst = -1;
        this.output = output;
        this.scanStart = start;
        this.hubs = wiring.hubRows().readBy(output);
        tallyFirst();
        tallySecond();
        mostFirst = firstPresent.largest();
        Arrays.fill(unpriced, 0, mostFirst + 1, secondPresent.largest());
        leastFirstPrice = prices.leastFirst(scanStart, candidates);
        leastSecondPrice = prices.leastSecond(scanStart, candidates);
    }

    private void tallyFirst() {
        Codes codes = wiring.inputCodes();
        firstWanted = 0;
        firstPresent.clear();
        for (int t = 0; t < gates.fanIn(output); t++) {
            int input = gates.read(output, t);
            int weight = codes.weight(input);
            firstWanted += prices.heaviness(input) * weight;
            for (int u = 0; u < weight; u++) {
                int from = codes.neuron(input, u) * wiring.words();
                firstPresent.add(wiring.firstColumns(), from, scanStart >>> 6, wiring.words(), prices.heaviness(input));
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
        if (listedFirst != first) {
            list(first);
        }
        for (int t = 0; t < listedCount; t++) {
            int w = listedWords[t];
            long rows = listedRows[t] & secondPresent.having(w, second);
            if (rows != 0) {
                int word = (scanStart >>> 6) + w;
                priceAmong(word < wiring.words() ? word : word - wiring.words(), rows, first, second);
            }
        }
    }

    /** Lists the rows that have this number of wanted entries of W_0. */
    private void list(int first) {
        listedFirst = first;
        listedCount = 0;
        for (int w = 0; w < tallyWords; w++) {
            long rows = firstPresent.having(w, first);
            if (rows != 0) {
                listedWords[listedCount] = w;
                listedRows[listedCount++] = rows;
            }
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
        price(row, firstPresent.get(position), secondPresent.get(position));
    }

    private void price(int row, int first, int second) {
        double price = (firstWanted - first) * prices.first(wiring.firstRowSize(row));
        price += (secondWanted - second) * prices.second(wiring.secondColumnSize(row));
        if (hubs != 0) {
            long there = wiring.hubRows().in(row);
            price += prices.crowding() * Long.bitCount(hubs & ~there) * Long.bitCount(there & ~hubs);
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
            cost[row] += prices.sharing(1);
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
        double price = prices.sharing(shared + 1) - prices.sharing(shared);
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
