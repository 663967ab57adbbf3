package org.superpose.runner.store.file;

/** The result store is open elsewhere in a way that keeps us out for now; trying again later is of use. */
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
