package org.superpose.core.verify;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.OutputState;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Guest;
import org.superpose.core.plugin.PluginFiles;

/**
 * What stands between a verifier that is not core's and those who believe verdicts.
 *
 * <ul>
 *   <li>The method of its verdicts is its id with the name of its jar, whatever it says.
 *   <li>A counterexample is replayed by the plain evaluator.
 *   <li>Before VERIFIED is believed, random inputs and inputs near true positives are tried.
 *   <li>The size of the domain is the domain's own.
 *   <li>{@code auto} takes the verifier only where it is trusted.
 * </ul>
 *
 * <p>A verdict that does not stand this is no verdict but a {@link org.superpose.core.plugin.PluginException}. One that
 * does is still the verifier's word: a proof can be wrong on inputs that nobody tries.
 */
public final class VerifierGuard {
    /** A verdict that took all of the budget's time is tried for so long all the same. */
    private static final double LEAST_SECONDS = 1;

    private VerifierGuard() {}

    /**
     * The same catalog with a guard around every verifier that is not core's. One that is guarded already stays as it
     * is.
     *
     * @param trusted ids of those that {@code auto} may take
     * @throws org.superpose.core.InvalidInputException if there is no verifier of such an id
     */
    public static Catalog<Verifier> around(Catalog<Verifier> catalog, Collection<String> trusted) {
        trusted.forEach(catalog::require);
        return catalog.guarded(
                entry -> around(entry, trusted.contains(entry.plugin().id())));
    }

    private static Verifier around(Catalog.Entry<Verifier> entry, boolean trusted) {
        return Guest.of("verifier", entry)
                .<Verifier>map(guest -> GuestVerifier.of(guest, entry.plugin(), trusted))
                .orElse(entry.plugin());
    }

    /** Guards around those of a list that are not core's; {@code auto} may take them. */
    static List<Verifier> aroundTrusted(List<? extends Verifier> verifiers) {
        return verifiers.stream()
                .map(verifier -> around(Catalog.Entry.<Verifier>of(verifier), true))
                .toList();
    }

    /** The ids of those verifiers that are not core's but that {@code auto} may take, ascending. */
    public static List<String> trusted(Catalog<Verifier> catalog) {
        return catalog.plugins().stream()
                .filter(verifier -> verifier instanceof GuestVerifier guest && guest.isTrusted())
                .map(Verifier::id)
                .toList();
    }

    /** What is recorded of the verifier that came to a verdict; nothing if it is core's. */
    public static PluginFiles files(Catalog<Verifier> catalog, Verdict verdict) {
        return catalog.plugins().stream()
                .filter(verifier -> verifier instanceof GuestVerifier guest
                        && guest.guest().name().equals(verdict.method()))
                .map(verifier -> ((GuestVerifier) verifier).guest().files())
                .findFirst()
                .orElse(PluginFiles.NONE);
    }

    /** Why {@code auto} does not take a verifier, as the end of a sentence; empty if it may. */
    public static Optional<String> objection(Verifier verifier) {
        return verifier instanceof GuestVerifier guest && !guest.isTrusted()
                ? Optional.of("auto takes it only where it is trusted (--trust-verifier " + verifier.id()
                        + "), because it is not one of Superpose's own but of "
                        + guest.guest().place())
                : Optional.empty();
    }

    /** A replacement of a verifier that stays behind the guard of the verifier, if it has one. */
    public static Verifier within(Verifier verifier, UnaryOperator<Verifier> replacement) {
        return verifier instanceof GuestVerifier guest ? guest.around(replacement) : replacement.apply(verifier);
    }

    /**
     * Holds a verdict against the plain evaluator.
     *
     * @param guest who came to the verdict
     * @param built the network that it is about
     * @param budget how many samples to try, on how many threads
     * @param secondsLeft of the budget
     * @param verdict what the guest said
     * @return the verdict in the guest's own name
     * @throws org.superpose.core.plugin.PluginException if the verdict is not to be believed
     */
    public static Verdict checked(
            Guest guest, BuiltNetwork built, VerificationBudget budget, double secondsLeft, Verdict verdict) {
        return guest.call("its verdict", () -> {
            requireSizes(guest, built, verdict);
            if (verdict instanceof Verdict.Refuted refuted) {
                return replayed(guest, built, refuted);
            }
            if (verdict instanceof Verdict.Verified) {
                VerificationBudget share = budget.withMaxSeconds(Math.max(LEAST_SECONDS, secondsLeft))
                        .withProgress(VerificationBudget.Progress.NONE);
                requireUnrefuted(guest, new SampledVerifier().verify(built, share));
                return new Verdict.Verified(
                        guest.name(), built.instance().domain().size());
            }
            return named(guest, (Verdict.Undecided) verdict);
        });
    }

    private static void requireSizes(Guest guest, BuiltNetwork built, Verdict verdict) {
        BigInteger size = built.instance().domain().size();
        if (!size.equals(verdict.domainSize())) {
            throw guest.fault("came to a verdict about a domain of " + verdict.domainSize()
                    + " inputs, but the domain has " + size);
        }
        BigInteger covered = verdict.inputsCovered();
        if (covered == null || covered.signum() < 0 || covered.compareTo(size) > 0) {
            throw guest.fault("says that it covered " + covered + " of " + size + " inputs");
        }
    }

    private static Verdict replayed(Guest guest, BuiltNetwork built, Verdict.Refuted refuted) {
        Counterexample claimed = refuted.counterexample();
        if (claimed == null || !claimed.isConfirmedBy(built)) {
            throw guest.fault("says REFUTED, but the plain evaluator does not confirm its counterexample: " + claimed);
        }
        BigInteger covered = refuted.inputsCovered().max(BigInteger.ONE); // the counterexample at least
        return new Verdict.Refuted(guest.name(), claimed, covered, refuted.domainSize());
    }

    private static void requireUnrefuted(Guest guest, Verdict tried) {
        if (tried instanceof Verdict.Refuted refuted) {
            Counterexample wrong = refuted.counterexample();
            throw guest.fault("says VERIFIED, but on input " + wrong.input() + " the network has output "
                    + wrong.output() + " " + wrong.got().words() + ", which should be "
                    + OutputState.of(wrong.expected()).words());
        }
        if (tried instanceof Verdict.Undecided undecided && undecided.sampling().isEmpty()) {
            throw guest.fault("says VERIFIED, but when random inputs were tried, " + undecided.reason());
        }
    }

    private static Verdict named(Guest guest, Verdict.Undecided verdict) {
        String reason = verdict.reason() == null || verdict.reason().isBlank() ? "it gave no reason" : verdict.reason();
        return new Verdict.Undecided(
                guest.name(),
                reason,
                verdict.inputsCovered(),
                verdict.domainSize(),
                verdict.sampling() == null ? Optional.empty() : verdict.sampling());
    }
}
