package org.superpose.core.verify.monotone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.superpose.core.feature.FeatureSet;

/**
 * The search of {@link ThresholdSearch} where single features turn the indicators on, so that what others can still add
 * is bounded by their gains. The features that may join next come in the order of their gains, and each is left out of
 * all that comes after it: a set that has it was found before.
 */
final class SinglesSearch {
    private final int maxActive;
    private final Runnable count;
    private final long least;
    private final long slack;
    private final int[] worth;
    private final int[] features;
    /** The terms that each of the features turns on, and the features that turn each term on. */
    private final int[][] termsOf;

    private final int[][] membersOf;
    private final boolean[] leftOut;
    private final List<FeatureSet> found = new ArrayList<>();

    /**
     * @param sum one that rises, every indicator of it of single features
     * @param maxActive v
     * @param count is told of each set that is looked at
     */
    SinglesSearch(MonotoneSum sum, long threshold, int maxActive, Runnable count) {
        List<Map.Entry<Indicator, Integer>> terms = ThresholdSearch.largestFirst(sum);
        this.maxActive = maxActive;
        this.count = count;
        this.least = threshold - sum.constant();
        this.slack = sum.most() - threshold;
        this.worth = terms.stream().mapToInt(Map.Entry::getValue).toArray();
        TreeMap<Integer, List<Integer>> termsOfFeature = new TreeMap<>();
        for (int t = 0; t < worth.length; t++) {
            for (FeatureSet set : terms.get(t).getKey().sets()) {
                termsOfFeature
                        .computeIfAbsent(set.get(0), feature -> new ArrayList<>())
                        .add(t);
            }
        }
        this.features =
                termsOfFeature.keySet().stream().mapToInt(Integer::intValue).toArray();
        this.termsOf = termsOfFeature.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        this.membersOf = terms.stream()
                .map(term -> term.getKey().sets().stream()
                        .mapToInt(set -> Arrays.binarySearch(features, set.get(0)))
                        .toArray())
                .toArray(int[][]::new);
        this.leftOut = new boolean[features.length];
    }

    /** Sets that reach the threshold, all minimal ones among them. */
    List<FeatureSet> minimal() {
        extend(FeatureSet.EMPTY, new boolean[worth.length], 0);
        return found;
    }

    /**
     * Looks for sets that contain what has joined, and nothing that is left out.
     *
     * @param on the terms that are on
     * @param value what they are worth
     */
    private void extend(FeatureSet joined, boolean[] on, long value) {
        count.run();
        if (value >= least) {
            found.add(joined);
            return;
        }
        int free = maxActive - joined.size();
        if (free == 0) {
            return;
        }
        int[] gains = gains(on);
        int[] order = byGain(gains);
        boolean[] mayBeNext = mayBeNext(on);
        List<Integer> tried = new ArrayList<>();
        for (int f : order) {
            if (!mayBeNext[f]) {
                continue;
            }
            long reached = value + gains[f];
            if (reached < least && reached + largest(order, gains, free - 1, f) < least) {
                break; // and so do all that gain less
            }
            boolean[] more = on.clone();
            for (int t : termsOf[f]) {
                more[t] = true;
            }
            extend(joined.union(FeatureSet.of(features[f])), more, reached);
            leftOut[f] = true;
            tried.add(f);
            if (!canDoWithout(f, on, free)) {
                break;
            }
        }
        tried.forEach(f -> leftOut[f] = false);
    }

    /** What each feature adds. */
    private int[] gains(boolean[] on) {
        int[] gains = new int[features.length];
        for (int f = 0; f < gains.length; f++) {
            for (int t : termsOf[f]) {
                gains[f] = Math.addExact(gains[f], on[t] ? 0 : worth[t]);
            }
        }
        return gains;
    }

    /** The features that gain something and are not left out, the largest gains first. */
    private int[] byGain(int[] gains) {
        long[] keys = new long[gains.length];
        int size = 0;
        for (int f = 0; f < gains.length; f++) {
            if (gains[f] > 0 && !leftOut[f]) {
                keys[size++] = (long) -gains[f] << Integer.SIZE | f;
            }
        }
        Arrays.sort(keys, 0, size);
        return Arrays.stream(keys, 0, size).mapToInt(key -> (int) key).toArray();
    }

    /** The features that turn on one of the first terms that are off, as many as are worth more than the slack. */
    private boolean[] mayBeNext(boolean[] on) {
        boolean[] next = new boolean[features.length];
        long off = 0;
        for (int t = 0; t < on.length && off <= slack; t++) {
            if (!on[t]) {
                off += worth[t];
                for (int f : membersOf[t]) {
                    next[f] = true;
                }
            }
        }
        return next;
    }

    /** What so many features that are not left out add at most, beside one that joins. */
    private long largest(int[] order, int[] gains, int count, int joining) {
        long sum = 0;
        int left = count;
        for (int t = 0; t < order.length && left > 0; t++) {
            if (order[t] != joining && !leftOut[order[t]]) {
                sum += gains[order[t]];
                left--;
            }
        }
        return sum;
    }

    /**
     * Whether others may turn on what a feature would, up to the slack. False only if they cannot, whichever they are.
     */
    private boolean canDoWithout(int feature, boolean[] on, int free) {
        long needed = -slack;
        for (int t : termsOf[feature]) {
            needed += on[t] ? 0 : worth[t];
        }
        if (needed <= 0) {
            return true;
        }
        int[] gains = new int[features.length];
        for (int t : termsOf[feature]) {
            for (int f : membersOf[t]) {
                gains[f] += on[t] ? 0 : worth[t];
            }
        }
        return largest(byGain(gains), gains, free, feature) >= needed;
    }
}
