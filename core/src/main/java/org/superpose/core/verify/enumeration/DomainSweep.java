package org.superpose.core.verify.enumeration;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.run.OrderedUnits;
import org.superpose.core.verify.run.UnitSizes;

/**
 * Goes through a domain in the order of {@link InputDomain#iterator}, split by the lowest active feature, and counts
 * what it covers.
 *
 * <p>The last feature of an input is not a step of the enumeration: all features that may come last are handed to the
 * checker together. The first wrong input in enumeration order is found whatever the number of threads.
 */
final class DomainSweep {
    private final InputDomain domain;
    private final VerificationBudget budget;
    private final Deadline deadline;
    private final Candidates candidateSets;
    private final BigInteger[] sizes;
    private final long[] allowance;
    private final Part[] parts;
    private final Coverage before;
    private volatile boolean timeRanOut;
    private final LongAdder covered = new LongAdder();
    private final double total;

    /** @param before what earlier runs covered */
    DomainSweep(InputDomain domain, VerificationBudget budget, Deadline deadline, Coverage before) {
        this.domain = domain;
        this.budget = budget;
        this.deadline = deadline;
        this.candidateSets = new Candidates(domain);
        this.sizes = UnitSizes.of(domain);
        this.before = before;
        this.allowance = allowances(budget.maxInputs());
        this.parts = new Part[domain.features()];
        this.total = domain.size().doubleValue();
        for (int a = 0; a < parts.length; a++) {
            if (before.isProved(a) || sizes[a].signum() == 0) {
                parts[a] = new Part(null, sizes[a], 0, null, null);
                covered.add(sizes[a].longValue());
            } else if (before.part(a).isPresent()) {
                Coverage.Part begun = before.part(a).get();
                if (!domain.withMinActive(0).contains(begun.next())) {
                    throw new IllegalArgumentException("input " + begun.next() + " is not in the domain");
                }
                parts[a] = new Part(null, BigInteger.valueOf(begun.covered()), 0, null, begun.next());
                covered.add(begun.covered());
            }
        }
    }

    /**
     * How many inputs of each unit may be looked at, so that it is the first {@code limit} inputs of the order that are
     * not covered yet.
     */
    private long[] allowances(long limit) {
        long[] allowances = new long[sizes.length];
        // The empty input is looked at first; a run that goes on within a part has it for free, so that it gets on.
        BigInteger left = BigInteger.valueOf(limit);
        if (before.parts().isEmpty()) {
            left = left.subtract(empty());
        }
        for (int a = 0; a < sizes.length; a++) {
            long begun = before.part(a).map(Coverage.Part::covered).orElse(0L);
            BigInteger known = before.isProved(a) ? sizes[a] : BigInteger.valueOf(begun);
            BigInteger own = sizes[a].subtract(known).min(left);
            allowances[a] = own.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
            left = left.subtract(own);
        }
        return allowances;
    }

    /** How many empty inputs the domain has. */
    private BigInteger empty() {
        return domain.minActive() == 0 ? BigInteger.ONE : BigInteger.ZERO;
    }

    /**
     * What came out.
     *
     * @param wrong the first wrong input in enumeration order, or null
     * @param covered inputs looked at; if there is a wrong one, those up to and including it in enumeration order
     * @param complete whether that is the whole domain, every unit of it counted
     * @param undecided how many of the covered inputs could not be decided, in earlier runs too
     * @param firstUndecided one of them, or null
     * @param timeRanOut whether it is incomplete because time ran out, not inputs
     * @param coverage what is covered, with what could not be decided
     */
    record Outcome(
            FeatureSet wrong,
            BigInteger covered,
            boolean complete,
            long undecided,
            FeatureSet firstUndecided,
            boolean timeRanOut,
            Coverage coverage) {}

    Outcome run(Supplier<? extends InputChecker> checkers) {
        if (domain.minActive() > 0) {
            OrderedUnits.run(parts.length, budget.threads(), () -> new Walk(checkers.get()));
            return gather(0, null);
        }
        InputChecker first = checkers.get();
        boolean right = first.isRight();
        FeatureSet firstUndecided = first.takeUndecided();
        long undecided = first.undecided();
        if (!right) {
            return new Outcome(
                    FeatureSet.EMPTY, BigInteger.ONE, false, undecided, firstUndecided, false, Coverage.NONE);
        }
        covered.increment();
        budget.progress().reached(Math.min(1, covered.doubleValue() / total));
        OrderedUnits.run(parts.length, budget.threads(), () -> new Walk(checkers.get()));
        return gather(undecided, firstUndecided);
    }

    private Outcome gather(long undecidedBefore, FeatureSet firstUndecidedBefore) {
        BigInteger count = empty();
        boolean complete = true;
        Coverage.Collector proved = new Coverage.Collector();
        long undecided = undecidedBefore + before.undecided();
        FeatureSet firstUndecided =
                firstUndecidedBefore == null ? before.firstUndecided().orElse(null) : firstUndecidedBefore;
        FeatureSet firstInParts = before.firstUndecided().orElse(null);
        boolean begun = false;
        for (int a = 0; a < parts.length; a++) {
            Part part = parts[a];
            if (part == null) {
                complete = false;
                if (!begun) {
                    proved.addPart(FeatureSet.of(a), 0); // where to go on
                    begun = true;
                }
                continue;
            }
            count = count.add(part.covered());
            undecided += part.undecided();
            firstUndecided = firstUndecided == null ? part.firstUndecided() : firstUndecided;
            firstInParts = firstInParts == null ? part.firstUndecided() : firstInParts;
            if (part.wrong() != null) {
                return new Outcome(part.wrong(), count, false, undecided, firstUndecided, false, proved.coverage());
            }
            boolean whole = sizes[a].equals(part.covered());
            complete &= whole;
            if (whole) {
                proved.addWhole(a);
            } else if (part.next() != null) {
                proved.addPart(part.next(), part.covered().longValueExact());
                begun = true;
            }
        }
        if (complete && !count.equals(domain.size())) {
            throw new IllegalStateException(
                    "the enumeration covered " + count + " inputs of a domain of " + domain.size());
        }
        Coverage coverage =
                proved.coverage().withUndecided(undecided - undecidedBefore, Optional.ofNullable(firstInParts));
        return new Outcome(null, count, complete, undecided, firstUndecided, timeRanOut, coverage);
    }

