package org.superpose.core.network;

import org.superpose.core.feature.FeatureSet;

/** Runs one network. An evaluator may keep buffers and is for one thread at a time. */
public interface Evaluator {
    /**
     * The activations of every layer for one input: y_0, y_1, ..., y_L.
     *
     * @param active the active inputs, each below m
     * @return fresh arrays, L + 1 of them
     */
    float[][] activations(FeatureSet active);

    /**
     * {@return what the decoder reads}
     *
     * @param active the active inputs, each below m
     */
    Reading read(FeatureSet active);

    /**
     * {@return the outputs that the decoder reads as on}
     *
     * @param active the active inputs, each below m
     */
    default FeatureSet evaluate(FeatureSet active) {
        return read(active).on();
    }
}
