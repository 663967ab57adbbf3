package org.superpose.runner.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.superpose.core.verify.Cancellation;

/**
 * Ctrl-C or TERM while a command works: the work is asked to end, and the process waits for a while until it has, so
 * that the command can keep what is done and say so. The exit status is then that of the signal, 130 or 143, whatever
 * the command returns.
 */
final class Interruption implements Cancellation, AutoCloseable {
    /** For work that does not heed the request, a plugin's for instance. */
    private static final long LONGEST_WAIT_SECONDS = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::request, "interruption");
    private volatile boolean isRequested;

    /** From now on until {@link #close}. */
    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void request() {
        isRequested = true;
        try {
            ended.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRequested() {
        return isRequested;
    }

    /** The command has printed all that it has to say. */
    @Override
    public void close() {
        ended.countDown();
        ShutdownHooks.forget(hook);
    }
}
