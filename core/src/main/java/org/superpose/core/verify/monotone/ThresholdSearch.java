package org.superpose.core.verify.monotone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.verify.Deadline;

/**
 * Finds the minimal sets of at most v features at which a rising sum reaches a threshold.
 *
 * <p>Of the indicators that are off in such a set, the multiples together are at most the <em>slack</em>: the sum of
 * all less the threshold. So where a part of it has joined, one of the first indicators that are still off has to be
 * turned on, as many of them as are worth more than the slack; and it is by one of its minimal sets, which joins next.
 * Each union is looked at once, so that no search takes more steps than there are inputs.
 */
final class ThresholdSearch {
    private final int maxActive;
    private final long mostSets;
    private final Deadline deadline;
    private long looked;

    /**
     * @param maxActive v
     * @param mostSets how many sets are looked at in all
     */
    ThresholdSearch(int maxActive, long mostSets, Deadline deadline) {
        this.maxActive = maxActive;
        this.mostSets = mostSets;
        this.deadline = deadline;
    }

    /** Ends a search that takes too long. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong(String message) {
            super(message);
        }
    }

    /**
     * Where {@code sum >= threshold}.
     *
     * @param sum one that rises
     * @throws TooLong if too many sets were looked at, or the time has run out
     */
    Indicator reaches(MonotoneSum sum, long threshold) {
        if (sum.least() >= threshold) {
            return Indicator.ALWAYS;
        }
        if (sum.most() < threshold) {
            return Indicator.NEVER;
        }
        boolean singles = sum.terms().keySet().stream().allMatch(Indicator::isOfSingles);
        return Indicator.of(
                singles ? new SinglesSearch(sum, threshold).minimal() : new Search(sum, threshold).minimal());
    }

    private void count() {
        looked++;
        if (looked > mostSets) {
            throw new TooLong("more than " + mostSets + " sets of features would have to be looked at");
        }
        if (looked % 1024 == 0 && deadline.isOver()) {
            throw new TooLong("the time ran out");
        }
    }

    private static List<Map.Entry<Indicator, Integer>> largestFirst(MonotoneSum sum) {
        return sum.terms().entrySet().stream()
                .sorted(Map.Entry.<Indicator, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparingInt(term -> term.getKey().sets().size()))
                .toList();
    }

    /** One sum and one threshold. */
    private final class Search {
        private final List<Map.Entry<Indicator, Integer>> terms;
        private final int constant;
        private final long threshold;
        private final long slack;
        private final Set<FeatureSet> joinedBefore = new HashSet<>();
        private final Set<FeatureSet> found = new HashSet<>();

        Search(MonotoneSum sum, long threshold) {
            this.terms = largestFirst(sum);
            this.constant = sum.constant();
            this.threshold = threshold;
            this.slack = sum.most() - threshold;
        }

        Set<FeatureSet> minimal() {
            extend(FeatureSet.EMPTY);
            return found;
        }

        /** Looks for sets that contain what has joined. */
        private void extend(FeatureSet joined) {
            if (!joinedBefore.add(joined)) {
                return;
            }
            count();
            if (value(joined) >= threshold) {
                found.add(joined);
                return;
            }
            if (joined.size() == maxActive) {
                return;
            }
            long off = 0;
            for (int t = 0; t < terms.size() && off <= slack; t++) {
                Indicator indicator = terms.get(t).getKey();
                if (indicator.isOn(joined)) {
                    continue;
                }
                for (FeatureSet set : indicator.sets()) {
                    FeatureSet union = joined.union(set);
                    if (union.size() <= maxActive) {
                        extend(union);
                    }
                }
                off += terms.get(t).getValue();
            }
        }

        private long value(FeatureSet active) {
            long value = constant;
            for (Map.Entry<Indicator, Integer> term : terms) {
                value += term.getKey().isOn(active) ? term.getValue() : 0;
            }
            return value;
        }
    }

