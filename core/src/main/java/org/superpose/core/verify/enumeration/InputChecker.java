package org.superpose.core.verify.enumeration;

import org.superpose.core.feature.FeatureSet;

/**
 * Judges inputs for {@link DomainSweep}, which builds them up feature by feature. Belongs to one thread.
 *
 * <p>Sets are ascending; {@link #push} and {@link #pop} keep the partial sums of the current set.
 */
interface InputChecker {
    /** Adds a feature behind those of the current set. */
    void push(int feature);

    /** Takes the last feature away. */
    void pop();

    /** Whether the network is right on the current set. */
    boolean isRight();

    /**
     * Judges the current set joined by each of the candidates in turn.
     *
     * @param candidates a bit set of features, none of the current set; its length is a multiple of eight words
     * @return the lowest candidate for which the network is wrong, or -1
     */
    int firstWrong(long[] candidates);

    /** How many inputs could not be decided since the checker was made. */
    default long undecided() {
        return 0;
    }

    /** The first input since the last call that could not be decided, or null. */
    default FeatureSet takeUndecided() {
        return null;
    }
}
