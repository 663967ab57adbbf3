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
 * The contract of a {@link Verifier}. Extend it and make the verifier in {@link #plugin()}. The kit brings small
 * networks of which it knows whether they are right; give those that the verifier is made for in {@link #right()} and
 * {@link #wrong()}.
 *
 * <p>A verdict that is wrong only on networks that nobody tries cannot be found this way: give networks with mistakes
 * in every place that the verifier reasons about.
 */
public abstract class VerifierContract extends PluginContract<Verifier> {
    /** Small networks that are right on every input of their domain, besides those of the kit. */
    protected List<BuiltNetwork> right() {
        return List.of();
    }

    /** Small networks that are wrong on at least one input of their domain, besides those of the kit. */
    protected List<BuiltNetwork> wrong() {
        return List.of();
    }

    /**
     * The ids that its verdicts may name as their method: its own, or those of the verifiers that it hands the work to.
     */
    protected Set<String> methods() {
        return Set.of(plugin().id());
    }

    private List<BuiltNetwork> allRight() {
        return Stream.concat(ReferenceNetworks.right().stream(), right().stream())
                .toList();
    }

    private List<BuiltNetwork> allWrong() {
        return Stream.concat(ReferenceNetworks.wrong().stream(), wrong().stream())
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

    /** It accepts at least one right and one wrong network; else nothing below means anything. */
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

    /** A refutation has a counterexample in the domain, on which the plain evaluator is wrong in the way it says. */
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

    /** Verdicts name the verifier, the size of the domain and how much of it they cover, and Undecided says why. */
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

    /**
     * A verifier that can verify has a finite cost and decides one of the small networks; one with infinite cost never
     * verifies.
     */
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

    /** The verdict does not depend on the number of threads, nor on how often it is asked. */
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

    /** With hardly any budget it may give up, with a reason, but says nothing wrong. */
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

    /** A network that is rejected is rejected with a reason, and verifying it all the same fails at once. */
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

    /** Several threads may use one object. */
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