    /**
     * The same where single features turn the indicators on: then what is left can be bounded. Of the features that may
     * join next, those with the largest gains come first, and each is left out of all that comes after it: a set that
     * has it was found before.
     */
    private final class SinglesSearch {
        private final List<Map.Entry<Indicator, Integer>> terms;
        private final long least;
        private final long slack;
        private final int[] features;
        private final Map<Integer, int[]> termsOf = new HashMap<>();
        private final List<FeatureSet> found = new ArrayList<>();
        private final Set<Integer> leftOut = new HashSet<>();

        SinglesSearch(MonotoneSum sum, long threshold) {
            this.terms = largestFirst(sum);
            this.least = threshold - sum.constant();
            this.slack = sum.most() - threshold;
            Map<Integer, List<Integer>> lists = new TreeMap<>();
            for (int t = 0; t < terms.size(); t++) {
                for (FeatureSet set : terms.get(t).getKey().sets()) {
                    lists.computeIfAbsent(set.get(0), feature -> new ArrayList<>())
                            .add(t);
                }
            }
            lists.forEach((feature, list) -> termsOf.put(
                    feature, list.stream().mapToInt(Integer::intValue).toArray()));
            this.features = lists.keySet().stream().mapToInt(Integer::intValue).toArray();
        }

        List<FeatureSet> minimal() {
            extend(FeatureSet.EMPTY, new boolean[terms.size()], 0);
            return found;
        }

        /**
         * Looks for sets that contain what has joined, and nothing that is left out.
         *
         * @param on the terms that are on
         * @param value what they are worth, below the threshold
         */
        private void extend(FeatureSet joined, boolean[] on, long value) {
            count();
            if (value >= least) {
                found.add(joined);
                return;
            }
            int free = maxActive - joined.size();
            List<Integer> candidates = free == 0 ? List.of() : candidates(on);
            List<Integer> leftOutHere = new ArrayList<>();
            for (int feature : candidates) {
                long reached = value + gain(feature, on);
                if (reached < least && reached + largest(on, free - 1, feature) < least) {
                    continue;
                }
                boolean[] more = on.clone();
                for (int t : termsOf.get(feature)) {
                    more[t] = true;
                }
                extend(joined.union(FeatureSet.of(feature)), more, reached);
                leftOut.add(feature);
                leftOutHere.add(feature);
                if (!canDoWithout(feature, on, free)) {
                    break;
                }
            }
            leftOutHere.forEach(leftOut::remove);
        }

        /** Of the first terms that are off, as many as are worth more than the slack, all features; by their gains. */
        private List<Integer> candidates(boolean[] on) {
            Set<Integer> candidates = new LinkedHashSet<>();
            long off = 0;
            for (int t = 0; t < on.length && off <= slack; t++) {
                if (!on[t]) {
                    off += terms.get(t).getValue();
                    terms.get(t).getKey().sets().forEach(set -> candidates.add(set.get(0)));
                }
            }
            candidates.removeAll(leftOut);
            return candidates.stream()
                    .sorted(Comparator.<Integer>comparingLong(feature -> -gain(feature, on)))
                    .toList();
        }

        private long gain(int feature, boolean[] on) {
            long gain = 0;
            for (int t : termsOf.get(feature)) {
                gain += on[t] ? 0 : terms.get(t).getValue();
            }
            return gain;
        }

        /** What so many features that are not left out add at most, beside one that joins. */
        private long largest(boolean[] on, int count, int joining) {
            if (count == 0) {
                return 0;
            }
            PriorityQueue<Long> gains = new PriorityQueue<>();
            for (int feature : features) {
                if (feature != joining && !leftOut.contains(feature)) {
                    gains.add(gain(feature, on));
                    if (gains.size() > count) {
                        gains.remove();
                    }
                }
            }
            return gains.stream().mapToLong(Long::longValue).sum();
        }

        /**
         * Whether others may turn on what a feature would, up to the slack. False only if they cannot, whichever they
         * are.
         */
        private boolean canDoWithout(int feature, boolean[] on, int free) {
            boolean[] others = new boolean[on.length];
            Arrays.fill(others, true);
            long needed = -slack;
            for (int t : termsOf.get(feature)) {
                if (!on[t]) {
                    others[t] = false;
                    needed += terms.get(t).getValue();
                }
            }
            return needed <= 0 || largest(others, free, feature) >= needed;
        }
    }
}
