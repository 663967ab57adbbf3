package org.superpose.runner.figure;

/**
 * The name of a series at the end of its line: at the right of the plot, or inside it, tied to the end by a thin line.
 *
 * <p>All places are shares of the width of the plot from the left and of its height from below.
 *
 * @param across where the name begins; 1 if it stands at the right of the plot
 * @param up the middle of the name
 * @param endAcross where the line ends
 * @param endUp where the line ends
 */
public record EndLabel(String series, double across, double up, double endAcross, double endUp) {
    /** Whether it stands inside the plot. */
    public boolean isInside() {
        return across < 1;
    }

    /** Where the thin line meets the name: the edge of the text that is nearer to the end. */
    double tieUp() {
        return up + Math.signum(endUp - up) * EndLabels.TEXT_SHARE / 2;
    }
}
