package org.superpose.constructions.clipped.channel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * {@link ChannelAllocation} without any shortcut: every candidate is priced entry by entry, and every price is kept up
 * to date.
 */
final class PlainAllocation {
    private final ChannelWiring wiring;
    private final Gates gates;
    private final RowPrices.Costs costs;
    private final int candidates;
    private final int mostSharing;
    private final int batch;
    private final double[] cost;
    private final Map<Integer, Integer> sharedRows = new HashMap<>();
    private int scanStart;

    PlainAllocation(ChannelWiring wiring, RowPrices.Costs costs, int mostCandidates, int mostSharing, int batch) {
        this.batch = batch;
        this.wiring = wiring;
        this.gates = wiring.gates();
        this.costs = costs;
        this.candidates = Math.min(mostCandidates, wiring.hidden());
        this.mostSharing = mostSharing;
        this.cost = new double[wiring.hidden()];
    }

    void placeAll(RandomGenerator random) {
        int[] order = new int[gates.outputs()];
        for (int t = 0; t < order.length; t++) {
            int swap = random.nextInt(t + 1);
            order[t] = order[swap];
            order[swap] = t;
        }
        for (int from = 0; from < order.length; from += batch) {
            List<Integer> outputs = IntStream.of(order)
                    .skip(from)
                    .limit(batch)
                    .peek(this::clear)
                    .boxed()
                    .toList();
            List<int[]> channels =
                    outputs.stream().map(output -> choose(output, random)).toList();
            for (int t = 0; t < outputs.size(); t++) {
                for (int slot = 0; slot < wiring.channelWeight(); slot++) {
                    wiring.place(outputs.get(t), slot, channels.get(t)[slot]);
                }
            }
        }
    }

    private void clear(int output) {
        for (int slot = 0; slot < wiring.channelWeight(); slot++) {
            if (wiring.row(output, slot) != ChannelWiring.UNPLACED) {
                wiring.remove(output, slot);
            }
        }
    }

    private int[] choose(int output, RandomGenerator random) {
        begin(output, random);
        int[] channel = new int[wiring.channelWeight()];
        for (int slot = 0; slot < channel.length; slot++) {
            channel[slot] = cheapest();
            take(output, channel[slot]);
        }
        return channel;
    }

    void cheapestRows(int output, int forbidden, RandomGenerator random, int[] into) {
        begin(output, random);
        cost[forbidden] = Double.POSITIVE_INFINITY;
        for (int t = 0; t < into.length; t++) {
            into[t] = cheapest();
            cost[into[t]] = Double.POSITIVE_INFINITY;
        }
    }

    private void begin(int output, RandomGenerator random) {
        scanStart = random.nextInt(cost.length);
        sharedRows.clear();
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
        for (int t = 0; t < candidates; t++) {
            int row = (scanStart + t) % cost.length;
            cost[row] = price(output, row);
        }
        for (int slot = 0; slot < wiring.channelWeight(); slot++) {
            if (wiring.row(output, slot) != ChannelWiring.UNPLACED) {
                take(output, wiring.row(output, slot));
            }
        }
    }

    private double price(int output, int row) {
        double mean = gates.influenceProfile().mean();
        Codes codes = wiring.inputCodes();
        int lacking = 0;
        for (int input : gates.reads(output)) {
            int heaviness = Math.max(1, Math.min(3, (int) Math.rint(Math.sqrt(gates.influence(input) / mean))));
            for (int column : codes.code(input)) {
                lacking += wiring.hasFirst(row, column) ? 0 : heaviness;
            }
        }
        double price = lacking * StrictMath.exp(costs.density() * wiring.firstRowSize(row) / codes.neurons());
        int lackingSecond = 0;
        for (int neuron : wiring.outputCodes().code(output)) {
            lackingSecond += wiring.hasSecond(neuron, row) ? 0 : 1;
        }
        price += lackingSecond
                * (costs.second()
                        * StrictMath.exp(costs.density()
                                * wiring.secondColumnSize(row)
                                / wiring.outputCodes().neurons()));
        long hubs = wiring.hubRows().readBy(output);
        if (hubs != 0) {
            long there = wiring.hubRows().in(row);
            price += costs.crowding() * Long.bitCount(hubs & ~there) * Long.bitCount(there & ~hubs);
        }
        return price;
    }

    private int cheapest() {
        int best = scanStart;
        for (int t = 0; t < candidates; t++) {
            int row = (scanStart + t) % cost.length;
            best = cost[row] < cost[best] ? row : best;
        }
        return best;
    }

    private void take(int output, int row) {
        cost[row] = Double.POSITIVE_INFINITY;
        int size = wiring.outputsOfRow().size(row);
        for (int t = Math.max(0, size - mostSharing); t < size; t++) {
            int other = wiring.outputsOfRow().get(row, t);
            if (other != output) {
                int shared = sharedRows.merge(other, 1, Integer::sum);
                for (int slot = 0; slot < wiring.channelWeight(); slot++) {
                    if (wiring.row(other, slot) != ChannelWiring.UNPLACED) {
                        cost[wiring.row(other, slot)] += price(shared) - price(shared - 1);
                    }
                }
            }
        }
    }

    private double price(int shared) {
        return shared == 0 ? 0 : costs.sharing() * StrictMath.pow(costs.sharingGrowth(), shared - 1.0);
    }
}
