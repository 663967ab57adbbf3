package org.superpose.constructions.clipped.channel;

import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.code.RandomOrder;
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
 * <p>Where there are more rows than are looked at for an output, the channels of a batch of outputs are chosen beside
 * those of all earlier batches, by several threads, and then placed together. What comes out depends on the size of the
 * batch, never on the number of threads.
 */
public final class ChannelAllocation {
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

    /** Outputs whose channels are chosen at the same time where there are more rows than that. */
    private static final int BATCH = 256;

    /** Outputs of a batch that a thread takes at a time. */
    private static final int STRETCH = 16;

    private final ChannelWiring wiring;
    private final RowPrices prices;
    private final int candidates;
    private final int mostSharing;
    private final int batch;
    private final CheapestRows own;
    private final Queue<CheapestRows> idle = new ConcurrentLinkedQueue<>();

    public ChannelAllocation(ChannelWiring wiring) {
        this(
                wiring,
                RowPrices.Costs.USUAL,
                MOST_CANDIDATES,
                MOST_SHARING,
                wiring.hidden() <= MOST_CANDIDATES ? 1 : BATCH);
    }

    /**
     * @param mostCandidates the most rows that are looked at for an output
     * @param mostSharing the most outputs that are looked at in a row
     * @param batch outputs whose channels are chosen at the same time
     */
    ChannelAllocation(ChannelWiring wiring, RowPrices.Costs costs, int mostCandidates, int mostSharing, int batch) {
        this.wiring = wiring;
        this.prices = new RowPrices(wiring, costs);
        this.candidates = mostCandidates;
        this.mostSharing = mostSharing;
        this.batch = batch;
        this.own = newChoice();
        idle.add(own);
    }

    private CheapestRows newChoice() {
        return new CheapestRows(wiring, prices, candidates, mostSharing);
    }

    /**
     * Places the channels of all outputs anew, in random order, each beside all others as they are by then. A first
     * placement begins with empty rows and knows nothing of what is to come; later ones see where every row has become
     * dear.
     *
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before; the channels are of no use then
     */
    public void placeAll(RandomGenerator random, Deadline deadline) {
        int[] order = RandomOrder.of(wiring.gates().outputs(), random);
        for (int from = 0; from < order.length; from += batch) {
            deadline.check();
            placeBatch(Arrays.copyOfRange(order, from, Math.min(order.length, from + batch)), random);
        }
    }

    private void placeBatch(int[] outputs, RandomGenerator random) {
        int weight = wiring.channelWeight();
        int[] starts = new int[outputs.length];
        for (int t = 0; t < outputs.length; t++) {
            for (int slot = 0; slot < weight; slot++) {
                if (wiring.row(outputs[t], slot) != ChannelWiring.UNPLACED) {
                    wiring.remove(outputs[t], slot);
                }
            }
            starts[t] = random.nextInt(wiring.hidden()); // breaks ties at random
        }
        prices.update();
        int[] rows = new int[outputs.length * weight];
        if (outputs.length == 1) {
            own.complete(outputs[0], starts[0], rows, 0);
            for (int slot = 0; slot < weight; slot++) {
                wiring.place(outputs[0], slot, rows[slot]);
            }
            return;
        }
        IntStream.range(0, (outputs.length + STRETCH - 1) / STRETCH).parallel().forEach(stretch -> {
            CheapestRows choice = Objects.requireNonNullElseGet(idle.poll(), this::newChoice);
            for (int t = stretch * STRETCH; t < Math.min(outputs.length, (stretch + 1) * STRETCH); t++) {
                choice.complete(outputs[t], starts[t], rows, t * weight);
            }
            idle.add(choice);
        });
        wiring.placeChannels(outputs, rows);
    }

    /** Fills the empty slots of an output's channel. */
    void complete(int output, RandomGenerator random) {
        int start = random.nextInt(wiring.hidden());
        int[] rows = new int[wiring.channelWeight()];
        prices.update();
        own.complete(output, start, rows, 0);
        for (int slot = 0; slot < rows.length; slot++) {
            if (wiring.row(output, slot) == ChannelWiring.UNPLACED) {
                wiring.place(output, slot, rows[slot]);
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
        prices.update();
        own.find(output, random.nextInt(wiring.hidden()), forbidden, into);
    }
}
