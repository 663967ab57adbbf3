package org.superpose.interop.score;

/**
 * How well the firing of one thing tells that another is on. A share of nothing is 0, as in SAELens.
 *
 * @param hits samples in which it fires and the other is on
 * @param fired samples in which it fires
 * @param on samples in which the other is on
 */
record Detection(long hits, long fired, long on) {
    double precision() {
        return fired == 0 ? 0 : (double) hits / fired;
    }

    double recall() {
        return on == 0 ? 0 : (double) hits / on;
    }

    /** The harmonic mean of both. */
    double f1() {
        return fired + on == 0 ? 0 : 2.0 * hits / (fired + on);
    }
}
