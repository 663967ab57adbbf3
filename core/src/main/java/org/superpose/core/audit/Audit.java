package org.superpose.core.audit;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.argument.ClippedPairForm;
import org.superpose.core.verify.argument.ClippedPairModel;
import org.superpose.core.verify.block.BlockModel;
import org.superpose.core.verify.block.Readout;
import org.superpose.core.verify.run.OrderedUnits;
import org.superpose.core.verify.run.StoredEntries;
import org.superpose.core.verify.run.UnitSizes;

/**
 * Goes through the whole domain of a network and counts: every wrong input, by the number of active features; false
 * positives and negatives; decisions within rounding; and for each output its errors, its margin and whether another
 * threshold would make it right. It takes any network and any {@link ExpectedOutputs}.
 *
 * <p>A network is right on the domain, in every float32 evaluation, iff its complete report has neither wrong nor
 * undecided inputs.
 */
@Reference(value = "Verification: exactness", standing = Standing.OURS)
public final class Audit {
    /** Domains of fewer inputs than two to this are gone through, so that all margins are counted. */
    private static final int MOST_BITS_ENUMERATED = 20;

    /** Entries of the matrices that are multiplied by one operation. */
    private static final double OPERATIONS_AT_A_TIME = 4;

    private final InputDomain domain;
    private final SuperposedNetwork network;
    private final Readout readout;
    private final boolean isExact;
    private final Method method;
    /** Whether the method is the argument over pairs. */
    private final boolean isByPairs;

    /** What counts without going through the parts, where that is possible. */
    private final Optional<AdditiveAudit> additive;

    /** How parts are audited. */
    private interface Method {
        /** What all threads share. */
        Workers prepare(int threads);
    }

    /** Makes the worker of a thread. */
    private interface Workers {
        PartAudit make(Deadline deadline, WorstSoFar worstSoFar, boolean keepsWrong);
    }

    private Audit(
            SuperposedNetwork network,
            InputDomain domain,
            Readout readout,
            boolean isExact,
            Method method,
            boolean isByPairs,
            Optional<AdditiveAudit> additive) {
        this.isByPairs = isByPairs;
        this.additive = additive;
        this.domain = domain;
        this.network = network;
        this.readout = readout;
        this.isExact = isExact;
        this.method = method;
    }

    /**
     * An audit that evaluates the network on every input.
     *
     * @param domain the inputs to go through; of as many features as the network has inputs
     * @param expected the right answers
     * @throws IllegalArgumentException if the network has other inputs or outputs
     */
    public static Audit byEnumeration(SuperposedNetwork network, InputDomain domain, ExpectedOutputs expected) {
        if (network.inputs() != domain.features() || network.outputs() != expected.outputs()) {
            throw new IllegalArgumentException("a network of " + network.inputs() + " inputs and " + network.outputs()
                    + " outputs does not fit a truth of " + domain.features() + " inputs and " + expected.outputs()
                    + " outputs");
        }
        boolean isExact = Exactness.of(network, domain.maxActive()).isExact();
        BlockModel model = new BlockModel(network, domain);
        Readout readout = model.readout();
        Workers workers = (deadline, worstSoFar, keepsWrong) -> new AuditWalk(
                domain,
                expected,
                model,
                new PointEvaluation(network, readout, isExact),
                deadline,
                worstSoFar,
                keepsWrong);
        boolean valuesAreExact = model.bounds().largest() == 0;
        return new Audit(network, domain, readout, valuesAreExact, threads -> workers, false, Optional.empty());
    }

    /**
     * The audit of a network on the domain and against the map of its instance: by the argument over pairs, at a
     * fraction of the cost, where that holds and the domain has no lower bound; on domains of more than a million
     * inputs by that over single features, where that holds; else by enumeration. All find the same, but the argument
     * over single features leaves {@link MarginHistogram#NONE}.
     */
    public static Audit of(BuiltNetwork built) {
        return built.instance().domain().size().bitLength() > MOST_BITS_ENUMERATED
                ? withAdditiveArgument(built)
                : inParts(built);
    }

