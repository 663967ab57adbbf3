package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/** Each rule catches a construction that breaks it, and a construction that breaks none passes. */
class ConstructionContractTest {
    private static ProblemInstance pairs() {
        SomePairs problem = new SomePairs();
        return problem.instantiate(
                ParameterValues.parse(
                        problem.id(), problem.parameters(), Map.of("inputs", "9", "outputs", "11", "max-active", "3")),
                new Seed(1));
    }

    private static ProblemInstance parities() {
        ProblemInstance pairs = pairs();
        Gates gates = pairs.gates();
        return pairs.with(
                List.of(Gates.of(gates.inputs(), GateFunction.PARITY, gates.offsets(), gates.reads())), pairs.domain());
    }

    private static class OfPlain extends ConstructionContract {
        private final Supplier<Construction> factory;

        OfPlain(Supplier<Construction> factory) {
            this.factory = factory;
        }

        @Override
        protected Construction plugin() {
            return factory.get();
        }

        @Override
        protected List<Sample> samples() {
            return List.of(new Sample(pairs(), given()), new Sample(pairs(), given("width=15")));
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of(parities());
        }

        @Override
        protected List<Sample> refused() {
            return List.of(new Sample(pairs(), given("width=10")));
        }
    }

    private static void assertCaught(Supplier<Construction> broken, String... rules) {
        assertEquals(Set.of(rules), BrokenRules.of(new OfPlain(broken)));
    }

    @Test
    void aConstructionThatKeepsItsContractPasses() {
        assertCaught(PlainConstruction::new);
    }

