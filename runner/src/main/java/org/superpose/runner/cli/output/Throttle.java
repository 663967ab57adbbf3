package org.superpose.runner.cli.output;

import java.util.function.LongSupplier;

/**
 * Keeps a log readable: of many lines that come at once it lets through the first ones, and then at most one a second.
 */
final class Throttle {
    /** Lines that nobody minds. */
    private static final int FREE_LINES = 100;

    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final LongSupplier clock;
    private int lines;
    private long last;

    /** @param clock in nanoseconds, from any moment on */
    Throttle(LongSupplier clock) {
        this.clock = clock;
    }

    /** Whether the next line is to be printed; it counts as printed then. */
    synchronized boolean passes() {
        long now = clock.getAsLong();
        if (lines >= FREE_LINES && now - last < PAUSE_NANOS) {
            return false;
        }
        lines++;
        last = now;
        return true;
    }
}
