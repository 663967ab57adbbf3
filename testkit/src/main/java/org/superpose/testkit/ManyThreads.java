package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same work in several threads at once, and compares the results with those of a single thread. */
final class ManyThreads {
    private static final int THREADS = 3;

    private ManyThreads() {}

    /** All threads start together, and each does all the work, in an order of its own. */
    static <T> void assertSameResults(List<Callable<T>> work) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> expected = new ArrayList<>();
            for (Callable<T> piece : work) {
                expected.add(piece.call());
            }
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int first = t;
                running.add(threads.submit(() -> {
                    start.await();
                    for (int s = 0; s < work.size(); s++) {
                        int piece = (first + s) % work.size();
                        assertEquals(
                                expected.get(piece),
                                work.get(piece).call(),
                                "the result depends on what other threads do, or on the thread");
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AssertionError mismatch) {
                throw mismatch;
            }
            throw new AssertionError("it fails when several threads use it: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        } catch (Exception failed) {
            throw new AssertionError("it fails: " + failed, failed);
        } finally {
            threads.shutdownNow();
        }
    }
}