    @Test
    void inputCodesThatDependOnTheGatesAreCaught() {
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    Seed inputSeed(ProblemInstance instance, Seed seed) {
                        return super.inputSeed(instance, seed)
                                .child(instance.gates().hashCode());
                    }
                },
                "codesDoNotDependOnTheGates");
    }

    @Test
    void outputCodesThatDependOnTheGatesAreCaughtUnlessTheConstructionSaysSo() {
        Supplier<Construction> adapted = () -> new PlainConstruction() {
            @Override
            Seed outputSeed(ProblemInstance instance, Seed seed) {
                return super.outputSeed(instance, seed).child(instance.gates().hashCode());
            }
        };
        assertCaught(adapted, "codesDoNotDependOnTheGates");
        assertEquals(Set.of(), BrokenRules.of(new OfPlain(adapted) {
            @Override
            protected boolean drawsOutputCodesFromGates() {
                return true;
            }
        }));
    }

    @Test
    void aBufferThatBelongsToTwoNetworksIsCaught() {
        long[] buffer = new long[64];
        Set<String> caught = BrokenRules.of(new OfPlain(() -> new PlainConstruction() {
            @Override
            long[] words(int length) {
                if (length > 15) {
                    return super.words(length);
                }
                Arrays.fill(buffer, 0);
                return length == 15 ? wide : narrow;
            }

            private final long[] wide = Arrays.copyOf(buffer, 15);
            private final long[] narrow = Arrays.copyOf(buffer, 11);
        }));
        assertTrue(caught.contains("aNetworkDoesNotChangeWhenAnotherIsBuilt"), caught.toString());
    }

    @Test
    void aSeedThatIsNotUsedAloneIsCaught() {
        int[] builds = {0};
        Set<String> caught = BrokenRules.of(new OfPlain(() -> new PlainConstruction() {
            @Override
            Seed inputSeed(ProblemInstance instance, Seed seed) {
                return super.inputSeed(instance, seed).child(builds[0]++);
            }
        }));
        assertTrue(caught.contains("theSameSeedGivesTheSameNetwork"), caught.toString());
    }

    @Test
    void aResultThatDependsOnTheThreadIsCaught() {
        Thread home = Thread.currentThread();
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    Seed inputSeed(ProblemInstance instance, Seed seed) {
                        Seed usual = super.inputSeed(instance, seed);
                        return Thread.currentThread() == home ? usual : usual.child("elsewhere");
                    }
                },
                "threadsDoNotDisturbEachOther");
    }

    @Test
    void aNetworkThatClaimsAnotherDomainIsCaught() {
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    SuperposedNetwork network(
                            ProblemInstance instance, int width, int[] in, int[] out, Provenance provenance) {
                        return super.network(instance.withMaxActive(1), width, in, out, provenance);
                    }
                },
                "aNetworkFitsItsInstance");
    }

    @Test
    void aWrongNetworkIsCaught() {
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    SuperposedNetwork network(
                            ProblemInstance instance, int width, int[] in, int[] out, Provenance provenance) {
                        Gates gates = instance.gates();
                        int[] reads = gates.reads();
                        reads[1] = reads[1] + 1 < gates.inputs() ? reads[1] + 1 : reads[1] - 1;
                        if (reads[0] >= reads[1]) {
                            reads[0] = reads[1] - 1;
                        }
                        Gates other = Gates.of(
                                gates.inputs(), gates.functions(), gates.functionIndices(), gates.offsets(), reads);
                        ProblemInstance mistaken = instance.with(List.of(other), instance.domain());
                        return super.network(mistaken, width, in, out, provenance);
                    }
                },
                "itsNetworksAreRight");
    }

    @Test
    void aProvenanceWithoutTheAutomaticChoicesIsCaught() {
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    SuperposedNetwork network(
                            ProblemInstance instance, int width, int[] in, int[] out, Provenance provenance) {
                        Provenance silent = new Provenance(id(), Map.of(), provenance.seed(), Map.of());
                        return super.network(instance, width, in, out, silent);
                    }
                },
                "aNetworkSaysHowItWasBuilt");
    }

    @Test
    void aParameterThatIsReadButNotDeclaredIsCaught() {
        Parameter<Boolean> hidden = Parameter.flag("hidden", "a secret").withDefault(false);
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
                        return super.build(instance, parameters, parameters.get(hidden) ? seed.child("x") : seed);
                    }
                },
                "itReadsOnlyWhatItDeclares");
    }

    @Test
    void aParameterThatIsDeclaredButNeverReadIsCaught() {
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    public List<Parameter<?>> parameters() {
                        return List.of(
                                WIDTH, Parameter.flag("idle", "does nothing").withDefault(false));
                    }

                    @Override
                    SuperposedNetwork network(
                            ProblemInstance instance, int width, int[] in, int[] out, Provenance provenance) {
                        Provenance full = new Provenance(
                                id(), Map.of(WIDTH.name(), width, "idle", false), provenance.seed(), Map.of());
                        return super.network(instance, width, in, out, full);
                    }
                },
                "itReadsAllThatItDeclares");
    }

    @Test
    void aDeadlineThatChangesTheNetworkOrIsTakenForOverIsCaught() {
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    public SuperposedNetwork build(
                            ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
                        return build(instance, parameters, deadline.isOver() ? seed.child("hasty") : seed);
                    }
                },
                "aDeadlineEndsTheBuildingOrChangesNothing");
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    public SuperposedNetwork build(
                            ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
                        throw new OutOfTimeException("no time for this");
                    }
                },
                "aDeadlineEndsTheBuildingOrChangesNothing");
    }

    @Test
    void aRejectionWithoutAReasonIsCaught() {
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    public Acceptance accepts(ProblemInstance instance) {
                        return super.accepts(instance).isAccepted() ? Acceptance.accepted() : Acceptance.rejected("");
                    }
                },
                "whatItRejectsIsRejectedWithAReason");
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    public Acceptance accepts(ProblemInstance instance) {
                        return Acceptance.accepted();
                    }
                },
                "whatItRejectsIsRejectedWithAReason");
    }

    @Test
    void aRefusalOfAnotherKindIsCaught() {
        assertCaught(
                () -> new PlainConstruction() {
                    @Override
                    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
                        try {
                            return super.build(instance, parameters, seed);
                        } catch (InvalidInputException refused) {
                            throw new ArrayIndexOutOfBoundsException(10);
                        }
                    }
                },
                "whatItCannotBuildIsRefusedWithAReason");
    }
}
