package org.superpose.core.construction;

import org.superpose.core.InvalidInputException;

/**
 * The width asked for is too small for a construction to build anything: codes that do not fit, more blocks than
 * neurons.
 *
 * <p>A search for the smallest width takes this as "try a larger one"; any other bad input ends the search.
 */
public final class WidthTooSmallException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that names the width and what is needed. */
    public WidthTooSmallException(String message) {
        super(message);
    }
}
