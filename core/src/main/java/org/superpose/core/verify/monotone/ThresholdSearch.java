package org.superpose.core.verify.monotone;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Indicator reaches(MonotoneSum sum, int threshold) {
        if (sum.least() >= threshold) {
            return Indicator.ALWAYS;
        }
        if (sum.most() < threshold) {
            return Indicator.NEVER;
        }
        Search search = new Search(sum, threshold);
        search.extend(FeatureSet.EMPTY);
        return Indicator.of(search.found);
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

    /** One sum and one threshold. */
    private final class Search {
        private final List<Map.Entry<Indicator, Integer>> terms;
        private final int constant;
        private final int threshold;
        private final int slack;
        private final Set<FeatureSet> joinedBefore = new HashSet<>();
        private final Set<FeatureSet> found = new HashSet<>();
        /** What single features add at most; empty if some indicator takes several. */
        private final Map<Integer, Integer> gains;
        /** The features with gains, the largest first. */
        private final List<Integer> byGain;

        Search(MonotoneSum sum, int threshold) {
            this.terms = sum.terms().entrySet().stream()
                    .sorted(Map.Entry.<Indicator, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparingInt(term -> term.getKey().sets().size()))
                    .toList();
            this.constant = sum.constant();
            this.threshold = threshold;
            this.slack = sum.most() - threshold;
            this.gains = gains();
            this.byGain = gains.entrySet().stream()
                    .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private Map<Integer, Integer> gains() {
            Map<Integer, Integer> all = new HashMap<>();
            for (Map.Entry<Indicator, Integer> term : terms) {
                if (!term.getKey().isOfSingles()) {
                    return Map.of();
                }
                for (FeatureSet set : term.getKey().sets()) {
                    all.merge(set.get(0), term.getValue(), Math::addExact);
                }
            }
            return all;
        }

        /** Looks for sets that contain what has joined. */
        private void extend(FeatureSet joined) {
            if (!joinedBefore.add(joined)) {
                return;
            }
            count();
            int value = value(joined);
            if (value >= threshold) {
                found.add(joined);
                return;
            }
            if (joined.size() == maxActive) {
                return;
            }
            int most = value + largestGains(joined, maxActive - joined.size() - 1);
            int off = 0;
            for (int t = 0; t < terms.size() && off <= slack; t++) {
                Indicator indicator = terms.get(t).getKey();
                if (indicator.isOn(joined)) {
                    continue;
                }
                for (FeatureSet set : indicator.sets()) {
                    if (!gains.isEmpty() && most + gains.get(set.get(0)) < threshold) {
                        continue; // whichever others join
                    }
                    FeatureSet union = joined.union(set);
                    if (union.size() <= maxActive) {
                        extend(union);
                    }
                }
                off += terms.get(t).getValue();
            }
        }

        private int value(FeatureSet active) {
            int value = constant;
            for (Map.Entry<Indicator, Integer> term : terms) {
                value += term.getKey().isOn(active) ? term.getValue() : 0;
            }
            return value;
        }

        /** What so many features add at most to those that have joined. */
        private int largestGains(FeatureSet joined, int count) {
            int sum = 0;
            int left = count;
            for (int g = 0; g < byGain.size() && left > 0; g++) {
                if (!joined.contains(byGain.get(g))) {
                    sum += gains.get(byGain.get(g));
                    left--;
                }
            }
            return sum;
        }
    }
}
