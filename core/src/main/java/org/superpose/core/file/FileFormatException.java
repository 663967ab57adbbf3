package org.superpose.core.file;

import java.io.IOException;

/**
 * What is wrong inside a file that is being read: the rest of a sentence that begins with the file's name. Whoever
 * knows the name turns it into an {@link org.superpose.core.InvalidInputException}.
 */
public final class FileFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With the rest of the sentence. */
    public FileFormatException(String message) {
        super(message);
    }

    /** With the rest of the sentence, and what led to it. */
    public FileFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
