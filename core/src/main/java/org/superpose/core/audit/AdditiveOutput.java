package org.superpose.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;
import org.superpose.core.verify.argument.AdditiveScores;

/**
 * One output whose value on an input is a base plus a score for each active feature. Inputs are told apart by the set A
 * of the features its gate reads that are active, which decides what the output should be; what the others add is
 * bounded from both sides, exactly, so that the inputs beyond a limit are found without looking at the rest. Immutable.
 */
final class AdditiveOutput {
    private final InputDomain domain;
    private final int[] scores;
    /** The features that the gate does not read, ascending. */
    private final int[] others;
    /** By sign (1, then -1), count and place: the largest signed sum of so many of the others from a place on. */
    private final long[][][] most;

    private final List<ReadSet> readSets = new ArrayList<>();

    /** In the place of a sum: there are not so many others. */
    private static final long NONE = Long.MIN_VALUE / 2;

    /**
     * A set of active reads.
     *
     * @param active the set, ascending
     * @param expected whether the output should be on
     * @param fixed the base and the scores of the set
     * @param fewest others that have to be active at least
     * @param largest number of others that may be active
     */
    record ReadSet(int[] active, boolean expected, long fixed, int fewest, int largest) {}

    /** Is shown inputs one after another, in the order of the domain for one set of reads. */
    interface Visitor {
        /** @return the limit from here on: the signed value that an input has to reach to be shown */
        long visit(FeatureSet input, long value);
    }

    AdditiveOutput(AdditiveScores source, int output, Gates gates, InputDomain domain) {
        this(source.of(output), source.base(output), output, gates, domain, new boolean[domain.features()]);
    }

    /** @param isLeftOut features that are active on no input that is looked at */
    AdditiveOutput(int[] scores, long base, int output, Gates gates, InputDomain domain, boolean[] isLeftOut) {
        this.domain = domain;
        this.scores = scores;
        int[] reads = gates.reads(output);
        this.others = new int[scores.length];
        int count = 0;
        for (int j = 0; j < scores.length; j++) {
            if (!isLeftOut[j] && Arrays.stream(reads).noneMatch(Integer.valueOf(j)::equals)) {
                others[count++] = j;
            }
        }
        int available = count;
        this.most = new long[][][] {sums(1, available), sums(-1, available)};
        add(gates, output, reads, isLeftOut, new int[0], 0, 0, base);
    }

    private void add(
            Gates gates, int output, int[] reads, boolean[] isLeftOut, int[] active, int from, int sum, long fixed) {
        int fewest = Math.max(0, domain.minActive() - active.length);
        int largest = Math.min(domain.maxActive() - active.length, places());
        if (fewest <= largest) {
            int[] sorted = active.clone();
            Arrays.sort(sorted);
            readSets.add(new ReadSet(sorted, gates.isOn(output, sum), fixed, fewest, largest));
        }
        for (int t = from; t < reads.length && active.length < domain.maxActive(); t++) {
            if (!isLeftOut[reads[t]]) {
                int[] more = Arrays.copyOf(active, active.length + 1);
                more[active.length] = reads[t];
                add(
                        gates,
                        output,
                        reads,
                        isLeftOut,
                        more,
                        t + 1,
                        sum + gates.function(output).step(t),
                        fixed + scores[reads[t]]);
            }
        }
    }

    private long[][] sums(int sign, int available) {
        long[][] sums = new long[Math.min(domain.maxActive(), available) + 1][available + 1];
        for (int r = 1; r < sums.length; r++) {
            sums[r][available] = NONE;
            for (int p = available - 1; p >= 0; p--) {
                long with = sums[r - 1][p + 1] == NONE ? NONE : sums[r - 1][p + 1] + sign * scores[others[p]];
                sums[r][p] = Math.max(sums[r][p + 1], with);
            }
        }
        return sums;
    }

    /** How many others there are. */
    private int places() {
        return most[0][0].length - 1;
    }

    List<ReadSet> readSets() {
        return readSets;
    }

    /** The largest value times the sign on inputs with these reads. */
    long extreme(ReadSet set, int sign) {
        return reach(set, sign, sign * set.fixed, 0, 0);
    }

    /** The largest signed value with more others from a place on; {@link #NONE} or less if there are not enough. */
    private long reach(ReadSet set, int sign, long signed, int chosen, int place) {
        long[][] sums = most[sign > 0 ? 0 : 1];
        long best = NONE;
        for (int r = Math.max(0, set.fewest - chosen); r <= set.largest - chosen; r++) {
            best = Math.max(best, sums[r][place] == NONE ? NONE : signed + sums[r][place]);
        }
        return best;
    }

    /** The first input in the order of the domain whose value times the sign reaches a limit. */
    Optional<FeatureSet> first(ReadSet set, int sign, long limit) {
        List<FeatureSet> found = new ArrayList<>(1);
        walk(set, sign, limit, (input, value) -> {
            if (found.isEmpty()) {
                found.add(input);
            }
            return Long.MAX_VALUE;
        });
        return found.stream().findFirst();
    }

