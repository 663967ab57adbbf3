package org.superpose.core.verify;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;

/**
 * Goes through a domain in the order of {@link InputDomain#forEach}, split by the lowest active feature, and counts what it covers.
 *
 * <p>The last feature of an input is not a step of the enumeration: all features that may come last are handed to the checker
 * together. The first wrong input in enumeration order is found whatever the number of threads.
 */
final class DomainSweep {
    private final InputDomain domain;
    private final VerificationBudget budget;
    private final Deadline deadline;
    private final Candidates candidateSets;
    private final BigInteger[] sizes;
    private final long[] allowance;
    private final Part[] parts;
    private final LongAdder covered = new LongAdder();
    private final double total;

    DomainSweep(InputDomain domain, VerificationBudget budget, Deadline deadline) {
        this.domain = domain;
        this.budget = budget;
        this.deadline = deadline;
        this.candidateSets = new Candidates(domain);
        this.sizes = UnitSizes.of(domain);
        this.allowance = allowances(budget.maxInputs());
        this.parts = new Part[domain.features()];
        this.total = domain.size().doubleValue();
    }

    /** How many inputs of each unit may be looked at, so that it is the first {@code limit} inputs of the whole order. */
    private long[] allowances(long limit) {
        long[] allowances = new long[sizes.length];
        BigInteger left = BigInteger.valueOf(limit).subtract(BigInteger.ONE); // the empty input is looked at first
        for (int a = 0; a < sizes.length; a++) {
            BigInteger own = sizes[a].min(left);
            allowances[a] = own.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
            left = left.subtract(own);
        }
        return allowances;
    }

    /**
     * What came out.
     *
     * @param wrong the first wrong input in enumeration order, or null
     * @param covered inputs looked at; if there is a wrong one, those up to and including it in enumeration order
     * @param complete whether that is the whole domain, every unit of it counted
     * @param undecided how many of the covered inputs could not be decided
     * @param firstUndecided the first of them, or null
     */
    record Outcome(FeatureSet wrong, BigInteger covered, boolean complete, long undecided, FeatureSet firstUndecided) {}

    Outcome run(Supplier<? extends InputChecker> checkers) {
        InputChecker first = checkers.get();
        boolean right = first.isRight();
        FeatureSet firstUndecided = first.takeUndecided();
        long undecided = first.undecided();
        if (!right) {
            return new Outcome(FeatureSet.EMPTY, BigInteger.ONE, false, undecided, firstUndecided);
        }
        covered.increment();
        OrderedUnits.run(parts.length, budget.threads(), () -> new Walk(checkers.get()));
        return gather(undecided, firstUndecided);
    }

    private Outcome gather(long undecidedBefore, FeatureSet firstUndecidedBefore) {
        BigInteger count = BigInteger.ONE;
        boolean complete = true;
        long undecided = undecidedBefore;
        FeatureSet firstUndecided = firstUndecidedBefore;
        for (int a = 0; a < parts.length; a++) {
            Part part = parts[a];
            if (part == null) {
                complete = false;
                continue;
            }
            count = count.add(BigInteger.valueOf(part.covered()));
            undecided += part.undecided();
            firstUndecided = firstUndecided == null ? part.firstUndecided() : firstUndecided;
            if (part.wrong() != null) {
                return new Outcome(part.wrong(), count, false, undecided, firstUndecided);
            }
            complete &= sizes[a].equals(BigInteger.valueOf(part.covered()));
        }
        if (complete && !count.equals(domain.size())) {
            throw new IllegalStateException(
                    "the enumeration covered " + count + " inputs of a domain of " + domain.size());
        }
        return new Outcome(null, count, complete, undecided, firstUndecided);
    }

    /** What one unit gave. */
    private record Part(FeatureSet wrong, long covered, long undecided, FeatureSet firstUndecided) {}

    /** The walk of one thread through its units. */
    private final class Walk implements OrderedUnits.Worker {
        private final InputChecker checker;
        private final int[] active = new int[domain.maxActive()];
        private final long[] candidates = candidateSets.none();
        private int count;
        private long done;
        private long left;
        private FeatureSet wrong;

        Walk(InputChecker checker) {
            this.checker = checker;
        }

        @Override
        public boolean run(int unit) {
            if (allowance[unit] == 0 || deadline.isOver()) {
                return false;
            }
            long undecidedBefore = checker.undecided();
            checker.takeUndecided();
            done = 0;
            left = allowance[unit];
            wrong = null;
            extend(unit);
            parts[unit] = new Part(wrong, done, checker.undecided() - undecidedBefore, checker.takeUndecided());
            covered.add(done);
            budget.progress().reached(Math.min(1, covered.doubleValue() / total));
            return wrong == null;
        }

        /** The input with one more feature and everything behind it; false when the unit is to be left. */
        private boolean extend(int feature) {
            if (left == 0 || deadline.isOver()) {
                return false;
            }
            active[count++] = feature;
            checker.push(feature);
            boolean goOn = visit();
            checker.pop();
            count--;
            return goOn;
        }

        private boolean visit() {
            done++;
            left--;
            if (!checker.isRight()) {
                wrong = FeatureSet.ofSorted(active, count);
                return false;
            }
            if (count == domain.maxActive()) {
                return true;
            }
            if (count == domain.maxActive() - 1) {
                return visitCandidates();
            }
            for (int next = active[count - 1] + 1; next < domain.features(); next++) {
                if (domain.fits(active, count, next) && !extend(next)) {
                    return false;
                }
            }
            return true;
        }

        private boolean visitCandidates() {
            long number = candidateSets.fill(active[count - 1] + 1, active, count, candidates);
            boolean cut = number > left;
            if (cut) {
                keepLowest(left);
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

        private void keepLowest(long number) {
            long kept = 0;
            for (int w = 0; w < candidates.length; w++) {
                while (kept + Long.bitCount(candidates[w]) > number) {
                    candidates[w] ^= Long.highestOneBit(candidates[w]);
                }
                kept += Long.bitCount(candidates[w]);
            }
        }
    }
}
