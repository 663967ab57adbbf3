package org.superpose.core;

/**
 * Work without a result of its own, such as building a network, was given up: the time ran out, or it was cancelled.
 */
public final class OutOfTimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message why, for example {@code the budget of 60.0 s ran out} */
    public OutOfTimeException(String message) {
        super(message);
    }
}
