package org.superpose.runner;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Whether a {@link Superpose} is open, and what is under way in it. */
final class Lifetime {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<? extends Closeable> held;
    private boolean closed;

    /** @param held what is let go when nothing is under way any more */
    Lifetime(List<? extends Closeable> held) {
        this.held = List.copyOf(held);
    }

    /** Something that needs what is held. */
    interface Work<T, E extends Exception> {
        T result() throws E;
    }

    /**
     * Does some work, during which nothing is let go.
     *
     * @throws IllegalStateException if that has happened already
     */
    <T, E extends Exception> T during(Work<T, E> work) throws E {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this Superpose is closed");
            }
            return work.result();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Waits until no work is under way, and lets go; the second time there is nothing to do.
     *
     * @throws IllegalStateException if the calling thread is at work itself
     */
    void close() {
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException("a Superpose cannot be closed by what runs in it");
        }
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                for (Closeable each : held) {
                    each.close();
                }
            }
        } catch (IOException stillOpen) {
            throw new UncheckedIOException(stillOpen);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
