package org.superpose.core.verify.monotone;

import java.util.Comparator;
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
    Indicator reaches(MonotoneSum sum, long threshold) {
        if (sum.least() >= threshold) {
            return Indicator.ALWAYS;
        }
        if (sum.most() < threshold) {
            return Indicator.NEVER;
        }
        boolean singles = sum.terms().keySet().stream().allMatch(Indicator::isOfSingles);
        return Indicator.of(
                singles
                        ? new SinglesSearch(sum, threshold, maxActive, this::count).minimal()
                        : new Search(sum, threshold).minimal());
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

    /** The terms of a sum, the largest first, and of equal ones those of the fewest sets. */
    static List<Map.Entry<Indicator, Integer>> largestFirst(MonotoneSum sum) {
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
}
