package org.superpose.spark;

import java.io.Serializable;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;

/** What of a {@link VerificationBudget} means the same on every machine; threads and progress are the executor's. */
record BudgetLimits(double maxSeconds, long maxInputs, long samples, double confidence, long seed)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    static BudgetLimits of(VerificationBudget budget) {
        return new BudgetLimits(
                budget.maxSeconds(),
                budget.maxInputs(),
                budget.samples(),
                budget.confidence(),
                budget.seed().value());
    }

    VerificationBudget budget() {
        return new VerificationBudget(
                maxSeconds, maxInputs, 1, samples, confidence, new Seed(seed), VerificationBudget.Progress.NONE);
    }
}
