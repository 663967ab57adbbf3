package org.superpose.spark;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.FutureAction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.AsyncRDDActions;
import org.apache.spark.util.DoubleAccumulator;
import org.superpose.runner.engine.Sweep;
import org.superpose.runner.engine.UnitObserver;
import org.superpose.runner.engine.UnitReport;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * The units of one run, each a Spark job of one task: a unit that brings its executor down again and again costs only itself, and a unit
 * that has ended is stored while the others go on. Spark hands over one result of each job, whatever it retried or ran twice.
 *
 * <p>The calling thread submits and reports; Spark's threads only put events into a queue. No more jobs wait in Spark than its executors
 * are about to need, so that a sweep of a million units stays in this process.
 */
final class UnitJobs {
    private static final System.Logger LOG = System.getLogger(UnitJobs.class.getName());

    private final SparkCluster cluster;
    private final Sweep sweep;
    private final UnitObserver observer;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<Integer, Job> jobs = new HashMap<>();
    private final ExecutionContext direct = ExecutionContext.fromExecutor(Runnable::run);
    private final DoubleAccumulator progress;
    private final Broadcast<SweepOnExecutors> broadcast;
    private boolean warnedOfSlowKernels;

    UnitJobs(SparkCluster cluster, Sweep sweep, UnitObserver observer) {
        this.cluster = cluster;
        this.sweep = sweep;
        this.observer = observer;
        this.progress = cluster.context().sc().doubleAccumulator("superpose unit");
        this.broadcast = cluster.context()
                .broadcast(new SweepOnExecutors(new SweepOnExecutors.Order(
                        sweep.recipe(),
                        BudgetLimits.of(sweep.budget()),
                        cluster.plugins(),
                        cluster.threadsOfExecutor(),
                        cluster.attempts())));
    }

    /** What Spark's threads tell the calling thread. */
    private sealed interface Event {}

    private record Started(int number) implements Event {}

    private record Ended(int number, Try<Seq<byte[]>> result) implements Event {}

    private record ExecutorsChanged() implements Event {}

    /** A job that was submitted. */
    private static final class Job {
        private final FutureAction<Seq<byte[]>> future;
        private final Instant submitted = Instant.now();
        private boolean started;
        private boolean cancelled;

        Job(FutureAction<Seq<byte[]>> future) {
            this.future = future;
        }
    }

    void run(List<Integer> numbers) throws InterruptedException {
        UnitListener listener = new UnitListener(
                progress.id(),
                number -> events.add(new Started(number)),
                observer::progressed,
                () -> events.add(new ExecutorsChanged()));
        cluster.context().sc().addSparkListener(listener);
        observer.executors(cluster.executors());
        Deque<Integer> waiting = new ArrayDeque<>(numbers);
        try {
            while (true) {
                while (!waiting.isEmpty() && observer.wantsMore() && jobs.size() < 2 * cluster.slots()) {
                    submit(waiting.remove());
                }
                if (!observer.wantsMore()) {
                    cancelWhatHasNotStarted();
                }
                if (jobs.isEmpty()) {
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
        String label = sweep.units().get(number).label();
        cluster.context().setLocalProperty(UnitListener.UNIT, Integer.toString(number));
        cluster.context().setJobDescription("[" + (number + 1) + "] " + label);
        FutureAction<Seq<byte[]>> future = new AsyncRDDActions<>(
                        cluster.context()
                                .parallelize(List.of(number), 1)
                                .map(new UnitTask(broadcast, label, progress))
                                .rdd(),
                        ClassTag$.MODULE$.apply(byte[].class))
                .collectAsync();
        jobs.put(number, new Job(future));
        future.onComplete(
                result -> {
                    events.add(new Ended(number, result));
                    return BoxedUnit.UNIT;
                },
                direct);
    }

    private void cancelWhatHasNotStarted() {
        for (Job job : jobs.values()) {
            if (!job.started && !job.cancelled) {
                job.cancelled = true;
                job.future.cancel();
            }
        }
    }

    private void handle(Event event) throws InterruptedException {
        if (event instanceof Started started) {
            start(started.number());
        } else if (event instanceof Ended ended) {
            end(ended.number(), ended.result());
        } else {
            observer.executors(cluster.executors());
        }
    }

    private void start(int number) {
        Job job = jobs.get(number);
        if (job != null && !job.started) { // a second try is no second start
            job.started = true;
            observer.started(number, sweep.units().get(number).label());
        }
    }

    private void end(int number, Try<Seq<byte[]>> result) throws InterruptedException {
        Job job = jobs.get(number);
        if (result.isFailure()) {
            Throwable failure = result.failed().get();
            cluster.requireRunning(failure);
            if (!job.cancelled) {
                start(number);
                observer.finished(lost(number, job, failure));
            }
        } else {
            start(number);
            UnitOutcome outcome = JavaBytes.read(result.get().head(), UnitOutcome.class);
            warnOfSlowKernels(outcome);
            observer.finished(outcome.report(number, sweep.units().get(number).label()));
        }
        jobs.remove(number);
    }

    /** The report of a unit that never came back: Spark gave up, because each executor that tried it was lost, for example. */
    private UnitReport lost(int number, Job job, Throwable failure) {
        String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
        return new UnitReport(
                number,
                sweep.units().get(number).label(),
                List.of(),
                Optional.of(new IllegalStateException(reason, failure)),
                job.submitted,
                (Instant.now().toEpochMilli() - job.submitted.toEpochMilli()) / 1e3,
                0);
    }

    private void warnOfSlowKernels(UnitOutcome outcome) {
        // In this process the kernels have said so themselves.
        if (outcome.slowKernels() && !cluster.isLocal() && !warnedOfSlowKernels) {
            warnedOfSlowKernels = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "an executor uses slow scalar kernels: add --add-modules jdk.incubator.vector to"
                            + " spark.executor.extraJavaOptions");
        }
    }
}
