package org.superpose.runner.explore;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.ExpectedOutputs;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.verify.VerificationBudget;

/**
 * The inputs on which two networks differ: some output is on in one and off in the other.
 *
 * @param inputs how many were found
 * @param undecided inputs more on which that lies within rounding
 * @param lookedAt how many inputs were gone through
 * @param of how many there are
 * @param examples the first of them
 */
public record Differences(
        BigInteger inputs, BigInteger undecided, BigInteger lookedAt, BigInteger of, List<FeatureSet> examples) {
    /** How many inputs are kept as examples. */
    private static final int MOST_EXAMPLES = 10;

    /** The wrong inputs that are kept to compare two networks of one map. */
    private static final int MOST_KEPT = 1_000_000;

    /** Copies the examples. */
    public Differences {
        examples = List.copyOf(examples);
    }

    /** Whether that is the exact number on the whole domain. */
    public boolean isExact() {
        return undecided.signum() == 0 && lookedAt.equals(of);
    }

    /** Collects the inputs on which a network is wrong. */
    static final class WrongInputs implements WrongDecisions {
        private final Set<FeatureSet> inputs = new LinkedHashSet<>();
        private boolean isFull;

        @Override
        public void accept(FeatureSet input, int output, float margin) {
            if (inputs.size() < MOST_KEPT) {
                inputs.add(input);
            } else {
                isFull = true;
            }
        }

        boolean areAll() {
            return !isFull;
        }
    }

    /**
     * Of two networks for one map and one domain: they can only differ where one of them is wrong.
     *
     * @param first what the audit of the first found
     * @param second what the audit of the second found
     * @return empty if that does not say it: an audit is not complete, or too many inputs are wrong
     */
    static Optional<Differences> ofAudits(
            ComparedNetwork first, WrongInputs wrongOfFirst, ComparedNetwork second, WrongInputs wrongOfSecond) {
        AuditReport one = first.audit();
        AuditReport other = second.audit();
        if (!one.isComplete() || !other.isComplete() || !wrongOfFirst.areAll() || !wrongOfSecond.areAll()) {
            return Optional.empty();
        }
        Set<FeatureSet> wrong = new LinkedHashSet<>(wrongOfFirst.inputs);
        wrong.addAll(wrongOfSecond.inputs);
        Evaluator evaluator = new KernelEvaluator(first.built().network());
        Evaluator otherEvaluator = new KernelEvaluator(second.built().network());
        Set<FeatureSet> different = new HashSet<>();
        List<FeatureSet> examples = new ArrayList<>();
        for (FeatureSet input : wrong) {
            if (!evaluator.read(input).equals(otherEvaluator.read(input)) && different.add(input)) {
                if (examples.size() < MOST_EXAMPLES) {
                    examples.add(input);
                }
            }
        }
        return Optional.of(new Differences(
                BigInteger.valueOf(different.size()),
                BigInteger.valueOf(one.undecidedInputs() + other.undecidedInputs()),
                one.inputs(),
                one.inputs(),
                examples));
    }

    /**
     * Of any two networks of as many inputs and outputs: the audit of the first in which the second says what is right.
     *
     * @param domain the inputs to go through
     * @param budget its seconds, threads and progress count
     */
    static Differences byEnumeration(
            SuperposedNetwork first, SuperposedNetwork second, InputDomain domain, VerificationBudget budget) {
        Set<FeatureSet> examples = new LinkedHashSet<>();
        AuditReport report = Audit.byEnumeration(first, domain, new OutputsOf(second))
                .run(budget, Optional.empty(), (input, output, margin) -> {
                    if (examples.size() < MOST_EXAMPLES) {
                        examples.add(input);
                    }
                });
        return new Differences(
                BigInteger.valueOf(report.wrongInputs()),
                BigInteger.valueOf(report.undecidedInputs()),
                report.inputs(),
                domain.size(),
                List.copyOf(examples));
    }

    /** What a network says, as the right answers of an audit. */
    private static final class OutputsOf implements ExpectedOutputs {
        private final SuperposedNetwork network;
        private final ThreadLocal<Evaluator> evaluators;
        private final FeatureSet resting;

        OutputsOf(SuperposedNetwork network) {
            this.network = network;
            this.evaluators = ThreadLocal.withInitial(() -> new KernelEvaluator(network));
            this.resting = evaluators.get().evaluate(FeatureSet.EMPTY);
        }

        @Override
        public int outputs() {
            return network.outputs();
        }

        @Override
        public FeatureSet resting() {
            return resting;
        }

        @Override
        public FeatureSet changes(FeatureSet active, long index) {
            return evaluators.get().evaluate(active).symmetricDifference(resting);
        }
    }
}
