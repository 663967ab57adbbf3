package org.superpose.core.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.argument.AdditiveForm;
import org.superpose.core.verify.argument.AdditiveScores;
import org.superpose.core.verify.block.Readout;
import org.superpose.core.verify.run.OrderedUnits;

/**
 * Counts on networks of {@link AdditiveForm} in which no row cuts, by the scores of single features: output by output,
 * and only towards inputs on which it is wrong. The domain as a whole is never gone through, so the margins of the
 * inputs that are right are not counted.
 *
 * <p>Errors of an output are counted set by set. An input is wrong once, however many of its outputs are: features all
 * of whose inputs are wrong are found first, and what contains none of them is marked one by one.
 */
@Reference(value = "Verification: exactness", standing = Standing.OURS)
final class AdditiveAudit {
    /** Wrong decisions that are listed at most. */
    private static final int MOST_LISTED = 1 << 22;

    /** Inputs that may be marked for each byte of heap: a quarter of it. */
    private static final long MARKS_PER_BYTE = 2;

    private final InputDomain domain;
    private final Gates gates;
    private final Readout readout;
    private final AdditiveScores scores;

    private AdditiveAudit(BuiltNetwork built, AdditiveScores scores) {
        this.domain = built.instance().domain();
        this.gates = built.instance().gates();
        this.readout = new Readout(built.network().decoder());
        this.scores = scores;
    }

    /** The audit of a network, if it is of the form and its domain has fewer than 2^62 inputs. */
    static Optional<AdditiveAudit> of(BuiltNetwork built) {
        if (built.instance().isLayered()
                || !AdditiveForm.accepts(built).isAccepted()
                || built.instance().domain().size().bitLength() > 62) {
            return Optional.empty();
        }
        AdditiveScores scores = new AdditiveScores(built);
        return scores.firstRowThatCuts() < 0 ? Optional.of(new AdditiveAudit(built, scores)) : Optional.empty();
    }

    /** The sign with which values on inputs with these reads are the larger, the more the output is wrong. */
    private static int wrongSide(AdditiveOutput.ReadSet set) {
        return set.expected() ? -1 : 1;
    }

    /** From which signed value on the output is wrong. */
    private long wrongFrom(int output, AdditiveOutput.ReadSet set) {
        int threshold = scores.threshold(output);
        return set.expected() ? 1L - threshold : threshold;
    }

    private double margin(int output, AdditiveOutput.ReadSet set, long value) {
        double real = value * scores.unit();
        return set.expected() ? real - readout.on(output) : readout.off(output) - real;
    }

    /**
     * What one output does.
     *
     * @param leastMargin its smallest margin
     * @param worstInput the first input with that
     */
    private record Found(
            OutputAudit output, long falsePositives, long falseNegatives, double leastMargin, FeatureSet worstInput) {}

    /**
     * Runs it.
     *
     * @param deadline that of the whole audit
     * @param wrong is told all wrong decisions
     * @return what was found; empty if there is too much to find in this way
     * @throws org.superpose.core.OutOfTimeException if time runs out
     */
    Optional<AuditReport> run(VerificationBudget budget, Deadline deadline, WrongDecisions wrong) {
        int outputs = readout.outputs();
        Found[] found = new Found[outputs];
        WrongFeatures wrongFeatures = new WrongFeatures(domain, gates);
        AtomicInteger done = new AtomicInteger();
        OrderedUnits.run(outputs, budget.threads(), () -> i -> {
            if (deadline.isOver()) {
                return false;
            }
            found[i] = look(i, wrongFeatures);
            budget.progress().reached(0.5 * done.incrementAndGet() / outputs);
            return true;
        });
        deadline.check();
        Optional<long[]> wrongByActive = wrongByActive(found, wrongFeatures.features(), budget, deadline);
        if (wrongByActive.isEmpty() || wrong != WrongDecisions.NONE && !tell(found, wrong)) {
            return Optional.empty();
        }
        budget.progress().reached(1);
        BitSet covered = new BitSet();
        covered.set(0, domain.features() + 1);
        List<Long> none = new ArrayList<>();
        List<Long> byActive = new ArrayList<>();
        for (long count : wrongByActive.get()) {
            byActive.add(count);
            none.add(0L);
        }
        return Optional.of(new AuditReport(
                domain,
                covered,
                byActive,
                none,
                IntStream.range(0, outputs)
                        .mapToLong(i -> found[i].falsePositives())
                        .sum(),
                IntStream.range(0, outputs)
                        .mapToLong(i -> found[i].falseNegatives())
                        .sum(),
                0,
                IntStream.range(0, outputs).mapToObj(i -> found[i].output()).toList(),
                MarginHistogram.NONE,
                worst(found, deadline)));
    }

