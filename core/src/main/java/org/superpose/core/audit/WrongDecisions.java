package org.superpose.core.audit;

import org.superpose.core.feature.FeatureSet;

/** Is told every wrong decision of an audit, inputs in enumeration order and outputs ascending; one call at a time. */
@FunctionalInterface
public interface WrongDecisions {
    /** Listens to nothing. */
    WrongDecisions NONE = (input, output, margin) -> {};

    /**
     * One output is wrong on one input.
     *
     * @param margin how far it is from being right, in float32 and at most 0
     */
    void accept(FeatureSet input, int output, float margin);
}
