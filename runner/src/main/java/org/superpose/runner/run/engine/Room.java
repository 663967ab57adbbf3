package org.superpose.runner.run.engine;

import org.superpose.runner.experiment.Needs;

/** What the running units hold of an allowance, and what is left. For one thread. */
public final class Room {
    private final Allowance allowance;
    private int running;
    private int freeThreads;
    private long freeBytes;

    public Room(Allowance allowance) {
        this.allowance = allowance;
        this.freeThreads = allowance.threads();
        this.freeBytes = allowance.bytes();
    }

    /** What a unit holds. */
    public record Share(int threads, long bytes) {
        /** The same with at least some threads. */
        public Share withThreads(int least) {
            return new Share(Math.max(threads, least), bytes);
        }
    }

    /** What a unit asks for, as far as it is allowed at all. */
    public Share shareOf(Needs needs) {
        return new Share(Math.min(needs.threads(), allowance.threads()), Math.min(needs.bytes(), allowance.bytes()));
    }

    /** Whether a share is free, or nothing runs. */
    public boolean fits(Share share) {
        return isEmpty() || share.threads() <= freeThreads && share.bytes() <= freeBytes;
    }

    /** Whether nothing runs. */
    public boolean isEmpty() {
        return running == 0;
    }

    public int freeThreads() {
        return freeThreads;
    }

    /** A unit starts. */
    public void take(Share share) {
        running++;
        freeThreads -= share.threads();
        freeBytes -= share.bytes();
    }

    /** A unit ends. */
    public void give(Share share) {
        running--;
        freeThreads += share.threads();
        freeBytes += share.bytes();
    }
}
