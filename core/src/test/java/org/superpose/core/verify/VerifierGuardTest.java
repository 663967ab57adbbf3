package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.StrangeResumableVerifier;
import com.example.StrangeVerifier;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.PluginException;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** What verifiers that are not core's can say, and what is believed of it. */
class VerifierGuardTest {
    private static final String NAME = "strange (com.example.StrangeVerifier)";
    private static final VerificationBudget BUDGET =
            VerificationBudget.unlimited().withSamples(2_000);
    private static final RandomGenerator RANDOM = new Seed(2).generator();
    private static final ProblemInstance INSTANCE = TestNetworks.instance(
            List.of(TestNetworks.randomConjunctions(40, 40, 2, RANDOM)), InputDomain.sparse(40, 2));
    private static final BuiltNetwork RIGHT =
            new BuiltNetwork(INSTANCE, TestNetworks.clipped(INSTANCE, 250, 5, 5, 4, RANDOM));
    private static final BuiltNetwork WRONG = wrong();
    private static final BigInteger SIZE = INSTANCE.domain().size();

    private static BuiltNetwork wrong() {
        BuiltNetwork changed;
        do {
            changed = new BuiltNetwork(INSTANCE, TestNetworks.withFlippedBit(RIGHT.network(), RANDOM));
        } while (TestNetworks.Naive.verify(changed).wrong() == null);
        return changed;
    }

    private static Catalog<Verifier> catalog(Verifier verifier, String... trusted) {
        List<Verifier> all = new ArrayList<>(Catalog.load("verifier", Verifier.class, Verifier.class.getClassLoader())
                .plugins());
        all.add(verifier);
        return VerifierGuard.around(Catalog.of("verifier", all), List.of(trusted));
    }

    private static Verifier guarded(BiFunction<BuiltNetwork, VerificationBudget, Verdict> answer) {
        return catalog(StrangeVerifier.saying(answer)).require("strange");
    }

    private static String refusal(BuiltNetwork built, BiFunction<BuiltNetwork, VerificationBudget, Verdict> answer) {
        Verifier verifier = guarded(answer);
        return assertThrows(PluginException.class, () -> verifier.verify(built, BUDGET))
                .getMessage();
    }

    private static Verdict verified(BuiltNetwork built, VerificationBudget budget) {
        return new Verdict.Verified("exhaustive", built.instance().domain().size());
    }

    @Test
    void aVerdictIsGivenInTheVerifiersOwnNameWithTheNameOfItsJar() {
        assertEquals(
                new Verdict.Verified(NAME, SIZE),
                guarded(VerifierGuardTest::verified).verify(RIGHT, BUDGET));
        Counterexample wrong =
                Counterexample.confirmed(WRONG, TestNetworks.Naive.verify(WRONG).wrong());
        assertEquals(
                new Verdict.Refuted(NAME, wrong, BigInteger.TEN, SIZE),
                guarded((built, budget) -> new Verdict.Refuted("pairwise", wrong, BigInteger.TEN, SIZE))
                        .verify(WRONG, BUDGET));
        assertEquals(
                Verdict.Undecided.unsampled(NAME, "no luck", BigInteger.TEN, SIZE),
                guarded((built, budget) -> Verdict.Undecided.unsampled("sampled", "no luck", BigInteger.TEN, SIZE))
                        .verify(WRONG, BUDGET));
    }

    @Test
    void aVerifiedNetworkThatIsWrongOnARandomInputIsAnErrorThatNamesTheVerifierAndTheInput() {
        String refusal = refusal(WRONG, VerifierGuardTest::verified);
        assertTrue(refusal.startsWith("the verifier " + NAME + " says VERIFIED, but on input {"), refusal);
    }

    @Test
    void aVerifiedNetworkIsTriedThoughNoTimeIsLeft() {
        Verifier verifier = guarded(VerifierGuardTest::verified);
        assertThrows(PluginException.class, () -> verifier.verify(WRONG, BUDGET.withMaxSeconds(Double.MIN_VALUE)));
    }

    static Stream<Counterexample> counterexamplesThatAreNone() {
        FeatureSet right = FeatureSet.of(0);
        return Stream.of(
                new Counterexample(right, 999_999, true, false),
                new Counterexample(right, 999_999, false, true),
                new Counterexample(right, -1, false, true),
                new Counterexample(right, 0, true, false),
                new Counterexample(right, 0, false, true),
                new Counterexample(right, 0, false, false),
                new Counterexample(FeatureSet.of(0, 1, 2), 0, false, true),
                new Counterexample(FeatureSet.of(99), 0, false, true),
                new Counterexample(null, 0, false, true),
                null);
    }

