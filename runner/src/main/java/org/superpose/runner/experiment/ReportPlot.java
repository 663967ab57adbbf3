package org.superpose.runner.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The plots that a report can draw, each where the rows have what it shows. */
public enum ReportPlot {
    /** Smallest verified width against m', with the fitted law and the lower bound. */
    WIDTH,
    /** Outputs for each neuron, against m'. */
    SUPERPOSITION,
    /** How far above the lower bound each construction comes. */
    LIMIT_RATIO,
    /** The same against the inputs of each gate. */
    LIMIT_BY_FAN_IN,
    /** The same by the influence profile. */
    LIMIT_BY_INFLUENCE,
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
    /** Rows that light inputs share, against the number of heavy inputs. */
    DEPENDENCE,
    /** The share of functions that need few bits, against the bits saved. */
    SAVED_BITS,
    /** Bits for each weight, as stored, by their entropy, and as the function needs. */
    WEIGHT_BITS,
    /** Channels that are found in the weights, against the clauses for each neuron. */
    CHANNELS,
    /** Features that a dictionary finds, against the variance that it explains. */
    DICTIONARIES,
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
