package org.superpose.runner.store;

import java.util.Locale;

/**
 * How a run ended. What has not ended is stored as interrupted, so that a run whose process died says so without
 * anyone's help.
 */
public enum RunStatus {
    /** Every unit that was missing is done. */
    DONE,
    /** Every unit was tried, some failed. */
    FAILED,
    /** Ended at the first failure, as was asked for. */
    STOPPED,
    /** Killed, or not ended yet. */
    INTERRUPTED;

    /** The word in the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
