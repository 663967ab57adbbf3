package org.superpose.core.verify;

import java.util.function.LongSupplier;
import org.superpose.core.OutOfTimeException;

/**
 * The moment at which a budget of seconds has run out, or the work is cancelled. Looking at it is cheap. Work that
 * looks at it in a loop can tell how far it is.
 */
public final class Deadline {
    /** One that never comes. */
    public static final Deadline NEVER = in(Double.POSITIVE_INFINITY);

    private final LongSupplier clock;
    private final boolean infinite;
    private final long start;
    private final double nanoseconds;
    private final Cancellation cancellation;
    private final VerificationBudget.Progress progress;

    /**
     * By any clock.
     *
     * @param seconds from now on, possibly infinite
     * @param clock in nanoseconds, from any moment on
     */
    public Deadline(double seconds, LongSupplier clock) {
        this(seconds, clock, Cancellation.NONE);
    }

    private Deadline(double seconds, LongSupplier clock, Cancellation cancellation) {
        this.clock = clock;
        this.infinite = Double.isInfinite(seconds);
        this.start = clock.getAsLong();
        this.nanoseconds = seconds * 1e9;
        this.cancellation = cancellation;
        this.progress = VerificationBudget.Progress.NONE;
    }

    private Deadline(Deadline same, VerificationBudget.Progress progress) {
        this.clock = same.clock;
        this.infinite = same.infinite;
        this.start = same.start;
        this.nanoseconds = same.nanoseconds;
        this.cancellation = same.cancellation;
        this.progress = progress;
    }

    /**
     * By the clock of this machine.
     *
     * @param seconds from now on, possibly infinite: {@link VerificationBudget#maxSeconds}
     */
    public static Deadline in(double seconds) {
        return in(seconds, Cancellation.NONE);
    }

    /** By the clock of this machine, or at once when the work is cancelled. */
    static Deadline in(double seconds, Cancellation cancellation) {
        return new Deadline(seconds, System::nanoTime, cancellation);
    }

    /** The same moment, where somebody wants to know how far the work is. */
    public Deadline withProgress(VerificationBudget.Progress listener) {
        return new Deadline(this, listener);
    }

    /** Whether the time has run out or the work is cancelled. */
    public boolean isOver() {
        return cancellation.isRequested() || !infinite && clock.getAsLong() - start > nanoseconds;
    }

    /**
     * Ends work that has no result yet if {@link #isOver}.
     *
     * @throws OutOfTimeException if it is over; the message says why
     */
    public void check() {
        if (isOver()) {
            throw new OutOfTimeException(reason(nanoseconds / 1e9, cancellation));
        }
    }

    /**
     * Like {@link #check()}, and tells how far the work is.
     *
     * @param done the fraction of the work that is done, 0..1
     * @throws OutOfTimeException as there
     */
    public void check(double done) {
        check();
        progress.reached(done);
    }

    /** Why the work of a budget ended early. */
    static String reason(double seconds, Cancellation cancellation) {
        return cancellation.isRequested() ? "it was interrupted" : "the budget of " + seconds + " s ran out";
    }

    /** The seconds that are left, at most 0 if the time has run out. */
    public double secondsLeft() {
        return infinite ? Double.POSITIVE_INFINITY : (nanoseconds - (clock.getAsLong() - start)) / 1e9;
    }
}
