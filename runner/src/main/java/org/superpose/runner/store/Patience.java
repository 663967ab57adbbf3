package org.superpose.runner.store;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.store.file.StoreInUseException;

/** Waits without limit for the readers of a store to let go of it, and tells people whom it waits for. */
final class Patience {
    /** Between two looks whether the readers have let go. */
    static final long PAUSE_MILLIS = 100;

    /** How long readers may have the store before it is worth a line: most of them look and leave. */
    private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Path store;
    private final Consumer<String> notices;
    private boolean isWaiting;
    private boolean isTold;
    private long since;

    /** @param notices are given one line for each time that readers take long */
    Patience(Path store, Consumer<String> notices) {
        this.store = store;
        this.notices = notices;
    }

    /**
     * Tries something until no reader is in its way.
     *
     * @param monitor is held by the caller, and given up between the tries; whoever notifies it brings the next one on
     */
    <T> T await(Object monitor, Supplier<T> attempt) {
        while (true) {
            try {
                T result = attempt.get();
                served();
                return result;
            } catch (StoreInUseException busy) {
                refused(busy);
                pause(monitor);
            }
        }
    }

    private static void pause(Object monitor) {
        try {
            monitor.wait(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the result store", interrupted);
        }
    }

    /** The store could not be written to. */
    void refused(StoreInUseException by) {
        if (!isWaiting) {
            isWaiting = true;
            since = System.nanoTime();
        } else if (!isTold && System.nanoTime() - since > SHORT_NANOS) {
            isTold = true;
            tell("waiting for " + by.holder() + ", which has " + store + " open; what is done is kept meanwhile");
        }
    }

    /** The store could be written to. */
    void served() {
        isWaiting = false;
        isTold = false;
    }

    /** One line for people. */
    void tell(String line) {
        notices.accept(line);
    }
}
