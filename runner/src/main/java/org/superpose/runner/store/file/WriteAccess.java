package org.superpose.runner.store.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Transactions on a store that others may read in between. DuckDB lets nobody read a file while a process has it open
 * for writing, so the file is closed whenever no transaction came for a while, and for a moment every now and then when
 * they come without pause.
 */
public final class WriteAccess implements AutoCloseable {
    private static final long IDLE_MILLIS = 20;
    private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long GAP_MILLIS = 30;

    private final StoreFile file;
    private final ScheduledExecutorService closer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "store-closer");
        thread.setDaemon(true);
        return thread;
    });
    private Connection connection;
    private long openedAt;
    private ScheduledFuture<?> idle;
    private boolean ended;

    /** @param file is opened when the first transaction comes */
    public WriteAccess(StoreFile file) {
        this.file = file;
    }

    /** The statements of a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        /** Makes the statements; they are committed afterwards, or none of them if this throws. */
        T in(Connection connection) throws SQLException;
    }

    /**
     * Does all of the work or nothing of it.
     *
     * @throws StoreInUseException if somebody else has the file open, be it for reading only
     * @throws StoreException if the database refuses
     */
    public synchronized <T> T transaction(Work<T> work) {
        requireOpen();
        try {
            Connection open = open();
            T result = work.in(open);
            open.commit();
            closeSoon();
            return result;
        } catch (SQLException refused) {
            abandon();
            throw file.failure("written", refused);
        } catch (RuntimeException broken) {
            abandon();
            throw broken;
        }
    }

    /**
     * Only reads, which other readers do not prevent.
     *
     * @throws StoreInUseException if somebody else has the file open for writing
     * @throws StoreException if the database refuses
     */
    public synchronized <T> T query(Work<T> work) {
        requireOpen();
        if (connection != null) {
            return transaction(work);
        }
        try (Connection reading = file.openForReading()) {
            return work.in(reading);
        } catch (SQLException refused) {
            throw file.failure("read", refused);
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private Connection open() throws SQLException {
        if (idle != null) {
            idle.cancel(false);
        }
        if (connection != null && System.nanoTime() - openedAt > BUSY_NANOS) {
            closeConnection();
            leaveGap();
        }
        if (connection == null) {
            connection = file.openForWriting();
            connection.setAutoCommit(false);
            openedAt = System.nanoTime();
        }
        return connection;
    }

    private static void leaveGap() {
        try {
            Thread.sleep(GAP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // the transaction is still made; the caller sees the flag afterwards
        }
    }

    private void closeSoon() {
        idle = closer.schedule(this::closeIfOpen, IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void closeIfOpen() {
        try {
            closeConnection();
        } catch (SQLException refused) {
            connection = null; // what was committed is in the log; opening again replays it
        }
    }

    private void closeConnection() throws SQLException {
        if (connection != null) {
            Connection closing = connection;
            connection = null;
            closing.close();
        }
    }

    /** Forgets the transaction and the connection with it: after a failure DuckDB may refuse all further work on it. */
    private void abandon() {
        try {
            if (connection != null) {
                connection.rollback();
            }
        } catch (SQLException alreadyInvalid) {
            // nothing was committed, which is all that matters
        }
        closeIfOpen();
    }

    @Override
    public synchronized void close() {
        ended = true;
        closer.shutdownNow();
        closeIfOpen();
    }
}
