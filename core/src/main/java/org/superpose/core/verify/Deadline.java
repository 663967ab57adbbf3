package org.superpose.core.verify;

/** The moment at which a budget of seconds has run out. */
final class Deadline {
    private final boolean infinite;
    private final long start;
    private final double nanoseconds;

    private Deadline(double seconds) {
        this.infinite = Double.isInfinite(seconds);
        this.start = System.nanoTime();
        this.nanoseconds = seconds * 1e9;
    }

    static Deadline in(double seconds) {
        return new Deadline(seconds);
    }

    boolean isOver() {
        return !infinite && System.nanoTime() - start > nanoseconds;
    }

    /** Positive, or not if it is over. */
    double secondsLeft() {
        return infinite ? Double.POSITIVE_INFINITY : (nanoseconds - (System.nanoTime() - start)) / 1e9;
    }
}
