package org.superpose.runner.run.engine;

/** A unit took longer than it may and was given up. The message is one sentence that says where it was. */
public final class UnitTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnitTimeoutException(String message) {
        super(message);
    }
}
