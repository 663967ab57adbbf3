package org.superpose.runner.guest;

import java.util.Set;
import java.util.TreeSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Guest;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.VerifierGuard;
import org.superpose.runner.run.engine.EngineSession;
import org.superpose.runner.run.engine.EngineSettings;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.Recorder;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.workbench.Workbench;

/**
 * An engine that is not Superpose's own: it records each unit that it was asked for once and no other, and verdicts
 * that it makes itself are held against the plain evaluator.
 */
final class GuestEngine extends GuestPlugin implements ExecutionEngine {
    private final ExecutionEngine inner;

    GuestEngine(Guest guest, ExecutionEngine inner) {
        super(guest, inner);
        this.inner = inner;
    }

    @Override
    public boolean hasSetting(String name) {
        return guest().call("hasSetting", () -> inner.hasSetting(name));
    }

    @Override
    public ExecutionEngine with(EngineSettings settings) {
        return new GuestEngine(guest(), guest().call("with", () -> inner.with(settings)));
    }

    @Override
    public void run(ExecutionRequest request) throws InterruptedException {
        run(EngineSession.of(inner), request);
    }

    private void run(EngineSession session, ExecutionRequest request) throws InterruptedException {
        Records records = new Records(request);
        guest().<Boolean, InterruptedException>call("run", () -> {
            session.run(new ExecutionRequest(
                    request.sweep(), request.numbers(), request.allowance(), request.listener(), records));
            return true;
        });
        records.requireAll();
    }

    @Override
    public EngineSession open(Sweep sweep) {
        EngineSession session = guest().call("open", () -> inner.open(sweep));
        return new EngineSession() {
            @Override
            public void run(ExecutionRequest request) throws InterruptedException {
                GuestEngine.this.run(session, request);
            }

            @Override
            public void close() {
                guest().call("close", () -> {
                    session.close();
                    return true;
                });
            }
        };
    }

    @Override
    public Verdict verify(Workbench workbench, BuiltNetwork built, String verifier, VerificationBudget budget)
            throws InterruptedException {
        if (leavesVerificationToTheWorkbench()) {
            return workbench.verify(built, verifier, budget);
        }
        Deadline deadline = budget.deadline();
        Verdict verdict = guest().<Verdict, InterruptedException>call(
                        "verify", () -> inner.verify(workbench, built, verifier, budget));
        return VerifierGuard.checked(guest(), built, budget, deadline.secondsLeft(), verdict);
    }

    private boolean leavesVerificationToTheWorkbench() {
        try {
            return inner.getClass()
                    .getMethod("verify", Workbench.class, BuiltNetwork.class, String.class, VerificationBudget.class)
                    .getDeclaringClass()
                    .equals(ExecutionEngine.class);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("every engine has the method", impossible);
        }
    }

    /** What the engine records. */
    private final class Records implements Recorder {
        private final Recorder recorder;
        private final Set<Integer> missing;

        Records(ExecutionRequest request) {
            this.recorder = request.recorder();
            this.missing = new TreeSet<>(request.numbers());
        }

        @Override
        public synchronized void record(UnitReport report) {
            if (!missing.remove(report.number())) {
                throw guest().fault("recorded unit " + (report.number() + 1)
                        + ", which it was not asked to run, or has recorded before");
            }
            recorder.record(report.withMeasurements(report.measurements().stream()
                    .map(row -> row.madeWith(guest().files()))
                    .toList()));
        }

        @Override
        public boolean wantsMore() {
            return recorder.wantsMore();
        }

        synchronized void requireAll() {
            if (!missing.isEmpty() && recorder.wantsMore()) {
                throw guest().fault("ended without a result of "
                        + (missing.size() == 1 ? "unit " : missing.size() + " units, the first of them ")
                        + (missing.iterator().next() + 1));
            }
        }
    }
}
