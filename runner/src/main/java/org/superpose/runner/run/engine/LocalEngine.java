package org.superpose.runner.run.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;

/**
 * Runs units on the threads of this process, as many at a time as threads and heap allow.
 *
 * <p>Units start in the order of their numbers: a large one at the head waits until there is room and is never
 * overtaken, so it cannot starve. Threads that no waiting unit could use go to the units that start last.
 */
public final class LocalEngine implements ExecutionEngine {
    /** The id of this engine. */
    public static final String ID = "local";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Threads of this process, bounded by processors and heap";
    }

    @Override
    public void run(ExecutionRequest request) throws InterruptedException {
        new Run(request).all();
    }

    /** What a worker hands back. */
    private record Result(
            int number, List<Measurement> measurements, Optional<Throwable> failure, Instant started, double seconds) {}

    /** One call of {@link #run}: the calling thread starts units and records them, workers only work. */
    private static final class Run {
        private final ExecutionRequest request;
        private final Sweep sweep;
        private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
        private final Map<Integer, Room.Share> running = new HashMap<>();
        private final HeapWatch heap = new HeapWatch();
        private final Room room;

        Run(ExecutionRequest request) {
            this.request = request;
            this.sweep = request.sweep();
            this.room = new Room(request.allowance());
        }

        void all() throws InterruptedException {
            Deque<Integer> waiting = new ArrayDeque<>(request.numbers());
            ExecutorService workers = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "unit");
                thread.setDaemon(true); // a unit that is given up must not keep the process alive
                return thread;
            });
            try {
                while (true) {
                    while (!waiting.isEmpty() && request.recorder().wantsMore() && room.fits(shareOf(waiting.peek()))) {
                        int number = waiting.remove();
                        start(number, waiting.size() + 1, workers);
                    }
                    if (room.isEmpty()) {
                        return;
                    }
                    report(results.take());
                }
            } finally {
                workers.shutdownNow();
            }
        }

        private Room.Share shareOf(int number) {
            return room.shareOf(sweep.units().get(number).needs());
        }

        private void start(int number, int waiting, ExecutorService workers) {
            WorkUnit unit = sweep.units().get(number);
            Room.Share share = shareOf(number).withThreads(room.freeThreads() / waiting);
            room.take(share);
            running.put(number, share);
            heap.started(number);
            request.listener().started(number, unit.label());
            VerificationBudget budget = sweep.budget()
                    .withThreads(share.threads())
                    .withProgress(fraction -> request.listener().progressed(number, fraction));
            workers.execute(() -> results.add(work(number, unit, budget)));
        }

        private Result work(int number, WorkUnit unit, VerificationBudget budget) {
            Instant started = Instant.now();
            long start = System.nanoTime();
            List<Measurement> measurements = List.of();
            Optional<Throwable> failure = Optional.empty();
            try {
                measurements = unit.run(sweep.workbench(), budget);
            } catch (Throwable thrown) { // an OutOfMemoryError too: the other units may well fit
                failure = Optional.of(thrown);
            }
            return new Result(number, measurements, failure, started, (System.nanoTime() - start) / 1e9);
        }

        private void report(Result result) {
            room.give(running.remove(result.number()));
            request.recorder()
                    .record(new UnitReport(
                            result.number(),
                            sweep.units().get(result.number()).label(),
                            result.measurements(),
                            result.failure(),
                            result.started(),
                            result.seconds(),
                            heap.finished(result.number())));
        }
    }
}
