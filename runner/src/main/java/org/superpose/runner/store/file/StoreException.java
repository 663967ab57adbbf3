package org.superpose.runner.store.file;

/**
 * The result store could not be read or written: the disk is full, the file is damaged, the query is wrong. The message
 * is one sentence for the user; everything that was stored before stays readable.
 */
public sealed class StoreException extends RuntimeException permits StoreInUseException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
