package org.superpose.constructions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.superpose.constructions.SampleProblems.instance;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.construction.Construction;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.testkit.ConstructionContract;

/** Every construction keeps the contract of plugins. */
@Tag("slow")
class BuiltInConstructionsTest {
    private static final Catalog<Construction> CONSTRUCTIONS =
            Catalog.load("construction", Construction.class, BuiltInConstructionsTest.class.getClassLoader());

    private static final Gates PERMUTATION = SampleProblems.permutation(20, 1);
    private static final Gates LIGHT = SampleProblems.regular(20, 20, 2, 1);
    private static final Gates HEAVY = SampleProblems.complete(8);
    private static final Gates MIXED = SampleProblems.bipartite(4, 5);
    private static final Gates TRIPLES = SampleProblems.regular(16, 16, 3, 1);
    private static final ProblemInstance CHAIN = SampleProblems.layered(List.of(PERMUTATION, LIGHT), 2);
    private static final ProblemInstance PARITIES =
            instance(SampleProblems.withFunction(LIGHT, GateFunction.PARITY), 2);

    /** A gate whose weights float32 does not hold exactly when they are added up. */
    private static final ProblemInstance HUGE_WEIGHTS = instance(
            Gates.of(
                    20,
                    List.of(Gate.of(
                            GateFunction.weighted(
                                    1 << 22,
                                    IntStream.range(0, 18)
                                            .map(t -> t == 0 ? 1 << 22 : 1)
                                            .toArray()),
                            IntStream.range(0, 18).toArray()))),
            2);

    @Test
    void noConstructionIsLeftOut() {
        Set<String> tested = Arrays.stream(BuiltInConstructionsTest.class.getDeclaredClasses())
                .filter(nested -> ConstructionContract.class.isAssignableFrom(nested)
                        && !Modifier.isAbstract(nested.getModifiers()))
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
        assertEquals(
                CONSTRUCTIONS.plugins().stream()
                        .map(construction -> construction.getClass().getSimpleName())
                        .collect(Collectors.toSet()),
                tested);
    }

