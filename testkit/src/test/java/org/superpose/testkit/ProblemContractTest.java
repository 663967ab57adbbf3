package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/** Each rule catches a problem that breaks it, and a problem that breaks none passes. */
class ProblemContractTest {
    private static class OfPairs extends ProblemContract {
        private final Supplier<Problem> factory;

        OfPairs(Supplier<Problem> factory) {
            this.factory = factory;
        }

        @Override
        protected Problem plugin() {
            return factory.get();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(given("inputs=7", "outputs=5"), given("inputs=9", "outputs=4", "max-active=3"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("inputs=4", "outputs=7"));
        }
    }

    private static void assertCaught(Supplier<Problem> broken, String... rules) {
        assertEquals(Set.of(rules), BrokenRules.of(new OfPairs(broken)));
    }

    @Test
    void aProblemThatKeepsItsContractPasses() {
        assertCaught(SomePairs::new);
    }

    @Test
    void anIdThatIsNoIdIsCaught() {
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public String id() {
                        return "Some Pairs";
                    }
                },
                "itSaysWhoItIs");
    }

    @Test
    void aParameterThatIsDeclaredTwiceIsCaught() {
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public List<Parameter<?>> parameters() {
                        List<Parameter<?>> twice = new ArrayList<>(super.parameters());
                        twice.add(ProblemParameters.INPUTS);
                        return twice;
                    }
                },
                "everyParameterIsDeclaredOnceWithHelp");
    }

    static final class Remembering extends SomePairs {
        private long draws;

        @Override
        public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
            return super.instantiate(parameters, seed);
        }

        long draws() {
            return draws++;
        }
    }

    @Test
    void aFieldThatIsNotFinalIsCaught() {
        assertCaught(Remembering::new, "itKeepsNoState");
    }

    @Test
    void randomnessThatDoesNotComeFromTheSeedIsCaught() {
        int[] draws = {0};
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
                        ProblemInstance drawn = super.instantiate(parameters, seed.child(draws[0]++));
                        return sameSeed(drawn, seed);
                    }
                },
                "theSameSeedGivesTheSameInstance",
                "threadsDoNotDisturbEachOther");
    }

    private static ProblemInstance sameSeed(ProblemInstance drawn, Seed seed) {
        return ProblemInstance.of(
                drawn.problem(),
                drawn.parameters(),
                seed.value(),
                drawn.gates(),
                drawn.domain(),
                drawn.functionClass().orElseThrow());
    }

    @Test
    void aResultThatDependsOnTheThreadIsCaught() {
        Thread home = Thread.currentThread();
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
                        Seed used = Thread.currentThread() == home ? seed : seed.child("elsewhere");
                        return sameSeed(super.instantiate(parameters, used), seed);
                    }
                },
                "threadsDoNotDisturbEachOther");
    }

    @Test
    void namesThatAreChangedLaterAreCaught() {
        // Instances copy what they are given; only a number that others may still change can leak.
        class Shared extends SomePairs {
            private static final class Growing extends BigInteger {
                private static final long serialVersionUID = 1L;
                static int added;

                Growing() {
                    super("1000");
                }

                @Override
                public String toString() {
                    return Integer.toString(1000 + added);
                }
            }

            @Override
            FunctionClass functionClass(int inputs, int outputs) {
                Growing.added++;
                return new FunctionClass("growing", new Growing(), outputs);
            }
        }
        Set<String> caught = BrokenRules.of(new OfPairs(Shared::new));
        assertEquals(true, caught.contains("anInstanceDoesNotChange"), caught.toString());
    }

    @Test
    void anInstanceThatDoesNotSayItsSeedIsCaught() {
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
                        return sameSeed(super.instantiate(parameters, seed), new Seed(0));
                    }
                },
                "anInstanceSaysHowItWasDrawn");
    }

    @Test
    void aSharedParameterWithAnotherMeaningIsCaught() {
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
                        ProblemInstance drawn = super.instantiate(parameters, seed);
                        return drawn.withMaxActive(1);
                    }
                },
                "sharedParametersMeanWhatTheySay");
    }

    @Test
    void aFunctionClassThatIsTooSmallIsCaught() {
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    FunctionClass functionClass(int inputs, int outputs) {
                        return new FunctionClass("too few", BigInteger.valueOf(1), 1);
                    }
                },
                "theFunctionClassIsNotSmallerThanWhatIsDrawnFromIt");
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
                        ProblemInstance drawn = super.instantiate(parameters, seed);
                        return ProblemInstance.of(
                                drawn.problem(),
                                parameters,
                                seed.value(),
                                gates(drawn.inputs(), 1, seed.generator()),
                                drawn.domain(),
                                new FunctionClass("a few", BigInteger.valueOf(3), 1));
                    }
                },
                "sharedParametersMeanWhatTheySay",
                "theFunctionClassIsNotSmallerThanWhatIsDrawnFromIt");
    }

    @Test
    void aParameterThatIsReadButNotDeclaredIsCaught() {
        Parameter<Boolean> hidden = Parameter.flag("hidden", "a secret").withDefault(false);
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
                        return super.instantiate(parameters, parameters.get(hidden) ? seed.child("x") : seed);
                    }
                },
                "itReadsOnlyWhatItDeclares");
    }

    @Test
    void aParameterThatIsReadOtherwiseThanDeclaredIsCaught() {
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public List<Parameter<?>> parameters() {
                        return List.of(
                                ProblemParameters.INPUTS,
                                ProblemParameters.OUTPUTS,
                                ProblemParameters.MAX_ACTIVE.withDefault(5));
                    }
                },
                "itReadsOnlyWhatItDeclares");
    }

    @Test
    void aParameterThatIsDeclaredButNeverReadIsCaught() {
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public List<Parameter<?>> parameters() {
                        List<Parameter<?>> more = new ArrayList<>(super.parameters());
                        more.add(Parameter.flag("idle", "does nothing").withDefault(false));
                        return more;
                    }
                },
                "itReadsAllThatItDeclares");
    }

    @Test
    void aRefusalOfAnotherKindIsCaught() {
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
                        try {
                            return super.instantiate(parameters, seed);
                        } catch (InvalidInputException refused) {
                            throw new IllegalStateException(refused);
                        }
                    }
                },
                "whatItCannotDrawIsRefusedWithAReason");
    }

    @Test
    void aRefusalWithoutASentenceIsCaught() {
        assertCaught(
                () -> new SomePairs() {
                    @Override
                    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
                        try {
                            return super.instantiate(parameters, seed);
                        } catch (InvalidInputException refused) {
                            throw new InvalidInputException(" ");
                        }
                    }
                },
                "whatItCannotDrawIsRefusedWithAReason");
    }

    @Test
    void whatMustBeRefusedButIsTakenIsCaught() {
        assertEquals(Set.of("whatItCannotDrawIsRefusedWithAReason"), BrokenRules.of(new OfPairs(SomePairs::new) {
            @Override
            protected List<ParameterValues> refused() {
                return List.of(given("inputs=7", "outputs=5"));
            }
        }));
    }

    @Test
    void aDomainThatCountsWrongIsCaught() {
        InputDomain domain = InputDomain.sparse(5, 2);
        DomainCount.assertCountIsRight(domain);
        assertThrows(
                AssertionError.class,
                () -> DomainCount.assertCountIsRight(
                        domain.size().add(BigInteger.ONE), domain.sizesByActive(), domain::forEach, domain::contains));
        assertThrows(
                AssertionError.class,
                () -> DomainCount.assertCountIsRight(
                        domain.size(),
                        domain.sizesByActive(),
                        visitor -> {
                            visitor.accept(FeatureSet.EMPTY);
                            domain.forEach(visitor);
                        },
                        domain::contains));
        assertThrows(
                AssertionError.class,
                () -> DomainCount.assertCountIsRight(
                        domain.size(), domain.sizesByActive(), domain::forEach, input -> input.size() < 2));
        assertThrows(
                AssertionError.class,
                () -> DomainCount.assertCountIsRight(
                        domain.size(),
                        new BigInteger[] {BigInteger.ONE, BigInteger.TEN, BigInteger.valueOf(5)},
                        domain::forEach,
                        domain::contains));
    }

    @Test
    void aSampleThatIsTooLargeToCountIsCaught() {
        assertThrows(AssertionError.class, () -> DomainCount.assertCountIsRight(InputDomain.sparse(4096, 2)));
    }
}
