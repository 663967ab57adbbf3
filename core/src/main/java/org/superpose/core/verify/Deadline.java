package org.superpose.core.verify;

import java.util.function.LongSupplier;

/** The moment at which a verifier's budget of seconds has run out. Looking at it is cheap. */
public final class Deadline {
    private final LongSupplier clock;
    private final boolean infinite;
    private final long start;
    private final double nanoseconds;

    /**
     * By any clock.
     *
     * @param seconds from now on, possibly infinite
     * @param clock in nanoseconds, from any moment on
     */
    public Deadline(double seconds, LongSupplier clock) {
        this.clock = clock;
        this.infinite = Double.isInfinite(seconds);
        this.start = clock.getAsLong();
        this.nanoseconds = seconds * 1e9;
    }

    /**
     * By the clock of this machine.
     *
     * @param seconds from now on, possibly infinite: {@link VerificationBudget#maxSeconds}
     */
    public static Deadline in(double seconds) {
        return new Deadline(seconds, System::nanoTime);
    }

    /** Whether the time has run out. */
    public boolean isOver() {
        return !infinite && clock.getAsLong() - start > nanoseconds;
    }

    /** The seconds that are left, at most 0 if it is over. */
    public double secondsLeft() {
        return infinite ? Double.POSITIVE_INFINITY : (nanoseconds - (clock.getAsLong() - start)) / 1e9;
    }
}