    /** Shows all inputs whose value times the sign reaches a limit, in the order of the domain. */
    void walk(ReadSet set, int sign, long limit, Visitor visitor) {
        new Walk(set, sign, limit, visitor).go(0, 0, sign * set.fixed);
    }

    /** One walk; inputs grow feature by feature, and only towards inputs that reach the limit. */
    private final class Walk {
        private final ReadSet set;
        private final int sign;
        private final Visitor visitor;
        private final int[] active;
        private long limit;
        private int reads;
        private int chosen;

        Walk(ReadSet set, int sign, long limit, Visitor visitor) {
            this.set = set;
            this.sign = sign;
            this.limit = limit;
            this.visitor = visitor;
            this.active = new int[set.active.length + set.largest];
        }

        /**
         * Goes through the inputs that begin as the current one does.
         *
         * @param place of the first other that may be added
         * @param next the first feature of the set that is not in the input yet
         * @param signed the value of the input once all of the set are in it
         */
        private void go(int place, int next, long signed) {
            if (next == set.active.length && chosen >= set.fewest && signed >= limit) {
                limit = visitor.visit(FeatureSet.ofSorted(active, reads + chosen), sign * signed);
            }
            int bound = next < set.active.length ? set.active[next] : Integer.MAX_VALUE;
            int p = place;
            for (; p < places() && others[p] < bound; p++) {
                if (chosen < set.largest && reachesWithOne(signed, p)) {
                    long with = signed + sign * scores[others[p]];
                    active[reads + chosen++] = others[p];
                    if (reach(set, sign, with, chosen, p + 1) >= limit) {
                        go(p + 1, next, with);
                    }
                    chosen--;
                } else if (next == set.active.length) {
                    return;
                }
            }
            if (next < set.active.length && reach(set, sign, signed, chosen, p) >= limit) {
                active[reads + chosen] = set.active[next];
                reads++;
                go(p, next + 1, signed);
                reads--;
            }
        }

        /** Whether an input with at least one more other from a place on reaches the limit. */
        private boolean reachesWithOne(long signed, int place) {
            long[][] sums = most[sign > 0 ? 0 : 1];
            for (int r = Math.max(1, set.fewest - chosen); r <= set.largest - chosen; r++) {
                if (sums[r][place] != NONE && signed + sums[r][place] >= limit) {
                    return true;
                }
            }
            return false;
        }
    }

    /** How many inputs with these reads have a value that, times the sign, reaches a limit. */
    long count(ReadSet set, int sign, long limit) {
        return count(set, sign, limit, sign * set.fixed, 0, 0);
    }

    private long count(ReadSet set, int sign, long limit, long signed, int chosen, int place) {
        if (reach(set, sign, signed, chosen, place) < limit) {
            return 0;
        }
        int fewest = Math.max(0, set.fewest - chosen);
        int largest = set.largest - chosen;
        if (leastReach(sign, signed, fewest, largest, place) >= limit) {
            long all = 0;
            for (int r = fewest; r <= largest; r++) {
                all += choose(places() - place, r);
            }
            return all;
        }
        long count = fewest == 0 && signed >= limit ? 1 : 0;
        for (int p = place; p < places() && largest > 0; p++) {
            count += count(set, sign, limit, signed + sign * scores[others[p]], chosen + 1, p + 1);
        }
        return count;
    }

    /** The smallest signed value with from {@code fewest} to {@code largest} more others. */
    private long leastReach(int sign, long signed, int fewest, int largest, int place) {
        long[][] sums = most[sign > 0 ? 1 : 0];
        long least = Long.MAX_VALUE;
        for (int r = fewest; r <= largest; r++) {
            if (sums[r][place] != NONE) {
                least = Math.min(least, signed - sums[r][place]);
            }
        }
        return least;
    }

    /** C(n, r), where that is below 2^63. */
    static long choose(long n, int r) {
        if (r > n) {
            return 0;
        }
        long product = 1;
        for (int t = 1; t <= r; t++) {
            long factor = n - r + t;
            product = product / t * factor + product % t * factor / t;
        }
        return product;
    }

    /** Whether every input with these reads and one more feature has a value that, times the sign, reaches a limit. */
    boolean[] forcedBy(ReadSet set, int sign, long limit) {
        boolean[] forced = new boolean[scores.length];
        if (set.largest == 0) {
            return forced;
        }
        // The least that others add beside a feature is at least the least that any add.
        for (int p = 0; p < places(); p++) {
            long least = Long.MAX_VALUE;
            for (int r = Math.max(0, set.fewest - 1); r <= set.largest - 1; r++) {
                long[] sums = most[sign > 0 ? 1 : 0][r];
                least = sums[0] == NONE ? least : Math.min(least, -sums[0]);
            }
            forced[others[p]] = sign * (set.fixed + scores[others[p]]) + least >= limit;
        }
        return forced;
    }
}
