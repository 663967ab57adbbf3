package org.superpose.core.verify;

import java.util.List;
import java.util.function.UnaryOperator;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Guest;

/** A verifier that is not core's, behind its {@link VerifierGuard}. */
class GuestVerifier implements Verifier {
    private final Guest guest;
    private final Verifier inner;
    private final boolean trusted;
    private final String title;
    private final List<Parameter<?>> parameters;

    GuestVerifier(Guest guest, Verifier inner, boolean trusted) {
        this.guest = guest;
        this.inner = inner;
        this.trusted = trusted;
        this.title = guest.call("title", inner::title);
        this.parameters = List.copyOf(guest.call("parameters", inner::parameters));
    }

    static GuestVerifier of(Guest guest, Verifier inner, boolean trusted) {
        return inner instanceof ResumableVerifier resumable
                ? new Resumable(guest, resumable, trusted)
                : new GuestVerifier(guest, inner, trusted);
    }

    Guest guest() {
        return guest;
    }

    /** Whether {@code auto} may take it. */
    boolean isTrusted() {
        return trusted;
    }

    /** The same guard around a replacement. */
    Verifier around(UnaryOperator<Verifier> replacement) {
        return of(guest, replacement.apply(inner), trusted);
    }

    @Override
    public String id() {
        return guest.id();
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return parameters;
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        Acceptance acceptance = guest.call("accepts", () -> inner.accepts(built));
        if (acceptance.reason() == null) {
            throw guest.fault("returned nothing from accepts");
        }
        return acceptance;
    }

    @Override
    public double cost(BuiltNetwork built) {
        double cost = guest.call("cost", () -> inner.cost(built));
        if (!(cost >= 0)) {
            throw guest.fault("says that its cost is " + cost + ", which is no number from 0");
        }
        return cost;
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        Deadline deadline = budget.deadline();
        Verdict verdict = guest.call("verify", () -> inner.verify(built, heard(budget)));
        return VerifierGuard.checked(guest, built, budget, deadline.secondsLeft(), verdict);
    }

    /** The budget with a listener to whom nothing is told that is no fraction. */
    private static VerificationBudget heard(VerificationBudget budget) {
        VerificationBudget.Progress progress = budget.progress();
        return budget.withProgress(fraction -> {
            if (fraction >= 0 && fraction <= 1) {
                progress.reached(fraction);
            }
        });
    }

    /** One that can go on where it was cut off. */
    private static final class Resumable extends GuestVerifier implements ResumableVerifier {
        private final ResumableVerifier inner;

        Resumable(Guest guest, ResumableVerifier inner, boolean trusted) {
            super(guest, inner, trusted);
            this.inner = inner;
        }

        @Override
        public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
            return super.verify(built, budget);
        }

        @Override
        public Run resume(BuiltNetwork built, VerificationBudget budget, Coverage proved) {
            Deadline deadline = budget.deadline();
            Run run = guest().call("resume", () -> inner.resume(built, heard(budget), proved));
            if (run.verdict() == null || run.coverage() == null) {
                throw guest().fault("returned nothing from resume");
            }
            if (run.coverage().features() > built.instance().inputs()) {
                throw guest().fault("says that it proved inputs of feature "
                        + (run.coverage().features() - 1) + ", but the domain has "
                        + built.instance().inputs() + " features");
            }
            return new Run(
                    VerifierGuard.checked(guest(), built, budget, deadline.secondsLeft(), run.verdict()),
                    run.coverage());
        }
    }
}
