package org.superpose.core.verify.enumeration;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.run.OrderedUnits;
import org.superpose.core.verify.run.UnitSizes;

/**
 * Goes through the sets of at most v - 1 features, leaving out branches in which nothing can happen, and judges all
 * last features of each set that is left at once.
 *
 * <p>An input with no gate on is right if it leaves the second layer silent. There are two ways to tell that a whole
 * branch does:
 *
 * <ul>
 *   <li>by prefixes: with the most that any feature adds to each neuron, the features to come cannot get enough neurons
 *       to fire. What is left are prefixes of inputs, to be completed by a last feature behind them. This cuts early
 *       where a gate reads all v features.
 *   <li>by parts: every input that disturbs has a strong part of v - 1 features ({@link SecondLayerFilter}), and any
 *       feature may complete it. This cuts where gates read fewer than v features, so that neurons fire on partial
 *       overlaps.
 * </ul>
 *
 * <p>A unit of work is all sets of one lowest feature; the outcome is that of one thread going through them in order.
 */
final class BoundedSearch {
    /** Prefixes on which the two ways are compared. */
    private static final int PROBES = 24;

    private final ProblemInstance instance;
    private final InputDomain domain;
    private final VerificationBudget budget;
    private final Deadline deadline;
    private final Candidates candidateSets;
    private final int deepest;
    private final FeatureSet[] wrong;
    private final boolean[] done;

    /** @param before what an earlier search along the same lines proved */
    BoundedSearch(ProblemInstance instance, VerificationBudget budget, Deadline deadline, Coverage before) {
        this.instance = instance;
        this.domain = instance.domain();
        this.budget = budget;
        this.deadline = deadline;
        this.candidateSets = new Candidates(domain);
        this.deepest = domain.maxActive() - 1;
        this.wrong = new FeatureSet[domain.features()];
        this.done = new boolean[domain.features()];
        for (int a = 0; a < done.length; a++) {
            done[a] = before.isProved(a);
        }
    }

    /**
     * What came out.
     *
     * @param wrong the wrong input that is found first, or null
     * @param covered inputs that are proved right, and the wrong one
     * @param complete whether that is the whole domain
     * @param coverage the units that are finished
     */
    record Outcome(FeatureSet wrong, BigInteger covered, boolean complete, Coverage coverage) {}

    /** @param parts whether to go by parts; only where they {@link #partsApply apply} */
    Outcome run(Supplier<ExactChecker> checkers, boolean parts) {
        if (!checkers.get().isRight()) {
            return new Outcome(FeatureSet.EMPTY, BigInteger.ONE, false, Coverage.NONE);
        }
        int begin = 0;
        while (begin < done.length && done[begin]) {
            begin++;
        }
        budget.progress().reached(fraction(begin));
        OrderedUnits.run(done.length, budget.threads(), () -> {
            Walk walk = new Walk(checkers.get(), parts);
            return unit -> {
                if (done[unit]) {
                    return true;
                }
                if (deadline.isOver()) {
                    return false;
                }
                boolean finished = walk.extend(unit);
                wrong[unit] = walk.wrong;
                done[unit] = finished;
                budget.progress().reached(fraction(unit + 1));
                return finished;
            };
        });
        return gather(parts);
    }

    /** About the fraction of all inputs whose lowest feature is among the first {@code features}. */
    private double fraction(int features) {
        return 1 - Math.pow(1 - (double) features / done.length, domain.maxActive());
    }

    /** Whether the search may go by parts: all sets of up to v features are inputs, and each gate fits into a part. */
    boolean partsApply(SecondLayerFilter quiet) {
        return quiet.knowsStrongParts()
                && !domain.isGrouped()
                && domain.minActive() == 0
                && deepest >= 2
                && gatesFitIntoParts();
    }

    private boolean gatesFitIntoParts() {
        Gates gates = instance.layers().get(0);
        // A changed gate that reads fewer features than are active stays changed without one that it does not read; an
        // AND
        // gate that reads more is never on.
        return IntStream.range(0, gates.outputs())
                .noneMatch(gate -> gates.fanIn(gate) == domain.maxActive()
                        || gates.fanIn(gate) > domain.maxActive()
                                && !gates.function(gate).equals(GateFunction.AND));
    }

