package org.superpose.runner.run.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/**
 * A unit that is given up when it takes too long, so that others go on whatever it does: it works on a thread of its
 * own, which is interrupted and whose budget is cancelled, and left alone if it minds neither.
 *
 * @param inner does the work
 * @param seconds that it may take
 */
record LimitedUnit(WorkUnit inner, double seconds) implements WorkUnit {
    /** Class loaders of the JDK and of the class path; every other one is named after the jar of a plugin. */
    private static final Set<String> COMMON_LOADERS = Set.of("app", "platform");

    @Override
    public String label() {
        return inner.label();
    }

    @Override
    public Needs needs() {
        return inner.needs();
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        VerificationBudget.Progress progress = budget.progress();
        Attempt attempt = new Attempt(progress);
        VerificationBudget cancellable = budget.withProgress(attempt)
                .withCancellation(() -> attempt.givenUp || budget.cancellation().isRequested());
        FutureTask<List<Measurement>> work = new FutureTask<>(() -> inner.run(workbench, cancellable));
        Thread thread = new Thread(work, "limited unit");
        thread.setDaemon(true); // one that never ends must not keep the process alive
        thread.start();
        try {
            return work.get((long) Math.min(Long.MAX_VALUE, seconds * 1e9), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            String where = where(thread.getStackTrace());
            attempt.giveUp();
            thread.interrupt();
            throw new UnitTimeoutException("it took longer than the " + seconds
                    + " s that a unit may take (--max-unit-seconds) and was given up" + where);
        } catch (InterruptedException interrupted) {
            attempt.giveUp();
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the unit was interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw LimitedUnit.<RuntimeException>asItIs(failed.getCause());
        }
    }

    /** What of a plugin it was in, for people; "" if it was in none. */
    private static String where(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .filter(frame ->
                        frame.getClassLoaderName() != null && !COMMON_LOADERS.contains(frame.getClassLoaderName()))
                .findFirst()
                .map(frame -> " in " + frame.getClassName() + "." + frame.getMethodName() + " ("
                        + frame.getClassLoaderName() + ")")
                .orElse("");
    }

    @SuppressWarnings("unchecked") // a unit throws nothing that has to be declared
    private static <T extends Throwable> T asItIs(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Listens to the unit until it is given up. */
    private static final class Attempt implements VerificationBudget.Progress {
        private final VerificationBudget.Progress progress;
        private volatile boolean givenUp;

        Attempt(VerificationBudget.Progress progress) {
            this.progress = progress;
        }

        void giveUp() {
            givenUp = true;
        }

        @Override
        public void reached(double fraction) {
            if (!givenUp) {
                progress.reached(fraction);
            }
        }
    }
}
