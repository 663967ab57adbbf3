package org.superpose.runner.run.engine;

import java.util.Optional;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.workbench.Workbench;

/**
 * Runs the units of a sweep somewhere; found by {@link java.util.ServiceLoader}. Implementations are stateless.
 *
 * <p>A unit is a pure function of the sweep and its number, so it does not matter where it runs, next to which others,
 * or whether it is run a second time because a machine was lost.
 */
public interface ExecutionEngine extends Plugin {
    /** Whether a name of {@code --set} is a setting of this engine rather than a parameter of the experiment. */
    default boolean hasSetting(String name) {
        return false;
    }

    /**
     * This engine with settings.
     *
     * @throws org.superpose.core.InvalidInputException if a value is not allowed
     */
    default ExecutionEngine with(EngineSettings settings) {
        return this;
    }

    /**
     * Runs units and returns when each of them was recorded or the recorder wanted no more. A unit that throws is
     * recorded as failed; the others go on.
     *
     * @throws InterruptedException if the calling thread was interrupted; running units were given up, unrecorded
     */
    void run(ExecutionRequest request) throws InterruptedException;

    /**
     * Gets ready for several requests of one sweep: a search asks for the trials of one width after the other. What is
     * slow to start is started once, here or when the first request comes; by default each request is a {@link #run}.
     *
     * @param sweep has the units of all requests
     */
    default EngineSession open(Sweep sweep) {
        return EngineSession.of(this);
    }

    /**
     * Verifies one network with all that the engine has; by default with the threads of this process.
     *
     * @param workbench has the verifiers
     * @param verifier id of the verifier
     * @throws org.superpose.core.InvalidInputException if the verifier cannot decide this network
     * @throws InterruptedException if the calling thread was interrupted
     */
    default Verdict verify(Workbench workbench, BuiltNetwork built, String verifier, VerificationBudget budget)
            throws InterruptedException {
        return workbench.verify(built, verifier, budget);
    }

    /**
     * Audits one network with all that the engine has; by default with the threads of this process.
     *
     * @return what an {@link Audit} of the network finds
     * @throws InterruptedException if the calling thread was interrupted
     */
    default AuditReport audit(BuiltNetwork built, VerificationBudget budget) throws InterruptedException {
        return Audit.of(built).run(budget, Optional.empty(), WrongDecisions.NONE);
    }
}