    /**
     * Read-outs of pairs: a decoder for each output is all there is to the output side, and the theory page says so.
     */
    private abstract static class OfReadouts extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(LIGHT, 2, "width=800"));
        }

        @Override
        protected boolean drawsOutputCodesFromGates() {
            return true;
        }
    }

    /** The contract of the construction whose class has the name of the test. */
    private abstract static class OfCatalog extends ConstructionContract {
        @Override
        protected Construction plugin() {
            return CONSTRUCTIONS.plugins().stream()
                    .filter(construction -> construction
                            .getClass()
                            .getSimpleName()
                            .equals(getClass().getSimpleName()))
                    .map(OfCatalog::again)
                    .findFirst()
                    .orElseThrow();
        }

        private static Construction again(Construction construction) {
            try {
                return construction.getClass().getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of(CHAIN, PARITIES);
        }

        final Sample sample(Gates gates, int maxActive, String... assignments) {
            return new Sample(instance(gates, maxActive), given(assignments));
        }
    }

    @Nested
    class Dedicated extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(
                    sample(LIGHT, 3),
                    sample(SampleProblems.withFunction(TRIPLES, GateFunction.atLeast(2)), 3),
                    new Sample(CHAIN, given()));
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of(HUGE_WEIGHTS);
        }
    }

    @Nested
    class ThresholdReadout extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(LIGHT, 3), sample(SampleProblems.withFunction(TRIPLES, GateFunction.atLeast(2)), 3));
        }
    }

    @Nested
    class LinearPermutation extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(PERMUTATION, 2, "width=400"));
        }
    }

    @Nested
    class LinearLowInfluenceAnd extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(LIGHT, 2, "width=400"), sample(LIGHT, 2, "width=800", "cleaning=before-and"));
        }
    }

    @Nested
    class LinearHighInfluenceAnd extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(HEAVY, 2, "width=600"), sample(HEAVY, 2, "width=1000", "cleaning=before-and"));
        }
    }

    @Nested
    class LinearMixedInfluenceAnd extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(MIXED, 2, "width=600"), sample(MIXED, 2, "width=1000", "cleaning=before-and"));
        }
    }

    @Nested
    class LinearOutputChannels extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(LIGHT, 2, "width=400"), sample(LIGHT, 2, "width=800", "cleaning=before-and"));
        }
    }

    @Nested
    class LinearTwoAnd extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(
                    sample(LIGHT, 2, "width=500"),
                    sample(MIXED, 2, "width=500"),
                    sample(LIGHT, 2, "width=800", "cleaning=before-and"));
        }
    }

    @Nested
    class LinearPartitioned extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(new Sample(
                    SampleProblems.layered(List.of(LIGHT, SampleProblems.regular(20, 10, 2, 2)), 2),
                    given("width=400")));
        }
    }

    @Nested
    class LinearKAnd extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(
                    sample(SampleProblems.regular(24, 8, 3, 1), 3, "width=640"),
                    sample(SampleProblems.regular(24, 8, 3, 1), 3, "width=1000", "cleaning=before-and"));
        }
    }

    @Nested
    class TrainedGates extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(
                    sample(SampleProblems.withFunction(LIGHT, GateFunction.allOf(true, false)), 2, "width=60"),
                    sample(SampleProblems.withFunction(TRIPLES, GateFunction.atLeast(2)), 3, "width=80"),
                    sample(TRIPLES, 3, "width=60"),
                    new Sample(PARITIES, given("width=100")));
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of(
                    PARITIES.withMaxActive(3),
                    instance(SampleProblems.withFunction(LIGHT, GateFunction.allOf(false, false)), 2));
        }
    }

    @Nested
    class TrainedReadout extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(
                    sample(LIGHT, 2, "width=30"),
                    sample(TRIPLES, 3, "width=30", "embedding=trained"),
                    sample(SampleProblems.withFunction(LIGHT, GateFunction.allOf(true, false)), 2, "width=60"));
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of(PARITIES, instance(SampleProblems.withFunction(LIGHT, GateFunction.allOf(false, false)), 2));
        }
    }

    @Nested
    class TrainedAnd extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(
                    sample(LIGHT, 2, "width=40", "training-steps=250", "batch-size=64"),
                    sample(PERMUTATION, 2, "width=40", "embedding=codes", "training-steps=250", "batch-size=64"));
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of();
        }
    }

    @Nested
    class TrainedAndCodes extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(
                    sample(LIGHT, 2, "width=60", "training-steps=250", "batch-size=64"),
                    sample(PERMUTATION, 2, "width=60", "embedding=codes", "training-steps=250", "batch-size=64"));
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of();
        }
    }

    @Nested
    class TrainedPermutation extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(PERMUTATION, 1, "width=40"), sample(PERMUTATION, 2, "width=60"));
        }
    }

    @Nested
    class Layered extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(new Sample(CHAIN, given("width=400", "channel-weight=12", "output-code-weight=12")));
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of(HUGE_WEIGHTS);
        }
    }

    @Nested
    class KAndTree extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(
                    SampleProblems.regular(12, 4, 3, 1), 3, "width=320", "channel-weight=12", "output-code-weight=12"));
        }
    }

    @Nested
    class Sequential extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(
                    sample(LIGHT, 2, "width=20"), sample(TRIPLES, 4, "width=40"), new Sample(CHAIN, given("width=20")));
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of(PARITIES);
        }
    }

    @Nested
    class Clipped extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            ProblemInstance chain = SampleProblems.layered(List.of(LIGHT, SampleProblems.regular(20, 10, 2, 2)), 2);
            return List.of(
                    sample(LIGHT, 2, "width=160", "annealing-sweeps=1"),
                    sample(PERMUTATION, 2, "width=160"),
                    new Sample(chain, given("width=300")));
        }

        @Override
        protected List<ProblemInstance> rejected() {
            return List.of(PARITIES);
        }
    }

    @Nested
    class ClippedPermutation extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(sample(PERMUTATION, 2, "width=160"));
        }
    }

    @Nested
    class ClippedAnd extends OfCatalog {
        @Override
        protected List<Sample> samples() {
            return List.of(
                    sample(LIGHT, 2, "width=160", "annealing-sweeps=1"),
                    sample(TRIPLES, 4, "width=300", "saturate=always"));
        }
    }

    @Nested
    class TargetedAnd extends OfReadouts {}

    @Nested
    class UniversalAndBernoulli extends OfReadouts {}

    @Nested
    class UniversalAndDense extends OfReadouts {}

    @Nested
    class UniversalAndRademacher extends OfReadouts {}
}
