package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/** Each rule catches a verifier that breaks it. */
class VerifierContractTest {
    /** The exhaustive verifier, into whose verdicts tests put mistakes. */
    private static class Delegating implements Verifier {
        private final Verifier honest = BuiltInVerifiersTest.BUILT_IN.require("exhaustive");

        @Override
        public String id() {
            return honest.id();
        }

        @Override
        public String title() {
            return honest.title();
        }

        @Override
        public Acceptance accepts(BuiltNetwork built) {
            return honest.accepts(built);
        }

        @Override
        public double cost(BuiltNetwork built) {
            return honest.cost(built);
        }

        @Override
        public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
            requireAccepted(built);
            return changed(honest.verify(built, budget), built.instance(), budget);
        }

        Verdict changed(Verdict verdict, ProblemInstance instance, VerificationBudget budget) {
            return verdict;
        }
    }

    @Test
    void theNetworksOfTheKitAreWhatItSays() {
        ReferenceNetworks.right().forEach(built -> assertTrue(isRight(built)));
        ReferenceNetworks.wrong().forEach(built -> assertFalse(isRight(built)));
    }

    private static boolean isRight(BuiltNetwork built) {
        for (FeatureSet input : built.instance().domain()) {
            if (Counterexample.of(built, input).isPresent()) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> caught(Supplier<Verifier> verifier) {
        return BrokenRules.of(new VerifierContract() {
            @Override
            protected Verifier plugin() {
                return verifier.get();
            }
        });
    }

    private static void assertCaught(Supplier<Verifier> broken, String rule) {
        Set<String> caught = caught(broken);
        assertTrue(caught.contains(rule), () -> rule + " is not among " + caught);
    }

    private static BigInteger size(ProblemInstance instance) {
        return instance.domain().size();
    }

    @Test
    void aVerifierThatKeepsItsContractPasses() {
        assertEquals(Set.of(), caught(Delegating::new));
    }

    @Test
    void aVerifierThatBelievesEverythingIsCaught() {
        assertEquals(
                Set.of("aWrongNetworkIsNotVerified", "aSmallBudgetDoesNotMakeItWrong"), caught(() -> new Delegating() {
                    @Override
                    Verdict changed(Verdict verdict, ProblemInstance instance, VerificationBudget budget) {
                        return new Verdict.Verified(id(), size(instance));
                    }
                }));
    }

    /** One that takes every network for a chain of ReLU layers whose outputs have one positive threshold. */
    @Test
    void aVerifierThatOverlooksWhatNetworksMadeElsewhereHaveIsCaught() {
        assertCaught(
                () -> new Delegating() {
                    @Override
                    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
                        return super.verify(new BuiltNetwork(built.instance(), plain(built.network())), budget);
                    }
                },
                "aWrongNetworkIsNotVerified");
    }

    private static SuperposedNetwork plain(SuperposedNetwork network) {
        Decoder decoder = network.decoder();
        return network.withLayers(network.layers().stream()
                        .map(layer -> new Layer(layer.weights(), layer.bias()))
                        .toList())
                .withDecoder(
                        Decoder.withThreshold(decoder.codes(), Decoder.Kind.SUM, Math.max(0.5f, decoder.threshold(0))));
    }

    @Test
    void aVerifierThatBelievesNothingIsCaught() {
        assertCaught(
                () -> new Delegating() {
                    @Override
                    Verdict changed(Verdict verdict, ProblemInstance instance, VerificationBudget budget) {
                        return new Verdict.Refuted(
                                id(),
                                new Counterexample(FeatureSet.EMPTY, 0, true, false),
                                BigInteger.ONE,
                                size(instance));
                    }
                },
                "aRightNetworkIsNotRefuted");
    }

    @Test
    void aCounterexampleThatIsNoneIsCaught() {
        assertEquals(Set.of("aRefutationHasARealCounterexample"), caught(() -> new Delegating() {
            @Override
            Verdict changed(Verdict verdict, ProblemInstance instance, VerificationBudget budget) {
                return verdict instanceof Verdict.Refuted refuted
                        ? new Verdict.Refuted(
                                id(),
                                new Counterexample(FeatureSet.EMPTY, 0, true, false),
                                refuted.inputsCovered(),
                                refuted.domainSize())
                        : verdict;
            }
        }));
    }

    @Test
    void aCounterexampleOutsideTheDomainIsCaught() {
        assertCaught(
                () -> new Delegating() {
                    @Override
                    Verdict changed(Verdict verdict, ProblemInstance instance, VerificationBudget budget) {
                        return verdict instanceof Verdict.Refuted refuted
                                ? new Verdict.Refuted(
                                        id(),
                                        new Counterexample(
                                                FeatureSet.of(0, 1, 2, 3),
                                                refuted.counterexample().output(),
                                                refuted.counterexample().expected(),
                                                refuted.counterexample().got()),
                                        refuted.inputsCovered(),
                                        refuted.domainSize())
                                : verdict;
                    }
                },
                "aRefutationHasARealCounterexample");
    }

    @Test
    void aVerdictInTheNameOfAnotherIsCaught() {
        assertCaught(
                () -> new Delegating() {
                    @Override
                    public String id() {
                        return "another";
                    }
                },
                "aVerdictSaysWhatItRestsOn");
    }

    @Test
    void givingUpWithoutAReasonIsCaught() {
        assertEquals(Set.of("aSmallBudgetDoesNotMakeItWrong"), caught(() -> new Delegating() {
            @Override
            Verdict changed(Verdict verdict, ProblemInstance instance, VerificationBudget budget) {
                return verdict instanceof Verdict.Undecided
                        ? Verdict.Undecided.unsampled(id(), "", BigInteger.ZERO, size(instance))
                        : verdict;
            }
        }));
    }

    @Tag("slow")
    @Test
    void aCostThatPromisesTooMuchIsCaught() {
        assertEquals(Set.of("itsCostSaysWhetherItCanVerify"), caught(() -> new Delegating() {
            @Override
            Verdict changed(Verdict verdict, ProblemInstance instance, VerificationBudget budget) {
                return verdict instanceof Verdict.Verified
                        ? Verdict.Undecided.unsampled(id(), "in doubt", BigInteger.ZERO, size(instance))
                        : verdict;
            }
        }));
        assertEquals(Set.of("itsCostSaysWhetherItCanVerify"), caught(() -> new Delegating() {
            @Override
            public double cost(BuiltNetwork built) {
                return Double.POSITIVE_INFINITY;
            }
        }));
    }

    @Test
    void aVerdictThatDependsOnTheThreadsIsCaught() {
        assertEquals(Set.of("theVerdictDoesNotDependOnTheThreads"), caught(() -> new Delegating() {
            @Override
            Verdict changed(Verdict verdict, ProblemInstance instance, VerificationBudget budget) {
                return budget.threads() > 1
                        ? Verdict.Undecided.unsampled(id(), "too many threads", BigInteger.ZERO, size(instance))
                        : verdict;
            }
        }));
        Thread home = Thread.currentThread();
        assertEquals(Set.of("threadsDoNotDisturbEachOther"), caught(() -> new Delegating() {
            @Override
            Verdict changed(Verdict verdict, ProblemInstance instance, VerificationBudget budget) {
                return Thread.currentThread() == home
                        ? verdict
                        : Verdict.Undecided.unsampled(id(), "abroad", BigInteger.ZERO, size(instance));
            }
        }));
    }

    @Test
    void aVerifierThatRejectsEverythingIsCaught() {
        assertCaught(
                () -> new Delegating() {
                    @Override
                    public Acceptance accepts(BuiltNetwork built) {
                        return Acceptance.rejected("I do not like it");
                    }
                },
                "itAcceptsNetworksToTryItOn");
    }

    @Test
    void aRejectionWithoutAReasonIsCaught() {
        assertEquals(Set.of("whatItRejectsIsRejectedWithAReason"), caught(() -> new Delegating() {
            @Override
            public Acceptance accepts(BuiltNetwork built) {
                return built.instance().maxActive() > 1 ? Acceptance.accepted() : Acceptance.rejected(" ");
            }
        }));
    }

    @Test
    void workOnWhatItRejectsIsCaught() {
        assertEquals(Set.of("whatItRejectsIsRejectedWithAReason"), caught(() -> new Delegating() {
            @Override
            public Acceptance accepts(BuiltNetwork built) {
                return built.instance().maxActive() > 1 ? Acceptance.accepted() : Acceptance.rejected("too few active");
            }

            @Override
            public void requireAccepted(BuiltNetwork built) {}
        }));
    }
}
