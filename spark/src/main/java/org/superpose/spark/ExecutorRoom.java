package org.superpose.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.run.Allowance;

/**
 * What the tasks of one executor share: its threads and its heap. Spark counts cores only, so without it two networks
 * that fit one at a time would run out of memory together. First come, first served: a large unit is never overtaken.
 * Thread-safe.
 */
final class ExecutorRoom {
    private final Allowance allowance;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private int running;
    private int freeThreads;
    private long freeBytes;

    ExecutorRoom(Allowance allowance) {
        this.allowance = allowance;
        this.freeThreads = allowance.threads();
        this.freeBytes = allowance.bytes();
    }

    /** What a unit holds. */
    record Share(int threads, long bytes) {}

    /**
     * Waits until there is room for a unit, or nothing else runs.
     *
     * @param cores what Spark set aside for the task, the fewest threads that it gets
     */
    synchronized Share take(Needs needs, int cores) throws InterruptedException {
        Share share = new Share(
                Math.max(cores, Math.min(needs.threads(), allowance.threads())),
                Math.min(needs.bytes(), allowance.bytes()));
        Object ticket = new Object();
        waiting.add(ticket);
        try {
            while (waiting.peek() != ticket
                    || running > 0 && (share.threads() > freeThreads || share.bytes() > freeBytes)) {
                wait();
            }
        } finally {
            waiting.remove(ticket);
            notifyAll();
        }
        running++;
        freeThreads -= share.threads();
        freeBytes -= share.bytes();
        return share;
    }

    synchronized void give(Share share) {
        running--;
        freeThreads += share.threads();
        freeBytes += share.bytes();
        notifyAll();
    }
}
