package org.superpose.spark;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.broadcast.Broadcast;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.audit.AuditFile;

/**
 * An audit whose work is done by the executors of a cluster, in ranges of the lowest active feature. The network is
 * broadcast once, and what the ranges find adds up to what one process finds.
 */
final class SplitAudit {
    /** The fewest inputs worth sending a network away for. */
    static final BigInteger LEAST_INPUTS = BigInteger.valueOf(1_000_000);

    /** Ranges per task that can run at a time: more than one, because they do not take equally long. */
    private static final int RANGES_PER_SLOT = 4;

    private final SparkCluster cluster;
    private final BigInteger leastInputs;

    SplitAudit(SparkCluster cluster, BigInteger leastInputs) {
        this.cluster = cluster;
        this.leastInputs = leastInputs;
    }

    /** A range whose job has ended. */
    private record Ended(int range, JobEnd how) {}

    AuditReport run(BuiltNetwork built, VerificationBudget budget) throws InterruptedException {
        Audit audit = Audit.of(built);
        if (audit.domain().size().compareTo(leastInputs) < 0) {
            return audit.run(budget, Optional.empty(), WrongDecisions.NONE);
        }
        Broadcast<NetworkOnExecutors> network =
                cluster.context().broadcast(NetworkOnExecutors.of(built, cluster.plugins()));
        try {
            return run(audit, network, budget);
        } finally {
            network.destroy();
        }
    }

    private AuditReport run(Audit audit, Broadcast<NetworkOnExecutors> network, VerificationBudget budget)
            throws InterruptedException {
        long start = System.nanoTime();
        int features = audit.domain().features();
        List<PrefixRanges.Range> ranges = PrefixRanges.of(audit.domain(), RANGES_PER_SLOT * cluster.slots())
                .ranges();
        Deque<Integer> waiting = new ArrayDeque<>();
        for (int r = 0; r < ranges.size(); r++) {
            waiting.add(r);
        }
        BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        Map<Integer, SparkCluster.Job> running = new HashMap<>();
        AuditReport found = null;
        int finished = 0;
        try {
            while (!waiting.isEmpty() || !running.isEmpty()) {
                // No more than can run: what a range may take is counted from when it is submitted.
                while (!waiting.isEmpty() && running.size() < cluster.slots()) {
                    int r = waiting.remove();
                    int from = ranges.get(r).from();
                    int to = ranges.get(r).to();
                    double left = budget.maxSeconds() - (System.nanoTime() - start) / 1e9;
                    BudgetLimits limits = BudgetLimits.of(budget.withMaxSeconds(Math.max(Double.MIN_NORMAL, left)));
                    running.put(
                            r,
                            cluster.submit(
                                    "audit: features " + from + " to " + (to - 1),
                                    from,
                                    // the last range has the empty input too
                                    new AuditTask(network, to == features ? features + 1 : to, limits),
                                    how -> ended.add(new Ended(r, how))));
                }
                Ended event = ended.take();
                running.remove(event.range());
                if (event.how() instanceof JobEnd.Failed failed) {
                    cluster.requireRunning(failed.reason());
                    throw new IllegalStateException(
                            "a part of the audit failed: " + failed.reason().getMessage(), failed.reason());
                }
                AuditReport part = AuditFile.report(((JobEnd.Done) event.how()).result(), audit);
                found = found == null ? part : found.and(part);
                finished++;
                budget.progress().reached((double) finished / ranges.size());
            }
        } finally {
            running.values().forEach(SparkCluster.Job::cancel);
        }
        return found;
    }
}
