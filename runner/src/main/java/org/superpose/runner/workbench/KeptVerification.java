package org.superpose.runner.workbench;

import java.util.function.LongSupplier;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;

/**
 * A verification whose progress is kept in a file every now and then, not only at its end: it is cut off, written down
 * and gone on with, first after a minute, then at growing intervals of up to ten minutes, because a verifier prepares
 * itself anew each time.
 */
final class KeptVerification {
    private static final double FIRST_SECONDS = 60;
    private static final double MOST_SECONDS = 600;

    private final ResumableVerifier verifier;
    private final ResumeFile.Prover prover;
    private final BuiltNetwork built;
    private final VerificationBudget budget;
    private final ResumeFile file;
    private final LongSupplier clock;
    private final Deadline deadline;

    /** @param clock in nanoseconds, from any moment on */
    KeptVerification(
            ResumableVerifier verifier,
            ResumeFile.Prover prover,
            BuiltNetwork built,
            VerificationBudget budget,
            ResumeFile file,
            LongSupplier clock) {
        this.verifier = verifier;
        this.prover = prover;
        this.built = built;
        this.budget = budget;
        this.file = file;
        this.clock = clock;
        this.deadline = new Deadline(budget.maxSeconds(), clock);
    }

    /** @param before what is proved already */
    Verdict verify(Coverage before) {
        Coverage proved = before;
        double seconds = FIRST_SECONDS;
        while (true) {
            VerificationBudget stretch = stretch(proved, before, seconds);
            ResumableVerifier.Run run = verifier.resume(built, stretch, proved);
            if (!run.coverage().isEmpty()) {
                file.write(built, prover, run.coverage(), run.verdict().inputsCovered());
            }
            if (!(run.verdict() instanceof Verdict.Undecided undecided)) {
                return run.verdict();
            }
            boolean isCut = undecided.reason().contains(stretch.outOfTime());
            if (!isCut || isOver()) {
                return inWordsOfBudget(undecided, stretch);
            }
            boolean gotOn = !run.coverage().equals(proved);
            seconds = gotOn ? Math.max(seconds, Math.min(2 * seconds, MOST_SECONDS)) : 2 * seconds;
            proved = run.coverage().isEmpty() ? proved : run.coverage();
        }
    }

    /** What of the budget is left, to be cut off after some seconds. */
    private VerificationBudget stretch(Coverage proved, Coverage before, double seconds) {
        Deadline save = new Deadline(seconds, clock);
        long used = proved.inputs(built.instance().domain())
                .subtract(before.inputs(built.instance().domain()))
                .longValueExact();
        return budget.withMaxInputs(Math.max(1, budget.maxInputs() - used))
                .withMaxSeconds(Double.POSITIVE_INFINITY)
                .withCancellation(() -> isOver() || save.isOver());
    }

    private boolean isOver() {
        return budget.cancellation().isRequested() || deadline.isOver();
    }

    private Verdict inWordsOfBudget(Verdict.Undecided undecided, VerificationBudget stretch) {
        return new Verdict.Undecided(
                undecided.method(),
                undecided
                        .reason()
                        .replace(stretch.outOfTime(), budget.outOfTime())
                        .replace(stretch.outOfInputs(), budget.outOfInputs()),
                undecided.inputsCovered(),
                undecided.domainSize(),
                undecided.sampling(),
                undecided.isEnumerated());
    }
}
