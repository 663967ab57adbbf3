package org.superpose.core.feature;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the features are called, so that results can be read back as words; a feature without a name of its own is
 * called by its index.
 *
 * @param names one name per feature, or empty where the features have none
 */
public record FeatureNames(List<String> names) {
    /** The names of features that have none. */
    public static final FeatureNames NONE = new FeatureNames(List.of());

    /** Copies the names. */
    public FeatureNames {
        names = List.copyOf(names);
    }

    /** True if no feature has a name. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** The name of a feature, or its index as text. */
    public String name(int feature) {
        return names.isEmpty() ? Integer.toString(feature) : names.get(feature);
    }

    /** For example {@code {the·, ·licence}}. */
    public String describe(FeatureSet active) {
        return IntStream.of(active.toArray()).mapToObj(this::name).collect(Collectors.joining(", ", "{", "}"));
    }
}
