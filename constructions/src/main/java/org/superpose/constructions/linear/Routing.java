package org.superpose.constructions.linear;

/** C: which features each row adds up, and with which factor. */
interface Routing {
    int rows();

    /** R, the number of features that a row adds up. */
    int load(int row);

    /** The t-th feature, in ascending order, that a row adds up, 0 <= t < load. */
    int feature(int row, int t);

    /** What a row multiplies its t-th feature by. */
    default double weight(int row, int t) {
        return 1;
    }
}