    /** With the argument over single features, where that holds, whatever the size of the domain. */
    static Audit withAdditiveArgument(BuiltNetwork built) {
        Audit audit = inParts(built);
        return new Audit(
                audit.network,
                audit.domain,
                audit.readout,
                audit.isExact,
                audit.method,
                audit.isByPairs,
                AdditiveAudit.of(built));
    }

    private static Audit inParts(BuiltNetwork built) {
        if (built.instance().domain().minActive() > 0
                || !ClippedPairForm.accepts(built).isAccepted()) {
            return byEnumeration(built.network(), built.instance().domain(), ExpectedOutputs.of(built.instance()));
        }
        Readout readout = new Readout(built.network().decoder());
        return new Audit(
                built.network(),
                built.instance().domain(),
                readout,
                true,
                threads -> {
                    ClippedPairModel model =
                            new ClippedPairModel(ClippedPairForm.inWholeNumbers(built), Kernels.best(), threads);
                    return (deadline, worstSoFar, keepsWrong) -> new PairAudit(built, readout, model, keepsWrong);
                },
                true,
                Optional.empty());
    }

    /**
     * Why the domain is too large to go through, in one sentence that says what can be done; empty if it is not. By an
     * argument it is larger than by enumeration, and with a limit of time a part of it is audited.
     */
    public Optional<String> obstacle(VerificationBudget budget) {
        boolean isCountable = domain.size().bitLength() < Long.SIZE - 1;
        boolean isEnumerated = additive.isEmpty() && !isByPairs;
        double operations = domain.size().doubleValue() * StoredEntries.of(network) / OPERATIONS_AT_A_TIME;
        boolean isTooLong =
                isEnumerated && operations > AutoVerifier.COST_LIMIT && Double.isInfinite(budget.maxSeconds());
        if (isCountable && !isTooLong) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "the domain (%s) has %.2g inputs, too many to look at each: lower max-active,%s or bound the share of"
                        + " wrong inputs by random ones with \"superpose verify --verifier sampled\"",
                domain,
                domain.size().doubleValue(),
                isCountable ? " audit a part of it with --max-seconds," : ""));
    }

    /** The inputs to go through. */
    public InputDomain domain() {
        return domain;
    }

    /** m', the number of outputs. */
    public int outputs() {
        return readout.outputs();
    }

    /**
     * Runs it.
     *
     * @param budget its seconds, threads and progress count; what is found does not depend on the number of threads
     * @param before what an earlier run found, which is not done again, if there is any
     * @param wrong is told the wrong decisions of the parts that this run goes through
     * @return what both runs found; {@link AuditReport#isComplete incomplete} if time ran out
     */
    public AuditReport run(VerificationBudget budget, Optional<AuditReport> before, WrongDecisions wrong) {
        Deadline deadline = budget.deadline();
        if (before.isEmpty() && additive.isPresent()) {
            try {
                Optional<AuditReport> report = additive.get().run(budget, deadline, wrong);
                if (report.isPresent()) {
                    return report.get();
                }
            } catch (OutOfTimeException over) {
                // Nothing is known of any part yet, which is what the enumeration will say too.
            }
        }
        return run(budget, deadline, before, before.map(AuditReport::covered).orElseGet(BitSet::new), wrong);
    }

    /**
     * Runs the part of it that consists of the inputs whose lowest active feature is in a range.
     *
     * @param from the first lowest feature
     * @param to one more than the last; one more than the number of features adds the empty input
     * @param budget as of {@link #run}
     * @return what was found there; reports of other ranges can be added
     * @throws IllegalArgumentException if there is no such range
     */
    public AuditReport runRange(int from, int to, VerificationBudget budget) {
        if (from < 0 || from >= to || to > domain.features() + 1) {
            throw new IllegalArgumentException("lowest features " + from + " to " + (to - 1) + " are no range of the "
                    + (domain.features() + 1) + " parts");
        }
        BitSet elsewhere = new BitSet();
        elsewhere.set(0, from);
        elsewhere.set(to, domain.features() + 1);
        return run(budget, budget.deadline(), Optional.empty(), elsewhere, WrongDecisions.NONE);
    }

    private AuditReport run(
            VerificationBudget budget,
            Deadline deadline,
            Optional<AuditReport> before,
            BitSet elsewhere,
            WrongDecisions wrong) {
        BigInteger[] sizes = UnitSizes.of(domain);
        long[] firstIndices = firstIndices(sizes);
        Found found = new Found(before, elsewhere, wrong, sizes, budget.progress());
        int parts = domain.features() + 1;
        Workers workers = method.prepare(budget.threads());
        OrderedUnits.run(parts, budget.threads(), () -> {
            PartAudit worker = workers.make(deadline, found.worstSoFar, wrong != WrongDecisions.NONE);
            return place -> {
                int part = found.part(place);
                if (found.covers(part)) {
                    return true;
                }
                if (deadline.isOver()) {
                    return false;
                }
                boolean isEmpty = part == domain.features() && domain.minActive() > 0;
                PartAudit.Part result =
                        isEmpty ? new PartAudit.Part(tally -> {}, List.of()) : worker.run(part, firstIndices[part]);
                if (result != null) {
                    found.add(part, result);
                }
                return result != null;
            };
        });
        return found.report();
    }

    private long[] firstIndices(BigInteger[] sizes) {
        long[] indices = new long[sizes.length + 1];
        BigInteger next = domain.minActive() == 0 ? BigInteger.ONE : BigInteger.ZERO;
        for (int a = 0; a < sizes.length; a++) {
            indices[a] = next.longValue();
            next = next.add(sizes[a]);
        }
        return indices;
    }

    /** What the threads found together. */
    private final class Found {
        private final Optional<AuditReport> before;
        private final BitSet covered;
        private final BitSet own = new BitSet();
        private final Tally tally = new Tally(domain, readout);
        private final WrongDecisions wrong;
        /** The wrong decisions of parts that wait for one before them. */
        private final Map<Integer, List<PartAudit.WrongDecision>> waiting = new HashMap<>();

        private final WorstSoFar worstSoFar = new WorstSoFar();
        private int nextPlace;
        private final BigInteger[] sizes;
        private BigInteger done;
        private final VerificationBudget.Progress progress;

        Found(
                Optional<AuditReport> before,
                BitSet elsewhere,
                WrongDecisions wrong,
                BigInteger[] sizes,
                VerificationBudget.Progress progress) {
            this.before = before;
            this.covered = (BitSet) elsewhere.clone();
            this.wrong = wrong;
            this.sizes = sizes;
            this.done = before.map(AuditReport::inputs).orElse(BigInteger.ZERO);
            this.progress = progress;
        }

        /** The empty input comes first in the order of the domain, and last among the parts. */
        int part(int place) {
            return place == 0 ? domain.features() : place - 1;
        }

        synchronized boolean covers(int part) {
            return covered.get(part);
        }

        synchronized void add(int part, PartAudit.Part result) {
            covered.set(part);
            own.set(part);
            result.findings().accept(tally);
            worstSoFar.lower(tally.leastReportedMargin());
            waiting.put(part, result.wrong());
            while (nextPlace <= domain.features() && covered.get(part(nextPlace))) {
                List<PartAudit.WrongDecision> ready = waiting.remove(part(nextPlace++));
                if (ready != null) {
                    ready.forEach(each -> wrong.accept(each.input(), each.output(), each.margin()));
                }
            }
            done = done.add(part < sizes.length ? sizes[part] : BigInteger.ONE);
            progress.reached(Math.min(1, done.doubleValue() / domain.size().doubleValue()));
        }

        AuditReport report() {
            AuditReport ours = tally.report(
                    own, isExact ? Optional.empty() : Optional.of(new PointEvaluation(network, readout, false)));
            return before.map(earlier -> earlier.and(ours)).orElse(ours);
        }
    }
}
