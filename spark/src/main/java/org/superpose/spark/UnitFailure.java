package org.superpose.spark;

import java.io.Serializable;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.run.FailureText;

/**
 * What a unit threw on another machine, as text: the class of the exception may be a plugin's, which the driver's class
 * loader lacks.
 *
 * @param badInput whether it was an {@link InvalidInputException}, for which a second try is no use
 * @param message its message, or null; with what it was caused by where it was bad input
 * @param text the exception with what it was caused by
 * @param trace where it was thrown
 */
record UnitFailure(boolean badInput, String message, String text, StackTraceElement[] trace) implements Serializable {
    private static final long serialVersionUID = 1L;

    static UnitFailure of(Throwable thrown) {
        return new UnitFailure(
                thrown instanceof InvalidInputException,
                thrown instanceof InvalidInputException ? FailureText.of(thrown) : thrown.getMessage(),
                FailureText.of(thrown),
                thrown.getStackTrace());
    }

    /** A throwable with the same message, text and trace. */
    RuntimeException toThrowable() {
        RuntimeException remote = badInput ? new InvalidInputException(message) : new RemoteException(message, text);
        remote.setStackTrace(trace);
        return remote;
    }

    /** Says of itself what the original said. */
    private static final class RemoteException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String text;

        RemoteException(String message, String text) {
            super(message);
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
