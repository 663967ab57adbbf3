package org.superpose.spark;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.DoubleAccumulator;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.UnitReport;

/**
 * The units of one run, each a Spark job of one task: a unit that brings its executor down again and again costs only
 * itself, and a unit that has ended is stored while the others go on. Spark hands over one result of each job, whatever
 * it retried or ran twice.
 *
 * <p>The calling thread submits and reports; Spark's threads only put events into a queue. No more jobs wait in Spark
 * than its executors are about to need, so that a sweep of a million units stays in this process.
 */
final class UnitJobs {
    private static final System.Logger LOG = System.getLogger(UnitJobs.class.getName());

    private final SparkCluster cluster;
    private final ExecutionRequest request;
    private final Sweep sweep;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<Integer, Unit> units = new HashMap<>();
    private final DoubleAccumulator progress;
    private final Broadcast<SweepOnExecutors> broadcast;
    private boolean warnedOfSlowKernels;

    /** @param broadcast the sweep of the request, for the executors */
    UnitJobs(SparkCluster cluster, Broadcast<SweepOnExecutors> broadcast, ExecutionRequest request) {
        this.cluster = cluster;
        this.request = request;
        this.sweep = request.sweep();
        this.progress = cluster.context().sc().doubleAccumulator("superpose unit");
        this.broadcast = broadcast;
    }

    /** Sends a sweep to the executors, each of which plans it once for all requests. */
    static Broadcast<SweepOnExecutors> broadcast(SparkCluster cluster, Sweep sweep) {
        return cluster.context()
                .broadcast(new SweepOnExecutors(new SweepOnExecutors.Order(
                        sweep.recipe(),
                        BudgetLimits.of(sweep.budget()),
                        cluster.plugins(),
                        new ArrayList<>(sweep.workbench().trustedVerifiers()),
                        cluster.threadsOfExecutor(),
                        cluster.attempts())));
    }

    /** What Spark's threads tell the calling thread. */
    private sealed interface Event {}

    private record Started(int number) implements Event {}

    private record Ended(int number, JobEnd how) implements Event {}

    private record ExecutorsChanged() implements Event {}

    /** A unit whose job was submitted. */
    private static final class Unit {
        private final SparkCluster.Job job;
        private final Instant submitted = Instant.now();
        private boolean started;
        private boolean cancelled;

        Unit(SparkCluster.Job job) {
            this.job = job;
        }
    }

    void run() throws InterruptedException {
        UnitListener listener = new UnitListener(
                progress.id(),
                number -> events.add(new Started(number)),
                request.listener()::progressed,
                () -> events.add(new ExecutorsChanged()));
        cluster.context().sc().addSparkListener(listener);
        request.listener().executors(cluster.executors());
        Deque<Integer> waiting = new ArrayDeque<>(request.numbers());
        try {
            while (true) {
                while (!waiting.isEmpty() && request.recorder().wantsMore() && units.size() < 2 * cluster.slots()) {
                    submit(waiting.remove());
                }
                if (!request.recorder().wantsMore()) {
                    cancelWhatHasNotStarted();
                }
                if (units.isEmpty()) {
                    return;
                }
                handle(events.take());
            }
        } finally {
            cluster.context().sc().removeSparkListener(listener);
            cluster.context().cancelAllJobs();
        }
    }

    private void submit(int number) {
        String label = label(number);
        cluster.context().setLocalProperty(UnitListener.UNIT, Integer.toString(number));
        SparkCluster.Job job = cluster.submit(
                "[" + (number + 1) + "] " + label,
                number,
                new UnitTask(broadcast, label, progress),
                how -> events.add(new Ended(number, how)));
        units.put(number, new Unit(job));
    }

    private void cancelWhatHasNotStarted() {
        for (Unit unit : units.values()) {
            if (!unit.started && !unit.cancelled) {
                unit.cancelled = true;
                unit.job.cancel();
            }
        }
    }

    private void handle(Event event) throws InterruptedException {
        if (event instanceof Started started) {
            start(started.number());
        } else if (event instanceof Ended ended) {
            end(ended);
        } else {
            request.listener().executors(cluster.executors());
        }
    }

    private void start(int number) {
        Unit unit = units.get(number);
        if (unit != null && !unit.started) { // a second try is no second start
            unit.started = true;
            request.listener().started(number, label(number));
        }
    }

    private void end(Ended event) throws InterruptedException {
        int number = event.number();
        Unit unit = units.get(number);
        if (event.how() instanceof JobEnd.Failed failed) {
            cluster.requireRunning(failed.reason());
            if (!unit.cancelled) {
                start(number);
                request.recorder().record(lost(number, unit, failed.reason()));
            }
        } else if (event.how() instanceof JobEnd.Done done) {
            start(number);
            request.recorder().record(done(number, done.result()));
        }
        units.remove(number);
    }

    private String label(int number) {
        return sweep.units().get(number).label();
    }

    private UnitReport done(int number, byte[] result) {
        UnitOutcome outcome = JavaBytes.read(result, UnitOutcome.class);
        warnOfSlowKernels(outcome);
        return outcome.report(number, label(number));
    }

    /**
     * The report of a unit that never came back: Spark gave up, because each executor that tried it was lost, for
     * example.
     */
    private UnitReport lost(int number, Unit unit, Throwable failure) {
        String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
        return new UnitReport(
                number,
                label(number),
                List.of(),
                Optional.of(new IllegalStateException(reason, failure)),
                unit.submitted,
                (Instant.now().toEpochMilli() - unit.submitted.toEpochMilli()) / 1e3,
                0);
    }

    private void warnOfSlowKernels(UnitOutcome outcome) {
        // In this process the kernels have said so themselves.
        if (!outcome.slowKernels().isEmpty() && !cluster.isLocal() && !warnedOfSlowKernels) {
            warnedOfSlowKernels = true;
            LOG.log(System.Logger.Level.WARNING, "executors use slow kernels: " + outcome.slowKernels());
        }
    }
}
