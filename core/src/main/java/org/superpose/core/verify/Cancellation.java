package org.superpose.core.verify;

/** Asks work that takes long to end early, for instance because the user pressed Ctrl-C. Looking at it is cheap. */
@FunctionalInterface
public interface Cancellation {
    /** Nobody asks. */
    Cancellation NONE = () -> false;

    /** Whether the work is to end; once it is, it stays so. May be called from any thread. */
    boolean isRequested();
}
