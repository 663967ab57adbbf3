package org.superpose.core.verify;

import java.util.function.LongSupplier;

/** The moment at which a budget of seconds has run out. */
public final class Deadline {
    private final LongSupplier clock;
    private final boolean infinite;
    private final long start;
    private final double nanoseconds;

    /** @param clock in nanoseconds, from any moment on */
    public Deadline(double seconds, LongSupplier clock) {
        this.clock = clock;
        this.infinite = Double.isInfinite(seconds);
        this.start = clock.getAsLong();
        this.nanoseconds = seconds * 1e9;
    }

    public static Deadline in(double seconds) {
        return new Deadline(seconds, System::nanoTime);
    }

    public boolean isOver() {
        return !infinite && clock.getAsLong() - start > nanoseconds;
    }

    /** Positive, or not if it is over. */
    public double secondsLeft() {
        return infinite ? Double.POSITIVE_INFINITY : (nanoseconds - (clock.getAsLong() - start)) / 1e9;
    }
}