    /**
     * What one unit gave.
     *
     * @param next where it was cut off: the first input that is not covered, or null
     */
    private record Part(
            FeatureSet wrong, BigInteger covered, long undecided, FeatureSet firstUndecided, FeatureSet next) {}

    /** The walk of one thread through its units. */
    private final class Walk implements OrderedUnits.Worker {
        private final InputChecker checker;
        private final int[] active = new int[domain.maxActive()];
        private final long[] candidates = candidateSets.none();
        private int count;
        private long done;
        private long left;
        private FeatureSet wrong;
        /** Where the walk was cut off, or null. */
        private FeatureSet stop;
        /** The input at which to begin, while the walk is on the way to it; else null. */
        private FeatureSet start;

        Walk(InputChecker checker) {
            this.checker = checker;
        }

        @Override
        public boolean run(int unit) {
            if (before.isProved(unit) || sizes[unit].signum() == 0) {
                return true;
            }
            if (allowance[unit] == 0 || isOver()) {
                return false;
            }
            long undecidedBefore = checker.undecided();
            checker.takeUndecided();
            Optional<Coverage.Part> begun = before.part(unit);
            long known = begun.map(Coverage.Part::covered).orElse(0L);
            start = begun.map(Coverage.Part::next).orElse(null);
            stop = null;
            done = 0;
            left = allowance[unit];
            wrong = null;
            extend(unit);
            parts[unit] = new Part(
                    wrong,
                    BigInteger.valueOf(known + done),
                    checker.undecided() - undecidedBefore,
                    checker.takeUndecided(),
                    stop);
            covered.add(done);
            budget.progress().reached(Math.min(1, covered.doubleValue() / total));
            return wrong == null;
        }

        private boolean isOver() {
            if (!deadline.isOver()) {
                return false;
            }
            timeRanOut = true;
            return true;
        }

        /** The input with one more feature and everything behind it; false when the unit is to be left. */
        private boolean extend(int feature) {
            active[count] = feature;
            if (left == 0 || isOver()) {
                stop = start != null ? start : FeatureSet.ofSorted(active, count + 1);
                return false;
            }
            count++;
            checker.push(feature);
            boolean goOn = visit();
            checker.pop();
            count--;
            return goOn;
        }

        private boolean visit() {
            // On the way to the start, prefixes of it are covered already.
            int next = active[count - 1] + 1;
            if (start != null && count < start.size()) {
                next = start.get(count);
            } else {
                start = null;
                if (count >= domain.minActive()) {
                    done++;
                    left--;
                    if (!checker.isRight()) {
                        wrong = FeatureSet.ofSorted(active, count);
                        return false;
                    }
                }
            }
            if (count == domain.maxActive()) {
                return true;
            }
            if (count == domain.maxActive() - 1) {
                start = null;
                return visitCandidates(next);
            }
            for (; next < domain.features(); next++) {
                if (domain.fits(active, count, next) && !extend(next)) {
                    return false;
                }
            }
            return true;
        }

        private boolean visitCandidates(int from) {
            long number = candidateSets.fill(from, active, count, candidates);
            boolean cut = number > left;
            if (cut) {
                active[count] = keepLowest(left);
                stop = FeatureSet.ofSorted(active, count + 1);
                number = left;
            }
            int bad = checker.firstWrong(candidates);
            if (bad >= 0) {
                long upTo = 0;
                for (int w = 0; w < bad / Long.SIZE; w++) {
                    upTo += Long.bitCount(candidates[w]);
                }
                upTo += Long.bitCount(candidates[bad / Long.SIZE] & (-1L >>> (Long.SIZE - 1 - bad % Long.SIZE)));
                done += upTo;
                int[] input = Arrays.copyOf(active, count + 1);
                input[count] = bad;
                wrong = FeatureSet.ofSorted(input, input.length);
                return false;
            }
            done += number;
            left -= number;
            return !cut;
        }

        /** Takes all but the lowest candidates away; returns the lowest that is taken. */
        private int keepLowest(long number) {
            long kept = 0;
            int lowestTaken = -1;
            for (int w = 0; w < candidates.length; w++) {
                while (kept + Long.bitCount(candidates[w]) > number) {
                    long highest = Long.highestOneBit(candidates[w]);
                    candidates[w] ^= highest;
                    if (kept + Long.bitCount(candidates[w]) == number && lowestTaken < 0) {
                        lowestTaken = w * Long.SIZE + Long.numberOfTrailingZeros(highest);
                    }
                }
                kept += Long.bitCount(candidates[w]);
            }
            return lowestTaken;
        }
    }
}