    private AdditiveOutput output(int output) {
        return new AdditiveOutput(scores, output, gates, domain);
    }

    private Found look(int i, WrongFeatures wrongFeatures) {
        AdditiveOutput output = output(i);
        long falsePositives = 0;
        long falseNegatives = 0;
        Optional<Extreme> leastOn = Optional.empty();
        Optional<Extreme> mostOff = Optional.empty();
        for (AdditiveOutput.ReadSet set : output.readSets()) {
            int sign = wrongSide(set);
            long limit = output.extreme(set, sign);
            FeatureSet input = output.first(set, sign, limit).orElseThrow();
            Optional<Extreme> extreme = Optional.of(new Extreme(sign * limit * scores.unit(), input));
            long errors = limit < wrongFrom(i, set) ? 0 : output.count(set, sign, wrongFrom(i, set));
            if (set.expected()) {
                leastOn = Extreme.smaller(leastOn, extreme);
                falseNegatives += errors;
            } else {
                mostOff = Extreme.larger(mostOff, extreme);
                falsePositives += errors;
            }
            if (errors > 0) {
                wrongFeatures.look(i, output, set, sign, wrongFrom(i, set));
            }
        }
        OutputAudit audit =
                new OutputAudit(readout.on(i), readout.off(i), falsePositives + falseNegatives, 0, leastOn, mostOff);
        return new Found(
                audit,
                falsePositives,
                falseNegatives,
                audit.worstMargin().orElseThrow(),
                audit.worstInput().orElseThrow());
    }

    /** Wrong inputs by the number of active features; empty if there is too little memory to mark them. */
    private Optional<long[]> wrongByActive(
            Found[] found, boolean[] wrongFeatures, VerificationBudget budget, Deadline deadline) {
        int left = (int) IntStream.range(0, wrongFeatures.length)
                .filter(j -> !wrongFeatures[j])
                .count();
        long[] wrong = new long[domain.maxActive() + 1];
        for (int t = domain.minActive(); t < wrong.length; t++) {
            wrong[t] = AdditiveOutput.choose(domain.features(), t) - AdditiveOutput.choose(left, t);
        }
        int[] outputs = IntStream.range(0, found.length)
                .filter(i -> found[i].output().errors() > 0)
                .toArray();
        BigInteger marks = left == 0
                ? BigInteger.ONE
                : InputDomain.sparse(left, Math.min(left, domain.maxActive())).size();
        long most = Runtime.getRuntime().maxMemory() * MARKS_PER_BYTE;
        if (outputs.length == 0) {
            return Optional.of(wrong);
        }
        if (marks.compareTo(BigInteger.valueOf(most)) > 0) {
            return Optional.empty();
        }
        Marks marked = new Marks(wrongFeatures, left, domain.maxActive());
        AtomicInteger done = new AtomicInteger();
        OrderedUnits.run(outputs.length, budget.threads(), () -> place -> {
            if (deadline.isOver()) {
                return false;
            }
            int i = outputs[place];
            AdditiveOutput output = new AdditiveOutput(scores.of(i), scores.base(i), i, gates, domain, wrongFeatures);
            for (AdditiveOutput.ReadSet set : output.readSets()) {
                long limit = wrongFrom(i, set);
                output.walk(set, wrongSide(set), limit, (input, value) -> {
                    marked.mark(input);
                    return limit;
                });
            }
            budget.progress().reached(0.5 + 0.5 * done.incrementAndGet() / outputs.length);
            return true;
        });
        deadline.check();
        for (int t = domain.minActive(); t < wrong.length; t++) {
            wrong[t] += marked.count(t);
        }
        return Optional.of(wrong);
    }