    /** Compares how many sets of v - 1 features are left by each way, on evenly spaced prefixes. */
    boolean partsPay(ExactChecker checker) {
        long[] candidates = candidateSets.none();
        long[] left = candidateSets.none();
        long byPrefixes = 0;
        long byParts = 0;
        int[] active = new int[deepest];
        for (int probe = 0; probe < PROBES; probe++) {
            int pushed = 0;
            for (int t = 0; t < deepest - 1; t++) {
                int feature = (int) ((long) domain.features() * (probe + t * PROBES) / (2L * deepest * PROBES)) + t;
                if (feature < domain.features()) {
                    active[pushed++] = feature;
                    checker.push(feature);
                }
            }
            candidateSets.fill(active[pushed - 1] + 1, active, pushed, candidates);
            checker.mayMatter(candidates, 1, left);
            byPrefixes += count(left);
            checker.mayBeStrong(candidates, 0, left);
            byParts += count(left);
            for (int t = 0; t < pushed; t++) {
                checker.pop();
            }
        }
        // A part is completed by features on both sides of it: about twice as many.
        return 2 * byParts < byPrefixes;
    }

    private static long count(long[] set) {
        return Arrays.stream(set).map(Long::bitCount).sum();
    }

    private Outcome gather(boolean parts) {
        boolean[] proved = new boolean[done.length];
        Coverage.Collector collected = new Coverage.Collector();
        for (int a = 0; a < done.length; a++) {
            if (wrong[a] != null) {
                return new Outcome(
                        wrong[a], covered(domain, proved, parts).add(BigInteger.ONE), false, collected.coverage());
            }
            proved[a] = done[a];
            if (done[a]) {
                collected.addWhole(a);
            }
        }
        BigInteger covered = covered(domain, proved, parts);
        return new Outcome(null, covered, covered.equals(domain.size()), collected.coverage());
    }

    /**
     * How many inputs the finished units prove, exactly. By prefixes, those whose lowest feature is one of them. By
     * parts, an input of v features has parts of two units, its lowest and its second lowest feature: both must be
     * finished.
     */
    static BigInteger covered(InputDomain domain, boolean[] proved, boolean parts) {
        BigInteger covered = domain.minActive() == 0 ? BigInteger.ONE : BigInteger.ZERO; // the empty input
        int deepest = domain.maxActive() - 1;
        BigInteger[] sizes = UnitSizes.of(parts ? domain.withMaxActive(deepest) : domain);
        int below = 0;
        for (int a = 0; a < proved.length; a++) {
            if (proved[a]) {
                covered = covered.add(sizes[a]);
                if (parts) {
                    covered = covered.add(FunctionClass.binomial(proved.length - 1 - a, deepest - 1)
                            .multiply(BigInteger.valueOf(below)));
                    below++;
                }
            }
        }
        return covered;
    }

    /** The walk of one thread. */
    private final class Walk {
        private final ExactChecker checker;
        private final boolean parts;
        private final int[] active = new int[domain.maxActive()];
        private final long[] candidates = candidateSets.none();
        /** For each number of features the candidates behind them that are left. */
        private final long[][] left = new long[domain.maxActive()][];

        private int count;
        private FeatureSet wrong;

        Walk(ExactChecker checker, boolean parts) {
            this.checker = checker;
            this.parts = parts;
            for (int t = 0; t < left.length; t++) {
                left[t] = candidateSets.none();
            }
        }

        /** The current set with one more feature, and all that is left behind it; false if the unit is not finished. */
        boolean extend(int feature) {
            if (deadline.isOver()) {
                return false;
            }
            active[count++] = feature;
            checker.push(feature);
            boolean finished = visit();
            checker.pop();
            count--;
            return finished;
        }

        private boolean visit() {
            if (count >= domain.minActive() && !checker.isRight()) {
                wrong = FeatureSet.ofSorted(active, count);
                return false;
            }
            if (count == deepest) {
                return visitLast();
            }
            candidateSets.fill(active[count - 1] + 1, active, count, candidates);
            long[] own = left[count];
            if (parts) {
                checker.mayBeStrong(candidates, deepest - count - 1, own);
            } else {
                checker.mayMatter(candidates, deepest - count, own);
            }
            for (int next = Candidates.next(own, 0); next >= 0; next = Candidates.next(own, next + 1)) {
                if (!extend(next)) {
                    return false;
                }
            }
            return true;
        }

        private boolean visitLast() {
            candidateSets.fill(parts ? 0 : active[count - 1] + 1, active, count, candidates);
            int bad = checker.firstWrong(candidates);
            if (bad >= 0) {
                int[] input = Arrays.copyOf(active, count + 1);
                input[count] = bad;
                wrong = FeatureSet.of(input);
            }
            return bad < 0;
        }
    }
}
