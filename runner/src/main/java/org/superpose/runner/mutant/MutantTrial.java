package org.superpose.runner.mutant;

import java.util.LinkedHashMap;
import java.util.Map;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * What the verifiers say of one mutant, held against the truth: the plain evaluator, which shares no code with them, on
 * every input of the domain.
 *
 * @param right whether the mutant is right on every input
 * @param opinions by the id of every verifier that accepts the mutant
 */
record MutantTrial(boolean right, Map<String, Opinion> opinions) {
    /** The id of the verifier that accepts every mutant, because it looks at every input. */
    static final String EXHAUSTIVE = "exhaustive";

    /** One verifier's word, and what it is worth. */
    enum Opinion {
        /** Verified, and right. */
        VERIFIED,
        /** Refuted, and its counterexample is one. */
        REFUTED,
        /** Nothing was claimed. */
        UNDECIDED,
        /** Verified but wrong, refuted but right, or a counterexample that is none. */
        FALSE
    }

    MutantTrial {
        opinions = Map.copyOf(opinions);
    }

    static MutantTrial of(BuiltNetwork mutant, Iterable<? extends Verifier> verifiers, VerificationBudget budget) {
        boolean right = isRight(mutant);
        Map<String, Opinion> opinions = new LinkedHashMap<>();
        for (Verifier verifier : verifiers) {
            if (verifier.accepts(mutant).isAccepted()) {
                opinions.put(verifier.id(), opinion(mutant, right, verifier, budget));
            }
        }
        return new MutantTrial(right, opinions);
    }

    private static Opinion opinion(BuiltNetwork mutant, boolean right, Verifier verifier, VerificationBudget budget) {
        Verdict verdict;
        try {
            verdict = verifier.verify(mutant, budget);
        } catch (IllegalStateException contradiction) { // a verifier that contradicts the plain evaluator
            return Opinion.FALSE;
        }
        if (verdict instanceof Verdict.Verified) {
            return right ? Opinion.VERIFIED : Opinion.FALSE;
        }
        if (verdict instanceof Verdict.Refuted refuted) {
            boolean genuine = refuted.counterexample().isConfirmedBy(mutant);
            return genuine && !right ? Opinion.REFUTED : Opinion.FALSE;
        }
        return Opinion.UNDECIDED;
    }

    private static boolean isRight(BuiltNetwork mutant) {
        ProblemInstance instance = mutant.instance();
        PlainEvaluator evaluator = new PlainEvaluator(mutant.network());
        for (FeatureSet input : instance.domain()) {
            if (!evaluator.read(input).is(instance.evaluate(input))) {
                return false;
            }
        }
        return true;
    }
}
