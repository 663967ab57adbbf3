package org.superpose.spark;

import java.io.Serializable;
import java.math.BigInteger;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.OutputState;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Verdict;

/**
 * What a part of a verification found, as values that travel.
 *
 * @param wrongInput the active features of a counterexample, or null if there is none
 * @param output of the counterexample
 * @param expected of the counterexample
 * @param got of the counterexample, or null if there is none
 * @param undecided why nothing is proved, or null
 * @param covered as the verdict counts, what was taken for proved included
 */
record PartialVerdict(
        int[] wrongInput, int output, boolean expected, OutputState got, String undecided, BigInteger covered)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    static PartialVerdict of(Verdict verdict) {
        if (verdict instanceof Verdict.Refuted refuted) {
            Counterexample wrong = refuted.counterexample();
            return new PartialVerdict(
                    wrong.input().toArray(),
                    wrong.output(),
                    wrong.expected(),
                    wrong.got(),
                    null,
                    verdict.inputsCovered());
        }
        String reason = verdict instanceof Verdict.Undecided undecided ? undecided.reason() : null;
        return new PartialVerdict(null, 0, false, null, reason, verdict.inputsCovered());
    }

    boolean isRefuted() {
        return wrongInput != null;
    }

    Counterexample counterexample() {
        return new Counterexample(FeatureSet.of(wrongInput), output, expected, got);
    }
}
