package org.superpose.spark;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.broadcast.Broadcast;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * A verifier whose work is done by the executors of a cluster, in ranges of the lowest active feature: prefix ranges of
 * an enumeration, row ranges of the index of pairs. The network is broadcast once.
 *
 * <p>The verdict is that of the verifier itself. A refutation stops everything behind it, and waits for what lies
 * before it, so that the counterexample is the first in the order of inputs; what all ranges cover must sum up to the
 * domain exactly.
 */
final class SplitVerifier implements Verifier {
    /** The least cost worth sending a network away for, about a tenth of a second of work. */
    static final double LEAST_COST = 1e8;

    /** Ranges per task that can run at a time: more than one, because they do not take equally long. */
    private static final int RANGES_PER_SLOT = 4;

    private final ResumableVerifier whole;
    private final SparkCluster cluster;
    private final double leastCost;

    SplitVerifier(ResumableVerifier whole, SparkCluster cluster, double leastCost) {
        this.whole = whole;
        this.cluster = cluster;
        this.leastCost = leastCost;
    }

    /** A verifier over a cluster, or the same one if it cannot be split. */
    static Verifier of(Verifier verifier, SparkCluster cluster, double leastCost) {
        return verifier instanceof ResumableVerifier whole ? new SplitVerifier(whole, cluster, leastCost) : verifier;
    }

    @Override
    public String id() {
        return whole.id();
    }

    @Override
    public String title() {
        return whole.title();
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        return whole.accepts(built);
    }

    @Override
    public double cost(BuiltNetwork built) {
        return whole.cost(built);
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        if (whole.cost(built) < leastCost) {
            return whole.verify(built, budget);
        }
        NetworkOnExecutors sent = NetworkOnExecutors.of(built, cluster.plugins());
        Broadcast<NetworkOnExecutors> broadcast = cluster.context().broadcast(sent);
        try {
            return new Split(built.instance(), budget, broadcast).verify();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("verification was interrupted", interrupted);
        } finally {
            broadcast.destroy();
        }
    }

    /** A range whose job has ended. */
    private record Ended(int range, JobEnd how) {}

    /** One verification: the calling thread submits ranges and gathers, Spark's threads put what ends into a queue. */
    private final class Split {
        private final VerificationBudget budget;
        private final Broadcast<NetworkOnExecutors> network;
        private final BigInteger domainSize;
        private final PrefixRanges prefixes;
        private final PartialVerdict[] parts;
        private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        private final Map<Integer, SparkCluster.Job> running = new HashMap<>();
        private final long start = System.nanoTime();
        /** Ranges from here on no longer matter. */
        private int end;
        /** Whether that is because the budget allows no input of them. */
        private final boolean cutShort;

        private int finished;

        Split(ProblemInstance instance, VerificationBudget budget, Broadcast<NetworkOnExecutors> network) {
            this.budget = budget;
            this.network = network;
            this.domainSize = instance.domain().size();
            this.prefixes = PrefixRanges.of(instance.domain(), RANGES_PER_SLOT * cluster.slots());
            int all = prefixes.ranges().size();
            while (end < all && prefixes.allowance(prefixes.ranges().get(end), budget.maxInputs()) > 0) {
                end++;
            }
            this.cutShort = end < all;
            this.parts = new PartialVerdict[end];
        }

        Verdict verify() throws InterruptedException {
            Deque<Integer> waiting = new ArrayDeque<>();
            for (int r = 0; r < end; r++) {
                waiting.add(r);
            }
            try {
                while (true) {
                    // No more than can run: what a range may take is counted from when it is submitted.
                    while (!waiting.isEmpty() && waiting.peek() < end && running.size() < cluster.slots()) {
                        submit(waiting.remove());
                    }
                    if (running.isEmpty()) {
                        return verdict();
                    }
                    gather(ended.take());
                }
            } finally {
                running.values().forEach(SparkCluster.Job::cancel);
            }
        }

        private void submit(int r) {
            PrefixRanges.Range range = prefixes.ranges().get(r);
            double left = budget.maxSeconds() - (System.nanoTime() - start) / 1e9;
            VerificationBudget share = budget.withMaxInputs(prefixes.allowance(range, budget.maxInputs()))
                    .withMaxSeconds(Math.max(Double.MIN_NORMAL, left));
            running.put(
                    r,
                    cluster.submit(
                            whole.id() + ": features " + range.from() + " to " + (range.to() - 1),
                            range.from(),
                            new RangeTask(network, whole.id(), range.to(), BudgetLimits.of(share)),
                            how -> ended.add(new Ended(r, how))));
        }

        private void gather(Ended event) throws InterruptedException {
            int r = event.range();
            running.remove(r);
            if (event.how() instanceof JobEnd.Failed failed) {
                cluster.requireRunning(failed.reason());
                if (r < end) {
                    throw new IllegalStateException(
                            "a part of the verification failed: "
                                    + failed.reason().getMessage(),
                            failed.reason());
                }
            } else if (event.how() instanceof JobEnd.Done done) {
                gather(r, JavaBytes.read(done.result(), PartialVerdict.class));
            }
        }

        private void gather(int r, PartialVerdict part) {
            parts[r] = part;
            if (part.isRefuted() && r < end) {
                end = r + 1;
                running.forEach((other, job) -> {
                    if (other > r) {
                        job.cancel();
                    }
                });
            }
            finished++;
            budget.progress().reached((double) finished / parts.length);
        }

        /** A part whose share of the budget ran out says how much that was; it is the whole budget that counts. */
        private String why(String reason, BigInteger covered) {
            if (covered.equals(BigInteger.valueOf(budget.maxInputs()))) {
                return budget.outOfInputs();
            }
            return (System.nanoTime() - start) / 1e9 >= budget.maxSeconds() ? budget.outOfTime() : reason;
        }

        private Verdict verdict() {
            BigInteger covered = prefixes.emptyInputs(); // which every range has looked at
            String reason = null;
            List<PrefixRanges.Range> ranges = prefixes.ranges();
            for (int r = 0; r < end; r++) {
                PartialVerdict part = parts[r];
                if (part.isRefuted() && part.wrongInput().length == 0) {
                    return new Verdict.Refuted(whole.id(), part.counterexample(), BigInteger.ONE, domainSize);
                }
                covered = covered.add(prefixes.ownOf(ranges.get(r), part.covered(), part.isRefuted()));
                if (part.isRefuted()) {
                    return new Verdict.Refuted(whole.id(), part.counterexample(), covered, domainSize);
                }
                reason = reason == null ? part.undecided() : reason;
            }
            reason = reason == null && cutShort ? budget.outOfInputs() : reason;
            if (reason != null) {
                return Verdict.Undecided.unsampled(whole.id(), why(reason, covered), covered, domainSize);
            }
            if (!covered.equals(domainSize)) {
                throw new IllegalStateException(
                        "the ranges covered " + covered + " inputs of a domain of " + domainSize);
            }
            return new Verdict.Verified(whole.id(), domainSize);
        }
    }
}
