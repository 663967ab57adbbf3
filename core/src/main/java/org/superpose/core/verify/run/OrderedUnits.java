package org.superpose.core.verify.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs numbered units of work on several threads so that the outcome is that of one thread: units are begun in
 * ascending order, and when one says that nothing after it matters, every unit before it is still finished.
 */
public final class OrderedUnits {
    private OrderedUnits() {}

    /** The work of one thread. */
    @FunctionalInterface
    public interface Worker {
        /**
         * Does one unit.
         *
         * @return whether the units after this one still matter
         */
        boolean run(int unit);
    }

    /** @param workers makes the worker of a thread; called once on each */
    public static void run(int units, int threads, Supplier<? extends Worker> workers) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger last = new AtomicInteger(units - 1);
        Runnable loop = () -> {
            Worker worker = workers.get();
            for (int unit = next.getAndIncrement(); unit <= last.get(); unit = next.getAndIncrement()) {
                if (!worker.run(unit)) {
                    int decided = unit;
                    last.updateAndGet(current -> Math.min(current, decided));
                }
            }
        };
        int useful = Math.min(threads, units);
        if (useful <= 1) {
            loop.run();
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(useful, task -> {
            Thread thread = new Thread(task, "superpose-verify");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < useful; t++) {
                running.add(pool.submit(loop));
            }
            for (Future<?> each : running) {
                await(each);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("verification was interrupted", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
