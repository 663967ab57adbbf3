package org.superpose.core.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.superpose.core.feature.FeatureSet;

/**
 * An input with a small margin.
 *
 * @param input the input
 * @param output the output that is nearest to being wrong, or farthest from being right
 * @param margin of that output
 */
public record WorstInput(FeatureSet input, int output, double margin) {
    /** Smallest margin first, then in enumeration order. */
    static final Comparator<WorstInput> ORDER =
            Comparator.comparingDouble(WorstInput::margin).thenComparing(WorstInput::input, Extreme.ORDER);

    /** The worst of two lists. */
    static List<WorstInput> worst(List<WorstInput> first, List<WorstInput> second, int most) {
        List<WorstInput> all = new ArrayList<>(first);
        all.addAll(second);
        return all.stream().sorted(ORDER).limit(most).toList();
    }
}
