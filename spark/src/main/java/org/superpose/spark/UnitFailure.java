package org.superpose.spark;

import java.io.Serializable;
import org.superpose.core.InvalidInputException;

/**
 * What a unit threw on another machine, as text: the class of the exception may be a plugin's, which the driver's class
 * loader lacks.
 *
 * @param badInput whether it was an {@link InvalidInputException}, for which a second try is no use
 * @param message its message, or null
 * @param text the exception as {@link Throwable#toString} gives it
 * @param trace where it was thrown
 */
record UnitFailure(boolean badInput, String message, String text, StackTraceElement[] trace) implements Serializable {
    private static final long serialVersionUID = 1L;

    static UnitFailure of(Throwable thrown) {
        return new UnitFailure(
                thrown instanceof InvalidInputException,
                thrown.getMessage(),
                thrown.toString(),
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
