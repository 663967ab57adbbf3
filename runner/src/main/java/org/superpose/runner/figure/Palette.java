package org.superpose.runner.figure;

import java.util.List;

/**
 * Colours that people with any common colour vision tell apart, after Okabe and Ito (2008), in an order that keeps
 * contrast on white and on dark ground; each goes with a shape of its own, so that no plot depends on colour alone.
 */
public final class Palette {
    private static final List<String> COLOURS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D31", "#7F7F7F");

    private Palette() {}

    /** The colour of a series by its place among them; after the last they begin again, with other shapes. */
    public static String colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    /** The shape of the points of a series. */
    static Marker marker(int series) {
        return Marker.values()[series % Marker.values().length];
    }
}
