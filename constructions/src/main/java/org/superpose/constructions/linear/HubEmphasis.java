package org.superpose.constructions.linear;

/**
 * How much more a hub counts in its rows than its partners do; the rows fire later by as much, so that the hub with one
 * partner is still 1.
 *
 * <p>The channels of two partners of one hub both lie in the hub's rows and share more of them than independent ones.
 * The more the hub counts, the less two partners fire without it; but the more do two hubs fire the rows they share.
 */
enum HubEmphasis {
    /** No more than the others. */
    NONE(0),
    /** For hubs whose rows overlap: among 0, 1/4, 1/2 and 1 this needed the smallest width. */
    QUARTER(0.25),
    /** For hubs with rows of their own: two partners without the hub fire no row. */
    FULL(1);

    private final double extra;

    HubEmphasis(double extra) {
        this.extra = extra;
    }

    double extra() {
        return extra;
    }
}
