package org.superpose.core;

/**
 * A request that cannot be carried out because of what the user gave: a value out of range, an unknown name, a bad
 * file.
 *
 * <p>The message is one sentence that says what was wrong, which value, and what is allowed; it is shown to the user as
 * it is, without a stack trace.
 */
public class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence to be shown to the user. */
    public InvalidInputException(String message) {
        super(message);
    }

    /** With a sentence to be shown to the user, and what led to it. */
    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
