package org.superpose.interop.dataset;

import org.superpose.core.feature.FeatureSet;

/**
 * One input of a data set and how it was drawn.
 *
 * @param gate the first gate of the first layer whose inputs are all active on purpose, or -1 if the input was drawn
 *     without regard to gates
 * @param magnitudes one for each active feature, or null for ones
 */
record Sample(FeatureSet active, int gate, float[] magnitudes) {
    Sample(FeatureSet active, int gate) {
        this(active, gate, null);
    }
}
