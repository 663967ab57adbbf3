package org.superpose.core.verify.monotone;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.superpose.core.feature.FeatureSet;

/**
 * A monotone Boolean function of the active features, by the minimal sets that turn it on: its prime implicants, as far
 * as they have at most v features. It is on iff one of them is active as a whole. Immutable; equal only to itself.
 */
final class Indicator {
    /** On, whatever is active. */
    static final Indicator ALWAYS = new Indicator(List.of(FeatureSet.EMPTY));

    /** Off on every input with at most v active features. */
    static final Indicator NEVER = new Indicator(List.of());

    private final List<FeatureSet> sets;
    private final BitSet single = new BitSet();
    private final Set<FeatureSet> larger = new HashSet<>();

    private Indicator(List<FeatureSet> sets) {
        this.sets = sets;
        for (FeatureSet set : sets) {
            if (set.size() == 1) {
                single.set(set.get(0));
            } else {
                larger.add(set);
            }
        }
    }

    /** One input feature. */
    static Indicator of(int feature) {
        return new Indicator(List.of(FeatureSet.of(feature)));
    }

    /** What any of the given sets turns on; those that contain another one are left out. */
    static Indicator of(Collection<FeatureSet> sets) {
        List<FeatureSet> bySize = sets.stream()
                .distinct()
                .sorted(Comparator.comparingInt(FeatureSet::size).thenComparing(FeatureSet::toArray, Arrays::compare))
                .toList();
        Set<FeatureSet> minimal = new HashSet<>();
        for (FeatureSet set : bySize) {
            if (!containsAny(minimal, set)) {
                minimal.add(set);
            }
        }
        return new Indicator(bySize.stream().filter(minimal::contains).toList());
    }

    /** The minimal sets, the smaller ones first. */
    List<FeatureSet> sets() {
        return sets;
    }

    /** Whether every minimal set is a single feature. */
    boolean isOfSingles() {
        return larger.isEmpty();
    }

    /** Whether it is on while just these features are active. */
    boolean isOn(FeatureSet active) {
        for (int t = 0; t < active.size(); t++) {
            if (single.get(active.get(t))) {
                return true;
            }
        }
        return !larger.isEmpty() && containsAny(larger, active);
    }

    /** Whether some of the sets is a subset. */
    private static boolean containsAny(Set<FeatureSet> sets, FeatureSet active) {
        if (sets.size() >> active.size() == 0) {
            return sets.stream().anyMatch(set -> isPart(set, active));
        }
        int[] chosen = new int[active.size()];
        for (int choice = 0; choice < 1 << active.size(); choice++) {
            int count = 0;
            for (int t = 0; t < active.size(); t++) {
                if ((choice >> t & 1) != 0) {
                    chosen[count++] = active.get(t);
                }
            }
            if (sets.contains(FeatureSet.ofSorted(chosen, count))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(FeatureSet set, FeatureSet active) {
        for (int t = 0; t < set.size(); t++) {
            if (!active.contains(set.get(t))) {
                return false;
            }
        }
        return true;
    }
}
