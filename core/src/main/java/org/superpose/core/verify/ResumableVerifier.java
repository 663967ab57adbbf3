package org.superpose.core.verify;

import org.superpose.core.network.BuiltNetwork;

/** A verifier that can go on where a budget cut off an earlier run of it. */
public interface ResumableVerifier extends Verifier {
    /**
     * A verdict and how far the run got.
     *
     * @param coverage what is proved where the verdict is Undecided because the budget ran out; {@link Coverage#NONE}
     *     where going on is of no use
     */
    record Run(Verdict verdict, Coverage coverage) {}

    /**
     * Verifies what is not yet proved. The verdict counts everything that is covered, by this run and before; a budget
     * of inputs counts those of this run.
     *
     * @param proved what earlier runs of this verifier proved about the same network and instance;
     *     {@link Coverage#NONE} to begin
     * @throws IllegalArgumentException if it does not accept the network
     */
    Run resume(BuiltNetwork built, VerificationBudget budget, Coverage proved);

    @Override
    default Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        return resume(built, budget, Coverage.NONE).verdict();
    }
}
