package org.superpose.runner.explore;

import java.util.Optional;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.VerificationBudget;

/**
 * Two networks side by side.
 *
 * @param first one of them
 * @param second the other
 * @param isSameMap whether they are to compute the same outputs on the same inputs
 * @param differences the inputs of the first one's domain on which they differ; empty where they have other numbers of
 *     inputs or outputs, so that nothing can be compared
 */
public record Comparison(
        ComparedNetwork first, ComparedNetwork second, boolean isSameMap, Optional<Differences> differences) {

    /**
     * Audits both, and looks for inputs on which they differ.
     *
     * @param budget its seconds count for each of the steps, at most three
     */
    public static Comparison of(
            String firstTitle, BuiltNetwork first, String secondTitle, BuiltNetwork second, VerificationBudget budget) {
        Differences.WrongInputs wrongOfFirst = new Differences.WrongInputs();
        Differences.WrongInputs wrongOfSecond = new Differences.WrongInputs();
        ComparedNetwork one = new ComparedNetwork(firstTitle, first, audit(first, budget, wrongOfFirst));
        ComparedNetwork other = new ComparedNetwork(secondTitle, second, audit(second, budget, wrongOfSecond));
        boolean isSameMap = first.instance().layers().equals(second.instance().layers())
                && first.instance().domain().equals(second.instance().domain());
        if (first.network().inputs() != second.network().inputs()
                || first.network().outputs() != second.network().outputs()) {
            return new Comparison(one, other, isSameMap, Optional.empty());
        }
        Optional<Differences> known =
                isSameMap ? Differences.ofAudits(one, wrongOfFirst, other, wrongOfSecond) : Optional.empty();
        Differences differences = known.orElseGet(() -> Differences.byEnumeration(
                first.network(), second.network(), first.instance().domain(), budget));
        return new Comparison(one, other, isSameMap, Optional.of(differences));
    }

    private static AuditReport audit(
            BuiltNetwork built, VerificationBudget budget, Differences.WrongInputs wrongInputs) {
        return Audit.of(built).run(budget, Optional.empty(), wrongInputs);
    }
}