    /** Tells all wrong decisions in order; false if they are too many to be sorted. */
    private boolean tell(Found[] found, WrongDecisions wrong) {
        long all = 0;
        for (Found each : found) {
            all += each.output().errors();
        }
        if (all > MOST_LISTED) {
            return false;
        }
        List<PartAudit.WrongDecision> decisions = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            if (found[i].output().errors() > 0) {
                int number = i;
                AdditiveOutput output = output(i);
                for (AdditiveOutput.ReadSet set : output.readSets()) {
                    long limit = wrongFrom(i, set);
                    output.walk(set, wrongSide(set), limit, (input, value) -> {
                        decisions.add(new PartAudit.WrongDecision(input, number, (float) margin(number, set, value)));
                        return limit;
                    });
                }
            }
        }
        decisions.sort(Comparator.comparing(PartAudit.WrongDecision::input, Extreme.ORDER)
                .thenComparing(PartAudit.WrongDecision::output));
        decisions.forEach(each -> wrong.accept(each.input(), each.output(), each.margin()));
        return true;
    }

    /** The inputs with the smallest margins. */
    private List<WorstInput> worst(Found[] found, Deadline deadline) {
        Worst worst = new Worst();
        IntStream.range(0, found.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> found[i].leastMargin())
                        .thenComparing(i -> found[i].worstInput(), Extreme.ORDER))
                .filter(i -> worst.takes(found[i].leastMargin(), found[i].worstInput()))
                .forEach(i -> {
                    deadline.check();
                    AdditiveOutput output = output(i);
                    for (AdditiveOutput.ReadSet set : output.readSets()) {
                        int sign = wrongSide(set);
                        output.walk(set, sign, worst.limit(i, set, FeatureSet.EMPTY), (input, value) -> {
                            worst.offer(new WorstInput(input, i, margin(i, set, value)));
                            return worst.limit(i, set, input);
                        });
                    }
                });
        return List.copyOf(worst.inputs);
    }

    /** The worst inputs so far, each with its worst output. */
    private final class Worst {
        private final TreeSet<WorstInput> inputs = new TreeSet<>(WorstInput.ORDER);

        private boolean isFull() {
            return inputs.size() == AuditReport.WORST_INPUTS;
        }

        /** Whether an input with this margin is among them, or would be. */
        boolean takes(double margin, FeatureSet input) {
            return !isFull()
                    || margin < inputs.last().margin()
                    || margin == inputs.last().margin()
                            && !Extreme.isBefore(inputs.last().input(), input);
        }

        void offer(WorstInput each) {
            Optional<WorstInput> same = inputs.stream()
                    .filter(other -> other.input().equals(each.input()))
                    .findFirst();
            if (same.isPresent()) {
                WorstInput other = same.get();
                if (each.margin() < other.margin()
                        || each.margin() == other.margin() && each.output() < other.output()) {
                    inputs.remove(other);
                    inputs.add(each);
                }
                return;
            }
            inputs.add(each);
            if (inputs.size() > AuditReport.WORST_INPUTS) {
                inputs.pollLast();
            }
        }

        /** The signed value that an input not before the one at hand needs to be among them. */
        long limit(int output, AdditiveOutput.ReadSet set, FeatureSet input) {
            if (!isFull()) {
                return Long.MIN_VALUE / 4;
            }
            int sign = wrongSide(set);
            double margin = inputs.last().margin();
            double bound = set.expected() ? margin + readout.on(output) : readout.off(output) - margin;
            long limit = (long) Math.ceil(sign * bound / scores.unit());
            // A margin that is equal only helps an input that comes before the last of them.
            boolean isLate = Extreme.isBefore(inputs.last().input(), input);
            return isLate && margin(output, set, sign * limit) == margin ? limit + 1 : limit;
        }
    }
}
