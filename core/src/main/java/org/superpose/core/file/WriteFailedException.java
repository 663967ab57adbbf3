package org.superpose.core.file;

import org.superpose.core.InvalidInputException;

/** A file was named rightly, but its content could not be written: the disk is full, for example, or broken. */
public final class WriteFailedException extends InvalidInputException {
    private static final long serialVersionUID = 1;

    WriteFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
