package org.superpose.constructions.clipped.conflict;

import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;

/**
 * Knows which inputs of the domain a wiring gets wrong, and keeps that up to date while channels move (theory, section
 * 5). Mutable.
 *
 * <p>True outputs are always on: all rows of their channels fire, and all rows of their codes read them. So a wrong
 * input is one that turns on an output not all of whose features are active. Everything is monotone in the entries:
 * taking one away can only heal inputs, so after a removal only the wrong ones are looked at again; adding one can only
 * do harm, so after a placement only those inputs are looked at for which something fires newly.
 */
interface WrongInputTracker {
    /** The wrong inputs found so far. */
    WrongInputSet set();

    /**
     * Finds all wrong inputs from the present wiring alone.
     *
     * @param limit stops soon after there are more than this
     * @return whether all were found
     */
    boolean recount(int limit);

    /** Follows the wiring's last removal, which was from this hidden row, and finds the inputs that it healed. */
    void afterRemoval(int row);

    /**
     * Follows the wiring's last placement, which was into this hidden row, and finds the inputs that it harmed.
     *
     * @param limit stops looking when there are more wrong inputs than this; the placement must be taken back then
     */
    void afterPlacement(int row, int limit);

    /**
     * Follows the wiring's last change, of this hidden row, where the wrong inputs are known already: a change is being
     * taken back.
     */
    void afterReversal(int row);

    /**
     * The hidden rows that fire for an input of the domain.
     *
     * @param into receives {@link ChannelWiring#words()} words
     */
    void firedRows(FeatureSet input, long[] into);

    /** Whether the wiring gets an input of the domain wrong, by evaluation. */
    default boolean isWrong(FeatureSet input) {
        return faultyRows(input).length > 0;
    }

    /** The output rows that should not all fire for an input of the domain, but do; empty if the input is right. */
    int[] faultyRows(FeatureSet input);
}
