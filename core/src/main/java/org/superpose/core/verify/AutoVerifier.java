package org.superpose.core.verify;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.ChoosesAmong;
import org.superpose.core.problem.ProblemInstance;

/**
 * Picks the cheapest verifier that decides. Verifiers are tried by ascending cost as long as their verdict is
 * Undecided; where proof is out of reach, because the cost is above {@value #COST_LIMIT} operations or the budget ran
 * out, random inputs are tried; but not where every input was looked at and some could not be decided.
 *
 * <p>The verdict's method is the id of the verifier that came to it. {@link #plan} tells the choice beforehand. Of the
 * verifiers that a catalog has, one that is not core's is asked only where it is trusted ({@link VerifierGuard}).
 */
public final class AutoVerifier implements Verifier, ChoosesAmong<Verifier> {
    /** The id. */
    public static final String ID = "auto";

    /** The estimate above which a verifier is not tried: hours of work. */
    public static final double COST_LIMIT = 1e14;

    /** The part of a limited time that is kept for sampling. */
    private static final double SAMPLING_SHARE = 0.1;

    private final Supplier<List<Verifier>> verifiers;

    /** Chooses among the verifiers that {@link java.util.ServiceLoader} finds. */
    public AutoVerifier() {
        this.verifiers = () -> Found.VERIFIERS;
    }

    /**
     * Chooses among the given verifiers; others named {@value #ID} are left out. Those that are not core's are trusted,
     * since the caller has chosen them, but they stand behind their {@link VerifierGuard}.
     */
    public AutoVerifier(List<? extends Verifier> verifiers) {
        List<Verifier> others = others(VerifierGuard.aroundTrusted(verifiers));
        this.verifiers = () -> others;
    }

    private static List<Verifier> others(List<? extends Verifier> verifiers) {
        return verifiers.stream()
                .filter(verifier -> !verifier.id().equals(ID))
                .<Verifier>map(verifier -> verifier)
                .toList();
    }

    private static List<Verifier> guarded(Catalog<Verifier> catalog) {
        return others(VerifierGuard.around(catalog, List.of()).plugins());
    }

    /** What {@link java.util.ServiceLoader} finds, loaded once, when it is first needed. */
    private static final class Found {
        private static final List<Verifier> VERIFIERS =
                guarded(Catalog.load("verifier", Verifier.class, AutoVerifier.class.getClassLoader()));
    }

    @Override
    public Verifier choosingAmong(Catalog<Verifier> catalog) {
        return new AutoVerifier(guarded(catalog));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "the cheapest verifier that decides";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        return Acceptance.accepted();
    }

    /** The cost of the cheapest verifier that can verify. */
    @Override
    public double cost(BuiltNetwork built) {
        return plan(built).stream().mapToDouble(Option::cost).min().orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * One verifier and what speaks for or against it.
     *
     * @param verifier its id
     * @param cost its estimate of the work, infinite if it cannot verify this pair
     * @param reason why it is tried or not, as the end of a sentence
     * @param tried whether it is tried, if those before it do not decide
     */
    public record Option(String verifier, double cost, String reason, boolean tried) {
        /** For example {@code pairwise: 2.1e+09 operations}. */
        @Override
        public String toString() {
            return verifier + ": " + reason;
        }
    }

    /** All verifiers in the order in which they would be tried, including those that would not be. */
    public List<Option> plan(BuiltNetwork built) {
        List<Option> options = new ArrayList<>();
        for (Verifier verifier : verifiers.get()) {
            Optional<String> objection = VerifierGuard.objection(verifier);
            if (objection.isPresent()) {
                options.add(new Option(verifier.id(), Double.POSITIVE_INFINITY, objection.get(), false));
                continue;
            }
            Acceptance acceptance = verifier.accepts(built);
            if (!acceptance.isAccepted()) {
                options.add(new Option(
                        verifier.id(),
                        Double.POSITIVE_INFINITY,
                        acceptance.reason().orElseThrow(),
                        false));
                continue;
            }
            double cost = verifier.cost(built);
            if (cost <= COST_LIMIT) {
                options.add(new Option(verifier.id(), cost, operations(cost), true));
            } else if (Double.isInfinite(cost)) {
                options.add(new Option(verifier.id(), cost, "can refute, but not verify", true));
            } else {
                options.add(new Option(
                        verifier.id(), cost, operations(cost) + ", more than " + operations(COST_LIMIT), false));
            }
        }
        options.sort(Comparator.comparingDouble(Option::cost).thenComparing(Option::verifier));
        return options;
    }

    private static String operations(double cost) {
        return String.format(Locale.ROOT, "%.1e operations", cost);
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        Deadline deadline = budget.deadline();
        List<Option> options = plan(built);
        System.getLogger(AutoVerifier.class.getName()).log(System.Logger.Level.DEBUG, () -> "verifiers: " + options);
        List<String> reasons = new ArrayList<>();
        Verdict.@Nullable Undecided best = null;
        for (Option option : options) {
            if (!option.tried()) {
                if (Double.isFinite(option.cost())) {
                    reasons.add(option.toString());
                }
                continue;
            }
            boolean samples = Double.isInfinite(option.cost());
            double seconds = samples
                    ? Math.max(deadline.secondsLeft(), SAMPLING_SHARE * budget.maxSeconds())
                    : deadline.secondsLeft() - SAMPLING_SHARE * finite(budget.maxSeconds());
            if (!(seconds > 0)) {
                reasons.add(option.verifier() + ": no time was left");
                continue;
            }
            Verifier verifier = verifiers.get().stream()
                    .filter(each -> each.id().equals(option.verifier()))
                    .findFirst()
                    .orElseThrow();
            Verdict verdict = verifier.verify(built, budget.withMaxSeconds(seconds));
            if (!(verdict instanceof Verdict.Undecided undecided)) {
                return verdict;
            }
            reasons.add(undecided.method() + ": " + undecided.reason());
            if (undecided.isEnumerated()) {
                return explained(built.instance(), undecided, reasons);
            }
            best = best == null ? undecided : better(best, undecided);
            if (budget.cancellation().isRequested()) {
                break;
            }
        }
        for (Verifier verifier : verifiers.get()) {
            VerifierGuard.objection(verifier).ifPresent(objection -> reasons.add(verifier.id() + ": " + objection));
        }
        return explained(built.instance(), best, reasons);
    }

    private static double finite(double seconds) {
        return Double.isInfinite(seconds) ? 0 : seconds;
    }

    /** Of two verdicts that prove nothing, the one with samples; what the other covered is kept. */
    private static Verdict.Undecided better(Verdict.Undecided first, Verdict.Undecided second) {
        Verdict.Undecided kept = second.sampling().isPresent() ? second : first;
        return new Verdict.Undecided(
                kept.method(),
                kept.reason(),
                first.inputsCovered().max(second.inputsCovered()),
                kept.domainSize(),
                kept.sampling());
    }

    private static Verdict.Undecided explained(
            ProblemInstance instance, Verdict.@Nullable Undecided best, List<String> reasons) {
        String reason = String.join("; ", reasons);
        BigInteger size = instance.domain().size();
        if (best == null) {
            return Verdict.Undecided.unsampled(ID, reason, BigInteger.ZERO, size);
        }
        return new Verdict.Undecided(
                best.method(), reason, best.inputsCovered(), size, best.sampling(), best.isEnumerated());
    }
}
