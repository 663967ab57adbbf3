package org.superpose.core.audit;

/**
 * The margin that an input has to beat to be among the worst of the whole audit, as far as is known: threads need not
 * evaluate inputs that would be left out later anyway. What is reported does not depend on it.
 */
final class WorstSoFar {
    private volatile double margin = Double.POSITIVE_INFINITY;

    /** No input of a larger margin will be reported. */
    double margin() {
        return margin;
    }

    void lower(double reached) {
        margin = reached;
    }
}
