package org.superpose.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.run.engine.Allowance;
import org.superpose.runner.run.engine.Room;

/**
 * What the tasks of one executor share: its threads and its heap. Spark counts cores only, so without it two networks
 * that fit one at a time would run out of memory together. First come, first served: a large unit is never overtaken.
 * Thread-safe.
 */
final class ExecutorRoom {
    private final Room room;
    private final Deque<Object> waiting = new ArrayDeque<>();

    ExecutorRoom(Allowance allowance) {
        this.room = new Room(allowance);
    }

    /**
     * Waits until there is room for a unit, or nothing else runs.
     *
     * @param cores what Spark set aside for the task, the fewest threads that it gets
     */
    synchronized Room.Share take(Needs needs, int cores) throws InterruptedException {
        Room.Share share = room.shareOf(needs).withThreads(cores);
        Object ticket = new Object();
        waiting.add(ticket);
        try {
            while (waiting.peek() != ticket || !room.fits(share)) {
                wait();
            }
        } finally {
            waiting.remove(ticket);
            notifyAll();
        }
        room.take(share);
        return share;
    }

    synchronized void give(Room.Share share) {
        room.give(share);
        notifyAll();
    }
}
