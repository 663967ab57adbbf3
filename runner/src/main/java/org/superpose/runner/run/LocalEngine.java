package org.superpose.runner.run;

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
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;

/**
 * Runs units on the threads of this process, as many at a time as threads and heap allow.
 *
 * <p>Units start in the order of their numbers: a large one at the head waits until there is room and is never
 * overtaken, so it cannot starve. Threads that no waiting unit could use go to the units that start last.
 */
public final class LocalEngine implements ExecutionEngine {
    @Override
    public String id() {
        return "local";
    }

    @Override
    public String title() {
        return "Threads of this process, bounded by processors and heap";
    }

    @Override
    public void run(ExecutionRequest request) throws InterruptedException {
        new Run(request).all();
    }

    /** What a running unit holds. */
    private record Share(int threads, long bytes) {}

    /** What a worker hands back. */
    private record Result(
            int number, List<Measurement> measurements, Optional<Throwable> failure, Instant started, double seconds) {}

    /** One call of {@link #run}: the calling thread starts units and records them, workers only work. */
    private static final class Run {
        private final ExecutionRequest request;
        private final Sweep sweep;
        private final Allowance allowance;
        private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
        private final Map<Integer, Share> running = new HashMap<>();
        private final HeapWatch heap = new HeapWatch();
        private int freeThreads;
        private long freeBytes;

        Run(ExecutionRequest request) {
            this.request = request;
            this.sweep = request.sweep();
            this.allowance = request.allowance();
            this.freeThreads = allowance.threads();
            this.freeBytes = allowance.bytes();
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
                    while (!waiting.isEmpty() && request.recorder().wantsMore() && hasRoomFor(waiting.peek())) {
                        int number = waiting.remove();
                        start(number, waiting.size() + 1, workers);
                    }
                    if (running.isEmpty()) {
                        return;
                    }
                    report(results.take());
                }
            } finally {
                workers.shutdownNow();
            }
        }

        private Share needOf(int number) {
            Needs needs = sweep.units().get(number).needs();
            return new Share(
                    Math.min(needs.threads(), allowance.threads()), Math.min(needs.bytes(), allowance.bytes()));
        }

        private boolean hasRoomFor(int number) {
            Share need = needOf(number);
            return running.isEmpty() || need.threads() <= freeThreads && need.bytes() <= freeBytes;
        }

        private void start(int number, int waiting, ExecutorService workers) {
            WorkUnit unit = sweep.units().get(number);
            Share need = needOf(number);
            Share share = new Share(Math.max(need.threads(), freeThreads / waiting), need.bytes());
            freeThreads -= share.threads();
            freeBytes -= share.bytes();
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
            Share share = running.remove(result.number());
            freeThreads += share.threads();
            freeBytes += share.bytes();
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
