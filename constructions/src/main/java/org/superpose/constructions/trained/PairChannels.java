package org.superpose.constructions.trained;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which pair rows tell which pairs of features: each pair has a channel of a few rows, and a row is to fire where two
 * of its members are active. Other pairs of members fire it too: what a third feature does in one row of a channel, the
 * others make up for, but not what it does in two. So rows are chosen that have few members, of which none is in
 * another row of the channel as well, and every choice is looked at again a few times.
 */
final class PairChannels {
    /** What a third feature in a second row of a channel costs, in features that share a row. */
    private static final int REPEATED = 100;
    /** How often every channel is chosen. */
    private static final int PASSES = 4;

    private final List<int[]> pairs;
    private final int[][] channels;
    /** For each row the pairs that have it in their channel. */
    private final List<List<Integer>> users = new ArrayList<>();

    private final BitSet[] members;
    private final RandomGenerator random;

    private PairChannels(int rows, int weight, List<int[]> pairs, RandomGenerator random) {
        this.pairs = pairs;
        this.channels = new int[pairs.size()][];
        this.members = new BitSet[rows];
        this.random = random;
        for (int e = 0; e < rows; e++) {
            members[e] = new BitSet();
            users.add(new ArrayList<>());
        }
        for (int pass = 0; pass < PASSES; pass++) {
            for (int p = 0; p < channels.length; p++) {
                leave(p);
                join(p, weight);
            }
        }
    }

    /**
     * Chooses the channels of all pairs.
     *
     * @param rows at least {@code weight}
     * @param weight the number of rows of each channel
     * @param pairs two distinct features each
     * @param random breaks ties
     */
    static PairChannels choose(int rows, int weight, List<int[]> pairs, RandomGenerator random) {
        return new PairChannels(rows, weight, pairs, random);
    }

    private void leave(int pair) {
        if (channels[pair] == null) {
            return;
        }
        for (int row : channels[pair]) {
            users.get(row).remove((Integer) pair);
            for (int feature : pairs.get(pair)) {
                boolean needed = users.get(row).stream()
                        .anyMatch(other -> pairs.get(other)[0] == feature || pairs.get(other)[1] == feature);
                members[row].set(feature, needed);
            }
        }
    }

    private void join(int pair, int weight) {
        int[] channel = new int[0];
        for (int t = 0; t < weight; t++) {
            int best = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int row = 0; row < members.length; row++) {
                if (contains(channel, row)) {
                    continue;
                }
                double cost = random.nextDouble() + cost(pair, channel, row);
                if (cost < least) {
                    least = cost;
                    best = row;
                }
            }
            int chosen = best;
            channel = IntStream.concat(IntStream.of(channel), IntStream.of(chosen))
                    .toArray();
        }
        channels[pair] = channel;
        for (int row : channel) {
            users.get(row).add(pair);
            members[row].set(pairs.get(pair)[0]);
            members[row].set(pairs.get(pair)[1]);
        }
    }

    private int cost(int pair, int[] channel, int row) {
        int cost = 0;
        for (int other = members[row].nextSetBit(0); other >= 0; other = members[row].nextSetBit(other + 1)) {
            if (other != pairs.get(pair)[0] && other != pairs.get(pair)[1]) {
                cost += REPEATED * rowsWith(other, channel);
            }
        }
        for (int feature : pairs.get(pair)) {
            if (!members[row].get(feature)) {
                cost += members[row].cardinality();
                for (int user : users.get(row)) {
                    cost += REPEATED * rowsWith(feature, channels[user]);
                }
            }
        }
        return cost;
    }

    private int rowsWith(int feature, int[] channel) {
        int count = 0;
        for (int row : channel) {
            count += members[row].get(feature) ? 1 : 0;
        }
        return count;
    }

    private static boolean contains(int[] channel, int row) {
        return IntStream.of(channel).anyMatch(each -> each == row);
    }

    /** The number of rows. */
    int rows() {
        return members.length;
    }

    /** The members of a row; not to be changed. */
    BitSet members(int row) {
        return members[row];
    }

    /** The rows of a pair's channel. */
    int[] channel(int pair) {
        return channels[pair];
    }
}
