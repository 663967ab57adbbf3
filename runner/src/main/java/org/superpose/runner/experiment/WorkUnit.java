package org.superpose.runner.experiment;

import java.util.List;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/** One independent piece of an experiment: it makes one or more measurements and depends on no other unit. */
public interface WorkUnit {
    /** {@return a few words for progress and error messages: {@code two-and regular, n = 600}} */
    String label();

    /** {@return what the unit asks of the machine} Unless it says otherwise it gets all of it to itself. */
    default Needs needs() {
        return Needs.EVERYTHING;
    }

    /**
     * Does the work.
     *
     * @param workbench what builds and verifies
     * @param budget threads and progress of this unit
     * @return one row or more
     */
    List<Measurement> run(Workbench workbench, VerificationBudget budget);
}
