package org.superpose.runner.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The plots that a report can draw, each where the rows have what it shows. */
public enum ReportPlot {
    /** Smallest verified width against m', with the fitted law and the lower bound. */
    WIDTH,
    /** How far above the lower bound each construction comes. */
    LIMIT_RATIO,
    /** The fraction of seeds that were verified, against the width. */
    SUCCESS,
    /** The width that tells inputs apart against the width that computes. */
    REPRESENTATION,
    /** The fraction of seeds that were verified, against the influence of the inputs. */
    INFLUENCE,
    /** The noise of each block of a chain, against its place. */
    BLOCK_NOISE,
    /** How far the readouts of universal ANDs stray, against the active features. */
    READOUT_DEVIATION,
    /** Hidden rows that fire though no output wants them. */
    SPURIOUS_ROWS,
    /** Weights that are left after pruning against the removals that were tried. */
    SPARSITY,
    /** Seconds of verification against the inputs covered. */
    COST;

    /** {@return the name in files and links: lower-case words joined by hyphens} */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return all ids, in the order of a report} */
    public static List<String> ids() {
        return Arrays.stream(values()).map(ReportPlot::id).toList();
    }

    /**
     * {@return the plot of an id, or empty if there is none}
     *
     * @param id as {@link #id} gives it
     */
    public static Optional<ReportPlot> of(String id) {
        return Arrays.stream(values()).filter(plot -> plot.id().equals(id)).findFirst();
    }
}
