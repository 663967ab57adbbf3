package org.superpose.constructions.trained;

import java.util.Arrays;
import org.superpose.core.feature.InputDomain;

/**
 * All pairs of features that fire a pair row, and the values of the rows in parts of {@link PairRows#UNIT}. They are in
 * ascending order, those with the same first feature one after another.
 */
final class PairResponses {
    private final int rows;
    private int[] first = new int[1024];
    private int[] second = new int[1024];
    /** Where the rows of each pair begin; one more than pairs. */
    private int[] starts = new int[1025];

    private int[] firing = new int[1024];
    private float[] values = new float[1024];
    private int pairs;
    private int entries;

    /** Looks at all pairs that the domain allows. */
    PairResponses(PairRows pairRows, InputDomain domain) {
        this.rows = pairRows.rows();
        for (int a = 0; a < pairRows.features(); a++) {
            for (int b = a + 1; b < pairRows.features(); b++) {
                if (domain.allowsTogether(a, b)) {
                    add(a, b, pairRows);
                }
            }
        }
    }

    private void add(int a, int b, PairRows pairRows) {
        int before = entries;
        for (int e = 0; e < rows; e++) {
            int value = pairRows.value(e, a, b);
            if (value > 0) {
                if (entries == firing.length) {
                    firing = Arrays.copyOf(firing, 2 * entries);
                    values = Arrays.copyOf(values, 2 * entries);
                }
                firing[entries] = e;
                values[entries++] = (float) value / PairRows.UNIT;
            }
        }
        if (entries > before) {
            if (pairs == first.length) {
                first = Arrays.copyOf(first, 2 * pairs);
                second = Arrays.copyOf(second, 2 * pairs);
                starts = Arrays.copyOf(starts, 2 * pairs + 1);
            }
            first[pairs] = a;
            second[pairs] = b;
            starts[++pairs] = entries;
        }
    }

    /** The number of pairs that fire a row. */
    int pairs() {
        return pairs;
    }

    /** The smaller feature of a pair. */
    int first(int pair) {
        return first[pair];
    }

    /** The larger feature of a pair. */
    int second(int pair) {
        return second[pair];
    }

    /** What the rows that a pair fires add to a score, by the weights of that score on all rows. */
    float score(int pair, float[] rowWeights) {
        float sum = 0;
        for (int t = starts[pair]; t < starts[pair + 1]; t++) {
            sum += rowWeights[firing[t]] * values[t];
        }
        return sum;
    }

    /** Adds the values of the rows that a pair fires, times a factor, to one entry for each row. */
    void addTo(float[] rowWeights, int pair, float factor) {
        for (int t = starts[pair]; t < starts[pair + 1]; t++) {
            rowWeights[firing[t]] += factor * values[t];
        }
    }

    /** True if two features fire some row together. */
    boolean contains(int a, int b) {
        int low = 0;
        int high = pairs - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = first[middle] != Math.min(a, b)
                    ? Integer.compare(first[middle], Math.min(a, b))
                    : Integer.compare(second[middle], Math.max(a, b));
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** The largest sum of the values of all rows on one input, in parts of {@link PairRows#UNIT}. */
    float largestTotal() {
        float largest = 0;
        for (int p = 0; p < pairs; p++) {
            float total = 0;
            for (int t = starts[p]; t < starts[p + 1]; t++) {
                total += values[t];
            }
            largest = Math.max(largest, total);
        }
        return largest;
    }
}
