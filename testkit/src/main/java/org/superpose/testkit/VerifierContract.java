package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * The contract of a {@link Verifier}: right networks are not refuted, wrong ones are not verified, counterexamples are
 * real, and a verdict depends neither on threads nor, except for UNDECIDED, on the budget. Extend it and make the
 * verifier in {@link #plugin()}. The kit brings small networks of which it knows whether they are right; add those for
 * which the verifier is made in {@link #right()} and {@link #wrong()}:
 *
 * <pre>{@code
 * class SymmetryVerifierTest extends VerifierContract {
 *     @Override
 *     protected Verifier plugin() {
 *         return new SymmetryVerifier();
 *     }
 *
 *     @Override
 *     protected List<BuiltNetwork> right() {
 *         return List.of(symmetricNetwork());
 *     }
 *
 *     @Override
 *     protected List<BuiltNetwork> wrong() {
 *         return List.of(withOneWeightChanged(symmetricNetwork()));
 *     }
 * }
 * }</pre>
 *
 * <p>The kit cannot find a verifier that is wrong only about networks that nobody tries: give networks with a mistake
 * in every place that the verifier reasons about. {@code superpose mutants} makes such networks by the thousand.
 */
public abstract class VerifierContract extends PluginContract<Verifier> {
    /**
     * Small networks, besides those of the kit, that are right on every input of their domain.
     *
     * @return none unless overridden; needed where the verifier accepts no right network of the kit
     */
    protected List<BuiltNetwork> right() {
        return List.of();
    }

    /**
     * Small networks, besides those of the kit, that are wrong on at least one input of their domain.
     *
     * @return none unless overridden; needed where the verifier accepts no wrong network of the kit
     */
    protected List<BuiltNetwork> wrong() {
        return List.of();
    }

    /**
     * The ids that a verdict may name as its method.
     *
     * @return the verifier's own id unless overridden; those of the verifiers to which it hands the work, if it does
     */
    protected Set<String> methods() {
        return Set.of(plugin().id());
    }

    private List<BuiltNetwork> allRight() {
        return Stream.of(ReferenceNetworks.right(), AnyMapNetworks.right(), right())
                .flatMap(List::stream)
                .toList();
    }

    private List<BuiltNetwork> allWrong() {
        return Stream.of(ReferenceNetworks.wrong(), AnyMapNetworks.wrong(), wrong())
                .flatMap(List::stream)
                .toList();
    }

    private static VerificationBudget budget() {
        return VerificationBudget.unlimited().withSamples(2_000);
    }

    private static String on(BuiltNetwork built) {
        return "on a network for " + built.instance().problem() + " of "
                + built.instance().inputs() + " inputs and " + built.instance().outputs() + " outputs, at most "
                + built.instance().maxActive() + " active";
    }

    private List<BuiltNetwork> accepted(List<BuiltNetwork> all) {
        Verifier verifier = plugin();
        return all.stream()
                .filter(built -> verifier.accepts(built).isAccepted())
                .toList();
    }

    /** It accepts at least one right and one wrong network: without them the other rules would say nothing. */
    @Test
    public final void itAcceptsNetworksToTryItOn() {
        assertFalse(accepted(allRight()).isEmpty(), "it accepts none of the right networks: give one in right()");
        assertFalse(accepted(allWrong()).isEmpty(), "it accepts none of the wrong networks: give one in wrong()");
    }

    /** A right network is never refuted. */
    @Test
    public final void aRightNetworkIsNotRefuted() {
        for (BuiltNetwork built : accepted(allRight())) {
            Verdict verdict = plugin().verify(built, budget());
            assertFalse(
                    verdict instanceof Verdict.Refuted,
                    () -> "it refutes what is right, " + on(built) + ": " + verdict);
        }
    }

    /** A wrong network is never verified. */
    @Test
    public final void aWrongNetworkIsNotVerified() {
        for (BuiltNetwork built : accepted(allWrong())) {
            Verdict verdict = plugin().verify(built, budget());
            assertFalse(verdict instanceof Verdict.Verified, () -> "it verifies what is wrong, " + on(built));
        }
    }

    /** A refutation has a counterexample in the domain, on which the plain evaluator goes wrong in just that way. */
    @Test
    public final void aRefutationHasARealCounterexample() {
        for (BuiltNetwork built : both()) {
            if (plugin().verify(built, budget()) instanceof Verdict.Refuted refuted) {
                Counterexample counterexample = refuted.counterexample();
                assertTrue(
                        counterexample != null && counterexample.isConfirmedBy(built),
                        () -> "its counterexample " + counterexample + " is none " + on(built));
            }
        }
    }

    private List<BuiltNetwork> both() {
        return Stream.concat(accepted(allRight()).stream(), accepted(allWrong()).stream())
                .toList();
    }

    /** A verdict names its method, the size of the domain and the part that it covers; UNDECIDED also says why. */
    @Test
    public final void aVerdictSaysWhatItRestsOn() {
        for (BuiltNetwork built : both()) {
            Verdict verdict = plugin().verify(built, budget());
            assertTrue(
                    methods().contains(verdict.method()),
                    () -> "a verdict names the method " + verdict.method() + ", not one of " + methods());
            assertEquals(
                    built.instance().domain().size(),
                    verdict.domainSize(),
                    () -> "a verdict has another size of the domain " + on(built));
            assertTrue(
                    verdict.inputsCovered().signum() >= 0
                            && verdict.inputsCovered().compareTo(verdict.domainSize()) <= 0,
                    () -> "a verdict covers " + verdict.inputsCovered() + " of " + verdict.domainSize() + " inputs");
            if (verdict instanceof Verdict.Undecided undecided) {
                assertFalse(undecided.reason().isBlank(), () -> "it is undecided without a reason " + on(built));
            }
        }
    }

    /** A finite cost promises that a right network can be verified, and an infinite one that none ever is. */
    @Test
    public final void itsCostSaysWhetherItCanVerify() {
        boolean canVerify = false;
        boolean verified = false;
        for (BuiltNetwork built : accepted(allRight())) {
            double cost = plugin().cost(built);
            assertTrue(cost >= 0, () -> "its cost is " + cost + ", not a number from 0");
            boolean done = plugin().verify(built, budget()) instanceof Verdict.Verified;
            assertFalse(
                    done && Double.isInfinite(cost),
                    () -> "it verifies at an infinite cost, which is for verifiers that cannot, " + on(built));
            canVerify |= Double.isFinite(cost);
            verified |= done;
        }
        assertTrue(verified || !canVerify, "its cost is finite, but it verifies none of the right networks");
    }

    /** The verdict depends neither on the number of threads nor on how often the verifier is asked. */
    @Test
    public final void theVerdictDoesNotDependOnTheThreads() {
        for (BuiltNetwork built : both()) {
            Verdict one = plugin().verify(built, budget());
            assertEquals(
                    one,
                    plugin().verify(built, budget()),
                    () -> "it says something else when asked again " + on(built));
            assertEquals(
                    one,
                    plugin().verify(built, budget().withThreads(3)),
                    () -> "three threads come to another verdict " + on(built));
        }
    }

    /** With hardly any budget it may give up, giving a reason, but it says nothing wrong. */
    @Test
    public final void aSmallBudgetDoesNotMakeItWrong() {
        VerificationBudget tiny = budget().withMaxInputs(1).withSamples(1);
        for (BuiltNetwork built : accepted(allRight())) {
            Verdict verdict = plugin().verify(built, tiny);
            assertFalse(
                    verdict instanceof Verdict.Refuted,
                    () -> "on a small budget it refutes what is right, " + on(built));
            requireReason(verdict);
        }
        for (BuiltNetwork built : accepted(allWrong())) {
            Verdict verdict = plugin().verify(built, tiny);
            assertFalse(
                    verdict instanceof Verdict.Verified,
                    () -> "on a small budget it verifies what is wrong, " + on(built));
            requireReason(verdict);
        }
    }

    private static void requireReason(Verdict verdict) {
        if (verdict instanceof Verdict.Undecided undecided) {
            assertFalse(undecided.reason().isBlank(), "it gives up on a small budget without a reason");
        }
    }

    /** A rejection has a reason of one line, and verifying a rejected network all the same fails at once. */
    @Test
    public final void whatItRejectsIsRejectedWithAReason() {
        for (BuiltNetwork built :
                Stream.concat(allRight().stream(), allWrong().stream()).toList()) {
            Acceptance acceptance = plugin().accepts(built);
            if (!acceptance.isAccepted()) {
                Refusals.assertRejected("a network", acceptance);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> plugin().verify(built, budget()),
                        "what it rejects must not be verified");
            }
        }
    }

    /** Any number of threads may use one object. */
    @Test
    public final void threadsDoNotDisturbEachOther() {
        Verifier verifier = plugin();
        List<Callable<Verdict>> work = new ArrayList<>();
        for (BuiltNetwork built : both()) {
            work.add(() -> verifier.verify(built, budget()));
        }
        ManyThreads.assertSameResults(work);
    }
}