    @ParameterizedTest
    @MethodSource("counterexamplesThatAreNone")
    void aCounterexampleThatThePlainEvaluatorDoesNotConfirmIsAnError(Counterexample none) {
        String refusal =
                refusal(RIGHT, (built, budget) -> new Verdict.Refuted("exhaustive", none, BigInteger.ONE, SIZE));
        assertTrue(refusal.startsWith("the verifier " + NAME + " "), refusal);
    }

    @Test
    void theSizeOfTheDomainIsTheDomainsOwn() {
        assertEquals(
                "the verifier " + NAME + " came to a verdict about a domain of 1 inputs, but the domain has " + SIZE,
                refusal(RIGHT, (built, budget) -> new Verdict.Verified("exhaustive", BigInteger.ONE)));
        assertTrue(refusal(RIGHT, (built, budget) -> new Verdict.Verified("exhaustive", null))
                .contains("a domain of null inputs"));
        assertTrue(refusal(
                        RIGHT, (built, budget) -> Verdict.Undecided.unsampled("x", "y", SIZE.add(BigInteger.ONE), SIZE))
                .contains("covered " + SIZE.add(BigInteger.ONE) + " of " + SIZE));
    }

    @Test
    void noVerdictIsAnError() {
        assertEquals("the verifier " + NAME + " returned nothing from verify", refusal(RIGHT, (built, budget) -> null));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("out of luck"),
                new NullPointerException(),
                new NoSuchMethodError("gone"),
                new AssertionError("no"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatItThrowsNamesItAndItsJarAndIsKept(Throwable failure) {
        Verifier verifier = guarded((built, budget) -> VerifierGuardTest.<RuntimeException>thrown(failure));
        PluginException named = assertThrows(PluginException.class, () -> verifier.verify(RIGHT, BUDGET));
        assertEquals("the verifier " + NAME + " failed in verify: " + failure, named.getMessage());
        assertSame(failure, named.getCause());
    }

    @SuppressWarnings("unchecked") // throws whatever it is given
    private static <T extends Throwable> Verdict thrown(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void whatTheUserGaveWrongIsStillTheUsersButNamesThePlugin() {
        Verifier verifier = guarded((built, budget) -> {
            throw new InvalidInputException("seed 7 is unlucky");
        });
        assertEquals(
                "verifier " + NAME + ": seed 7 is unlucky",
                assertThrows(InvalidInputException.class, () -> verifier.verify(RIGHT, BUDGET))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.NEGATIVE_INFINITY})
    void aCostThatIsNoNumberFromZeroIsAnError(double cost) {
        Verifier strange = new StrangeVerifier("strange", cost, Acceptance.accepted(), VerifierGuardTest::verified);
        Verifier verifier = catalog(strange).require("strange");
        assertEquals(
                "the verifier " + NAME + " says that its cost is " + cost + ", which is no number from 0",
                assertThrows(PluginException.class, () -> verifier.cost(RIGHT)).getMessage());
        Verifier auto = catalog(strange, "strange").require(AutoVerifier.ID);
        assertThrows(PluginException.class, () -> auto.verify(RIGHT, BUDGET));
    }

    @Test
    void anAnswerWhetherItAcceptsThatIsNoneIsAnError() {
        Verifier silent = catalog(new StrangeVerifier("strange", 0, null, VerifierGuardTest::verified))
                .require("strange");
        assertThrows(PluginException.class, () -> silent.accepts(RIGHT));
        Verifier half = catalog(new StrangeVerifier("strange", 0, new Acceptance(null), VerifierGuardTest::verified))
                .require("strange");
        assertThrows(PluginException.class, () -> half.accepts(RIGHT));
    }

    @Test
    void anUndecidedVerdictWithoutAReasonOrSamplesSaysSo() {
        Verdict verdict = guarded((built, budget) -> new Verdict.Undecided("x", null, BigInteger.ZERO, SIZE, null))
                .verify(RIGHT, BUDGET);
        assertEquals(Verdict.Undecided.unsampled(NAME, "it gave no reason", BigInteger.ZERO, SIZE), verdict);
    }

    @Test
    void progressThatIsNoFractionIsNotPassedOn() {
        List<Double> heard = new ArrayList<>();
        guarded((built, budget) -> {
                    for (double fraction : new double[] {0.5, 7, -1, Double.NaN, 1}) {
                        budget.progress().reached(fraction);
                    }
                    return Verdict.Undecided.unsampled("x", "y", BigInteger.ZERO, SIZE);
                })
                .verify(RIGHT, BUDGET.withProgress(heard::add));
        assertEquals(List.of(0.5, 1.0), heard);
    }

    @Test
    void autoTakesAForeignVerifierOnlyWhereItIsTrusted() {
        Verifier free = StrangeVerifier.saying(VerifierGuardTest::verified);
        Verifier careful = catalog(free).require(AutoVerifier.ID);
        assertInstanceOf(Verdict.Refuted.class, careful.verify(WRONG, BUDGET));
        assertFalse(careful.verify(RIGHT, BUDGET).method().contains("strange"));
        Verifier trusting = catalog(free, "strange").require(AutoVerifier.ID);
        assertEquals(new Verdict.Verified(NAME, SIZE), trusting.verify(RIGHT, BUDGET));
        assertThrows(PluginException.class, () -> trusting.verify(WRONG, BUDGET));
        assertEquals(List.of("strange"), VerifierGuard.trusted(catalog(free, "strange")));
        assertEquals(List.of(), VerifierGuard.trusted(catalog(free)));
    }

    @Test
    void autoSaysWhyItDoesNotTakeAVerifierAndDoesNotEvenAskIt() {
        Verifier throwing = new StrangeVerifier("strange", Double.NaN, null, null);
        AutoVerifier auto = (AutoVerifier) catalog(throwing).require(AutoVerifier.ID);
        AutoVerifier.Option option = auto.plan(RIGHT).stream()
                .filter(each -> each.verifier().equals("strange"))
                .findFirst()
                .orElseThrow();
        assertFalse(option.tried());
        assertTrue(option.reason().contains("--trust-verifier strange"), option.reason());
        assertTrue(option.reason().contains("com.example.StrangeVerifier"), option.reason());
        assertInstanceOf(Verdict.Verified.class, auto.verify(RIGHT, BUDGET));
    }

    @Test
    void aCatalogThatNobodyGuardedIsNotTrustedByAutoEither() {
        List<Verifier> all = new ArrayList<>(Catalog.load("verifier", Verifier.class, Verifier.class.getClassLoader())
                .plugins());
        all.add(StrangeVerifier.saying(VerifierGuardTest::verified));
        Verifier auto = Catalog.of("verifier", all).require(AutoVerifier.ID);
        assertInstanceOf(Verdict.Refuted.class, auto.verify(WRONG, BUDGET));
    }

    @Test
    void aListGivenByHandIsTrustedButGuarded() {
        AutoVerifier auto = new AutoVerifier(List.of(StrangeVerifier.saying(VerifierGuardTest::verified)));
        assertEquals(NAME, auto.verify(RIGHT, BUDGET).method());
        assertThrows(PluginException.class, () -> auto.verify(WRONG, BUDGET));
    }

    @Test
    void trustNeedsAVerifierThatThereIs() {
        Verifier strange = StrangeVerifier.saying(VerifierGuardTest::verified);
        assertEquals(
                "there is no verifier \"strangr\"; did you mean \"strange\"?",
                assertThrows(InvalidInputException.class, () -> catalog(strange, "strangr"))
                        .getMessage());
    }

    @Test
    void whatGoesOnIsGuardedToo() {
        ResumableVerifier forging =
                resumable(new ResumableVerifier.Run(new Verdict.Verified("exhaustive", SIZE), Coverage.NONE));
        assertEquals(
                "strange (com.example.StrangeResumableVerifier)",
                forging.resume(RIGHT, BUDGET, Coverage.NONE).verdict().method());
        assertThrows(PluginException.class, () -> forging.resume(WRONG, BUDGET, Coverage.NONE));
        assertThrows(PluginException.class, () -> forging.verify(WRONG, BUDGET));
        assertThrows(PluginException.class, () -> resumable(null).resume(RIGHT, BUDGET, Coverage.NONE));
        BitSet beyond = new BitSet();
        beyond.set(40);
        ResumableVerifier overdone = resumable(new ResumableVerifier.Run(
                Verdict.Undecided.unsampled("x", "y", BigInteger.ONE, SIZE), new Coverage(beyond, List.of())));
        String refusal = assertThrows(PluginException.class, () -> overdone.resume(RIGHT, BUDGET, Coverage.NONE))
                .getMessage();
        assertTrue(refusal.contains("feature 40, but the domain has 40 features"), refusal);
    }

    private static ResumableVerifier resumable(ResumableVerifier.Run run) {
        return assertInstanceOf(
                ResumableVerifier.class,
                catalog(new StrangeResumableVerifier(built -> run)).require("strange"));
    }

    @Test
    void aReplacementStaysBehindTheGuardAndCoresOwnStandFree() {
        Verifier guarded = guarded((built, budget) -> null);
        Verifier replaced = VerifierGuard.within(guarded, inner -> StrangeVerifier.saying(VerifierGuardTest::verified));
        assertEquals(NAME, replaced.verify(RIGHT, BUDGET).method());
        assertThrows(PluginException.class, () -> replaced.verify(WRONG, BUDGET));
        Verifier own = catalog(guarded).require("sampled");
        assertInstanceOf(SampledVerifier.class, own);
        assertSame(own, VerifierGuard.within(own, inner -> inner));
        assertEquals(Optional.empty(), VerifierGuard.objection(own));
    }
}
