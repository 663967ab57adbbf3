package org.superpose.runner.store.file;

/** Another process holds the result store open: the caller may wait until it lets go, and try again. */
public final class StoreInUseException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String holder;

    /** @param holder who has it open, for people: a program with the number of its process */
    StoreInUseException(String message, String holder, Throwable cause) {
        super(message, cause);
        this.holder = holder;
    }

    /** Who has it open, for example {@code /usr/bin/python3.11 (PID 4711)}. */
    public String holder() {
        return holder;
    }
}
